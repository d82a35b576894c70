"""What phones ask, and pages about them."""
