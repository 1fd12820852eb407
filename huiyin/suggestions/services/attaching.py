"""Attachments of a case: whose they are, when they may be added, and their line of record."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.accounts.actor import Actor
from huiyin.accounts.rules import require_as_read
from huiyin.documents import services as documents
from huiyin.documents.models import Attachment
from huiyin.kernel.errors import Conflict, NotPermitted
from huiyin.ledger import services as ledger
from huiyin.suggestions import rules
from huiyin.suggestions.lifecycle import is_being_written, where
from huiyin.suggestions.models import Assignment, Suggestion
from huiyin.suggestions.services.replying import file_of
from huiyin.suggestions.services.turn import CASE_TYPE
from huiyin.suggestions.services.writing import SCAN

__all__ = ["SCAN", "TEXT", "attach", "attach_to_reply", "organ_of", "part_of_reply"]

# The deputy's annexes.
TEXT = "text"
_REPLY = "reply:"


def part_of_reply(assignment: Assignment) -> str:
    """Under which part an organ's annexes are kept."""
    return f"{_REPLY}{assignment.key}"


def organ_of(part: str) -> str:
    """The key of the assignment whose reply the file belongs to; nothing for other parts."""
    return part.removeprefix(_REPLY) if part.startswith(_REPLY) else ""


@transaction.atomic
def attach(
    *, case: Suggestion, actor: Actor, at: datetime, file: BinaryIO, name: str, part: str
) -> Attachment:
    """Add a file to the text while it is being written; ``part`` is ``SCAN`` or ``TEXT``."""
    locked = Suggestion.objects.select_for_update(of=("self",)).get(pk=case.pk)
    require_as_read(actor)
    if not rules.writes_it(actor, locked) or part not in (SCAN, TEXT):
        raise NotPermitted(_("Only its author adds files to it."))
    if not is_being_written(locked):
        raise Conflict(_("It has been submitted; the text is fixed."))
    return _kept(case=locked, actor=actor, at=at, file=file, name=name, part=part)


@transaction.atomic
def attach_to_reply(
    *, assignment: Assignment, actor: Actor, at: datetime, file: BinaryIO, name: str
) -> Attachment:
    """Add a file to an organ's reply while it is being drafted."""
    case = Suggestion.objects.select_for_update(of=("self",)).get(pk=assignment.suggestion_id)
    require_as_read(actor)
    reply = file_of(assignment, at=at)
    reply.assignment.suggestion = case
    if not rules.drafts_reply(actor, reply):
        raise NotPermitted(_("Only the organ that answers writes the reply."))
    if not where.is_charged(reply.assignment):
        raise Conflict(_("It has been given to another organ."))
    if not where.is_drafted(reply):
        raise Conflict(_("The reply is being checked; its text is fixed."))
    part = part_of_reply(assignment)
    return _kept(case=case, actor=actor, at=at, file=file, name=name, part=part)


def _kept(
    *, case: Suggestion, actor: Actor, at: datetime, file: BinaryIO, name: str, part: str
) -> Attachment:
    kept = documents.keep(
        file=file, name=name, actor=actor, at=at, case=(CASE_TYPE, case.key), part=part
    )
    ledger.record(
        chain=case.congress.key,
        actor=actor,
        at=at,
        action="suggestion.attach",
        subject=(CASE_TYPE, case.key),
        facts=[kept],
    )
    return kept
