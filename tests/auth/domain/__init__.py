"""Promises of the pure rules about people."""
