"""The signed reply on its way to the deputies: sent, given in person, opened, signed for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post
from huiyin.kernel.clock import ZONE
from huiyin.ledger import services as ledger
from huiyin.rulebook import ReplyTo
from huiyin.suggestions.models import (
    Act,
    Assignment,
    Delivery,
    FaceToFaceReply,
    Receipt,
    Received,
    ReplyFile,
    Suggestion,
)
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.services import fixed_text
from huiyin.suggestions.services.replying import file_for
from huiyin.suggestions.services.scanning import IN_PERSON_SCAN, Scan, keep_scan
from huiyin.suggestions.services.turn import CASE_TYPE, Turn, turn
from huiyin.suggestions.stages import ANSWERING, CHARGED, AssignmentStage, ReplyStage, Signing


def deliver(
    *,
    assignment: Assignment,
    actor: Actor,
    at: datetime,
    consent: str = "",
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """Hand the signed reply to the deputies; the last organ's makes the suggestion replied to.

    ``consent``: how the deputy agreed to it, where the rules want an answer face to face first.
    """
    with turn(case=assignment.suggestion, actor=actor, at=at, via=via, on=on) as running:
        file = file_for("deliver", running, assignment)
        handed = _handed(running, file)
        act = running.take(
            "deliver",
            file,
            why=consent,
            consent=consent,
            via=via,
            facts=handed,
            **fixed_text.digests(file),
        )
        _follow(running, file)
    return act


def deliver_in_person(
    *,
    assignment: Assignment,
    actor: Actor,
    at: datetime,
    held_on: date,
    place: str,
    answered_by: str,
    rank: str,
    present: Sequence[Post],
    said: str,
    scan: Scan | None,
) -> Act:
    """The organ has answered face to face (当面答复) and enters the record the deputy signed.

    Deputies who were there have the reply by their signature; the others are sent it. The clock
    stops on the day of entry: an organ cannot bring its answer forward by writing an earlier day.
    """
    with turn(case=assignment.suggestion, actor=actor, at=at) as running:
        file = file_for("deliver_in_person", running, assignment)
        kept = keep_scan(running, scan, part=f"{IN_PERSON_SCAN}{assignment.key}")
        handed = _handed(running, file)
        receipts = _signed_there(handed, present, on=held_on, at=at)
        record = FaceToFaceReply(
            reply=file.replies.last(),
            held_on=held_on,
            place=place,
            answered_by=answered_by,
            rank=rank,
            present=[post.key for post in present],
            said=said,
            scan=kept.key if kept else "",
            recorded_by=actor.post,
            at=at,
        )
        act = running.take(
            "deliver_in_person",
            file,
            held_on=held_on,
            present=receipts,
            scan=kept,
            facts=[*handed, record, *receipts],
            **fixed_text.digests(file),
        )
        _follow(running, file)
    return act


def _signed_there(
    handed: Sequence[Delivery], present: Sequence[Post], *, on: date, at: datetime
) -> list[Receipt]:
    """By their signature the deputies who were there have the reply."""
    there = {post.pk for post in present}
    return [
        Receipt(delivery=each, how=Received.IN_PERSON, on=on, at=at)
        for each in handed
        if each.deputy_id in there
    ]


def sign_for(
    *,
    assignment: Assignment,
    actor: Actor,
    at: datetime,
    deputy: Post,
    received_on: date,
) -> Act:
    """The congress office enters from the slip when a deputy signed for the paper reply."""
    case = assignment.suggestion
    with turn(case=case, actor=actor, at=at, via=Via.PAPER, on_behalf_of=deputy) as running:
        file = file_for("sign_for", running, assignment)
        sent = Delivery.objects.select_related("receipt").filter(reply__file=file, deputy=deputy)
        delivery = sent.order_by("pk").last()
        # Asked first: a receipt that is made, and not yet written, would be found as well.
        known = delivery is not None and hasattr(delivery, "receipt")
        receipt = Receipt(delivery=delivery, how=Received.SIGNED, on=received_on, at=at)
        return running.take(
            "sign_for",
            file,
            delivery=delivery,
            is_received=known,
            received_on=received_on,
            facts=[receipt],
        )


@transaction.atomic
def open_replies(*, case: Suggestion, actor: Actor, at: datetime) -> int:
    """The deputy has been shown the replies sent to him: the first time is a fact with its time.

    No step of the case: it moves nothing, and nobody's page grows old by it.
    """
    Suggestion.objects.select_for_update(of=("self",)).get(pk=case.pk)
    sent = Delivery.objects.filter(
        reply__file__assignment__suggestion=case,
        reply__file__stage=ReplyStage.DELIVERED,
        deputy=actor.post_id,
        receipt__isnull=True,
    )
    opened = [
        Receipt(delivery=each, how=Received.OPENED, on=at.astimezone(ZONE).date(), at=at)
        for each in sent.order_by("pk")
    ]
    for receipt in opened:
        receipt.save()
    if opened:
        ledger.record(
            chain=case.congress.key,
            actor=actor,
            at=at,
            action="reply.open",
            subject=(CASE_TYPE, case.key),
            facts=opened,
        )
    return len(opened)


def recipients(running: Turn) -> list[int]:
    """Return the posts the reply goes to: each signing deputy, or the lead who passes it on."""
    if running.ruling.rules.joint.reply_to == ReplyTo.LEAD:
        return [running.case.lead_id]
    signed = (Signing.LEAD, Signing.CONFIRMED)
    return [post for post, each in running.case.signatures_by_post.items() if each in signed]


def _handed(running: Turn, file: ReplyFile) -> list[Delivery]:
    reply = file.replies.last()
    return [
        Delivery(reply=reply, deputy_id=post, channel=running.via, at=running.at)
        for post in recipients(running)
    ]


def _follow(running: Turn, file: ReplyFile) -> None:
    """The organ has replied; when no other still owes a reply, the suggestion has been answered."""
    running.follow("reply", file.assignment)
    parts = running.case.assignments.filter(CHARGED, round=running.case.round, role__in=ANSWERING)
    if not parts.exclude(stage=AssignmentStage.REPLIED).exists():
        running.follow("answer")
