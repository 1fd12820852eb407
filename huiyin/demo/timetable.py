"""When each step of a fate is taken: working days, office hours, and every limit kept.

Only ``quotas.PENDING`` holds anything late. Replies come in evenly and not all at the end:
「与往年截止日期前扎堆答复相比，今年明显提速」.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import exp

from huiyin.accounts.models import Post
from huiyin.demo import quotas
from huiyin.demo.chance import Chance
from huiyin.demo.days import (
    at_home,
    in_office,
    in_turn,
    on_or_after,
    on_or_before,
    shifted,
    worked,
)
from huiyin.demo.fates import End, Fate
from huiyin.suggestions.models.review import ReviewPart

_DAY = timedelta(days=1)
_SESSION_DAYS = [quotas.SESSION_OPENS + _DAY * at for at in range(5)]
_SESSION_WEIGHTS = (10, 34, 32, 20, 4)
_REGISTERED_BY = date(2020, 2, 10)
_FIRST_REPLY = date(2020, 3, 2)
_LAST_CONTACT = quotas.TODAY - _DAY
# When the clerks close what nobody has rated.
_CLOSINGS = (
    date(2020, 5, 25),
    date(2020, 6, 22),
    date(2020, 7, 20),
    date(2020, 8, 31),
    date(2020, 9, 7),
)
_COMMITTEES = {
    "education": "jkw",
    "health": "jkw",
    "culture": "jkw",
    "agriculture": "nyw",
    "water": "nyw",
    "land": "hzw",
    "environment": "hzw",
    "justice": "jsw",
}


@dataclass(slots=True, kw_only=True)
class PartTimes:
    """One organ's steps in one round. What it has not done yet is None."""

    acknowledged: datetime | None = None
    planned: datetime | None = None
    contacts: list[tuple[str, datetime]] = field(default_factory=list)
    opinion: datetime | None = None
    sent: datetime | None = None
    sent_back: datetime | None = None
    sent_again: datetime | None = None
    checked: datetime | None = None
    signed: datetime | None = None
    delivered: datetime | None = None
    # The letter is written but goes nowhere yet.
    drafting: bool = False


@dataclass(slots=True, kw_only=True)
class RoundTimes:
    """One round: its parts by organ, and the rating or closing that ends it."""

    parts: dict[str, PartTimes] = field(default_factory=dict)
    rated: datetime | None = None
    closed: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Times:
    """Every moment of one case."""

    created: datetime
    # Each co-signer: asked, answered (None: not yet).
    invited: list[tuple[Post, datetime, datetime | None]] = field(default_factory=list)
    submitted: datetime | None = None
    # Each party asked to review: part, organ's code, asked, answered (None: not yet).
    reviews: list[tuple[str, str, datetime, datetime | None]] = field(default_factory=list)
    worded: tuple[datetime, datetime | None] | None = None
    returned: datetime | None = None
    resubmitted: datetime | None = None
    decided: datetime | None = None
    withdrawn: datetime | None = None
    assigned: datetime | None = None
    rounds: list[RoundTimes] = field(default_factory=list)


def of(fate: Fate) -> Times:
    """Return the times of something received. The moment of assignment is set by its number."""
    chance = Chance("times", fate.name)
    times = writing(fate, chance)
    review(fate, times, chance)
    return times


def writing(fate: Fate, chance: Chance) -> Times:
    """Draft, co-signers, submission."""
    submitted = at_home(chance, _submitted_on(fate, chance))
    created = at_home(chance, submitted.date() - _DAY * chance.between(2, 24))
    if fate.from_paper:
        # The clerk types the paper in on the day he is given it.
        submitted = in_office(chance, submitted.date())
        created = submitted - timedelta(minutes=chance.between(9, 40))
    times = Times(created=created, submitted=submitted)
    invite(fate, times, until=submitted, chance=chance)
    return times


def invite(fate: Fate, times: Times, *, until: datetime, chance: Chance) -> None:
    """Ask the co-signers after the draft was begun; all answer before ``until``."""
    middle = times.created + (until - times.created) / 2
    for post in (*fate.cosigners, *fate.declining):
        asked = _between(times.created, middle, chance)
        times.invited.append((post, asked, _between(asked, until, chance)))
    times.invited.sort(key=lambda each: each[1])


def _between(low: datetime, high: datetime, chance: Chance) -> datetime:
    """Return a moment strictly between the two when somebody is awake, if there is one."""
    days = (high.date() - low.date()).days
    for _try in range(8):
        moment = at_home(chance, low.date() + _DAY * chance.between(0, days))
        if low < moment < high:
            return moment
    soon = min((high - low) / 2, timedelta(minutes=chance.between(2, 15)))
    return (low + soon).replace(microsecond=0)


def _submitted_on(fate: Fate, chance: Chance) -> date:
    if fate.in_session:
        return chance.weighed(_SESSION_DAYS, _SESSION_WEIGHTS)
    return shifted(assigned_on(fate), -chance.between(3, 8))


