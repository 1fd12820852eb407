"""The text of a reply as one digest, so that a name under it stands under this text alone."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.kernel.canonical import digest
from huiyin.suggestions.models import CoStatement, Countersignature, Reply, ReplyFile, ReplyPoint


def digest_of(reply: Reply) -> str:
    """Return the digest of everything the deputy would read, as it lies in the database now.

    Class, number, day, opening, each answer, closing, contact, and what is said of each
    co-handling organ: one character more or less anywhere is another digest.
    """
    points = ReplyPoint.objects.filter(reply=reply).select_related("request")
    said = CoStatement.objects.filter(reply=reply)
    stated = said.select_related("assignment", "opinion", "marked").order_by("pk")
    return digest(
        "suggestions.reply",
        reply.key,
        reply.outcome_class,
        reply.document_no,
        reply.letter_on,
        reply.opening,
        [[point.request.key, point.answer] for point in points.order_by("pk")],
        reply.closing,
        reply.contact_person,
        reply.contact_phone,
        [_stated(each) for each in stated],
    )


def _stated(said: CoStatement) -> list[str]:
    opinion, marked = said.opinion, said.marked
    words = [opinion.text, opinion.will_do or ""] if opinion else []
    judged = [marked.mark, marked.reason] if marked else []
    return [said.assignment.key, said.kind, *words, *judged]


def standing_names(file: ReplyFile) -> list[Countersignature]:
    """Return the countersignatures that stand under the present text of the file.

    None of an earlier text; none while the text is being rewritten, which the caller asks of the
    file's stage; none whose digest is not that of the text as it lies there now.
    """
    present = Reply.objects.filter(file=file).order_by("ordinal").last()
    if present is None:
        return []
    signed = list(Countersignature.objects.filter(reply=present).select_related(*_NAMES))
    return _matching(signed, present)


def _matching(signed: Sequence[Countersignature], present: Reply) -> list[Countersignature]:
    if not signed:
        return []
    mark = digest_of(present)
    return [each for each in signed if each.digest == mark]


_NAMES = ("assignment__organ", "post__person")
