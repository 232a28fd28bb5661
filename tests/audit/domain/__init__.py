"""Promises of the seal."""
