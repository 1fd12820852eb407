"""Every text of a reply that went to be checked, and what differs between any two of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from huiyin.kernel.errors import NotFound, Words
from huiyin.suggestions.models import Act, Assignment, Reply
from huiyin.suggestions.presenters.around import Change
from huiyin.suggestions.presenters.clearing import facts_of
from huiyin.suggestions.presenters.file import CaseFile
from huiyin.suggestions.presenters.parts import file_of
from huiyin.ui.days import plain_day


@dataclass(frozen=True, slots=True, kw_only=True)
class TextShown:
    """One text: who sent it when, and why it came back if it did."""

    key: str
    label: Words
    at: datetime
    sender: str
    outcome: str
    sent_back: Words
    delivered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two texts and where they differ, part by part."""

    old: TextShown
    new: TextShown
    changes: Sequence[Change]


def texts(file: CaseFile, part: Assignment) -> list[tuple[TextShown, Reply]]:
    """The texts of the reader's organ in all rounds, the oldest first."""
    mine = [each for each in file.parts if each.organ_id == part.organ_id]
    several = len({each.round for each in mine}) > 1
    found = []
    for each in sorted(mine, key=lambda one: (one.round, one.pk)):
        own = file_of(each)
        if own is None:
            continue
        acts = [act for act in file.acts if act.reply_file_id == own.pk]
        last = file.delivered(each)
        for reply in own.replies.all():
            shown = _shown(each, reply, acts, several=several, delivered=reply == last)
            found.append((shown, reply))
    return found


def compared(file: CaseFile, part: Assignment, *, old: str, new: str) -> Compared | None:
    """The two texts asked for, or the last two; None while there is only one.

    ``NotFound`` for a text that is none of this organ's.
    """
    known = texts(file, part)
    by_key = {shown.key: (shown, reply) for shown, reply in known}
    if (old and old not in by_key) or (new and new not in by_key):
        raise NotFound(old or new)
    if len(known) < 2:
        return None
    right = by_key.get(new, known[-1])
    left = by_key.get(old, known[max(0, known.index(right) - 1)])
    return Compared(old=left[0], new=right[0], changes=changes(left[1], right[1]))


def changes(old: Reply, new: Reply) -> list[Change]:
    """Where two texts differ: the class and what it brings, the letter, each answer."""
    was, now = _parts(old), _parts(new)
    return [
        Change(label=label, old=was.get(label, ""), new=now.get(label, ""))
        for label in dict.fromkeys([*was, *now])
        if was.get(label, "") != now.get(label, "")
    ]


def _parts(reply: Reply) -> dict[str, str]:
    """The parts of a text by what they are called, in the order of the letter."""
    claim = next(iter(reply.claims.all()), None)
    claimed = facts_of(claim) if claim else []
    answers = {
        _("Answer to request %(number)s") % {"number": point.request.ordinal}: point.answer
        for point in reply.points.all()
    }
    contact = "　".join(filter(None, (reply.contact_person, reply.contact_phone)))
    return {
        _("Outcome class"): reply.outcome_class,
        **{str(fact.label): str(fact.value) for fact in claimed},
        _("Opening"): reply.opening,
        **answers,
        _("Closing"): reply.closing,
        _("Document number"): reply.document_no,
        _("Date of the letter"): plain_day(reply.letter_on),
        _("Contact person"): contact,
    }


def _shown(
    part: Assignment, reply: Reply, acts: Sequence[Act], *, several: bool, delivered: bool
) -> TextShown:
    sent = [act for act in acts if act.move == "send_to_check"]
    own = sent[reply.ordinal - 1] if reply.ordinal <= len(sent) else None
    following = sent[reply.ordinal].seq if reply.ordinal < len(sent) else None
    backs = [
        act
        for act in acts
        if own
        and act.move == "send_back"
        and act.seq > own.seq
        and (following is None or act.seq < following)
    ]
    words = {"number": reply.ordinal, "round": part.round}
    label = _("Text %(number)s") % words
    if several:
        label = _("Round %(round)s, text %(number)s") % words
    return TextShown(
        key=reply.key,
        label=label,
        at=reply.at,
        sender=own.post.person.name if own else "",
        outcome=reply.outcome_class,
        sent_back=_("%(name)s: %(why)s")
        % {"name": backs[-1].post.person.name, "why": backs[-1].why}
        if backs
        else "",
        delivered=delivered,
    )
