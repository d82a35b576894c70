"""From a workshop to a living library: journeys, readiness, mentoring, silence, peer learning, the cascade.

A step of the journey is reached by what the system already holds; a hand confirms only where nothing can be held, with
a reason. A step may be lost again and that is shown. Silence is measured against the library's own rhythm and its own
opening days. Numbers of the cascade open down to their rows. Rules and thresholds are ours, not an official standard,
and say so where they are read.
"""
