"""Change of term (换届): unfinished suggestions go on with those who raised them.

「换届时仍未完成办理的…应当在换届后继续在限期内完成办理并答复该…提出人」(上海市规定).
No case is touched: its deputy, its organs and its clocks stay. He is told, reads, and rates as
before; what is new needs a mandate in force.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from huiyin.accounts import services as accounts
from huiyin.accounts.actor import Actor
from huiyin.accounts.rules import require_as_read
from huiyin.organisations import services as organisations
from huiyin.organisations.models import Congress, Session
from huiyin.organisations.rules import require_keeper
from huiyin.organisations.services import NextTerm
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.stages import ENDED, PRIVATE, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class TermChange:
    """What a change of term would mean: mandates that end, cases that go on, drafts that lapse."""

    term: NextTerm
    mandates: int
    unfinished: int
    # Begun and never submitted, or given back: they would need a mandate in force.
    unsubmitted: int


def plan_term(congress: Congress, *, opens_on: date, closes_on: date | None) -> TermChange:
    """Return what the change would mean. Raises ``Invalid`` for days that cannot be."""
    term = organisations.next_term(congress, opens_on=opens_on, closes_on=closes_on)
    cases = Suggestion.objects.filter(congress=congress, lead__term=term.ending)
    waiting = (*PRIVATE, Stage.RETURNED)
    return TermChange(
        term=term,
        mandates=accounts.running_mandates(term.ending).count(),
        unfinished=cases.exclude(stage__in=(*ENDED, *waiting)).count(),
        unsubmitted=cases.filter(stage__in=waiting).count(),
    )


@transaction.atomic
def change_term(
    *,
    congress: Congress,
    opens_on: date,
    closes_on: date | None,
    actor: Actor,
    at: datetime,
) -> Session:
    """Open the next term with its first session; the present mandates end the day before."""
    require_keeper(actor, congress)
    require_as_read(actor)
    # Of two clerks the second finds the term opened, and his days do not follow it.
    Congress.objects.select_for_update(no_key=True).get(pk=congress.pk)
    plan = plan_term(congress, opens_on=opens_on, closes_on=closes_on)
    session = organisations.open_next_term(plan.term, congress=congress, actor=actor, at=at)
    ending = plan.term.ending
    ending.refresh_from_db()
    accounts.end_mandates(term=ending, actor=actor, at=at)
    return session


@transaction.atomic
def open_next_session(
    *,
    congress: Congress,
    opens_on: date,
    closes_on: date | None,
    actor: Actor,
    at: datetime,
) -> Session:
    """Open the next session of the present term, for what is raised from its first day on."""
    require_keeper(actor, congress)
    require_as_read(actor)
    Congress.objects.select_for_update(no_key=True).get(pk=congress.pk)
    return organisations.open_following_session(
        congress=congress, opens_on=opens_on, closes_on=closes_on, actor=actor, at=at
    )
