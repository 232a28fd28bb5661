"""Rules of units that need neither the web nor the database."""
