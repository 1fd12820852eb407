"""What is not received, or not received any more: drafts, what waits for review, refusals.

They keep every workbench supplied and stay out of the report: none of them is registered and
still standing, except the party deputies' proposals, which are counted apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from huiyin.accounts.models import Post
from huiyin.demo import leads, material, meetings, quotas
from huiyin.demo.beginning import begin, give_back, keep_draft, register, review, submit
from huiyin.demo.chance import Chance
from huiyin.demo.days import at_home, in_office, in_turn, shifted, worked
from huiyin.demo.dealing import Deputies
from huiyin.demo.fates import Charge, End, Fate
from huiyin.demo.handling import assign, stop
from huiyin.demo.places import Titles, city_of
from huiyin.demo.telling import Book, Tale
from huiyin.demo.timetable import Times, invite
from huiyin.demo.world import World
from huiyin.suggestions.models.case import Kind
from huiyin.suggestions.models.review import ReviewPart
from huiyin.suggestions.stages import HandlingRole

_DAY = timedelta(days=1)
_LATELY = (date(2020, 8, 24), quotas.TODAY - _DAY)
# The topics a committee of the congress reviews too.
_COMMITTEE_TOPICS = ("education", "health", "culture")


def deal(world: World, titles: Titles, deputies: Deputies) -> list[Fate]:
    """Return the fates of everything beside what is received."""
    counts = (
        (End.DRAFT, quotas.DRAFTS),
        (End.UNDER_REVIEW, quotas.UNDER_REVIEW),
        (End.RETURNED, quotas.RETURNED),
        (End.NOT_ACCEPTED, quotas.NOT_ACCEPTED),
        (End.FOR_REFERENCE, quotas.FOR_REFERENCE),
        (End.WITHDRAWN, quotas.WITHDRAWN_EARLY + quotas.WITHDRAWN_REGISTERED),
        (End.REGISTERED, quotas.PARTY_PROPOSALS),
    )
    fates = []
    for end, count in counts:
        for at in range(count):
            fates.append(_fate(world, titles, deputies, end=end, at=at))
    return fates


def _fate(world: World, titles: Titles, deputies: Deputies, *, end: End, at: int) -> Fate:
    name = f"{end.name.lower()}{at:02d}"
    chance = Chance("beside", name)
    lead = _lead(world, deputies, end=end, at=at, chance=chance)
    topic = chance.pick([each for each in material.topics() if _is_plain(each, end)])
    code = next(code for code, unit in world.units.items() if unit.pk == lead.electing_unit_id)
    title_at, title, slots = titles.give(topic, city_of(code, chance), chance)
    fate = Fate(
        name=name,
        end=end,
        in_session=end in (End.NOT_ACCEPTED, End.FOR_REFERENCE, End.WITHDRAWN),
        topic=topic,
        title=title,
        title_at=title_at,
        slots=slots,
        lead=lead,
        kind=Kind.PARTY_PROPOSAL if end is End.REGISTERED else Kind.SUGGESTION,
        charges=[Charge(organ=topic.lead, role=HandlingRole.SOLE)],
    )
    fate.registered_first = end is End.WITHDRAWN and at >= quotas.WITHDRAWN_EARLY
    fate.assigned_first = end is End.WITHDRAWN and at >= quotas.WITHDRAWN_EARLY + 4
    fate.cosigners = list(_cosigners(world, deputies, fate, at=at, chance=chance))
    return fate


def _is_plain(topic: material.Topic, end: End) -> bool:
    reviewed = end is not End.UNDER_REVIEW or topic.category in _COMMITTEE_TOPICS
    return topic.lead != "city" and not leads.is_party(topic.lead) and reviewed


def _lead(world: World, deputies: Deputies, *, end: End, at: int, chance: Chance) -> Post:
    """The cast's deputy has a draft and one given back to her; the others are anybody's."""
    if end in (End.DRAFT, End.RETURNED) and at == 0:
        return world.cast["lin"]
    return deputies.one(chance)[1]


def _cosigners(
    world: World, deputies: Deputies, fate: Fate, *, at: int, chance: Chance
) -> Iterator[Post]:
    if fate.end is End.DRAFT and at == 0:
        yield world.cast["ouyang"]
        yield deputies.one(chance)[1]
    elif fate.end is End.DRAFT and at == 1:
        yield world.cast["lin"]
        yield world.cast["ouyang"]
    elif fate.end is End.WITHDRAWN and at in (1, quotas.WITHDRAWN_EARLY + 5):
        yield from deputies.beside(fate.lead, chance, 2)
    elif chance.falls(0.4) and fate.end is not End.WITHDRAWN:
        yield from deputies.beside(fate.lead, chance, chance.between(1, 3))


# --- When


def times_of(fate: Fate) -> Times:
    """Return the times up to the office's decision, as far as it has come."""
    chance = Chance("beside times", fate.name)
    if fate.in_session:
        day = chance.pick([quotas.SESSION_OPENS + _DAY * at for at in range(4)])
    else:
        day = chance.pick(worked(*_LATELY))
    handed = at_home(chance, day)
    times = Times(created=at_home(chance, day - _DAY * chance.between(3, 20)))
    invite(fate, times, until=handed, chance=chance)
    if fate.end is End.DRAFT:
        # Nobody has been pressed to answer yet: the last one asked still thinks about it.
        open_at = 0 if fate.name.endswith("01") else -1
        asked_late = times.invited[open_at:]
        times.invited[open_at:] = [(post, asked, None) for post, asked, _then in asked_late]
        return times
    times.submitted = handed
    _review(fate, times, chance)
    return times


