"""MARC 21: ISO 2709 in any encoding and condition, and MARCXML."""
