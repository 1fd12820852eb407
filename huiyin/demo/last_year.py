"""Last year's session: cases long closed, carried in from the office's list with their days.

They give the choice of a session somewhere to lead and a year another to stand beside. They are a
part of that year, not its whole: no report of 2019 is rebuilt here, and the figures are ours. The
pack of the province begins with 2020, so theirs are the classes and grades of the nation's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from huiyin.accounts.models import Post
from huiyin.demo import leads, material, wording
from huiyin.demo.beginning import version
from huiyin.demo.chance import Chance
from huiyin.demo.days import at, on_or_after, shifted, worked
from huiyin.demo.dealing import Deputies
from huiyin.demo.fates import Charge, End, Fate, Round
from huiyin.demo.material import Topic
from huiyin.demo.places import Titles, city_of
from huiyin.demo.telling import Book, Tale
from huiyin.demo.timetable import Times
from huiyin.suggestions.models import (
    Assignment,
    Delivery,
    Rating,
    Reply,
    ReplyPoint,
    Suggestion,
)
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.models.case import Raised
from huiyin.suggestions.services import assigning
from huiyin.suggestions.stages import HandlingRole

COUNT, CIRCULATED = 150, 3
_SHARE_RATED = 0.69
_CLASSES = {"A": 64, "B": 21, "C": 12, "D": 3}
# In whose spirit the letter of each class is written, in the words of this year's classes.
_WORDED_AS = {"A": "A1", "B": "B1", "C": "C1", "D": "C2"}
_RATINGS = {("S", "S"): 78, ("S", "BS"): 14, ("BS", "BS"): 8}
# When the clerk took the list over, a case every few seconds.
_CARRIED_IN = at(date(2019, 12, 16), 9, 30)
_EACH = timedelta(seconds=20)
_OPENED, _REGISTERED, _ASSIGNED = date(2019, 1, 27), date(2019, 2, 14), date(2019, 3, 5)
_REPLIED = (date(2019, 4, 8), date(2019, 6, 4))
# What nobody had heard of before 2020.
_LATER = "疫"


@dataclass(slots=True, kw_only=True)
class Carried:
    """One case on its way into the register: who carries it in, and when."""

    tale: Tale
    clerk: Post
    moment: datetime
    parts: list[Assignment] = field(default_factory=list)

    def take(self, name: str, on: date, subject: Any = None, **more: Any) -> None:
        """Tell one step of that day, taken over from the list."""
        shared: dict[str, Any] = {"by": self.clerk, "at": self.moment, "via": Via.IMPORT, "on": on}
        self.tale.take(name, subject, **shared, **more)


def tell(book: Book, titles: Titles, deputies: Deputies) -> list[Tale]:
    """Carry them in. ``book`` is one of its own: its rows are counted apart from this year's."""
    fates = [_fate(titles, deputies, number) for number in range(COUNT)]
    tales = [_begin(book, fate, number) for number, fate in enumerate(fates)]
    for number, tale in enumerate(tales):
        moment = _CARRIED_IN + _EACH * number
        case = Carried(tale=tale, clerk=book.world.clerks[0], moment=moment)
        _register(case, number=number + 1)
        if tale.fate.end is End.FOR_REFERENCE:
            _circulate(case)
        else:
            _answer(case)
    return tales


