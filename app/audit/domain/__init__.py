"""The seal of an entry."""
