"""Who did what, when: an append-only, hash-chained log fed by events and called by nobody."""
