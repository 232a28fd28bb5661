"""Promises about units."""
