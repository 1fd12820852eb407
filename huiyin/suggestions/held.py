"""Which organ held a part on a day, and under which name: reforms never rename what is over."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from huiyin.organisations.models import Organ
from huiyin.suggestions.models import Act, Assignment, Carried


def read_along() -> tuple[Prefetch[Any] | str, ...]:
    """What the functions below read, to be fetched with many parts."""
    return "organ__former_names", Prefetch("carried", carried()), "carried__was__former_names"


def carried() -> QuerySet[Carried]:
    """How parts went from organ to organ, with the reform and the organ they were taken from."""
    return Carried.objects.select_related("reform", "was")


def holders(part: Assignment) -> list[Organ]:
    """Every organ whose part it has been, the one charged first."""
    return [*(carried.was for carried in part.carried.all()), part.organ]


def organ_on(part: Assignment, on: date) -> Organ:
    """The organ whose part it was on that day."""
    for carried in part.carried.all():
        if on < carried.reform.on:
            return carried.was
    return part.organ


def name_on(part: Assignment, on: date) -> str:
    """The name that organ bore on that day."""
    return organ_on(part, on).name_on(on)


def name_at(part: Assignment, act: Act) -> str:
    """The name of the organ whose part it was when the act was taken."""
    for carried in part.carried.all():
        if act.seq < carried.seq:
            return carried.was.name_on(act.on)
    return part.organ.name_on(act.on)


def name_now(part: Assignment) -> str:
    """The name under which a page speaks of the part: today's, and the last one once it is over."""
    over = part.done_on or part.suggestion.closed_on
    return name_on(part, over) if over else part.organ.name
