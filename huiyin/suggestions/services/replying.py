"""The reply: written point by point, checked, signed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.accounts.actor import Actor
from huiyin.accounts.rules import require_as_read
from huiyin.kernel.errors import Conflict, NotPermitted, Stale
from huiyin.suggestions import claims, cohandlers, proofreading, rules
from huiyin.suggestions.breakdown import items_of, unanswered
from huiyin.suggestions.claims import Claim
from huiyin.suggestions.lifecycle import is_being_drafted, where
from huiyin.suggestions.models import (
    Act,
    Assignment,
    ClassClaim,
    Reply,
    ReplyFile,
    ReplyPoint,
    RequestItem,
    Suggestion,
)
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.services import clearing, cohandling, fixed_text
from huiyin.suggestions.services.handling import part_in
from huiyin.suggestions.services.turn import Turn, turn
from huiyin.suggestions.spoken import of_part


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyText:
    """What an organ writes: the class with its claim, the letter, and an answer to each request
    by its key. ``confirmed`` are the keys of findings that the sender lets stand."""

    outcome_class: str
    letter_on: date
    answers: Mapping[str, str]
    document_no: str = ""
    opening: str = ""
    closing: str = ""
    contact_person: str = ""
    contact_phone: str = ""
    claim: Claim = field(default_factory=Claim)
    confirmed: Collection[str] = ()

    @property
    def parts(self) -> dict[str, str]:
        """What is looked through, by name."""
        around = {"opening": self.opening, "closing": self.closing}
        claimed = {
            "evidence": self.claim.evidence,
            "plan": self.claim.plan,
            "ground": self.claim.ground,
        }
        return {**around, **self.answers, **claimed}


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
    if not where.is_charged(file.assignment):
        raise Conflict(_("It has been given to another organ."))
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
    """Fix the text and let it go through the levels of the organ."""
    with turn(case=assignment.suggestion, actor=actor, at=at, via=via, on=on) as running:
        file = file_for("send_to_check", running, assignment)
        asked = items_of(file.assignment, _requests(running.case))
        answers = [(item, text.answers.get(item.key, "")) for item in asked]
        reply = _reply(file, text, via=via, at=at)
        points = [
            ReplyPoint(reply=reply, request=item, answer=answer.strip()) for item, answer in answers
        ]
        helping = cohandlers.beside(file.assignment)
        stated = cohandling.statements(reply, helping, on=running.on)
        files = fixed_text.files_of(file.assignment)
        ground = clearing.ground_of(running, file.assignment, files)
        said: dict[str, Any] = {"outcome_class": text.outcome_class, "ground": ground}
        claimed = _claimed(text, reply, said, at=at)
        found = proofreading.findings_in(text.parts, part=file.assignment)
        under = clearing.sending(file.assignment, on=running.on, at=at)
        act = running.take(
            "send_to_check",
            file,
            requests=asked,
            answers=answers,
            claim=text.claim,
            findings=found,
            confirmed=text.confirmed,
            levels=under["levels"],
            taken_over=via in clearing.TAKEN_OVER,
            data={
                **under,
                "digest": fixed_text.text_digest(
                    reply, points=points, claims=claimed, stated=stated, files=files
                ),
                "confirmed": proofreading.kept(found),
            },
            co_parts=helping,
            spoken=of_part(file.assignment, ruling=running.ruling, on=running.on),
            facts=[reply, *points, *claimed, *stated],
            **said,
        )
        cohandling.ask_to_countersign(running, reply, stated)
    return act


def _claimed(
    text: ReplyText, reply: Reply, said: dict[str, Any], *, at: datetime
) -> list[ClassClaim]:
    claim = claims.fact_of(text.claim, reply=reply, at=at, **said)
    return [claim] if claim else []


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
    """One level finds the present text in order (核稿); the next one has it then."""
    with turn(case=assignment.suggestion, actor=actor, at=at, via=via, on=on) as running:
        file = file_for("pass_check", running, assignment)
        now = clearing.clearing_now(file, at=at)
        return running.take(
            "pass_check",
            file,
            why=note,
            clearing=now,
            data={**clearing.passing(now, running), "next": now.after(now.due)},
            **fixed_text.digests(file),
        )


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
    """The last level signs (签发)."""
    with turn(case=assignment.suggestion, actor=actor, at=at, via=via, on=on) as running:
        file = file_for("sign", running, assignment)
        now = clearing.clearing_now(file, at=at)
        helping = cohandlers.beside(file.assignment)
        waiting, lapsed = cohandling.unsigned(running, file, helping)
        return running.take(
            "sign",
            file,
            clearing=now,
            unanswered=_unanswered(file, running.case),
            unsigned=waiting,
            data=clearing.passing(now, running),
            facts=lapsed,
            **fixed_text.digests(file),
        )


def _requests(case: Suggestion) -> list[RequestItem]:
    return list(case.versions.latest("ordinal").requests.all())


def _unanswered(file: ReplyFile, case: Suggestion) -> list[RequestItem]:
    """Return the organ's requests to which the present text has no answer."""
    last = file.replies.last()
    points = last.points.all() if last else ()
    return unanswered(items_of(file.assignment, _requests(case)), points)


def file_for(name: str, running: Turn, assignment: Assignment) -> ReplyFile:
    """Return the organ's reply file inside the turn, once the actor may take the step on it."""
    part = part_in(running, assignment)
    file = file_of(part, at=running.at)
    file.assignment = part
    running.permit(name, file)
    return file
