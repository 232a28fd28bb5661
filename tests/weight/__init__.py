"""How many bytes a page costs."""
