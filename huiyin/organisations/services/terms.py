"""Change of term (换届): the next term of a congress begins where the present one ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from huiyin.kernel.errors import Conflict, Invalid
from huiyin.ledger.services import record
from huiyin.organisations.models import Assembly, Congress, Session, Term
from huiyin.organisations.rules import Keeper, require_keeper
from huiyin.organisations.services.assemblies import open_session, open_term


@dataclass(frozen=True, slots=True, kw_only=True)
class NextTerm:
    """The term that ends, the ordinal of the one that begins, and the days of its first session."""

    ending: Term
    ordinal: int
    opens_on: date
    closes_on: date | None

    @property
    def last_day(self) -> date:
        """The present term runs until the first session of the next one (代表法第2条)."""
        return self.opens_on - timedelta(days=1)


def latest_term(congress: Congress) -> Term | None:
    """The congress's own term that was entered last."""
    terms = Term.objects.filter(congress=congress, assembly=Assembly.CONGRESS)
    return terms.order_by("-ordinal").first()


def next_term(congress: Congress, *, opens_on: date, closes_on: date | None) -> NextTerm:
    """Return what a change of term would be. Raises ``Invalid`` for days that cannot be."""
    ending = latest_term(congress)
    if ending is None:
        raise Conflict(_("No term of this congress is entered yet."))
    wrong: dict[str, list[str]] = {}
    last = Session.objects.filter(term=ending).order_by("-opens_on").first()
    after = last and (last.closes_on or last.opens_on)
    if ending.starts_on and opens_on <= ending.starts_on:
        said = _("The present term began on %(day)s; the next one follows it.")
        wrong["opens_on"] = [said % {"day": ending.starts_on}]
    elif after and opens_on <= after:
        said = _("“%(session)s” of the present term sits until %(day)s.")
        wrong["opens_on"] = [said % {"session": last.name if last else "", "day": after}]
    if closes_on and closes_on < opens_on:
        wrong["closes_on"] = [_("Before the first day.")]
    if wrong:
        raise Invalid(_("The term cannot begin like this."), fields=wrong)
    return NextTerm(
        ending=ending, ordinal=ending.ordinal + 1, opens_on=opens_on, closes_on=closes_on
    )


@transaction.atomic
def open_next_term(
    plan: NextTerm, *, congress: Congress, actor: Keeper | None, at: datetime, via: str = "web"
) -> Session:
    """End the present term the day before, enter the next one and its first session."""
    require_keeper(actor, congress)
    ending = Term.objects.select_for_update().get(pk=plan.ending.pk)
    before = str(ending.ends_on or "")
    ending.ends_on = plan.last_day
    ending.save(update_fields=["ends_on"])
    record(
        chain=congress.key,
        actor=actor,
        at=at,
        action="term.end",
        subject=("term", ending.key),
        before=before,
        after=str(ending.ends_on),
        via=via,
    )
    term = open_term(
        congress=congress,
        ordinal=plan.ordinal,
        starts_on=plan.opens_on,
        actor=actor,
        at=at,
        via=via,
    )
    return open_session(
        congress=congress,
        term=term,
        ordinal=1,
        opens_on=plan.opens_on,
        closes_on=plan.closes_on,
        actor=actor,
        at=at,
        via=via,
    )


@transaction.atomic
def open_following_session(
    *,
    congress: Congress,
    opens_on: date,
    closes_on: date | None,
    actor: Keeper | None,
    at: datetime,
    via: str = "web",
) -> Session:
    """Enter the session after the last one of the present term. Raises ``Invalid`` for its days."""
    term = latest_term(congress)
    if term is None:
        raise Conflict(_("No term of this congress is entered yet."))
    last = Session.objects.filter(term=term).order_by("-ordinal").first()
    after = last and (last.closes_on or last.opens_on)
    wrong = ""
    if after and opens_on <= after:
        wrong = _("The session before it sits until %(day)s.") % {"day": after}
    elif term.starts_on and opens_on < term.starts_on:
        wrong = _("The present term begins on %(day)s.") % {"day": term.starts_on}
    elif term.ends_on and opens_on > term.ends_on:
        wrong = _("The present term ends on %(day)s.") % {"day": term.ends_on}
    if wrong:
        raise Invalid(_("The session cannot be entered like this."), fields={"opens_on": [wrong]})
    return open_session(
        congress=congress,
        term=term,
        ordinal=last.ordinal + 1 if last else 1,
        opens_on=opens_on,
        closes_on=closes_on,
        actor=actor,
        at=at,
        via=via,
    )
