"""Organs and deputies in contact: what was recorded, what the deputy said to it, what was made up.

One record in ten is fabricated: nobody spoke with the deputy. He says so, or he is never asked in
time to say anything; it opens no gate, for a genuine and confirmed one stands beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post
from huiyin.demo import material, quotas, wording
from huiyin.demo.chance import Chance
from huiyin.demo.days import at as moment_on
from huiyin.demo.days import in_office, on_or_after
from huiyin.demo.organ_part import Part
from huiyin.demo.telling import Book, Tale
from huiyin.kernel.clock import ZONE
from huiyin.ledger import services as ledger
from huiyin.suggestions.models import Contact, ContactAnswer, ContactDeputy, Talk, TalkCase
from huiyin.suggestions.models.contacting import TalkSide
from huiyin.suggestions.models.handling import FACE_TO_FACE, ContactPhase, ContactRank
from huiyin.suggestions.services.talking import TALK
from huiyin.suggestions.services.turn import CASE_TYPE

Step = tuple[datetime, Callable[[], None]]

# After so many genuine records a made-up one follows: one in ten of all.
GENUINE_FOR_ONE = 9
# A deputy answers within this time, if he answers at all.
ANSWERED_WITHIN = timedelta(days=6)
# Hours: when deputies are up, and when offices close.
MORNING, CLOSING, EVENING = 8, 18, 22
NOW = moment_on(quotas.TODAY, 8)
# What was recorded before this day and has no answer is past its time.
LONG_AGO = NOW - timedelta(days=15)
TALKS = 24


def steps(part: Part, *, until: datetime | None) -> Iterator[Step]:
    """Each contact with its answer; then, in its turn, one that never took place.

    ``until``: the rating or closing that ends the round, if it has ended.
    """
    sent = part.times.sent or NOW
    contacts = [(phase, at, sent) for phase, at in part.times.contacts]
    if revisit := _revisit(part, until):
        contacts.append((ContactPhase.AFTER.value, revisit, until or NOW))
    for place, (phase, at, latest) in enumerate(contacts):
        held: list[Contact] = []
        yield at, partial(_record, part, at, phase, held, made_up=False)
        answered = _answered(at, latest, Chance("answered", part.tale.fate.name, part.code, place))
        if answered is not None:
            yield answered, partial(_answer, part, answered, held, confirmed=True)
        part.book.contacts += 1
        if answered is not None and part.book.contacts >= GENUINE_FOR_ONE * part.book.next_made_up:
            yield from _made_up(part, phase, after=answered, before=latest)


def _revisit(part: Part, until: datetime | None) -> datetime | None:
    """A call some days after the reply, in three rounds of ten."""
    delivered = part.times.delivered
    chance = Chance("revisit", part.tale.fate.name, part.code, part.round)
    if delivered is None or part.tale.fate.paper_reply or not chance.falls(0.3):
        return None
    day = delivered.date() + timedelta(days=chance.between(1, 5))
    at = in_office(chance, on_or_after(day))
    return at if at < (until or NOW) - timedelta(hours=8) else None


def _answered(at: datetime, latest: datetime, chance: Chance) -> datetime | None:
    """Some time later, on the phone in the evening or the next days; always before ``latest``."""
    room = min(ANSWERED_WITHIN, latest - at)
    if room < timedelta(minutes=4):
        return None
    return _awake(at + room * (chance.between(15, 80) / 100))


def _awake(moment: datetime) -> datetime:
    """The evening before instead of the small hours; offices have recorded it by then."""
    local = moment.astimezone(ZONE)
    if local.hour < MORNING:
        return moment_on(local.date() - timedelta(days=1), 20, local.minute)
    return moment_on(local.date(), 21, local.minute) if local.hour > EVENING else moment


def _at_work(moment: datetime) -> datetime:
    """The same moment when offices work, or the next morning on which they do."""
    local = moment.astimezone(ZONE)
    day = local.date() if local.hour < CLOSING else local.date() + timedelta(days=1)
    if on_or_after(day) == local.date() and local.hour >= MORNING:
        return moment
    return moment_on(on_or_after(day), 8, 40)


def _made_up(part: Part, phase: str, *, after: datetime, before: datetime) -> Iterator[Step]:
    chance = Chance("made up", part.tale.fate.name, part.code, phase, part.round)
    at = _at_work(after + timedelta(minutes=11))
    if at > before - timedelta(minutes=9):
        return
    part.book.next_made_up += 1
    held: list[Contact] = []
    yield at, partial(_record, part, at, phase, held, made_up=True)
    if chance.falls(0.6) or at > LONG_AGO:
        answered = _awake(at + (before - at) * 0.4)
        yield answered, partial(_answer, part, answered, held, confirmed=False)


def _record(part: Part, at: datetime, phase: str, held: list[Contact], *, made_up: bool) -> None:
    fate = part.tale.fate
    chance = Chance("contact", fate.name, part.code, phase, part.round, made_up)
    said = wording.contact(fate, organ=part.code, phase=phase, again=part.round > 1, chance=chance)
    if made_up:
        invented = material.texts("handling")["contact"]["made_up"]
        said = {"form": "phone", "place": "", "gist": chance.pick(invented)}
    rank, own = _own_people(part, chance, alone=made_up or said["form"] not in FACE_TO_FACE)
    contact = part.book.row(
        Contact,
        assignment=part.row,
        phase=phase,
        held_on=at.astimezone(ZONE).date(),
        own_people=own,
        rank=rank,
        co_handlers=_co_handlers(part) if said["form"] == "meeting" else "",
        citizens="建议所涉村（社区）群众代表" if said["form"] == "on_site" else "",
        at=at,
        **said,
    )
    named = part.book.row(ContactDeputy, contact=contact, deputy=fate.lead)
    part.tale.take("contact", part.row, by=part.handler, at=at, facts=[contact, named])
    held.append(contact)
    if made_up:
        part.book.made_up.append(contact)


def _own_people(part: Part, chance: Chance, *, alone: bool) -> tuple[str, str]:
    """The highest who went, and their names."""
    name = part.handler.person.name
    if alone:
        return ContactRank.HANDLER.value, name
    rank = chance.weighed(list(ContactRank.values), (30, 40, 30))
    if rank == ContactRank.LEADER:
        return rank, f"{chance.pick(part.staff.deputy_heads)}、{name}"
    return rank, name


def _co_handlers(part: Part) -> str:
    others = [each.organ for each in part.tale.fate.charges if each.organ != part.code]
    return "、".join(material.organ(code).name for code in others[:3])


def _answer(part: Part, at: datetime, held: list[Contact], *, confirmed: bool) -> None:
    """The lead deputy's word on the record just made."""
    [contact] = held
    lead = part.tale.fate.lead
    words = material.texts("handling")["contact"]["contested"]
    word = "" if confirmed else Chance("word", contact.key).pick(words)
    answer = part.book.row(
        ContactAnswer,
        contact=contact,
        deputy=lead,
        ordinal=1,
        confirmed=confirmed,
        word=word,
        at=at,
    )
    part.tale.take(
        "confirm_contact" if confirmed else "contest_contact",
        part.row,
        by=lead,
        at=at,
        why=word,
        data={"contact": contact.key},
        facts=[answer],
    )


