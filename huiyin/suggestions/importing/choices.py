"""What the person has decided about a list beyond its columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Self

# In place of an organ's key: enter it as a new one.
NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """How to take what the register does not know. The usual choices enter nothing unasked.

    ``session`` is the key of the session of rows that name none, ``assigned_on`` the day of rows
    that name an organ and no day, ``organs`` what is meant by a name: an organ's key or ``NEW``.
    ``unnumbered_sessions`` opens sessions by year where a text gives no ordinals.
    """

    session: str = ""
    assigned_on: date | None = None
    new_sessions: bool = False
    new_organs: bool = False
    new_deputies: bool = False
    unnumbered_sessions: bool = False
    organs: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> Self:
        """Take what an import keeps between its steps."""
        known = {name: kept[name] for name in cls.__dataclass_fields__ if name in kept}
        if known.get("assigned_on"):
            known["assigned_on"] = date.fromisoformat(known["assigned_on"])
        return cls(**known)

    def as_json(self) -> dict[str, Any]:
        """Return them as an import keeps them."""
        day = self.assigned_on.isoformat() if self.assigned_on else None
        return {**asdict(self), "assigned_on": day, "organs": dict(self.organs)}
