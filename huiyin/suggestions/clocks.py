"""The clocks of a case, each replayed from its facts.

The rulebook's engine knows nothing of assignments; here it is said which facts are which events.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any, Self, cast

from huiyin.rulebook import CLOCKS, Clock, ClockKind, Length, Rulebook, Unit, events
from huiyin.suggestions.lifecycle import where
from huiyin.suggestions.models import Act, Assignment, Contact, Suggestion
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.stages import ANSWERING, HandlingRole

if TYPE_CHECKING:
    from huiyin.suggestions.ruling import Ruling

# What ends the time for rating: the rating, or the case's end without one.
_ENDS_RATING = ("rate", "enter_rating", "close_without_feedback")
# What ends an organ's clocks without its opinion or reply.
_WITHOUT_RESULT = ("stop", "inform", "reassign", "fold_in")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """An organ that had the charge before, and was relieved of it."""

    assigned_on: date
    acknowledged_on: date | None

    @classmethod
    def of(cls, said: dict[str, Any]) -> Self:
        """Read one as ``Assignment.before`` keeps it."""
        received = said["acknowledged_on"]
        return cls(
            assigned_on=date.fromisoformat(said["assigned_on"]),
            acknowledged_on=date.fromisoformat(received) if received else None,
        )

    def kept(self) -> dict[str, Any]:
        """Return it as ``Assignment.before`` keeps it."""
        received = self.acknowledged_on
        return {
            "assigned_on": self.assigned_on.isoformat(),
            "acknowledged_on": received.isoformat() if received else None,
        }


def extensions(part: Assignment) -> list[Given]:
    """The extensions the organ was given, oldest first."""
    return [Given.of(said) for said in part.extensions]


def task_kind(part: Assignment) -> ClockKind | None:
    """The clock of an organ's own task; none for one that only studies the paper."""
    if part.role == HandlingRole.CO:
        again = part.opinion_returned_on is not None
        return ClockKind.CO_OPINION_REDO if again else ClockKind.CO_OPINION
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
    own = ruling.for_part(part)
    charged = _begun(part, kind, under=own.rules, session_close=session_close)
    before = ruling.extended.get(part.key, ())
    happened = _lengthened(charged, extensions(part), before=before)
    return own.clock(kind, _ended(happened, part.done_on))


def longest_task(part: Assignment, *, ruling: Ruling, session_close: date | None) -> date | None:
    """The last day to which the organ's time may be extended; none when it owes nothing."""
    kind = task_kind(part)
    if kind is None:
        return None
    own = ruling.for_part(part)
    return own.longest(kind, _begun(part, kind, under=own.rules, session_close=session_close))


def receipt(part: Assignment, *, ruling: Ruling) -> Clock:
    """Until when the organ acknowledges; every rulebook sets a limit for that."""
    return cast("Clock", _of_organ(ClockKind.ACKNOWLEDGE, part, ruling=ruling))


def return_request(
    part: Assignment, *, ruling: Ruling, asked_on: date | None = None
) -> Clock | None:
    """Until when the organ may ask to be rid of it; none where no limit is set.

    ``asked_on``: the day on which it first asked; that was its right, and it is used.
    """
    own = ruling.for_part(part)
    charged = _charged(part, ClockKind.RETURN_REQUEST, under=own.rules)
    if asked_on is None:
        return own.clock(ClockKind.RETURN_REQUEST, charged)
    on = max(asked_on, charged[0].on)
    # It may ask before it acknowledges; what comes after has nothing left to begin.
    until_then = [event for event in charged if event.on <= on]
    return own.clock(ClockKind.RETURN_REQUEST, [*until_then, events.Returned(on=on)])


def decision(part: Assignment, *, ruling: Ruling) -> Clock | None:
    """Until when a dispute is decided; none where no limit is set, or nothing is disputed.

    What was refused twice is a dispute to be settled; before that it waits to be charged anew.
    """
    if part.contested_since is None:
        return None
    final = where.awaits_final_decision(part)
    kind = ClockKind.ARBITRATION if final else ClockKind.REASSIGNMENT
    return ruling.clock(kind, [events.Issued(on=part.contested_since)])


