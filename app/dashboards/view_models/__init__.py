"""What the pages show, decided before a template sees it."""
