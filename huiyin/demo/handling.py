"""From assignment to the end: what organs do, what they answer, and how the deputy rates it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from huiyin.accounts.models import Post
from huiyin.demo import answering, breakdown, disputing, responsibility, speaking, wording
from huiyin.demo.chance import Chance
from huiyin.demo.fates import Charge
from huiyin.demo.organ_part import Part
from huiyin.demo.telling import Book, Tale
from huiyin.demo.timetable import RoundTimes
from huiyin.kernel.clock import ZONE
from huiyin.suggestions.lifecycle import ASSIGNMENT, where
from huiyin.suggestions.models import (
    Assignment,
    CoOpinion,
    Delivery,
    HandlingPlan,
    ItemCharge,
    Rating,
    Receipt,
    Received,
)
from huiyin.suggestions.services import assigning
from huiyin.suggestions.stages import ANSWERING, HandlingRole

# A step of the story: when, and what is done then.
Step = tuple[datetime, Callable[[], None]]


def assign(book: Book, tale: Tale, *, at: datetime) -> None:
    """Hand it to its organs; the clocks start."""
    fate = tale.fate
    tale.told.case.round = 1
    named = [_named(book, tale, each) for each in fate.charges]
    tale.take(
        "assign",
        by=book.clerk(tale.serial // 40),
        at=at,
        data={"wide": fate.wide, "organs": [assigning.said(each) for each in named]},
        facts=_issue(book, tale, fate.charges, at=at, wide=fate.wide),
    )


def _named(book: Book, tale: Tale, charge: Charge) -> assigning.Charge:
    return assigning.Charge(
        organ=book.world.organs[charge.organ],
        role=charge.role,
        part=charge.part,
        items=tuple(breakdown.named(tale, charge)),
    )


def _issue(
    book: Book, tale: Tale, charges: list[Charge], *, at: datetime, wide: bool
) -> list[ItemCharge]:
    """Charge the organs in the running round; what says for which requests is returned."""
    named = [_named(book, tale, each) for each in charges]
    on = at.astimezone(ZONE).date()
    issued = book.history.issue(tale.told, named, on=on, wide=wide)
    for part in issued:
        part.key = book.next_key(Assignment)
    return breakdown.item_charges(book, tale, charges, issued, at=at)


def tell(book: Book, tale: Tale) -> None:
    """Tell every round: the organs' steps in the order of their time, then what ends it."""
    for number, times in enumerate(tale.times.rounds, start=1):
        parts = list(_parts(book, tale, times, number))
        until = times.rated or times.closed
        steps = [step for part in parts for step in _steps(part, until=until)]
        for _at, take in sorted(steps, key=lambda step: step[0]):
            take()
        if times.rated is not None:
            _rate(book, tale, at=times.rated, number=number)
        elif times.closed is not None:
            tale.take("close_without_feedback", by=book.clerk(tale.serial), at=times.closed)
            _finish(tale, by=book.clerk(tale.serial), at=times.closed)


def _parts(book: Book, tale: Tale, times: RoundTimes, number: int) -> Iterator[Part]:
    code_of = {organ.pk: code for code, organ in book.world.organs.items()}
    for row in tale.told.assignments:
        if row.round == number:
            code = code_of[row.organ_id]
            yield Part(
                book=book, tale=tale, row=row, code=code, times=times.parts[code], round=number
            )


def _steps(part: Part, *, until: datetime | None) -> Iterator[Step]:
    """What the organ does, each with its moment. What has no moment has not been done."""
    times = part.times
    known: list[tuple[datetime | None, Callable[[Part, datetime], None]]] = [
        (times.acknowledged, _acknowledge),
        (times.planned, _plan),
        (times.opinion, _give_opinion),
    ]
    if part.row.role in ANSWERING:
        if part.tale.fate.paper_reply:
            known.append((times.delivered, answering.import_reply))
        else:
            known += [
                (times.sent, answering.send),
                (times.sent_back, answering.send_back),
                (times.sent_again, answering.send),
                (times.checked, answering.check),
                (times.signed, answering.sign),
                (times.delivered, answering.deliver),
            ]
    for at, take in known:
        if at is not None:
            yield at, _bound(take, part, at)
    yield from speaking.steps(part, until=until)
    yield from responsibility.steps(part)
    yield from disputing.steps(part)
    if times.drafting:
        answering.keep_typing(part)


