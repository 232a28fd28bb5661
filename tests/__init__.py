"""Promises of Tập Huấn."""
