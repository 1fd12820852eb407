"""One planned row as acts: what must have happened for it to stand where the list says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from huiyin.accounts.models import Post
from huiyin.organisations.models import Organ, Session
from huiyin.rulebook import ReplyTo
from huiyin.suggestions.history import History, Told
from huiyin.suggestions.importing.plan import PlannedRow
from huiyin.suggestions.importing.proposals import Proposed
from huiyin.suggestions.importing.written import split_requests
from huiyin.suggestions.lifecycle import still_owes
from huiyin.suggestions.lifecycle.guards import calls_for_rehandling, rehandles_by_itself
from huiyin.suggestions.models import (
    Assignment,
    Delivery,
    Rating,
    Reply,
    ReplyPoint,
    RequestItem,
    Suggestion,
)
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.services.assigning import Charge
from huiyin.suggestions.stages import ANSWERING, HandlingRole

# What the register now holds for something a row names.
Real = Callable[[Any], Any]


@dataclass(slots=True, kw_only=True)
class Telling:
    """One row and everything needed to tell it."""

    row: PlannedRow
    history: History
    # The clerk who imports: whoever did it elsewhere has not done it here.
    clerk: Post
    at: datetime
    real: Real
    told: Told

    def take(self, name: str, on: date, **more: Any) -> None:
        self.told.take(name, post=self.clerk, at=self.at, on=on, via=Via.IMPORT, **more)


def tell(
    row: PlannedRow, *, history: History, clerk: Post, at: datetime, real: Real, number: str
) -> None:
    """Add the row to ``history``; ``number`` is its own or the one it is given now."""
    read = row.read
    case = _case(row, clerk=clerk, at=at, real=real)
    cosigners: list[Post] = [real(each) for each in read["cosigners"]]
    telling = Telling(
        row=row,
        history=history,
        clerk=clerk,
        at=at,
        real=real,
        told=history.begin(case, cosigners=cosigners),
    )
    _submitted(telling, cosigners)
    digits = "".join(char for char in number if char.isascii() and char.isdigit())[-9:]
    telling.take(
        "register",
        read["raised_on"],
        why=read["note"],
        data={"number": number, "order": int(digits or 0), "category": read["category"]},
    )
    if read.get("lead_organ"):
        _assigned(telling)
    if read["replied_on"]:
        _replied(telling)
        if read["attitude"] or read["result"]:
            _rated(telling)


def _case(row: PlannedRow, *, clerk: Post, at: datetime, real: Real) -> Suggestion:
    session: Session = real(row.read["session"])
    return Suggestion(
        congress=session.congress,
        session=session,
        kind=row.read["kind"],
        lead=real(row.read["lead"]),
        entered_by=clerk,
        source_ref=row.read["source_ref"],
        created_at=at,
        changed_at=at,
        # Known before it is derived: the rules of that day, not of today, are asked.
        submitted_on=row.read["raised_on"],
    )


def _submitted(telling: Telling, cosigners: Sequence[Post]) -> None:
    read, case = telling.row.read, telling.told.case
    for deputy in cosigners:
        telling.take("confirm_signature", read["raised_on"], on_behalf_of=deputy)
    telling.take(
        "submit",
        read["raised_on"],
        on_behalf_of=case.lead,
        data={"raised": read["raised"]},
        facts=read["text"].version(case, ordinal=1, at=telling.at),
    )


def _assigned(telling: Telling) -> None:
    read = telling.row.read
    lead: Organ = telling.real(read["lead_organ"])
    helpers: list[Organ] = [telling.real(each) for each in read["co_organs"]]
    first = HandlingRole.LEAD if helpers else HandlingRole.SOLE
    charges = [Charge(organ=lead, role=first)]
    charges += [Charge(organ=organ, role=HandlingRole.CO) for organ in helpers]
    telling.told.case.round = 1
    _charge(telling, "assign", charges, read["assigned_on"], wide=read["wide"])


def _charge(
    telling: Telling, move: str, charges: Sequence[Charge], on: date, *, wide: bool
) -> None:
    said = [
        {"organ": charge.organ.key, "role": str(charge.role), "part": charge.part}
        for charge in charges
    ]
    telling.take(move, on, data={"wide": wide, "organs": said})
    telling.history.issue(telling.told, charges, on=on, wide=wide)


def _replied(telling: Telling) -> None:
    """The lead organ's part through to delivery, each step on the day the list gives for it."""
    read, told = telling.row.read, telling.told
    on = read["replied_on"]
    part = next(part for part in told.assignments if part.role in ANSWERING)
    telling.take("acknowledge", read["assigned_on"], subject=part)
    file = telling.history.open_file(told, part, at=telling.at)
    reply, points = _reply(telling, file)
    telling.take("send_to_check", on, subject=file, facts=[reply, *points])
    telling.take("sign", on, subject=file)
    handed = [
        Delivery(reply=reply, deputy=deputy, channel=Via.IMPORT, at=telling.at)
        for deputy in _recipients(telling)
    ]
    telling.take("deliver", on, subject=file, facts=handed)
    telling.take("reply", on, subject=part)
    telling.take("answer", on)


