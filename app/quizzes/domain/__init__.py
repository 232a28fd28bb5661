"""Pure decisions of the quiz engine: no web, no database, no clock, no randomness of its own."""
