"""The reply: written point by point, checked, signed, handed over; or taken over from paper."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from huiyin.accounts.models import Post
from huiyin.demo import cohandling, material, quotas, wording
from huiyin.demo.chance import Chance
from huiyin.demo.claiming import claimed
from huiyin.demo.days import at as moment_of
from huiyin.demo.organ_part import Part
from huiyin.kernel.clock import ZONE
from huiyin.suggestions.forms.replying import ANSWER
from huiyin.suggestions.lifecycle import where
from huiyin.suggestions.models import Delivery, Reply, ReplyPoint
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.stages import ANSWERING

# When the drafts now being written were last saved.
_SAVED = moment_of(quotas.TODAY - timedelta(days=1), 16, 42)


def send(part: Part, at: datetime) -> None:
    cohandling.judge(part, at)
    reply, points = _written(part, at=at, via=Via.PAGE)
    first = part.tale.told.assignments[0].assigned_on
    brought = claimed(part, reply, first_assigned=first)
    facts = [reply, *points, *brought, *cohandling.statements(part, reply)]
    part.tale.take("send_to_check", part.file, by=part.handler, at=at, facts=facts)


def _written(part: Part, *, at: datetime, via: str) -> tuple[Reply, list[ReplyPoint]]:
    """Return the reply as it goes to be checked, and its points."""
    tale, book = part.tale, part.book
    outcome = _class_of(part)
    said = wording.letter(
        tale.fate,
        tale.text,
        organ=part.code,
        outcome_class=outcome,
        number=tale.number,
        second=part.round > 1,
    )
    earlier = tale.replies.setdefault(part.file.pk, [])
    reply = book.row(
        Reply,
        file=part.file,
        ordinal=len(earlier) + 1,
        outcome_class=outcome,
        document_no=tale.letters.get((part.round, part.code), ""),
        letter_on=(part.times.signed or at).astimezone(ZONE).date(),
        opening=said.opening,
        closing=said.closing,
        contact_person=part.handler.person.name,
        contact_phone=part.handler.person.phone,
        via=str(via),
        at=at,
    )
    earlier.append(reply)
    points = [
        book.row(ReplyPoint, reply=reply, request=item, answer=answer)
        for item, answer in zip(tale.requests, said.answers, strict=True)
        if item in part.items
    ]
    return reply, points


def _class_of(part: Part) -> str:
    """The class of this round; what is still being written has one of its own choosing."""
    rounds = part.tale.fate.rounds
    if part.round <= len(rounds):
        return rounds[part.round - 1].outcome_class
    return Chance("class", part.tale.fate.name).pick(("A1", "A2", "B1"))


def send_back(part: Part, at: datetime) -> None:
    chance = Chance("sent back", part.tale.fate.name, part.code)
    why = chance.pick(material.texts("handling")["sent_back"]["whys"])
    part.tale.take("send_back", part.file, by=part.staff.checker, at=at, why=why)


def check(part: Part, at: datetime) -> None:
    part.tale.take("pass_check", part.file, by=part.staff.checker, at=at)


def sign(part: Part, at: datetime) -> None:
    part.tale.take("sign", part.file, by=part.staff.head, at=at)


def deliver(part: Part, at: datetime) -> None:
    _handed(part, at=at, by=part.staff.liaison, via=Via.PAGE)


def _handed(part: Part, *, at: datetime, by: Post, via: str, behalf: Post | None = None) -> None:
    """Each deputy who signed receives it; with the last organ's it is answered."""
    tale, book = part.tale, part.book
    reply = tale.replies[part.file.pk][-1]
    handed = [
        book.row(Delivery, reply=reply, deputy=post, channel=str(via), at=at)
        for post in tale.signers()
    ]
    on = reply.letter_on if via == Via.IMPORT else None
    rest: dict[str, Any] = {"by": by, "at": at, "via": via, "on": on, "on_behalf_of": behalf}
    tale.take("deliver", part.file, facts=handed, **rest)
    tale.take("reply", part.row, **rest)
    owed = [
        row
        for row in tale.told.assignments
        if row.round == part.round and row.role in ANSWERING and where.is_owed(row)
    ]
    if not owed:
        tale.take("answer", **rest)


def import_reply(part: Part, at: datetime) -> None:
    """A letter that came on paper without a class, taken over from a list by a clerk."""
    clerk = part.book.clerk(part.tale.serial)
    head = part.staff.head
    reply, points = _written(part, at=at, via=Via.IMPORT)
    on = reply.letter_on
    rest: dict[str, Any] = {
        "by": clerk,
        "at": at,
        "via": Via.IMPORT,
        "on": on,
        "on_behalf_of": head,
    }
    part.tale.take("send_to_check", part.file, facts=[reply, *points], **rest)
    part.tale.take("sign", part.file, **rest)
    _handed(part, at=at, by=clerk, via=Via.IMPORT, behalf=head)


def keep_typing(part: Part) -> None:
    """A reply half written: the first request answered, the others not yet."""
    tale = part.tale
    said = wording.letter(
        tale.fate,
        tale.text,
        organ=part.code,
        outcome_class=_class_of(part),
        number=tale.number,
        second=part.round > 1,
    )
    first = part.items[0]
    part.file.draft = {
        "outcome_class": "",
        "opening": said.opening,
        ANSWER + first.key: said.answers[tale.requests.index(first)],
    }
    part.file.draft_revision = 3
    part.file.saved_at = _SAVED