def _reply(telling: Telling, file: Any) -> tuple[Reply, list[ReplyPoint]]:
    """The reply: point by point when it is numbered like the requests, else in one piece."""
    read = telling.row.read
    asked: list[RequestItem] = list(telling.told.facts(RequestItem))
    whole = read["reply_text"]
    answers = split_requests(whole)
    fits = len(answers) == len(asked)
    reply = Reply(
        file=file,
        ordinal=1,
        outcome_class=read["outcome_class"],
        document_no=read["document_no"],
        letter_on=read["replied_on"],
        opening="" if fits else whole,
        via=Via.IMPORT,
        at=telling.at,
    )
    points = [
        ReplyPoint(reply=reply, request=item, answer=answer)
        for item, answer in zip(asked, answers, strict=False)
    ]
    return reply, points if fits else []


def _recipients(telling: Telling) -> list[Post]:
    rules = telling.row.read["rules"]
    if rules.joint.reply_to == ReplyTo.LEAD:
        return [telling.told.case.lead]
    return [signature.deputy for signature in telling.told.signatures]


def _rated(telling: Telling) -> None:
    """The deputy's judgement, and what the rules make of it, as ``services.rate`` would."""
    read, told = telling.row.read, telling.told
    rules, case = read["rules"], told.case
    on = read["rated_on"] or read["replied_on"]
    rating = Rating(
        suggestion=case,
        round=case.round,
        deputy=case.lead,
        attitude=read["attitude"],
        result=read["result"],
        via=Via.IMPORT,
        at=telling.at,
    )
    telling.take("rate", on, on_behalf_of=case.lead, facts=[rating])
    if rehandles_by_itself(rating, rules=rules):
        answered = [part for part in told.assignments if part.role in ANSWERING]
        telling.take("rehandle", on, data={"follows_round": case.round})
        _finish(telling, on)
        case.round += 1
        charges = [Charge(organ=part.organ, role=part.role) for part in answered]
        telling.history.issue(told, charges, on=on)
    elif not calls_for_rehandling(rating, rules=rules):
        telling.take("close", on)
        _finish(telling, on)


def _finish(telling: Telling, on: date) -> None:
    """End every organ's part of the round; one that still owed something is stopped."""
    ended: list[Assignment] = [
        part for part in telling.told.assignments if part.round == telling.told.case.round
    ]
    for part in ended:
        telling.take("stop" if still_owes(part) else "finish", on, subject=part)


def real_of(made: dict[Proposed, Any]) -> Real:
    """Return the lookup that puts what has been entered in place of what was proposed."""
    return lambda named: made.get(named, named) if isinstance(named, Proposed) else named