def contact(part: Assignment, *, held_on: date | None, ruling: Ruling) -> Clock | None:
    """Until when the organ speaks with the deputy; none where no limit is set."""
    own = ruling.for_part(part)
    charged = _charged(part, ClockKind.CONTACT, under=own.rules)
    return own.clock(ClockKind.CONTACT, _ended(charged, held_on))


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
        stopped = any(act.move in _WITHOUT_RESULT for act in mine)
        asked_on = next((act.on for act in mine if act.move == "ask_return"), None)
        close = case.session.closes_on
        for clock in _of_part(part, ruling=ruling, session_close=close, on=on, asked_on=asked_on):
            found.append(CaseClock(clock=clock, part=part, stopped=stopped))
    return [*found, *_ratings(acts, ruling=ruling)]


def _of_part(
    part: Assignment,
    *,
    ruling: Ruling,
    session_close: date | None,
    on: date,
    asked_on: date | None,
) -> Iterator[Clock]:
    held: Sequence[Contact] = [each for each in part.contacts.all() if each.held_on <= on]
    first_held = min((each.held_on for each in held), default=None)
    kind = task_kind(part)
    made: list[Clock | None] = [receipt(part, ruling=ruling)]
    if kind is not None:
        made += [
            return_request(part, ruling=ruling, asked_on=asked_on),
            contact(part, held_on=first_held, ruling=ruling),
            task(part, ruling=ruling, session_close=session_close),
        ]
    yield from (clock for clock in made if clock is not None)


def _as_it_stood(part: Assignment, acts: Sequence[Act]) -> None:
    """Take back what was acknowledged and done only later."""
    mine = {act.move: act for act in acts if act.assignment_id == part.pk}

    def on(act: Act | None) -> date | None:
        return act.on if act else None

    returned, given = mine.get("return_opinion"), mine.get("give_opinion")
    if returned and given and given.seq < returned.seq:
        given = None
    part.acknowledged_on = on(mine.get("acknowledge"))
    part.opinion_returned_on = on(returned)
    part.done_on = on(mine.get("reply")) or on(given)


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


def _of_organ(kind: ClockKind, part: Assignment, *, ruling: Ruling) -> Clock | None:
    own = ruling.for_part(part)
    return own.clock(kind, _charged(part, kind, under=own.rules))


def _charged(
    part: Assignment, kind: ClockKind, *, under: Rulebook, session_close: date | None = None
) -> list[events.Event]:
    """The charge and its receipt, beginning with the organs that had it before.

    What comes in on paper may bear an earlier day than it can have; it counts from the day of the
    step it follows. A clock that is not begun anew knows one receipt, the first.
    """
    anew = CLOCKS[kind].each_anew or under.reply.restarts_on_reassignment
    own = Before(assigned_on=part.assigned_on, acknowledged_on=part.acknowledged_on)
    charged: list[events.Event] = []
    received = False
    for each in (*map(Before.of, part.before), own):
        if charged:
            charged.append(events.Reassigned(on=max(each.assigned_on, charged[-1].on)))
        else:
            charged.append(events.Issued(on=each.assigned_on, session_close=session_close))
        if each.acknowledged_on and (anew or not received):
            received = True
            charged.append(events.Received(on=max(each.acknowledged_on, charged[-1].on)))
    return charged


def _begun(
    part: Assignment, kind: ClockKind, *, under: Rulebook, session_close: date | None
) -> list[events.Event]:
    """What begins the clock of the organ's own task."""
    if kind is ClockKind.CO_OPINION_REDO and part.opinion_returned_on:
        return [events.Issued(on=part.opinion_returned_on)]
    return _charged(part, kind, under=under, session_close=session_close)


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
                judged=True,
            )
        )
    return lengthened


def _ended(happened: Sequence[events.Event], on: date | None) -> list[events.Event]:
    ended = [events.Met(on=max(on, happened[-1].on))] if on else []
    return [*happened, *ended]
