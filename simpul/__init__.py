"""Simpul: a library records its day once; lists, certificates, indexes and stories follow from those records."""
