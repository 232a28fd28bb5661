"""Promises about people."""
