"""Rules about people that need neither the web nor the database."""