def _bound(take: Callable[[Part, datetime], None], part: Part, at: datetime) -> Callable[[], None]:
    return lambda: take(part, at)


def _acknowledge(part: Part, at: datetime) -> None:
    part.tale.take("acknowledge", part.row, by=part.staff.liaison, at=at)


def _plan(part: Part, at: datetime) -> None:
    chance = Chance("planned", part.tale.fate.name, part.code)
    helps = part.row.role == HandlingRole.CO
    handler = part.handler
    division = handler.inner_division
    leader = chance.pick(part.staff.deputy_heads)
    feedback_on = _promised(part, at, chance)
    plan = part.book.row(
        HandlingPlan,
        assignment=part.row,
        **responsibility.planned(part, leader),
        division=division.name if division else part.row.organ.short_name,
        handler=handler.person.name,
        requirement=wording.requirement(part.tale.fate, organ=part.code, helps=helps),
        feedback_on=feedback_on,
        at=at,
    )
    days = responsibility.milestones(part, plan, at)
    part.tale.take("plan", part.row, by=handler, at=at, facts=[plan, *days])


def _promised(part: Part, at: datetime, chance: Chance) -> date:
    """The day on which the organ means to be ready; what is done was ready by it."""
    ready = part.times.delivered or part.times.opinion or at + timedelta(days=30)
    return ready.astimezone(ZONE).date() + timedelta(days=chance.between(0, 9))


def _give_opinion(part: Part, at: datetime) -> None:
    tale = part.tale
    said = wording.opinion(tale.fate, organ=part.code)
    chance = Chance("signed", tale.fate.name, part.code)
    opinion = part.book.row(
        CoOpinion,
        assignment=part.row,
        text=said,
        signed_by=chance.pick(part.staff.deputy_heads),
        at=at,
    )
    by = part.handler if chance.falls(0.5) else part.staff.liaison
    tale.take("give_opinion", part.row, by=by, at=at, facts=[opinion])


# --- The deputy's judgement


def _rate(book: Book, tale: Tale, *, at: datetime, number: int) -> None:
    fate = tale.fate
    given = fate.rounds[number - 1].rating
    if given is None:
        raise ValueError(f"{fate.name}: round {number} has no rating")
    attitude, result = given
    rating = book.row(
        Rating,
        suggestion=tale.told.case,
        round=number,
        deputy=fate.lead,
        attitude=attitude,
        result=result,
        comment=wording.comment(fate, result, again=number > 1),
        at=at,
    )
    tale.take("rate", by=fate.lead, at=at, facts=[*_opened(book, tale, at=at), rating])
    if result == "NS":
        tale.told.case.round = number + 1
        charged = _issue(book, tale, fate.answering, at=at, wide=False)
        # The step itself and the end of the first round's parts still belong to that round.
        tale.told.case.round = number
        follows = {"follows_round": number}
        tale.take("rehandle", by=fate.lead, at=at, data=follows, facts=charged)
        _finish(tale, by=fate.lead, at=at)
        tale.told.case.round = number + 1
    else:
        tale.take("close", by=fate.lead, at=at)
        _finish(tale, by=fate.lead, at=at)


def _opened(book: Book, tale: Tale, *, at: datetime) -> list[Receipt]:
    """Who rates has read: what he was sent and had not opened yet."""
    known = {id(each.delivery) for each in tale.told.facts(Receipt)}
    return [
        book.row(Receipt, delivery=sent, how=Received.OPENED, on=at.astimezone(ZONE).date(), at=at)
        for sent in tale.told.facts(Delivery)
        if sent.deputy_id == tale.fate.lead.pk and id(sent) not in known
    ]


def _finish(tale: Tale, *, by: Post, at: datetime) -> None:
    for row in tale.told.assignments:
        if row.round == tale.told.case.round:
            tale.take("stop" if where.is_owed(row) else "finish", row, by=by, at=at)


def stop(tale: Tale, *, by: Post, at: datetime) -> None:
    """Withdrawn: every organ's part ends where it stands."""
    for row in tale.told.assignments:
        if where.begins_at(ASSIGNMENT.find("stop"), row):
            tale.take("stop", row, by=by, at=at)
