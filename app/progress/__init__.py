"""Completion of activities and what a trainer watches, derived from events of lower features."""
