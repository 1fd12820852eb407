"""Numbered statistics: the catalogue, its tables, and the rows that any number counts."""
