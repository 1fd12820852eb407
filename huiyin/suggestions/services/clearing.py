"""What the steps of a reply bring to the table: levels, holders, digests, findings, the claim."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from huiyin.documents import selectors as documents
from huiyin.documents.models import Attachment
from huiyin.kernel.canonical import digest
from huiyin.kernel.clock import ZONE
from huiyin.suggestions.claims import Ground
from huiyin.suggestions.clearance import Clearing, Holder, clearing_of, holders_in, levels_of
from huiyin.suggestions.models import Act, Assignment, ClassClaim, Reply, ReplyFile, ReplyPoint
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.services.turn import CASE_TYPE, Turn

_LETTER = (
    "outcome_class",
    "document_no",
    "letter_on",
    "opening",
    "closing",
    "contact_person",
    "contact_phone",
)
_CLAIM = ("proof", "evidence", "source", "files", "promised_on", "plan", "ground")
# From paper and from lists come replies that knew neither proofs nor checks.
TAKEN_OVER = (Via.PAPER, Via.IMPORT)


def files_of(part: Assignment) -> list[Attachment]:
    """The files attached to an organ's reply."""
    case = (CASE_TYPE, part.suggestion.key)
    return list(documents.for_case(case).filter(part=f"reply:{part.key}"))


def ground_of(running: Turn, part: Assignment, files: Iterable[Attachment]) -> Ground:
    """What a claim is judged by in this turn."""
    return Ground.of(
        part,
        rules=running.ruling.rules,
        calendar=running.ruling.calendar,
        on=running.on,
        files=[each.key for each in files],
    )


def sending(part: Assignment, *, on: date, at: datetime) -> dict[str, Any]:
    """The levels a text is sent under now, and the first of them that somebody holds."""
    levels = levels_of(part.organ_id, on=on)
    clearing = Clearing(levels=levels, holders=_holders(part, at=at))
    written = [each.written() for each in levels]
    return {"levels": written, "next": clearing.due, "passed_over": _names(clearing)}


def clearing_now(file: ReplyFile, *, at: datetime) -> Clearing:
    """Where the text stands and who may clear it at that moment, whatever day is entered."""
    acts = file.acts.order_by("seq").select_related("post")
    return clearing_of(file, acts=acts, holders=_holders(file.assignment, at=at))


def _holders(part: Assignment, *, at: datetime) -> tuple[Holder, ...]:
    return holders_in(part.organ_id, on=at.astimezone(ZONE).date())


def passing(clearing: Clearing, running: Turn) -> dict[str, Any]:
    """What the act of passing a level keeps: which, over which, and whether for want of another."""
    level = clearing.level(clearing.due)
    return {
        "level": clearing.due,
        "of": clearing.last,
        "name": level.name,
        "role": level.role,
        "passed_over": _names(clearing),
        "alone": clearing.has_passed(running.actor),
    }


def _names(clearing: Clearing) -> list[dict[str, str]]:
    return [clearing.level(number).written() for number in clearing.passed_over]


# --- The digest that every clearance is bound to


def text_digest(
    reply: Reply,
    points: Sequence[ReplyPoint],
    claims: Sequence[ClassClaim],
    files: Sequence[Attachment],
) -> str:
    """Return the digest of everything a text says: letter, answers, claim, and files by bytes.

    By content, not by row: it must be the same before the rows are saved.
    """
    return digest(
        "huiyin.reply_text",
        [reply.ordinal, *(getattr(reply, name) for name in _LETTER)],
        [[each.request.key, each.answer] for each in points],
        [[getattr(each, name) for name in _CLAIM] for each in claims],
        sorted(f"{each.key} {documents.digest_now(each)}" for each in files),
    )


def present_digest(file: ReplyFile) -> str:
    """Return the digest of the text as it lies in the database and on disk now."""
    reply = file.replies.order_by("ordinal").last()
    if reply is None:
        return ""
    points = list(reply.points.order_by("pk").select_related("request"))
    first = list(reply.claims.filter(ordinal=1))
    return text_digest(reply, points, first, files_of(file.assignment))


def cleared_digest(acts: Iterable[Act]) -> str:
    """Return the digest of the text that was last sent; nothing for one taken over."""
    found = ""
    for act in acts:
        if act.move == "send_to_check":
            found = act.data.get("digest", "")
    return found


def digests(file: ReplyFile) -> dict[str, Any]:
    """What was sent, and what lies there now, for the guard that compares them."""
    cleared = cleared_digest(file.acts.order_by("seq"))
    return {"cleared": cleared, "digest": present_digest(file) if cleared else ""}
