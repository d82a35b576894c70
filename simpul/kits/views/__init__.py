"""Pages of kits: the city keeps them, libraries read them."""
