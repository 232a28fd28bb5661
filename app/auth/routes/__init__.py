"""Pages of people: signing in and out, the account."""
