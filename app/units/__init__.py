"""The tree of units (employers) with validity and successor, and who works where."""
