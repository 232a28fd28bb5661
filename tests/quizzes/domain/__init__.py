"""Promises of the quiz engine."""
