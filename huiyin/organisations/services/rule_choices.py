"""Choosing the rules a congress follows, from a day on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huiyin.kernel.errors import Invalid, Stale
from huiyin.ledger.services import record
from huiyin.organisations.models import Congress, RuleChoice, Session
from huiyin.organisations.rules import Keeper, require_keeper
from huiyin.organisations.rules_in_force import Rulebooks
from huiyin.rulebook.errors import RulebookError
from huiyin.rulebook.load import Decision, load
from huiyin.rulebook.wording import with_names


@transaction.atomic
def choose_rules(
    *,
    congress: Congress,
    pack: str,
    valid_from: date,
    decided_by: str,
    decided_on: date,
    basis: str,
    first_free: date | None,
    session: Session | None = None,
    overrides: Mapping[str, object] | None = None,
    follows: str | None = None,
    actor: Keeper | None,
    at: datetime,
    via: str = "web",
) -> RuleChoice:
    """Put a choice of rules in force from a day on. ``overrides`` are all that shall stand then.

    ``first_free`` is the first day on which no case has begun yet, None without any case: what
    has begun keeps the rules it began under. ``follows`` is the key of the choice the page was
    made from (empty when there was none); ``Stale`` is raised when another has come since.
    Everything is loaded first: raises ``Invalid`` when the pack or a deviation cannot be used, so
    that no case ever meets rules that do not load.
    """
    require_keeper(actor, congress)
    last = _last_under_lock(congress, session, follows=follows)
    decision = Decision(
        values=dict(overrides or {}),
        decided_by=decided_by.strip(),
        decided_on=decided_on,
        since=valid_from,
        basis=basis.strip(),
    )
    _require_grounds(decision, today=at.date())
    _require_order(valid_from, last=last, first_free=first_free)
    _require_usable(pack, decision, last=last)
    choice = _kept(congress, session, pack, decision, actor=actor, at=at)
    record(
        chain=congress.key,
        actor=actor,
        at=at,
        action="rules.choose",
        subject=("rule_choice", choice.key),
        before=f"{last.pack} {last.valid_from}" if last else "",
        after=f"{pack} {valid_from}",
        why=decision.basis,
        facts=[choice],
        via=via,
    )
    return choice


def _last_under_lock(
    congress: Congress, session: Session | None, *, follows: str | None
) -> RuleChoice | None:
    """The choice that the new one follows; of two clerks the second sees the first one's."""
    Congress.objects.select_for_update(no_key=True).get(pk=congress.pk)
    last = Rulebooks.of(congress).latest(session=session)
    if follows is not None and follows != (last.key if last else ""):
        raise Stale(
            _("Somebody else has just changed the rules; your change was not made."),
            remedy=_("Look at the rules as they are now, then change them if it is still needed."),
        )
    return last


def _kept(
    congress: Congress,
    session: Session | None,
    pack: str,
    decision: Decision,
    *,
    actor: Keeper | None,
    at: datetime,
) -> RuleChoice:
    choice = RuleChoice(
        congress=congress,
        session=session,
        pack=pack,
        valid_from=decision.since,
        overrides=decision.values,
        decided_by=decision.decided_by,
        decided_on=decision.decided_on,
        basis=decision.basis,
        at=at,
        entered_by=actor.post_key if actor else None,
    )
    choice.save()
    return choice


def _require_grounds(decision: Decision, *, today: date) -> None:
    wrong: dict[str, list[str]] = {}
    if not decision.decided_by:
        wrong["decided_by"] = [_("Say who has decided it.")]
    if not decision.basis:
        wrong["basis"] = [_("Name the document it rests on, or the reason.")]
    if decision.decided_on > today:
        wrong["decided_on"] = [_("This day has not come yet.")]
    if wrong:
        raise Invalid(_("Rules are changed on a decision that is named."), fields=wrong)


def _require_order(valid_from: date, *, last: RuleChoice | None, first_free: date | None) -> None:
    """Choices follow one another in time, and none reaches back to a case that has begun."""
    if last and valid_from < last.valid_from:
        said = _("Another change from %(day)s on has been decided already.")
        raise Invalid(
            said % {"day": last.valid_from},
            remedy=_("Choose that day or a later one."),
            fields={"valid_from": [_("Not before %(day)s.") % {"day": last.valid_from}]},
        )
    if first_free and valid_from < first_free:
        raise Invalid(
            _("Cases that have begun keep the rules they began under."),
            remedy=_(
                "Choose a day from %(day)s on; afterwards you can decide that open cases follow."
            )
            % {"day": first_free},
            fields={"valid_from": [_("Not before %(day)s.") % {"day": first_free}]},
        )


def _require_usable(pack: str, decision: Decision, *, last: RuleChoice | None) -> None:
    """It changes something, and the rules load on its first day and whenever the pack changes."""
    if last and (pack, decision.values) == (last.pack, last.overrides):
        raise Invalid(
            _("That is what holds already."), remedy=_("There is nothing to change, then.")
        )
    day: date | None = decision.since
    try:
        while day is not None:
            rules = load(pack, on=day, decision=decision)
            ends = (each.until for each in rules.citations if each.until)
            day = min(ends, default=None)
    except RulebookError as refused:
        language = get_language() or "en"
        said = with_names(refused.message).said_in(language)
        remedy = with_names(refused.remedy).said_in(language)
        raise Invalid(said, remedy=remedy, fields={"pack": [f"{said} {remedy}"]}) from refused
