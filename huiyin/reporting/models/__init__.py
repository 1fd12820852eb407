"""What the room keeps: queries under a name."""

from huiyin.reporting.models.queries import SavedQuery

__all__ = ["SavedQuery"]
