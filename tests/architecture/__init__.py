"""Rules about the codebase itself."""
