"""What a simulation has done, told while it goes on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True, kw_only=True)
class Simulated:
    """What a simulation has done."""

    closed: int = 0
    again: int = 0
    for_reference: int = 0
    hired: int = 0
    steps: int = 0
    results: Counter[str] = field(default_factory=Counter)
    # Cases that could not be carried on, with the reason.
    left: list[tuple[str, str]] = field(default_factory=list)
