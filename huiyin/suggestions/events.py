"""What this room tells others after the commit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StepTaken:
    """A case moved, or something was added to it."""

    congress_key: str
    suggestion_key: str
    table: str
    move: str
    stage: str
