"""Pages of SIM."""
