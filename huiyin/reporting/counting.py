"""The counting service: figures of one session as of a day, within what the actor may see.

What has been counted is kept until anything happens in the congress (``suggestions.kept``). A past
day is counted in its picture (``standpoint``), so that nothing done later changes its numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncMonth

from huiyin.accounts.actor import Actor
from huiyin.organisations.models import Session, System
from huiyin.reporting.figures import FIGURES, Figure
from huiyin.reporting.standpoint import Standpoint, standpoint
from huiyin.reporting.statistics.catalogue import ALL_RATES, STATISTICS
from huiyin.reporting.statistics.dimensions import DIMENSIONS
from huiyin.rulebook import SOLVED_OR_PLANNED, Rulebook, percent
from huiyin.suggestions.kept import kept
from huiyin.suggestions.models import Assignment, Suggestion
from huiyin.suggestions.selectors import RECEIVED, visible_to
from huiyin.suggestions.stages import CHARGED, OPEN_ASSIGNMENT, HandlingRole

LEADING = (HandlingRole.LEAD, HandlingRole.SOLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The figures of one session as of a day, and the rounding its rulebook declares.

    ``known`` is the last line of the record that was looked at: what an import brings in later and
    back-dated is on a line after it.
    """

    session: Session
    as_of: date
    known: int
    numbers: dict[str, int]
    rules: Rulebook

    def share(self, parts: Iterable[str], *, of: str) -> Decimal | None:
        """Return the percentage of ``parts`` over the figure ``of``; None for an empty base."""
        return percent(
            sum(self.numbers[code] for code in parts),
            base=self.numbers[of],
            decimals=self.rules.percent.decimals,
            rounding=self.rules.percent.rounding,
        )

    def rate(self, code: str) -> Decimal | None:
        """Return a declared rate by its number."""
        rate = ALL_RATES[code]
        return self.share(rate.parts, of=rate.of)

    def of_group(self, numbers: dict[str, int]) -> Counted:
        """The same figures of one group of a table."""
        return replace(self, numbers=numbers)

    def solved_or_planned(self) -> Decimal | None:
        """What is solved, regulated or planned over all classed: the 88.6 % of source 004."""
        classes = self.rules.classes.scheme.classes
        codes = [f"class_{each.code}" for each in classes if each.outcome in SOLVED_OR_PLANNED]
        return self.share(codes, of="R020")


def count(
    *,
    actor: Actor,
    session: Session,
    as_of: date,
    rules: Rulebook,
    codes: Iterable[str] = FIGURES,
    known: int | None = None,
) -> Counted:
    """Count the figures ``codes`` in one query, whatever their number.

    ``known``: as the record up to this line tells it; without it, as all of it does.
    """
    chosen: list[Figure] = [STATISTICS[code] for code in codes]

    def make() -> tuple[int, dict[str, int]]:
        here = standpoint(actor=actor, session=session, as_of=as_of, known=known)
        numbers = here.cases.aggregate(
            **{figure.code: Count("pk", filter=figure.seen_from(here)) for figure in chosen}
        )
        return here.line, numbers

    names = [figure.code for figure in chosen]
    line, numbers = kept("figures", session.key, as_of, known, names, actor=actor, make=make)
    return Counted(session=session, as_of=as_of, known=line, numbers=numbers, rules=rules)


def counted_by(key: str, here: Standpoint, *, codes: Iterable[str]) -> dict[str, dict[str, int]]:
    """Count the figures ``codes`` in each group of a dimension, in one query."""
    chosen = list(codes)

    def make() -> dict[str, dict[str, int]]:
        conditions = {code: STATISTICS[code].seen_from(here) for code in chosen}
        return DIMENSIONS[key].counts(here, here.cases, conditions)

    mark = (here.session.key, here.as_of, here.line, here.picture is None)
    return kept("figures_by", key, *mark, chosen, actor=here.actor, make=make)


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemLine:
    """How many organs of a system handle how many suggestions, and how many they lead."""

    system: str
    organs: int
    handled: int
    led: int


