"""What must hold when machines fail and everybody writes at once, shown on the real server."""
