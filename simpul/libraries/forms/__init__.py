"""Forms of libraries: each asks one action."""
