"""Choosing the rules a congress follows, from a day on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huiyin.kernel.errors import Conflict, Invalid
from huiyin.ledger.services import record
from huiyin.organisations.models import Congress, RuleChoice, Session
from huiyin.organisations.rules import Keeper, require_keeper
from huiyin.rulebook.errors import RulebookError
from huiyin.rulebook.load import Decision, load


@transaction.atomic
def choose_rules(
    *,
    congress: Congress,
    pack: str,
    valid_from: date,
    decided_by: str,
    decided_on: date,
    basis: str,
    session: Session | None = None,
    overrides: Mapping[str, object] | None = None,
    actor: Keeper | None,
    at: datetime,
    via: str = "web",
) -> RuleChoice:
    """Put a choice of rules in force from a day on.

    The whole rulebook is loaded first: raises ``Invalid`` with its complaint when the pack or a
    deviation cannot be used, so that no case ever meets rules that do not load.
    """
    require_keeper(actor, congress)
    decision = Decision(
        values=dict(overrides or {}),
        decided_by=decided_by,
        decided_on=decided_on,
        since=valid_from,
        basis=basis,
    )
    _require_loadable(pack, decision)
    choice = _chosen(congress, session, pack=pack, decision=decision)
    record(
        chain=congress.key,
        actor=actor,
        at=at,
        action="rules.choose",
        subject=("rule_choice", choice.key),
        after=f"{pack} {valid_from}",
        why=basis,
        via=via,
    )
    return choice


def _chosen(
    congress: Congress, session: Session | None, *, pack: str, decision: Decision
) -> RuleChoice:
    try:
        with transaction.atomic():
            return RuleChoice.objects.create(
                congress=congress,
                session=session,
                pack=pack,
                valid_from=decision.since,
                overrides=decision.values,
                decided_by=decision.decided_by,
                decided_on=decision.decided_on,
                basis=decision.basis,
            )
    except IntegrityError as clash:
        raise Conflict(
            _("Rules have already been chosen from that day on."),
            remedy=_("Choose another day; a choice once made is not rewritten."),
        ) from clash


def _require_loadable(pack: str, decision: Decision) -> None:
    try:
        load(pack, on=decision.since, decision=decision if decision.values else None)
    except RulebookError as refused:
        said = refused.said_in(get_language() or "en")
        raise Invalid(said, fields={"pack": [said]}) from refused
