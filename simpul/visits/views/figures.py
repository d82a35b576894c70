"""The guest book in figures, for everybody who may see counts; and as a file."""
