"""The rules of a congress: choosing them for what comes, and bringing open cases under them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post
from huiyin.accounts.rules import require_as_read
from huiyin.kernel.clock import ZONE
from huiyin.kernel.errors import Conflict, Invalid, Stale
from huiyin.ledger import services as ledger
from huiyin.organisations import services as organisations
from huiyin.organisations.models import Congress, RuleChoice
from huiyin.organisations.rules import require_keeper
from huiyin.organisations.selectors import Rulebooks
from huiyin.outbox import services as outbox
from huiyin.suggestions import audience
from huiyin.suggestions.models import Grounds, RulesApplied, RulesDecision, Suggestion
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.new_rules import (
    NewValue,
    Plan,
    Reached,
    first_free_day,
    new_values,
    open_cases,
    plan,
)
from huiyin.suggestions.ruling import Rulings
from huiyin.suggestions.running import Changed, under
from huiyin.suggestions.services.rederiving import Cause, lock_running, rederive
from huiyin.suggestions.services.turn import CASE_TYPE

DECISION_TYPE = "rules_decision"
APPLY, APPLIED = "rules.apply", "suggestion.apply_rules"
# As wide as what a redating says of its cause.
WIDTH = 200


@transaction.atomic
def choose_rules(
    *,
    congress: Congress,
    pack: str,
    overrides: Mapping[str, object],
    valid_from: date,
    decided_by: str,
    decided_on: date,
    basis: str,
    follows: str,
    actor: Actor,
    at: datetime,
) -> RuleChoice:
    """Choose the general rules of a congress for the cases that begin from ``valid_from`` on.

    What has begun keeps its rules, so the day has to lie after the last submission.
    """
    require_as_read(actor)
    return organisations.choose_rules(
        congress=congress,
        pack=pack,
        overrides=overrides,
        valid_from=valid_from,
        decided_by=decided_by,
        decided_on=decided_on,
        basis=basis,
        first_free=first_free_day(congress, on=at.astimezone(ZONE).date()),
        follows=follows,
        actor=actor,
        at=at,
    )


def preview_rules(*, actor: Actor, congress: Congress, **said: Any) -> list[NewValue]:
    """Return what ``choose_rules`` would change for cases that begin then; nothing is kept.

    Raises whatever stands against it.
    """
    with transaction.atomic():
        choice = choose_rules(actor=actor, congress=congress, **said)
        books = Rulebooks.of(congress)
        last = next(iter(books.before(choice)), None)
        before = books.under(last, on=choice.valid_from)
        found = new_values(before, books.under(choice, on=choice.valid_from))
        transaction.set_rollback(True)
    return found


@transaction.atomic
def apply_rules(
    *, congress: Congress, mark: str, why: str, actor: Actor, at: datetime
) -> tuple[RulesDecision, list[Changed]]:
    """Bring the open cases under the rules in force today, as the plan with ``mark`` showed.

    Returns the decision and every date that moved. Raises ``Stale`` when the plan would now be
    another one, ``Conflict`` when no case would follow. A case that has ended is never among them.
    """
    require_keeper(actor, congress)
    require_as_read(actor)
    if not why.strip():
        raise Invalid(
            _("Say why open cases are brought under other rules."),
            fields={"reason": [_("Please give the reason.")]},
        )
    lock_running(open_cases(congress))
    planned = plan(congress, on=at.astimezone(ZONE).date())
    if planned.mark != mark:
        raise Stale(
            _("The cases or the rules have changed since the list was made; nothing was done."),
            remedy=_("Look at the list as it is now, then confirm it."),
        )
    if not planned.following:
        raise Conflict(_("No open case would be handled differently."))
    before = under(Rulings.now())
    decision, applied = _decided(planned, congress, why=why.strip(), actor=actor, at=at)
    cases = Suggestion.objects.filter(rules_applied__decision=decision)
    # Whoever has one of them open learns that it is not the latest.
    cases.update(revision=F("revision") + 1)
    said = _said(planned)
    cause = Cause(grounds=Grounds.RULES, key=decision.key, said=said, before=before)
    changed = rederive(cases, actor=actor, at=at, why=decision.why, cause=cause, via=Via.PAGE)
    _tell(planned, decision, said=said, actor=actor)
    _record(decision, applied, actor=actor)
    return decision, changed


def _decided(
    planned: Plan, congress: Congress, *, why: str, actor: Actor, at: datetime
) -> tuple[RulesDecision, list[RulesApplied]]:
    decision = RulesDecision(congress=congress, on=planned.on, at=at, post=actor.post, why=why)
    decision.save()
    applied = [
        RulesApplied(
            decision=decision,
            suggestion=each.case,
            choice=each.choice,
            settled=each.settled,
            extended=each.extended,
            values=[value.written for value in each.values],
        )
        for each in planned.following
    ]
    return decision, RulesApplied.objects.bulk_create(applied)


def _said(planned: Plan) -> str:
    """The rules in the words of the document they rest on."""
    grounds = {each.choice.basis for each in planned.following if each.choice}
    said = "；".join(sorted(grounds)) or _("The rules in force on %(day)s") % {"day": planned.on}
    return said[:WIDTH]


def _tell(planned: Plan, decision: RulesDecision, *, said: str, actor: Actor) -> None:
    """Tell those whose dates all stay; of a date that moves ``rederive`` has told its holders."""
    cases: dict[Post, int] = defaultdict(int)
    for each in planned.following:
        if not each.clocks:
            for post in _holders(each, on=decision.on):
                cases[post] += 1
    alike: dict[int, list[Post]] = defaultdict(list)
    for post, count in cases.items():
        alike[count].append(post)
    for count, posts in alike.items():
        outbox.tell(
            posts=posts,
            event=APPLY,
            case=(DECISION_TYPE, decision.key),
            title=said,
            params={"count": count, "why": decision.why},
            actor=actor,
            at=decision.at,
        )


def _holders(reached: Reached, *, on: date) -> set[Post]:
    """The lead deputy, and the organs that still owe their part."""
    case = reached.case
    posts = set(audience.of("lead_deputy", subject=case, suggestion=case, on=on))
    for part in reached.owed:
        posts |= set(audience.of("liaisons", subject=part, suggestion=case, on=on))
    return posts


def _record(decision: RulesDecision, applied: Sequence[RulesApplied], *, actor: Actor) -> None:
    line = ledger.Line(
        at=decision.at,
        actor=actor,
        action=APPLY,
        subject=(DECISION_TYPE, decision.key),
        after=decision.on.isoformat(),
        why=decision.why,
        facts=[decision],
        via=Via.PAGE,
    )
    each_case = [
        replace(line, action=APPLIED, subject=(CASE_TYPE, each.suggestion.key), facts=[each])
        for each in applied
    ]
    ledger.record_many(chain=decision.congress.key, lines=[line, *each_case])
