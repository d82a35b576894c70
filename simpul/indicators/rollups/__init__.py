"""Roll-ups: marks that the database sets, recounting, refreshing, reading, proving."""