def talks(book: Book, tales: list[Tale]) -> None:
    """What the congress office and the electing units have spoken about with deputies."""
    said = material.texts("handling")["talk"]
    registered = [tale for tale in tales if tale.told.case.registered_on and tale.number]
    chance = Chance("talks")
    liaisons = _liaisons(book)
    told: list[tuple[Talk, TalkCase]] = []
    for place, tale in enumerate(chance.some(registered, TALKS)):
        case = tale.told.case
        by = liaisons.get(case.lead.electing_unit_id or 0) if place % 2 else None
        on = quotas.TODAY - timedelta(days=chance.between(12, 90))
        if case.registered_on is None or on < case.registered_on:
            continue
        said_by = by or book.clerk(place)
        talk = book.row(
            Talk,
            congress=case.congress,
            side=TalkSide.ELECTING_UNIT if by else TalkSide.CONGRESS_OFFICE,
            deputy=case.lead,
            form=chance.pick(("visit", "phone", "meeting")),
            held_on=on,
            gist=chance.pick(said["electing_unit" if by else "congress_office"]),
            post=said_by,
            at=moment_on(on, 16, 20),
        )
        told.append((talk, book.row(TalkCase, talk=talk, suggestion=case)))
    _write_talks(book, told)


def _write_talks(book: Book, told: Sequence[tuple[Talk, TalkCase]]) -> None:
    """Each with its line on the record, under keys that are the same in every building."""
    for talk, about in told:
        talk.save()
        about.save()
    lines = [
        ledger.Line(
            at=talk.at,
            actor=Actor.of(talk.post),
            action=TALK,
            subject=(CASE_TYPE, about.suggestion.key),
            facts=[talk, about],
            via=book.history.via,
            back_dated=True,
        )
        for talk, about in told
    ]
    ledger.record_many(chain=book.world.congress.key, lines=lines)


def _liaisons(book: Book) -> dict[int, Post]:
    posts = Post.objects.filter(role="electing_liaison", congress=book.world.congress)
    return {
        post.electing_unit_id: post
        for post in posts.select_related("person", "congress")
        if post.electing_unit_id
    }
