"""Pages of voices and surveys."""
