"""How promises are kept: by organ and over three years. Every number opens exactly its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huiyin.accounts.actor import Actor
from huiyin.kernel.errors import Words
from huiyin.promises import selectors, stages
from huiyin.promises.models import Promise, PromiseAct, PromiseStatement
from huiyin.promises.standing import Standing, derive
from huiyin.rulebook import percent
from huiyin.ui.days import plain_day
from huiyin.ui.parts import Cell, Heading, Table

YEARS = 3
# Of some facts those that were known on a day.
Known = Callable[[QuerySet[Any]], QuerySet[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One line of a table: what it is of, how the list is asked for it, and its numbers."""

    label: Words
    asks: dict[str, str]
    made: int
    kept: int
    open: int
    overdue: int
    released: int
    postponed: int
    fallen_due: int
    kept_due: int


def _counts(on: date) -> dict[str, Count]:
    due = selectors.fallen_due(on)
    return {
        "made": Count("pk"),
        "kept": Count("pk", filter=stages.IS_KEPT),
        "open": Count("pk", filter=stages.IS_RUNNING),
        "overdue": Count("pk", filter=selectors.overdue(on)),
        "released": Count("pk", filter=stages.IS_RELEASED),
        "postponed": Count("pk", filter=selectors.POSTPONED),
        "fallen_due": Count("pk", filter=due),
        "kept_due": Count("pk", filter=due & stages.IS_KEPT),
    }


def by_year(actor: Actor, *, on: date) -> list[Counted]:
    """Promises made in this and the two years before: what has become of them (近三年跟踪)."""
    rows = selectors.promises_for(actor).order_by()
    found = []
    for year in range(on.year, on.year - YEARS, -1):
        made = Q(made_on__gte=date(year, 1, 1), made_on__lte=date(year, 12, 31))
        numbers = rows.filter(made).aggregate(**_counts(on))
        found.append(Counted(label=str(year), asks={"made": str(year)}, **numbers))
    return found


def by_year_as_known(actor: Actor, *, on: date, known: Known) -> list[Counted]:
    """The same as of a past day: each promise stood where the facts ``known`` then leave it."""
    mine = {"promise__congress": actor.congress_id}
    said = known(PromiseStatement.objects.filter(**mine)).order_by("ordinal")
    done = known(PromiseAct.objects.filter(**mine)).order_by("seq")
    promises = Promise.objects.filter(congress=actor.congress_id).prefetch_related(
        Prefetch("statements", said), Prefetch("acts", done)
    )
    stood: dict[int, list[Standing]] = {}
    for promise in promises:
        if statements := list(promise.statements.all()):
            standing = derive(statements, list(promise.acts.all()))
            if actor.role not in stages.ORGAN or standing.organ_id == actor.organ_id:
                stood.setdefault(promise.made_on.year, []).append(standing)
    return [_counted(year, stood.get(year, []), on) for year in range(on.year, on.year - YEARS, -1)]


def _counted(year: int, stood: list[Standing], on: date) -> Counted:
    where = Counter(each.stage for each in stood)
    come = Counter(each.stage for each in stood if _has_come(each.first_due_on, on))
    late = Counter(each.stage for each in stood if each.due_on and each.due_on < on)
    kept = stages.PromiseStage.CONFIRMED.value
    return Counted(
        label=str(year),
        asks={"made": str(year)},
        made=len(stood),
        kept=where[kept],
        open=sum(where[each.value] for each in stages.RUNNING),
        overdue=sum(late[each.value] for each in stages.RUNNING),
        released=where[stages.PromiseStage.RELEASED.value],
        postponed=sum(each.postponed > 0 for each in stood),
        fallen_due=come.total() - come[kept] + where[kept],
        kept_due=where[kept],
    )


def _has_come(day: date | None, on: date) -> bool:
    return day is not None and day <= on


def by_organ(actor: Actor, *, year: int, on: date) -> list[Counted]:
    """The ledger of one year by organ, those with most to fulfil first. One query."""
    rows = selectors.promises_for(actor).filter(selectors.in_ledger_of(year)).order_by()
    grouped: Any = rows.values("organ__name", "organ__key").annotate(**_counts(on))
    return [
        Counted(
            label=each.pop("organ__name"),
            asks={"organ": each.pop("organ__key"), "year": str(year)},
            **each,
        )
        for each in grouped.order_by("-open", "organ__name")
    ]


def table(lines: list[Counted], *, first: Words, on: date) -> Table:
    """The lines as a page shows them, the base of the rate in the caption."""
    caption = _(
        "Implementation rate: struck off ÷ promises whose first day has come by %(day)s or that"
        " were struck off before; a postponement takes none out of the base."
    ) % {"day": plain_day(on)}
    headings = (
        (first, False),
        (pgettext("figure", "Promised"), True),
        (pgettext("figure", "Not struck off"), True),
        (pgettext("figure", "Overdue"), True),
        (pgettext("figure", "Postponed"), True),
        (pgettext("figure", "Struck off"), True),
        (pgettext("figure", "Released"), True),
        (pgettext("figure", "Base"), True),
        (pgettext("figure", "Implementation rate"), True),
    )
    return Table(
        headings=[Heading(label=label, num=num) for label, num in headings],
        rows=[_row(line) for line in lines],
        caption=caption,
    )


def _row(line: Counted) -> list[Cell]:
    def cell(number: int, **asked: str) -> Cell:
        return Cell(text=str(number), url=_address(line.asks, asked), num=True)

    rate = str(percent(line.kept_due, base=line.fallen_due)) + "%" if line.fallen_due else "—"
    return [
        Cell(text=line.label),
        cell(line.made, tab="all"),
        cell(line.open, tab="running"),
        cell(line.overdue, tab="overdue"),
        cell(line.postponed, tab="all", mark="postponed"),
        cell(line.kept, tab="kept"),
        cell(line.released, tab="released"),
        cell(line.fallen_due, tab="all", mark="fallen_due"),
        Cell(text=rate, num=True, url=_address(line.asks, {"tab": "kept", "mark": "fallen_due"})),
    ]


def _address(asks: dict[str, str], asked: dict[str, str]) -> str:
    return f"{reverse('promises:list')}?{urlencode({**asks, **asked})}"
