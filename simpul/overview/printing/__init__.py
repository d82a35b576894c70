"""Overviews on paper: what hangs on the board, goes to the meeting, is kept of the year. All of it is for outsiders."""
