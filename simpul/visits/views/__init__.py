"""Pages of the guest book."""
