"""Addresses of the pages that several features make together, by audience."""
