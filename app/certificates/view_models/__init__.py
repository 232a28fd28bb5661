"""What the pages and files of certificates show, decided beforehand."""
