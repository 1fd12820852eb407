"""What the record calls each step of this room, and what those concerned are told of it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.supervision.lifecycle import TABLES

RECORDED: dict[str, Words] = {
    f"{table}.{row.name}": row.label
    for table, lifecycle in TABLES.items()
    for row in lifecycle.moves
} | {
    "topic.propose": _("Key topic proposed"),
    "supervision.record": _("Act of supervision recorded"),
    "problem.list": _("Problem put on the list"),
    "rhythm.set": _("Rhythm planned"),
    "rhythm.turn": _("Turns of a rhythm fallen due"),
    "rhythm.end": _("Rhythm ended earlier"),
    "rhythm.minutes": _("Minutes kept"),
    "counterpart.set": _("Counterparts of a committee set"),
    "circular.issue": _("Circular issued"),
    "outcome.record": _("Outcome recorded"),
    "publicity.record": _("Training or publicity recorded"),
    "paper.record": _("Yearly paper recorded"),
    "bulletin.record": _("Bulletin issued"),
    "fund.open": _("Special fund opened"),
    "fund.add": _("Money put into the special fund"),
    "project.apply": _("Micro-project applied for"),
}

# event → (subject line, what is said).
TOLD: dict[str, tuple[Words, Words]] = {
    "topic.send_letter": (
        _("Key topic: %(title)s"),
        _("The special letter has been sent; a plan of its own is expected from your organ."),
    ),
    "topic.pass_vote": (
        _("Key topic closed: %(title)s"),
        _("The standing committee has closed it by vote."),
    ),
    "topic.fail_vote": (
        _("Key topic goes on: %(title)s"),
        _("The satisfaction vote did not pass; it is handled on next year."),
    ),
    "problem.notify": (
        _("Rectification asked: %(title)s"),
        _("A rectification notice has been issued; an answer is expected by its day."),
    ),
    "problem.answer": (
        _("Rectification answered: %(title)s"),
        _("The organ has reported what was put right; please check it again."),
    ),
    "problem.find_fixed": (
        _("Put right: %(title)s"),
        _("The recheck found it put right."),
    ),
    "problem.find_unfixed": (
        _("Not put right: %(title)s"),
        _("The recheck found it as it was; another answer is expected."),
    ),
}
