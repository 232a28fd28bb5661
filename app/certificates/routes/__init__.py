"""The addresses of certificates, a file for each audience."""
