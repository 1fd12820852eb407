"""Sets of suggestions that a room above knows how to find, for lists of other rooms above.

Rooms of one floor do not know each other: promises say here which suggestions have one that is
overdue, and supervision lists them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db.models import Q

Condition = Callable[[date], Q]

_sets: dict[str, Condition] = {}


def register(name: str, condition: Condition) -> None:
    """Called once, while the rooms start."""
    _sets[name] = condition


def named(name: str, *, on: date) -> Q:
    """Which suggestions are in the set on a day. ``KeyError`` for a set that no room has named."""
    return _sets[name](on)