def assigned_on(fate: Fate) -> date:
    """The day it is handed to the organs."""
    if fate.in_session:
        return quotas.ASSIGNED_ON
    if fate.pending is not None:
        return fate.pending.assigned_on
    chance = Chance("assigned", fate.name)
    if fate.end is End.AWAITED:
        # Answered only just now, within its three months.
        return chance.pick(worked(date(2020, 6, 8), date(2020, 6, 10)))
    return chance.pick(worked(date(2020, 2, 20), date(2020, 5, 27)))


def review(fate: Fate, times: Times, chance: Chance) -> None:
    """From submission to registration, with whatever happens on the way."""
    if times.submitted is None:
        raise ValueError("nothing has been submitted")
    last = _REGISTERED_BY if fate.in_session else shifted(assigned_on(fate), -1)
    steps = [times.submitted]

    def later(low: int, high: int, *, home: bool = False) -> datetime:
        day = min(shifted(steps[-1].date() + _DAY, chance.between(low, high)), last)
        steps.append((at_home if home else in_office)(chance, day))
        steps[:] = in_turn(steps)
        return steps[-1]

    if fate.reviewed_together:
        asked = later(0, 1)
        committee = _COMMITTEES.get(fate.topic.category, "")
        parties = [(ReviewPart.GOVERNMENT_OFFICE, "szfb")]
        parties += [(ReviewPart.COMMITTEE, committee)] if committee else []
        for part, code in parties:
            asked += timedelta(minutes=2)
            times.reviews.append((str(part), code, asked, later(0, 2)))
    if fate.wording:
        times.worded = later(0, 1), later(0, 2, home=True)
    if fate.resubmitted:
        times.returned, times.resubmitted = later(0, 1), later(0, 3, home=True)
    times.decided = later(0, 5)


# --- Handling


def handling(fate: Fate, times: Times) -> None:
    """Every step of the organs and the ratings, once the moment of assignment is known."""
    chance = Chance("handling", fate.name)
    if times.assigned is None:
        raise ValueError("it has not been assigned")
    if fate.end is End.IN_HANDLING:
        times.rounds = [_unfinished(fate, times.assigned, chance)]
        return
    first = _answered(fate, times.assigned, _replied_on(fate, chance), chance)
    times.rounds = [first]
    if len(fate.rounds) == 2 or fate.end is End.HANDLED_AGAIN:
        first.rated = _rated(fate, first, chance)
        times.rounds.append(_second_round(fate, first.rated, chance))
    elif fate.end is End.RATED:
        first.rated = _rated(fate, first, chance)
    elif fate.end is End.NO_FEEDBACK:
        first.closed = _closed(first, chance)


def _replied_on(fate: Fate, chance: Chance) -> date:
    if not fate.in_session:
        start = assigned_on(fate)
        if fate.end is End.AWAITED:
            return chance.pick(worked(date(2020, 9, 1), date(2020, 9, 8)))
        return chance.pick(worked(start + _DAY * 34, start + _DAY * 80))
    if fate.end is End.HANDLED_AGAIN:
        return chance.pick(worked(date(2020, 8, 3), date(2020, 8, 10)))
    if fate.wide:
        return chance.pick(worked(quotas.DUE_ON + _DAY, quotas.DUE_WIDE_ON))
    if fate.end is End.AWAITED and not fate.paper_reply:
        return chance.pick(worked(date(2020, 4, 24), quotas.DUE_ON))
    days = worked(_FIRST_REPLY, quotas.DUE_ON)
    hump = [0.5 + exp(-(((at / len(days)) - 0.6) ** 2) / 0.08) for at in range(len(days))]
    return chance.weighed(days, hump)


def _answered(fate: Fate, assigned: datetime, replied_on: date, chance: Chance) -> RoundTimes:
    """A round all of whose organs have done their part by ``replied_on``."""
    times = RoundTimes()
    for at, charge in enumerate(fate.answering):
        # Of two that answer separately the second is a little earlier.
        day = replied_on if at == 0 else shifted(replied_on, -chance.between(1, 4))
        times.parts[charge.organ] = _reply(assigned, day, chance)
    sent = min(part.sent for part in times.parts.values() if part.sent)
    for code in fate.partners:
        times.parts[code] = _opinion(assigned, sent, chance)
    return times


def _reply(assigned: datetime, day: date, chance: Chance) -> PartTimes:
    start = assigned.date()
    acknowledged = chance.pick(worked(start + _DAY, min(start + _DAY * 7, shifted(day, -8))))
    sent = shifted(day, -chance.between(2, 5))
    planned = min(shifted(acknowledged, chance.between(0, 6)), shifted(sent, -2))
    signed = shifted(day, -chance.between(0, 1))
    before = chance.pick(worked(planned, max(planned, sent - _DAY * 6)))
    during = chance.pick(worked(before, shifted(sent, -1)))
    checked = chance.pick(worked(sent, signed))
    days = [acknowledged, planned, before, during, sent, checked, signed, day]
    moments = in_turn([in_office(chance, each) for each in days])
    times = PartTimes(
        acknowledged=moments[0],
        planned=moments[1],
        sent=moments[4],
        checked=moments[5],
        signed=moments[6],
        delivered=moments[7],
    )
    if chance.falls(0.75):
        times.contacts.append(("before", moments[2]))
    if chance.falls(0.8) or not times.contacts:
        times.contacts.append(("during", moments[3]))
    if chance.falls(0.06):
        times.sent_back = moments[4] + timedelta(minutes=20)
        times.sent_again = moments[4] + timedelta(minutes=55)
        later = in_turn([times.sent_again, moments[5], moments[6], moments[7]])
        times.checked, times.signed, times.delivered = later[1:]
    return times


