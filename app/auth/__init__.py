"""People: who they are, how they sign in, what roles they hold, where they are signed in."""
