"""The courses that come with the program, and the demo that shows a whole training day."""