def _opinion(assigned: datetime, sent: datetime, chance: Chance) -> PartTimes:
    """A co-handling organ's part: within two months, and before the letter is written."""
    start = assigned.date()
    last = shifted(sent.date(), -1)
    acknowledged = chance.pick(worked(start + _DAY, min(start + _DAY * 7, shifted(last, -3))))
    planned = min(shifted(acknowledged, chance.between(0, 5)), last)
    latest = min(last, on_or_before(acknowledged + _DAY * 56))
    given = chance.pick(worked(planned, max(planned, latest)))
    moments = in_turn([in_office(chance, each) for each in (acknowledged, planned, given)])
    return PartTimes(
        acknowledged=moments[0],
        planned=moments[1] if chance.falls(0.4) else None,
        opinion=moments[2],
    )


def _rated(fate: Fate, first: RoundTimes, chance: Chance) -> datetime:
    delivered = _delivered(first)
    if fate.end is End.HANDLED_AGAIN and fate.pending is not None:
        return at_home(chance, fate.pending.assigned_on)
    limit = 10 if chance.falls(0.86) else 28
    day = min(delivered.date() + _DAY * chance.between(1, limit), _LAST_CONTACT)
    return max(at_home(chance, day), delivered + timedelta(minutes=40))


def _delivered(times: RoundTimes) -> datetime:
    return max(part.delivered for part in times.parts.values() if part.delivered)


def _closed(first: RoundTimes, chance: Chance) -> datetime:
    over = _delivered(first).date() + _DAY * 11
    return in_office(chance, next(day for day in _CLOSINGS if day >= over))


def _second_round(fate: Fate, rated: datetime, chance: Chance) -> RoundTimes:
    """A month at most; the organs that answered answer again."""
    start = rated.date()
    times = RoundTimes()
    if fate.end is End.HANDLED_AGAIN and fate.pending is not None:
        times.parts[fate.main] = _so_far(rated, fate.pending.stop, chance)
        return times
    day = chance.pick(worked(start + _DAY * 15, start + _DAY * 28))
    times.parts[fate.main] = _reply(rated, day, chance)
    rated_again = day + _DAY * chance.between(1, 10)
    times.rated = max(
        at_home(chance, min(rated_again, _LAST_CONTACT)),
        _delivered(times) + timedelta(minutes=40),
    )
    return times


# --- What is in handling now


def _unfinished(fate: Fate, assigned: datetime, chance: Chance) -> RoundTimes:
    times = RoundTimes()
    if fate.pending is None:
        return times
    times.parts[fate.main] = _so_far(assigned, fate.pending.stop, chance)
    for code, done in fate.pending.partners:
        times.parts[code] = _so_far(assigned, done, chance)
    return times


_STOPS = ("issued", "acknowledged", "planned", "drafting", "sent", "checked", "signed")


def _so_far(assigned: datetime, stop: str, chance: Chance) -> PartTimes:
    """The steps up to ``stop``, spread over the days since assignment; the last ones lately."""
    start = assigned.date()
    reached = len(_STOPS) if stop == "given" else _STOPS.index(stop)
    if reached == 0:
        return PartTimes()
    first = min(shifted(start, chance.between(1, 3)), on_or_before(_LAST_CONTACT))
    plan = min(shifted(first, chance.between(1, 4)), on_or_before(_LAST_CONTACT))
    lately = worked(max(plan, quotas.TODAY - _DAY * 9), _LAST_CONTACT)
    days = [first, plan, on_or_after(plan), *sorted(chance.pick(lately) for _each in range(3))]
    moments = in_turn([in_office(chance, day) for day in days])
    if stop == "given":
        given = chance.pick(worked(plan, min(plan + _DAY * 40, _LAST_CONTACT)))
        opinion = in_turn([moments[1], in_office(chance, given)])[1]
        return PartTimes(acknowledged=moments[0], planned=moments[1], opinion=opinion)
    times = PartTimes(
        acknowledged=moments[0],
        planned=moments[1] if reached >= 2 else None,
        drafting=stop == "drafting",
        sent=moments[3] if reached >= 4 else None,
        checked=moments[4] if reached >= 5 else None,
        signed=moments[5] if reached >= 6 else None,
    )
    if reached >= 3:
        times.contacts.append(("before", moments[2]))
    return times
