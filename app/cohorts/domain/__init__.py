"""Rules of cohorts that need neither the web nor the database."""
