"""Pages of journeys, mentoring, peer learning, the cascade, the board."""
