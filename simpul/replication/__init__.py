"""From a workshop to a living library: journeys, readiness, mentoring, silence, peer learning, the cascade.

Rules
1. A step of the journey is reached by what the system holds; a hand confirms only where nothing can be held, with a reason.
2. A step may be lost again, and that is shown.
3. Silence is measured against the library's own rhythm on its own opening days, never against other libraries.
4. Numbers of the cascade open down to their rows; only what somebody linked counts.
5. Steps, checklist and thresholds are ours, not an official standard, and say so where they are read.
"""
