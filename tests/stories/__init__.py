"""Whole stories, as people live them."""
