"""Walks over the whole program: who may, what leaks, what is sent, what bad input does."""
