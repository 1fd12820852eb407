"""The reply: written point by point, checked, signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post, Role, Standing
from huiyin.accounts.rules import require_as_read
from huiyin.kernel.errors import Conflict, NotPermitted, Stale
from huiyin.suggestions import rules
from huiyin.suggestions.lifecycle import is_being_drafted
from huiyin.suggestions.models import (
    Act,
    Assignment,
    Reply,
    ReplyFile,
    ReplyPoint,
    Suggestion,
)
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.services.handling import part_in
from huiyin.suggestions.services.turn import Turn, turn


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyText:
    """What an organ writes: the class, the letter, and an answer to each request by its key."""

    outcome_class: str
    letter_on: date
    answers: Mapping[str, str]
    document_no: str = ""
    opening: str = ""
    closing: str = ""
    contact_person: str = ""
    contact_phone: str = ""


@transaction.atomic
def save_reply_draft(
    *,
    assignment: Assignment,
    actor: Actor,
    at: datetime,
    content: Mapping[str, Any],
    revision: int,
) -> ReplyFile:
    """Keep what has been typed. ``Stale`` when a colleague saved meanwhile: neither is lost."""
    case = Suggestion.objects.select_for_update(of=("self",)).get(pk=assignment.suggestion_id)
    require_as_read(actor)
    file = file_of(assignment, at=at)
    file.assignment.suggestion = case
    if not rules.drafts_reply(actor, file):
        raise NotPermitted(_("Only the organ that answers writes the reply."))
    if not is_being_drafted(file):
        raise Conflict(_("The reply is being checked; its text is fixed."))
    if file.draft_revision != revision:
        raise Stale(
            _("A colleague has changed this draft."),
            remedy=_("Both texts are kept: compare them and save the one you want."),
        )
    file.draft, file.saved_at = dict(content), at
    file.draft_revision = revision + 1
    file.save(update_fields=["draft", "saved_at", "draft_revision"])
    return file


def file_of(assignment: Assignment, *, at: datetime) -> ReplyFile:
    """Return the organ's reply file, opened on first use."""
    file, _made = ReplyFile.objects.select_related("assignment").get_or_create(
        assignment=assignment, defaults={"saved_at": at}
    )
    return file


def send_to_check(
    *,
    assignment: Assignment,
    actor: Actor,
    at: datetime,
    text: ReplyText,
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """Fix the text and pass it to the checker and the head."""
    with turn(case=assignment.suggestion, actor=actor, at=at, via=via, on=on) as running:
        file = file_for("send_to_check", running, assignment)
        asked = list(running.case.versions.latest("ordinal").requests.all())
        answers = [(item, text.answers.get(item.key, "")) for item in asked]
        reply = _reply(file, text, via=via, at=at)
        points = [
            ReplyPoint(reply=reply, request=item, answer=answer.strip()) for item, answer in answers
        ]
        return running.take(
            "send_to_check",
            file,
            requests=asked,
            answers=answers,
            outcome_class=text.outcome_class,
            facts=[reply, *points],
        )


def _reply(file: ReplyFile, text: ReplyText, *, via: str, at: datetime) -> Reply:
    return Reply(
        file=file,
        ordinal=file.replies.count() + 1,
        outcome_class=text.outcome_class,
        document_no=text.document_no,
        letter_on=text.letter_on,
        opening=text.opening,
        closing=text.closing,
        contact_person=text.contact_person,
        contact_phone=text.contact_phone,
        via=via,
        at=at,
    )


def pass_check(
    *,
    assignment: Assignment,
    actor: Actor,
    at: datetime,
    note: str = "",
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """The checker finds the present text in order (核稿)."""
    with turn(case=assignment.suggestion, actor=actor, at=at, via=via, on=on) as running:
        file = file_for("pass_check", running, assignment)
        return running.take("pass_check", file, why=note, checked=is_checked(file))


def send_back(*, assignment: Assignment, actor: Actor, at: datetime, why: str) -> Act:
    """Give the text back to be rewritten; checks given to it hold for it alone."""
    with turn(case=assignment.suggestion, actor=actor, at=at) as running:
        return running.take("send_back", file_for("send_back", running, assignment), why=why)


def sign(
    *,
    assignment: Assignment,
    actor: Actor,
    at: datetime,
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """The head of the organ signs (签发)."""
    with turn(case=assignment.suggestion, actor=actor, at=at, via=via, on=on) as running:
        file = file_for("sign", running, assignment)
        checkers = Post.objects.filter(
            organ=assignment.organ_id, role=Role.CHECKER, standing=Standing.ACTIVE
        )
        return running.take("sign", file, has_checkers=checkers.exists(), checked=is_checked(file))


def is_checked(file: ReplyFile) -> bool:
    """Whether the present text has passed the checker since it was last sent."""
    moves = file.acts.order_by("-seq").values_list("move", flat=True)
    for move in moves:
        if move == "pass_check":
            return True
        if move == "send_to_check":
            return False
    return False


def file_for(name: str, running: Turn, assignment: Assignment) -> ReplyFile:
    """Return the organ's reply file inside the turn, once the actor may take the step on it."""
    part = part_in(running, assignment)
    file = file_of(part, at=running.at)
    file.assignment = part
    running.permit(name, file)
    return file
