"""The open package format, read without web or database."""
