"""The fixed text of a reply as one digest: what is cleared and signed holds for this text alone.

Levels of clearance, the signature, delivery and countersignatures are all bound to the same
digest, so that whatever voids one of them voids the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from huiyin.documents import selectors as documents
from huiyin.documents.models import Attachment
from huiyin.kernel.canonical import digest
from huiyin.suggestions.models import (
    Act,
    Assignment,
    ClassClaim,
    CoStatement,
    Countersignature,
    Reply,
    ReplyFile,
    ReplyPoint,
)
from huiyin.suggestions.services.turn import CASE_TYPE

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
_NAMES = ("assignment__organ", "post__person")


def files_of(part: Assignment) -> list[Attachment]:
    """The files attached to an organ's reply."""
    case = (CASE_TYPE, part.suggestion.key)
    return list(documents.for_case(case).filter(part=f"reply:{part.key}"))


# --- The one digest


def text_digest(
    reply: Reply,
    *,
    points: Sequence[ReplyPoint],
    claims: Sequence[ClassClaim],
    stated: Sequence[CoStatement],
    files: Sequence[Attachment],
) -> str:
    """Return the digest of everything a text says to its reader.

    Letter, answers, what its class claims, what is said of each co-handling organ, and the files
    by their bytes. By content, not by row: it must be the same before the rows are saved.
    """
    return digest(
        "huiyin.reply_text",
        [reply.ordinal, *(getattr(reply, name) for name in _LETTER)],
        [[each.request.key, each.answer] for each in points],
        [[getattr(each, name) for name in _CLAIM] for each in claims],
        [_said_of(each) for each in stated],
        sorted(f"{each.key} {documents.digest_now(each)}" for each in files),
    )


def _said_of(organ: CoStatement) -> list[Any]:
    opinion, marked = organ.opinion, organ.marked
    words = [opinion.text, opinion.will_do or ""] if opinion else []
    judged = [marked.mark, marked.reason] if marked else []
    return [organ.assignment.key, organ.kind, organ.due_on, *words, *judged]


def present_digest(file: ReplyFile) -> str:
    """Return the digest of the text as it lies in the database and on disk now."""
    reply = present_text(file)
    return _digest_now(reply, file.assignment) if reply else ""


def present_text(file: ReplyFile) -> Reply | None:
    """The last text that was sent to be checked."""
    return file.replies.order_by("ordinal").last()


def _digest_now(reply: Reply, part: Assignment) -> str:
    stated = reply.co_statements.select_related("assignment", "opinion", "marked")
    return text_digest(
        reply,
        points=list(reply.points.order_by("pk").select_related("request")),
        # A later one corrected the class of the reply; the text is as it was.
        claims=list(reply.claims.filter(ordinal=1)),
        stated=list(stated.order_by("pk")),
        files=files_of(part),
    )


# --- What is bound to it


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


def standing_names(file: ReplyFile) -> list[Countersignature]:
    """Return the countersignatures that stand under the present text of the file.

    None of an earlier text; none while the text is being rewritten, which the caller asks of the
    file's stage; none whose digest is not that of the text as it lies there now.
    """
    present = present_text(file)
    if present is None:
        return []
    signed = list(Countersignature.objects.filter(reply=present).select_related(*_NAMES))
    if not signed:
        return []
    mark = _digest_now(present, file.assignment)
    return [each for each in signed if each.digest == mark]