def _review(fate: Fate, times: Times, chance: Chance) -> None:
    if times.submitted is None:
        return
    day = shifted(times.submitted.date() + _DAY, 0)
    first, second, third = in_turn(
        [in_office(chance, min(shifted(day, at), _LATELY[1])) for at in (0, 1, 2)]
    )
    if fate.end is not End.UNDER_REVIEW:
        times.decided = second
        times.withdrawn = at_home(chance, third.date() + _DAY)
        return
    at = int(fate.name[-2:])
    if at >= 9:
        # The office's wording lies before the deputy.
        times.worded = first, None
    elif at >= 3:
        government = second if at >= 6 else None
        times.reviews = [
            (str(ReviewPart.GOVERNMENT_OFFICE), "szfb", first, government),
            (str(ReviewPart.COMMITTEE), "jkw", first + timedelta(minutes=2), None),
        ]


# --- Telling


def tell(book: Book, fate: Fate, *, serial: int) -> Tale:
    """Tell it as far as it goes without a number."""
    times = times_of(fate)
    tale = begin(book, fate, times, serial=serial)
    if fate.end is End.DRAFT:
        keep_draft(tale, at=times.created + timedelta(minutes=25))
        return tale
    if times.submitted is None:
        raise ValueError(f"{fate.name} is neither a draft nor submitted")
    submit(book, tale, at=times.submitted)
    review(book, tale)
    clerk = book.clerk(serial)
    if fate.end is End.RETURNED and times.decided:
        give_back(tale, by=clerk, at=times.decided)
        keep_draft(tale, at=times.decided)
    elif fate.end is End.NOT_ACCEPTED and times.decided:
        _refuse(tale, by=clerk, at=times.decided)
    elif fate.end is End.FOR_REFERENCE and times.decided:
        whys = material.texts("writing")["reference"]["whys"]
        why = Chance("reference", fate.name).pick(whys)
        tale.take("take_as_reference", by=clerk, at=times.decided, why=why)
    elif fate.end is End.WITHDRAWN and not fate.registered_first:
        _withdraw(tale, at=times.withdrawn)
    return tale


def _refuse(tale: Tale, *, by: Post, at: datetime) -> None:
    reasons: dict[str, str] = material.texts("writing")["refused"]
    code = Chance("refused", tale.fate.name).pick(sorted(reasons))
    tale.take("refuse", by=by, at=at, reason_code=code, why=reasons[code])


def go_on(book: Book, tale: Tale, *, order: int, label: str) -> None:
    """Tell what follows registration: the proposals wait, the withdrawn ones are taken back."""
    times = tale.times
    if times.decided is None:
        raise ValueError(f"{tale.fate.name} is not decided upon")
    register(book, tale, order=order, label=label, at=times.decided)
    if tale.fate.end is End.REGISTERED:
        meetings.hand_over(book, tale, at=times.decided + timedelta(days=1))
        return
    if tale.fate.assigned_first:
        times.assigned = in_office(Chance("assigned", tale.fate.name), quotas.ASSIGNED_ON)
        assign(book, tale, at=times.assigned)
        day = Chance("withdrawn", tale.fate.name).pick(worked(date(2020, 2, 24), date(2020, 3, 20)))
        times.withdrawn = at_home(Chance("withdrawn at", tale.fate.name), day)
    _withdraw(tale, at=times.withdrawn)


def _withdraw(tale: Tale, *, at: datetime | None) -> None:
    """The deputy takes it back; who signed with him has agreed."""
    if at is None:
        return
    lead = tale.fate.lead
    for post in tale.signers():
        if post.pk != lead.pk:
            tale.take("agree_to_withdraw", by=post, at=at - timedelta(hours=3))
    why = Chance("why", tale.fate.name).pick(material.texts("writing")["withdrawn"]["whys"])
    tale.take("withdraw", by=lead, at=at, why=why)
    stop(tale, by=lead, at=at)
