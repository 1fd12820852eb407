"""The clocks of a case, each replayed from its facts.

The rulebook's engine knows nothing of assignments; here it is said which facts are which events.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any, Self, cast

from huiyin.rulebook import Clock, ClockKind, Length, Rulebook, Unit, events
from huiyin.suggestions.models import Act, Assignment, Contact, Suggestion
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.stages import ANSWERING, HandlingRole

if TYPE_CHECKING:
    from huiyin.suggestions.ruling import Ruling

# What ends the time for rating: the rating, or the case's end without one.
_ENDS_RATING = ("rate", "enter_rating", "close_without_feedback")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClock:
    """One clock of a case. ``part``: whose it is; none for the deputy's.

    ``stopped``: neither met nor running, because the handling ended otherwise.
    """

    clock: Clock
    part: Assignment | None = None
    stopped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An extension: how much longer, and the days on which it was asked for and given."""

    by: Length
    asked_on: date
    on: date

    @classmethod
    def of(cls, said: dict[str, Any]) -> Self:
        """Read one as a column or an act keeps it."""
        return cls(
            by=Length(said["count"], Unit(said["unit"])),
            asked_on=date.fromisoformat(said["asked_on"]),
            on=date.fromisoformat(said["on"]),
        )

    def kept(self) -> dict[str, Any]:
        """Return it as a column or an act keeps it."""
        return {
            "count": self.by.count,
            "unit": self.by.unit.value,
            "asked_on": self.asked_on.isoformat(),
            "on": self.on.isoformat(),
        }


def extensions(part: Assignment) -> list[Given]:
    """The extensions the organ was given, oldest first."""
    return [Given.of(said) for said in part.extensions]


def task_kind(part: Assignment) -> ClockKind | None:
    """The clock of an organ's own task; none for one that only studies the paper."""
    if part.role == HandlingRole.CO:
        return ClockKind.CO_OPINION
    if part.role not in ANSWERING:
        return None
    if part.round > 1:
        return ClockKind.REHANDLE
    return ClockKind.REPLY_WIDE if part.wide else ClockKind.REPLY


def task(part: Assignment, *, ruling: Ruling, session_close: date | None) -> Clock | None:
    """The reply, the handling again or the co-handling opinion the organ owes, if any."""
    kind = task_kind(part)
    if kind is None:
        return None
    charged = _charged(part, session_close=session_close)
    before = ruling.extended.get(part.key, ())
    happened = _lengthened(charged, extensions(part), before=before)
    return ruling.for_part(part).clock(kind, _ended(happened, part.done_on))


def longest_task(part: Assignment, *, ruling: Ruling, session_close: date | None) -> date | None:
    """The last day to which the organ's time may be extended; none when it owes nothing."""
    kind = task_kind(part)
    if kind is None:
        return None
    return ruling.for_part(part).longest(kind, _charged(part, session_close=session_close))


def receipt(part: Assignment, *, ruling: Ruling) -> Clock:
    """Until when the organ acknowledges; every rulebook sets a limit for that."""
    return cast("Clock", ruling.for_part(part).clock(ClockKind.ACKNOWLEDGE, _charged(part)))


def return_request(part: Assignment, *, ruling: Ruling) -> Clock | None:
    """Until when the organ may ask to be rid of it; none where no limit is set."""
    return ruling.for_part(part).clock(ClockKind.RETURN_REQUEST, _charged(part))


def contact(part: Assignment, *, held_on: date | None, ruling: Ruling) -> Clock | None:
    """Until when the organ speaks with the deputy; none where no limit is set."""
    return ruling.for_part(part).clock(ClockKind.CONTACT, _ended(_charged(part), held_on))


def feedback(replied_on: date, *, ruling: Ruling, ended_on: date | None = None) -> Clock | None:
    """Until when the deputy rates a reply delivered on ``replied_on``."""
    issued = events.Issued(on=replied_on)
    return ruling.clock(ClockKind.FEEDBACK, _ended([issued], ended_on))


def of_case(case: Suggestion, *, ruling: Ruling, on: date) -> list[CaseClock]:
    """Every clock of the case as it stood at the end of ``on``, oldest round first."""
    acts = [act for act in case.acts.order_by("seq") if act.on <= on]
    parts = case.assignments.filter(assigned_on__lte=on).select_related("organ")
    found: list[CaseClock] = []
    for part in parts.prefetch_related("contacts").order_by("round", "pk"):
        _as_it_stood(part, acts)
        mine = [act for act in acts if act.assignment_id == part.pk and act.table != Table.REPLY]
        stopped = any(act.move in ("stop", "inform") for act in mine)
        for clock in _of_part(part, ruling=ruling, session_close=case.session.closes_on, on=on):
            found.append(CaseClock(clock=clock, part=part, stopped=stopped))
    return [*found, *_ratings(acts, ruling=ruling)]


def _of_part(
    part: Assignment, *, ruling: Ruling, session_close: date | None, on: date
) -> Iterator[Clock]:
    held: Sequence[Contact] = [each for each in part.contacts.all() if each.held_on <= on]
    first_held = min((each.held_on for each in held), default=None)
    kind = task_kind(part)
    made: list[Clock | None] = [receipt(part, ruling=ruling)]
    if kind is not None:
        made += [
            return_request(part, ruling=ruling),
            contact(part, held_on=first_held, ruling=ruling),
            task(part, ruling=ruling, session_close=session_close),
        ]
    yield from (clock for clock in made if clock is not None)


def _as_it_stood(part: Assignment, acts: Sequence[Act]) -> None:
    """Take back what was acknowledged and done only later."""
    mine = {act.move: act.on for act in acts if act.assignment_id == part.pk}
    part.acknowledged_on = mine.get("acknowledge")
    part.done_on = mine.get("reply") or mine.get("give_opinion")


def _ratings(acts: Sequence[Act], *, ruling: Ruling) -> Iterator[CaseClock]:
    """One for each round that was answered."""
    for place, act in enumerate(acts):
        if act.table == Table.SUGGESTION and act.move == "answer":
            rest = [each for each in acts[place:] if each.round == act.round]
            ended = next((each.on for each in rest if each.move in _ENDS_RATING), None)
            clock = feedback(act.on, ruling=ruling, ended_on=ended)
            if clock is not None:
                yield CaseClock(clock=clock)


# --- Facts as events


def _charged(part: Assignment, *, session_close: date | None = None) -> list[events.Event]:
    """The charge and its receipt.

    What comes in on paper may bear an earlier day than it can have; it counts from the day of the
    step it follows.
    """
    charged: list[events.Event] = [events.Issued(on=part.assigned_on, session_close=session_close)]
    if part.acknowledged_on:
        charged.append(events.Received(on=max(part.acknowledged_on, part.assigned_on)))
    return charged


def _lengthened(
    charged: Sequence[events.Event], given: Sequence[Given], *, before: Sequence[Rulebook]
) -> list[events.Event]:
    """Whoever gave it had the right to, or the step would not have been taken.

    ``before``: the rules by which the first of them were given, when the case is under others now.
    """
    lengthened = list(charged)
    for each, under in zip(given, chain(before, repeat(None)), strict=False):
        on = max(each.on, lengthened[-1].on)
        lengthened.append(
            events.Extended(
                on=on,
                by=each.by,
                asked_on=each.asked_on,
                asked_by="organ",
                granted_by="body",
                under=under,
            )
        )
    return lengthened


def _ended(happened: Sequence[events.Event], on: date | None) -> list[events.Event]:
    ended = [events.Met(on=max(on, happened[-1].on))] if on else []
    return [*happened, *ended]