def _fate(titles: Titles, deputies: Deputies, number: int) -> Fate:
    name = f"2019/{number:03d}"
    chance = Chance("last year", name)
    code, lead = deputies.one(chance)
    topic = chance.pick(_topics())
    title_at, title, slots = titles.give(topic, city_of(code, chance), chance)
    circulated = number % (COUNT // CIRCULATED) == 7
    role = HandlingRole.REFERENCE if circulated else HandlingRole.SOLE
    fate = Fate(
        name=name,
        end=End.FOR_REFERENCE if circulated else End.NO_FEEDBACK,
        topic=topic,
        title=title,
        title_at=title_at,
        slots=slots,
        lead=lead,
        charges=[Charge(organ=topic.lead, role=role)],
    )
    if not circulated:
        outcome = chance.weighed(list(_CLASSES), list(_CLASSES.values()))
        fate.rounds = [Round(outcome_class=outcome)]
        if chance.falls(_SHARE_RATED):
            fate.end = End.RATED
            fate.rounds[0].rating = chance.weighed(list(_RATINGS), list(_RATINGS.values()))
    return fate


def _topics() -> list[Topic]:
    """What a department of the province answers, and what could be written a year ago."""
    return [
        topic
        for topic in material.topics()
        if topic.lead != "city"
        and not leads.is_party(topic.lead)
        and not any(
            _LATER in part
            for title in topic.titles
            for part in (title.text, *title.facts, *title.asks)
        )
    ]


# --- Telling


def _begin(book: Book, fate: Fate, number: int) -> Tale:
    world, text = book.world, wording.written(fate)
    moment = _CARRIED_IN + _EACH * number
    case = book.row(
        Suggestion,
        congress=world.congress,
        session=world.last_session,
        kind=str(fate.kind),
        lead=fate.lead,
        entered_by=world.clerks[0],
        source_ref=f"2019-{number + 1}",
        created_at=moment,
        changed_at=moment,
        title=text.title,
        # Known before it is derived: the rules of that day are asked.
        submitted_on=_OPENED,
    )
    told = book.history.begin(case)
    times = Times(created=moment)
    return Tale(book=book, fate=fate, times=times, text=text, told=told, serial=number)


def _register(case: Carried, *, number: int) -> None:
    tale = case.tale
    tale.number = str(number)
    facts = version(tale.book, tale, at=case.moment)
    raised = {"raised": str(Raised.IN_SESSION)}
    case.take("submit", _OPENED, on_behalf_of=tale.fate.lead, data=raised, facts=facts)
    given = {"number": tale.number, "order": number, "category": tale.fate.topic.category}
    case.take("register", _REGISTERED, data=given)


def _charge(case: Carried, move: str) -> None:
    """Hand it to its organ; its row comes into ``case.parts``."""
    tale, world = case.tale, case.tale.book.world
    charges = [
        assigning.Charge(organ=world.organs[each.organ], role=each.role)
        for each in tale.fate.charges
    ]
    said = [{"organ": each.organ.key, "role": str(each.role), "part": ""} for each in charges]
    tale.told.case.round = 1
    case.take(move, _ASSIGNED, data={"wide": False, "organs": said})
    case.parts = tale.book.history.issue(tale.told, charges, on=_ASSIGNED)
    for part in case.parts:
        part.key = tale.book.next_key(Assignment)


def _circulate(case: Carried) -> None:
    """The deputy wanted no letter: the organ studied it, and that was all."""
    _charge(case, "circulate")
    for part in case.parts:
        case.take("inform", _ASSIGNED, part)


def _answer(case: Carried) -> None:
    fate, chance = case.tale.fate, Chance("days of last year", case.tale.fate.name)
    _charge(case, "assign")
    (part,) = case.parts
    replied = chance.pick(worked(*_REPLIED))
    case.take("acknowledge", shifted(_ASSIGNED, chance.between(1, 4)), part)
    _deliver(case, part, on=replied)
    case.take("reply", replied, part)
    case.take("answer", replied)
    if fate.end is End.RATED:
        ended = replied + timedelta(days=chance.between(1, 9))
        _rate(case, on=ended)
    else:
        ended = on_or_after(replied + timedelta(days=chance.between(30, 45)))
        case.take("close_without_feedback", ended)
    case.take("finish", ended, part)


def _deliver(case: Carried, part: Assignment, *, on: date) -> None:
    tale, book = case.tale, case.tale.book
    fate, staff = tale.fate, book.world.staff[tale.fate.main]
    outcome = fate.rounds[0].outcome_class
    said = wording.letter(
        fate,
        tale.text,
        organ=fate.main,
        outcome_class=_WORDED_AS[outcome],
        number=tale.number,
    )
    file = book.history.open_file(tale.told, part, at=case.moment)
    file.key = book.next_key(type(file))
    reply = book.row(
        Reply,
        file=file,
        ordinal=1,
        outcome_class=outcome,
        document_no=book.next_letter(fate.main, on),
        letter_on=on,
        opening=said.opening,
        closing=said.closing,
        contact_person=staff.handlers[0].person.name,
        contact_phone=staff.handlers[0].person.phone,
        via=str(Via.IMPORT),
        at=case.moment,
    )
    points = [
        book.row(ReplyPoint, reply=reply, request=item, answer=answer)
        for item, answer in zip(tale.requests, said.answers, strict=True)
    ]
    handed = book.row(
        Delivery, reply=reply, deputy=fate.lead, channel=str(Via.IMPORT), at=case.moment
    )
    case.take("send_to_check", on, file, facts=[reply, *points], on_behalf_of=staff.head)
    case.take("sign", on, file, on_behalf_of=staff.head)
    case.take("deliver", on, file, facts=[handed], on_behalf_of=staff.head)


def _rate(case: Carried, *, on: date) -> None:
    tale = case.tale
    given = tale.fate.rounds[0].rating
    if given is None:
        raise ValueError(f"{tale.fate.name} has no rating")
    attitude, result = given
    rating = tale.book.row(
        Rating,
        suggestion=tale.told.case,
        round=1,
        deputy=tale.fate.lead,
        attitude=attitude,
        result=result,
        comment=wording.comment(tale.fate, result),
        via=str(Via.IMPORT),
        at=case.moment,
    )
    case.take("rate", on, facts=[rating], on_behalf_of=tale.fate.lead)
    case.take("close", on)
