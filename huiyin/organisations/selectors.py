"""Reading congresses, sessions, organs and the rules in force."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from huiyin.organisations.matching import OrganIndex, OrganMatch, places_of
from huiyin.organisations.models import (
    Assembly,
    Congress,
    Delegation,
    Division,
    Level,
    MandateClause,
    Organ,
    RuleChoice,
    Session,
    Term,
)
from huiyin.organisations.rules_in_force import Rulebooks, default_pack
from huiyin.organisations.session_names import SessionName
from huiyin.organisations.work_calendars import known_notices, work_calendar
from huiyin.rulebook.model import Rulebook

__all__ = [
    "OrganIndex",
    "OrganMatch",
    "Rulebooks",
    "assigning_offices",
    "congress_named",
    "congress_of",
    "default_pack",
    "delegations",
    "find_organ",
    "find_session",
    "known_notices",
    "mandate_of",
    "organs",
    "organs_with_mandates",
    "rulebook_for",
    "session_on",
    "term_on",
    "work_calendar",
]


def existing_on(on: date) -> Q:
    """The condition under which an organ can be given work; the SQL of ``Organ.exists_on``."""
    begun = Q(since__isnull=True) | Q(since__lte=on)
    return begun & (Q(until__isnull=True) | Q(until__gte=on))


def organs(congress: Congress, *, on: date) -> QuerySet[Organ]:
    """The organs that can be chosen on that day, in the order of a list of organs."""
    return Organ.objects.filter(existing_on(on), congress=congress)


def assigning_offices(congress: Congress, *, on: date) -> QuerySet[Organ]:
    """The offices that share out the suggestions of their own system."""
    offices = Q(is_government_office=True) | Q(is_party_office=True)
    return organs(congress, on=on).filter(offices)


def organs_with_history(congress: Congress) -> QuerySet[Organ]:
    """Every organ, abolished ones too, ready for ``name_on`` without further queries."""
    return Organ.objects.filter(congress=congress).prefetch_related("former_names")


def mandate_of(organ: Organ, *, on: date) -> list[MandateClause]:
    """The articles of an organ's mandate in force on that day."""
    return [clause for clause in organ.mandate_clauses.all() if clause.holds_on(on)]


def organs_with_mandates(congress: Congress) -> QuerySet[Organ]:
    """Every organ, abolished ones too, each with all its articles."""
    return Organ.objects.filter(congress=congress).prefetch_related("mandate_clauses")


def find_organ(congress: Congress, name: str, *, on: date) -> Organ | None:
    """The one organ ``name`` means on that day, or None when it means none or several.

    For more than one name build an ``OrganIndex`` once and ask it.
    """
    match = OrganIndex.of(congress, on=on).find(name)
    return match.organ if match else None


def congress_of(division: Division) -> Congress | None:
    """The congress of a division."""
    return Congress.objects.filter(division=division).first()


def congress_named(place: str, *, level: str | None = None) -> Congress | None:
    """The congress a list means by 湖南省, 岳阳市 or 双牌县; None unless there is exactly one.

    A county is also written after its city: 永州市双牌县.
    """
    candidates = Congress.objects.select_related("division")
    if level is not None:
        candidates = candidates.filter(level=level)
    wanted = place.strip()
    found = [each for each in candidates if wanted in _names_of(each)]
    if not found and wanted:
        found = [
            each
            for each in candidates
            if any(len(name) > 1 and wanted.endswith(name) for name in _full_names_of(each))
        ]
    return found[0] if len(found) == 1 else None


def find_session(congress: Congress, name: SessionName) -> Session | None:
    """The session of this congress with these ordinals; None when it is not entered yet."""
    if name.term is None or name.ordinal is None:
        return None
    return Session.objects.filter(
        congress=congress,
        assembly=name.assembly,
        term__ordinal=name.term,
        ordinal=name.ordinal,
    ).first()


def session_on(congress: Congress, *, on: date) -> Session | None:
    """The session of the congress itself that sits on that day; None between sessions."""
    return Session.objects.filter(
        congress=congress,
        assembly=Assembly.CONGRESS,
        opens_on__lte=on,
        closes_on__gte=on,
    ).first()


def term_on(congress: Congress, *, on: date) -> Term | None:
    """The congress's own term that runs on that day, as far as its days are known."""
    terms = Term.objects.filter(congress=congress, assembly=Assembly.CONGRESS, starts_on__lte=on)
    return terms.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on)).order_by("-ordinal").first()


def delegations(congress: Congress, *, on: date) -> QuerySet[Delegation]:
    """How the deputies of the present term sit together."""
    return Delegation.objects.filter(congress=congress, term=term_on(congress, on=on))


def rulebook_for(*, congress: Congress, session: Session | None = None, on: date) -> Rulebook:
    """The rules a congress follows on that day, for cases of ``session`` when given.

    For many cases of one congress build ``Rulebooks`` once and ask it.
    """
    return Rulebooks.of(congress).on(on, session=session)


def rule_choices(congress: Congress) -> QuerySet[RuleChoice]:
    """Every decision on rules, the one entered last first, for the page that shows them."""
    rows = RuleChoice.objects.filter(congress=congress).select_related("session")
    return rows.order_by("-pk")


def _full_names_of(congress: Congress) -> set[str]:
    names = {congress.name.removesuffix("人民代表大会"), congress.short_name}
    if congress.division:
        names.add(congress.division.name)
    return names - {""}


def _names_of(congress: Congress) -> set[str]:
    national = {"全国", "国家"} if congress.level == Level.NATIONAL else set()
    return {congress.name} | places_of(congress) | national
