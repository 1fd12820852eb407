"""Huiyin (回音): every suggestion lands somewhere, every matter gets an answer."""

__version__ = "0.1.0"
