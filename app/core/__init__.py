"""The shared kernel: it knows no feature."""
