"""What is kept for speed: how the cases of a session stood on a past day."""

from huiyin.reporting.models.pictures import Picture, PicturedCase, PicturedPart

__all__ = ["Picture", "PicturedCase", "PicturedPart"]
