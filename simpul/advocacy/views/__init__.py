"""Pages of partners, agreements, approaches, the yearly road and publicity."""
