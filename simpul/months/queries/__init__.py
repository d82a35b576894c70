"""Questions about months: one month to read and sign, the months of a library, the months of a city."""
