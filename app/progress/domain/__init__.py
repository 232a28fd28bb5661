"""Pure decisions about progress: no web, no database, no clock of its own."""
