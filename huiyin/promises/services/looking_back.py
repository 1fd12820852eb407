"""回头看: asking organs again about old replies, and their fresh answers to the deputies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post, Role
from huiyin.accounts.rules import require_as_read
from huiyin.kernel.clock import ZONE
from huiyin.kernel.errors import Conflict, Invalid, NotPermitted
from huiyin.ledger import services as ledger
from huiyin.organisations.models import Session
from huiyin.outbox import services as outbox
from huiyin.promises import rules, selectors
from huiyin.promises.models import LookBack, LookBackAnswer, LookBackItem
from huiyin.suggestions.audience import in_office
from huiyin.suggestions.models import Signature
from huiyin.suggestions.stages import Signing

LOOK_BACK_TYPE = "look_back"
ITEM_TYPE = "look_back_item"
BATCH = 500


def begin_look_back(
    *,
    session: Session,
    title: str,
    groups: Sequence[str],
    basis: str,
    answer_by: date,
    actor: Actor,
    at: datetime,
) -> LookBack:
    """Ask the organs again about the old replies of these classes; each is told once."""
    if actor.role != Role.CLERK or session.congress_id != actor.congress_id:
        raise NotPermitted(_("Only a clerk of the congress begins a look-back."))
    on = at.astimezone(ZONE).date()
    if answer_by < on:
        past = _("This day is past.")
        raise Invalid(past, fields={"answer_by": [past]})
    with transaction.atomic():
        require_as_read(actor)
        rows = selectors.old_replies(session, groups=groups)
        if not rows:
            raise Conflict(_("No reply of that session bears one of these classes."))
        look = LookBack(
            congress=actor.congress,
            session=session,
            title=title.strip(),
            groups=" ".join(groups),
            basis=basis.strip(),
            answer_by=answer_by,
            on=on,
            at=at,
            post=actor.post,
        )
        look.save()
        items = [
            LookBackItem(look_back=look, assignment=part, organ=heir, outcome_class=outcome)
            for part, heir, outcome in rows
        ]
        LookBackItem.objects.bulk_create(items, batch_size=BATCH)
        outbox.tell_many(_asked(look, items), actor=actor, at=at)
        ledger.record(
            chain=actor.congress.key,
            actor=actor,
            at=at,
            action="look_back.begin",
            subject=(LOOK_BACK_TYPE, look.key),
            facts=[look, *items],
        )
    return look


def _asked(look: LookBack, items: Sequence[LookBackItem]) -> list[outbox.Telling]:
    counts: dict[int, int] = {}
    for item in items:
        counts[item.organ_id] = counts.get(item.organ_id, 0) + 1
    return [
        outbox.Telling(
            posts=list(in_office(Post.objects.filter(organ=organ, role=Role.LIAISON), on=look.on)),
            event="look_back.begin",
            case=(LOOK_BACK_TYPE, look.key),
            title=look.title,
            params={"title": look.title, "count": number, "due": look.answer_by},
        )
        for organ, number in counts.items()
    ]


def answer_look_back(
    *, item: LookBackItem, actor: Actor, at: datetime, progress: str, text: str
) -> LookBackAnswer:
    """The organ says how the old matter stands now; the deputies get the answer."""
    if not rules.answers_look_back(actor, item):
        raise NotPermitted(_("You may not take this step."))
    if not text.strip():
        empty = _("Write what the deputy is to know.")
        raise Invalid(empty, fields={"text": [empty]})
    with transaction.atomic():
        require_as_read(actor)
        answer = LookBackAnswer(
            item=item,
            progress=progress,
            text=text.strip(),
            post=actor.post,
            on=at.astimezone(ZONE).date(),
            at=at,
        )
        answer.save()
        case = item.assignment.suggestion
        signed = Signature.objects.filter(
            suggestion=case, standing__in=(Signing.LEAD, Signing.CONFIRMED)
        )
        posts = in_office(Post.objects.filter(pk__in=signed.values("deputy")), on=answer.on)
        outbox.tell(
            posts=list(posts),
            event="look_back.answer",
            case=(ITEM_TYPE, item.key),
            title=case.title,
            params={"number": case.number or "", "title": case.title, "organ": item.organ.name},
            actor=actor,
            at=at,
        )
        ledger.record(
            chain=actor.congress.key,
            actor=actor,
            at=at,
            action="look_back.answer",
            subject=(ITEM_TYPE, item.key),
            after=progress,
            facts=[answer],
        )
    return answer
