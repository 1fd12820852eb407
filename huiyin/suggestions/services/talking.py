"""Talks with a deputy beside the organs': the congress office's own, and the electing unit's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Role
from huiyin.accounts.rules import require_as_read
from huiyin.kernel.clock import ZONE
from huiyin.kernel.errors import Conflict, Invalid, NotPermitted
from huiyin.ledger import services as ledger
from huiyin.suggestions import rules, selectors
from huiyin.suggestions.models import Suggestion, Talk, TalkCase
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.models.contacting import TalkSide
from huiyin.suggestions.models.handling import ContactForm
from huiyin.suggestions.services.turn import CASE_TYPE

TALK = "suggestion.talk"


def side_of(actor: Actor, case: Suggestion) -> TalkSide | None:
    """For which side the actor speaks with the lead deputy of ``case``; None for anybody else."""
    if rules.is_clerk(actor, case):
        return TalkSide.CONGRESS_OFFICE
    unit = actor.post.electing_unit_id
    if actor.role == Role.ELECTING_LIAISON and unit and unit == case.lead.electing_unit_id:
        return TalkSide.ELECTING_UNIT
    return None


@transaction.atomic
def record_talk(
    *,
    cases: Sequence[Suggestion],
    actor: Actor,
    at: datetime,
    form: str,
    held_on: date,
    gist: str,
    place: str = "",
    via: str = Via.PAGE,
) -> Talk:
    """Record a talk with the lead deputy of ``cases``, whom all of them must share.

    It opens no organ's gate. Raises ``Conflict`` for cases of several deputies and for a day that
    has not come yet.
    """
    require_as_read(actor)
    if form not in ContactForm.values or not gist.strip():
        raise Invalid(_("Say how you spoke with the deputy, and what was said."))
    if not cases or len({case.lead_id for case in cases}) != 1:
        raise Conflict(_("A talk is with one deputy; choose suggestions he leads."))
    side = side_of(actor, cases[0])
    seen = selectors.visible_to(actor).filter(pk__in=[case.pk for case in cases])
    if side is None or seen.count() != len(cases):
        raise NotPermitted(_("Only the congress office and the electing unit record such a talk."))
    if held_on > at.astimezone(ZONE).date():
        raise Conflict(_("A contact is recorded after it was held."))
    talk = Talk(
        congress=cases[0].congress,
        side=side,
        deputy=cases[0].lead,
        form=form,
        held_on=held_on,
        place=place.strip(),
        gist=gist.strip(),
        post=actor.post,
        at=at,
    )
    talk.save()
    about = [TalkCase(talk=talk, suggestion=case) for case in cases]
    for each in about:
        each.save()
    _put_on_record(talk, about, actor=actor, via=via)
    return talk


def _put_on_record(talk: Talk, about: Sequence[TalkCase], *, actor: Actor, via: str) -> None:
    """One line for each case it was about."""
    lines = [
        ledger.Line(
            at=talk.at,
            actor=actor,
            action=TALK,
            subject=(CASE_TYPE, each.suggestion.key),
            facts=[talk, each],
            via=via,
            back_dated=via != Via.PAGE,
        )
        for each in about
    ]
    ledger.record_many(chain=talk.congress.key, lines=lines)
