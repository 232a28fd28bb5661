"""Tập Huấn: importing a part of this package never starts the whole (see ``app.factory``)."""
