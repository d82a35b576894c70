"""Pages and papers of overviews."""
