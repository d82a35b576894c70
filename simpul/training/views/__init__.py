"""Pages of workshops: the office's, the library's, the participant's own, the public's."""
