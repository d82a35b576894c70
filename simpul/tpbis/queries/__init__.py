"""Questions: items to enter, accounts and colours, the recap, the simulated score, unusual patterns."""
