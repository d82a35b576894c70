"""Questions: rhythm and silence, journeys, readiness, mentoring, the cascade, the board."""
