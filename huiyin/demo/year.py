"""The whole year: dealt, told, settled and written."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import count

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from huiyin.demo import (
    beside,
    chance,
    handling,
    last_year,
    meetings,
    notices,
    people,
    pressing,
    promising,
    quotas,
    reports,
    responsibility,
    scans,
    speaking,
    timetable,
)
from huiyin.demo.beginning import begin, merge, register, review, submit
from huiyin.demo.casting import cast
from huiyin.demo.days import at, in_office
from huiyin.demo.dealing import Deputies, deal
from huiyin.demo.fates import End, Fate
from huiyin.demo.places import Titles
from huiyin.demo.shelf import Shelf
from huiyin.demo.telling import Book, Tale
from huiyin.demo.world import found
from huiyin.ledger import services as ledger
from huiyin.suggestions.models.case import Kind

Say = Callable[[str], None]

# Numbers that were given and then not used: a number is a label and counts nothing.
_GAPS = 61
_FIRST_BETWEEN = 1501
_SECONDS_EACH = 17


def write(*, say: Say, seed: str = chance.SEED) -> Book:
    """Write the demo into an empty database, all of it or nothing."""
    collecting = gc.isenabled()
    # A quarter of a million rows are made and none let go: looking for garbage would take longer.
    gc.disable()
    try:
        with translation.override("zh-hans"), transaction.atomic():
            return _written(say=say, seed=seed)
    finally:
        if collecting:
            gc.enable()


def _written(*, say: Say, seed: str) -> Book:
    shelf = Shelf(seed=seed)
    world = found(shelf)
    people.people(shelf, world)
    shelf.store()
    ledger.record_many(chain=world.congress.key, lines=people.lines_of(world))
    say(_("People and organs are in their places."))
    book = Book(world=world, seed=seed)
    tales = _tell(book)
    say(_("%(count)s suggestions are told.") % {"count": len(tales)})
    book.history.write(progress=lambda done, of: _tell_progress(say, done, of))
    speaking.talks(book, tales)
    meetings.hold(book)
    scans.keep(book, tales)
    responsibility.hold(book, tales)
    promising.keep(book)
    pressing.hold(book, tales)
    reports.hold(book)
    notices.tell(tales)
    say(_("The inboxes are filled."))
    return book


def _tell_progress(say: Say, done: int, of: int) -> None:
    """The last two parts, the acts and the record, take the time."""
    if done == of - 2:
        say(_("Texts, replies and ratings are stored."))
    elif done == of - 1:
        say(_("Every step is stored; the record follows."))
    elif done == of:
        say(_("The record is written."))


def _tell(book: Book) -> list[Tale]:
    titles, deputies = Titles(), Deputies(book.world)
    fates = deal(titles, deputies)
    cast(fates, book.world, titles)
    others = beside.deal(book.world, titles, deputies)
    # Its rows are counted apart, so that this year's bear the keys they always had.
    past = Book(world=book.world, seed=f"{book.seed} 2019", history=book.history)
    closed = last_year.tell(past, titles, deputies)
    received = [_tell_beginning(book, fate, serial=serial) for serial, fate in enumerate(fates)]
    apart = [
        beside.tell(book, fate, serial=serial)
        for serial, fate in enumerate(others, start=len(fates))
    ]
    _register(book, received, apart)
    _merge(book, received)
    _hand_out(book, received)
    _give_letters(book, received)
    for tale in received:
        handling.tell(book, tale)
    return [*closed, *received, *apart]


def _tell_beginning(book: Book, fate: Fate, *, serial: int) -> Tale:
    times = timetable.of(fate)
    tale = begin(book, fate, times, serial=serial)
    if times.submitted is None:
        raise ValueError(f"{fate.name} was never submitted")
    submit(book, tale, at=times.submitted)
    review(book, tale)
    return tale


def _decided(tale: Tale) -> datetime:
    if tale.times.decided is None:
        raise ValueError(f"{tale.fate.name} is not decided upon")
    return tale.times.decided


def _register(book: Book, received: Sequence[Tale], apart: Sequence[Tale]) -> None:
    """Number them in the order in which they were accepted."""
    withdrawn = [tale for tale in apart if tale.fate.registered_first]
    session = [*(tale for tale in received if tale.fate.in_session), *withdrawn]
    between = [tale for tale in received if not tale.fate.in_session]
    for first, tales in ((1, session), (_FIRST_BETWEEN, between)):
        numbers = (number for number in count(first) if number % _GAPS)
        for tale, number in zip(sorted(tales, key=_decided), numbers, strict=False):
            if tale.fate.end is End.WITHDRAWN:
                beside.go_on(book, tale, order=number, label=str(number))
            else:
                register(book, tale, order=number, label=str(number), at=_decided(tale))
    proposals = [tale for tale in apart if tale.fate.kind == Kind.PARTY_PROPOSAL]
    for number, tale in enumerate(sorted(proposals, key=_decided), start=1):
        beside.go_on(book, tale, order=number, label=f"党提{number}")


def _merge(book: Book, received: Sequence[Tale]) -> None:
    groups: dict[str, list[Tale]] = defaultdict(list)
    for tale in received:
        if tale.fate.merged_with:
            groups[tale.fate.merged_with].append(tale)
    moment = at(quotas.ASSIGNED_ON - timedelta(days=1), 15, 10)
    for number, tales in enumerate(groups.values()):
        merge(book, tales, at=moment + timedelta(minutes=4 * number))


def _hand_out(book: Book, received: Sequence[Tale]) -> None:
    """Assign the session's all on one day in the order of their numbers, the others on theirs."""
    session = sorted(
        (tale for tale in received if tale.fate.in_session), key=lambda tale: int(tale.number)
    )
    start = at(quotas.ASSIGNED_ON, 9)
    for number, tale in enumerate(session):
        tale.times.assigned = start + timedelta(seconds=_SECONDS_EACH * number)
    for tale in received:
        if tale.times.assigned is None:
            day = timetable.assigned_on(tale.fate)
            tale.times.assigned = in_office(chance.Chance("assigned at", tale.fate.name), day)
        handling.assign(book, tale, at=tale.times.assigned)
        timetable.handling(tale.fate, tale.times)


def _give_letters(book: Book, received: Sequence[Tale]) -> None:
    """Number the letters of each organ in the order in which they were signed."""
    signed = sorted(
        (part.signed, tale.serial, number, code)
        for tale in received
        for number, times in enumerate(tale.times.rounds, start=1)
        for code, part in times.parts.items()
        if part.signed is not None
    )
    by_serial = {tale.serial: tale for tale in received}
    for moment, serial, number, code in signed:
        letter = book.next_letter(code, moment.date())
        by_serial[serial].letters[number, code] = letter
