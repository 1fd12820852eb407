"""How a person wants pages shown. His own business: no line on record."""

from __future__ import annotations

from typing import Any

from huiyin.accounts.models import Person

_PREFERENCES = frozenset({"language", "large_type", "theme", "density"})


def keep_preferences(*, person: Person, **chosen: Any) -> Person:
    """Keep them with the person, so that they follow him to any device. Others stay as they are."""
    if unknown := chosen.keys() - _PREFERENCES:
        raise TypeError(f"there are no preferences {sorted(unknown)}")
    for name, value in chosen.items():
        setattr(person, name, value)
    person.save(update_fields=sorted(chosen))
    return person