def by_system(*, actor: Actor, session: Session) -> list[SystemLine]:
    """Count by system of the organ; a suggestion once per system however many organs handle it."""

    def make() -> list[SystemLine]:
        rows: Any = _parts(actor, session).values(system=F("organ__system")).annotate(**_COUNTED)
        lines = [SystemLine(**row) for row in rows]
        return sorted(lines, key=lambda line: (-line.handled, line.system))

    return kept("by_system", session.key, actor=actor, make=make)


def of_systems(systems: tuple[str, ...], *, actor: Actor, session: Session) -> SystemLine:
    """Count a grouping of systems, such as 党群, each suggestion once."""

    def make() -> SystemLine:
        row = _parts(actor, session).filter(organ__system__in=systems).aggregate(**_COUNTED)
        return SystemLine(system="+".join(systems), **row)

    return kept("of_systems", session.key, systems, actor=actor, make=make)


PARTY_GROUP = System.PARTY_GROUP


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganLine:
    """One organ: what it handles, what it leads, and what of it is open, near due and late."""

    organ_key: str
    organ_name: str
    handled: int
    led: int
    open: int
    near: int
    late: int


def by_organ(*, actor: Actor, session: Session, as_of: date, near_until: date) -> list[OrganLine]:
    """Count by organ; ``near`` is due until that day, ``late`` was due before ``as_of``."""

    def make() -> list[OrganLine]:
        return [OrganLine(**row) for row in _organs(actor, session, as_of, near_until)]

    return kept("by_organ", session.key, as_of, near_until, actor=actor, make=make)


def _organs(actor: Actor, session: Session, as_of: date, near_until: date) -> Any:
    """One row per organ; its columns are those of ``OrganLine``."""
    waiting = Q(stage__in=OPEN_ASSIGNMENT)
    return (
        _parts(actor, session)
        .values(organ_key=F("organ__key"), organ_name=F("organ__name"))
        .annotate(
            handled=Count("suggestion", distinct=True),
            led=Count("suggestion", distinct=True, filter=Q(role__in=LEADING)),
            open=Count("pk", filter=waiting),
            near=Count("pk", filter=waiting & Q(due_on__range=(as_of, near_until))),
            late=Count("pk", filter=waiting & Q(due_on__lt=as_of)),
        )
        .order_by("-handled", "organ_name")
    )


def by_category(*, actor: Actor, session: Session) -> list[tuple[str, int]]:
    """Count those received by category, most first."""

    def make() -> list[tuple[str, int]]:
        rows = _rows(actor, session).filter(RECEIVED).values("category").annotate(n=Count("pk"))
        return [(row["category"], row["n"]) for row in rows.order_by("-n", "category")]

    return kept("by_category", session.key, actor=actor, make=make)


def replies_by_month(*, actor: Actor, session: Session) -> list[tuple[date, int]]:
    """Count first replies by the month in which they were delivered."""

    def make() -> list[tuple[date, int]]:
        rows = (
            _rows(actor, session)
            .filter(RECEIVED, first_replied_on__isnull=False)
            .annotate(month=TruncMonth("first_replied_on"))
            .values("month")
            .annotate(n=Count("pk"))
            .order_by("month")
        )
        return [(row["month"], row["n"]) for row in rows]

    return kept("replies_by_month", session.key, actor=actor, make=make)


def by_stage(*, actor: Actor, session: Session) -> dict[str, int]:
    """Count what the actor sees of the session, by stage."""
    rows = _rows(actor, session).values("stage").annotate(n=Count("pk")).order_by()
    return {row["stage"]: row["n"] for row in rows}


_COUNTED = {
    "organs": Count("organ", distinct=True),
    "handled": Count("suggestion", distinct=True),
    "led": Count("suggestion", distinct=True, filter=Q(role__in=LEADING)),
}


def _rows(actor: Actor, session: Session) -> QuerySet[Suggestion]:
    """What the actor may see of the session, without the joins a page of rows would need."""
    return visible_to(actor).filter(session=session).select_related(None).order_by()


def _parts(actor: Actor, session: Session) -> QuerySet[Assignment]:
    seen = _rows(actor, session).filter(RECEIVED)
    return Assignment.objects.filter(CHARGED, suggestion__in=seen.values("pk")).order_by()
