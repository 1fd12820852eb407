"""Promises ready for templates: every day a promise ever had, and its story in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from huiyin.promises.models import Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedDay:
    """A day by which it was promised; ``why`` it was moved there, ``on`` which day that was."""

    day: date | None
    on: date
    why: str = ""
    last: bool = False


def days_of(promise: Promise) -> list[NamedDay]:
    """Every day it was promised by, the first one first. None is ever left out."""
    first = next(iter(promise.statements.all()))
    found = [(first.due_on, first.on, "")]
    found += [
        (act.due_on, act.on, act.why)
        for act in promise.acts.all()
        if act.move in ("postpone", "restate")
    ]
    return [
        NamedDay(day=day, on=on, why=why, last=place == len(found))
        for place, (day, on, why) in enumerate(found, start=1)
    ]
