"""By what statistics are divided into groups; a group is one value of one of these.

The key stands in addresses: ``?category=water`` narrows the rows of any statistic to that group.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.kernel.errors import Words
from huiyin.organisations.models import Delegation, ElectingUnit, Organ, System
from huiyin.reporting.figures import CLASS_CODES
from huiyin.reporting.standpoint import Standpoint
from huiyin.rulebook import CLASS_SCHEMES
from huiyin.suggestions.answers import PARTY_GROUP
from huiyin.suggestions.models import Category, Kind
from huiyin.suggestions.models.case import Raised
from huiyin.suggestions.stages import CHARGED, IN_CHARGE
from huiyin.ui import months

SYSTEMS = (*System.choices, (PARTY_GROUP, _("Party and congress organs together")))
CLASSES = [(code, code) for code in CLASS_CODES]
# How an address asks for replies that bear a class the scheme does not have.
NO_CLASS_OF = "not."
# How an address asks for those of no group.
NONE = "-"
Names = Mapping[str, Words]
NamesOf = Callable[[Standpoint, Iterable[str]], Names]
# What each statistic of a table counts in one group, by its code.
Counts = dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """``overlaps``: one suggestion may be in several groups, so that groups do not add up."""

    key: str
    label: Words
    where: Callable[[Standpoint, str], Q]
    counts: Callable[[Standpoint, QuerySet[Any], Mapping[str, Q]], dict[str, Counts]]
    names: NamesOf
    overlaps: bool = False


# --- By a column of the suggestion


def _by_column(key: str, label: Words, path: str, names: NamesOf) -> Dimension:
    # A column of the row itself is blank, one of another table is not there at all.
    none = Q(**{f"{path}__isnull": True}) if "__" in path else Q(**{path: ""})

    def where(_here: Standpoint, value: str) -> Q:
        return none if value == NONE else Q(**{path: value})

    def counts(
        _here: Standpoint, rows: QuerySet[Any], conditions: Mapping[str, Q]
    ) -> dict[str, Counts]:
        grouped = rows.values(path).annotate(
            **{code: Count("pk", filter=each) for code, each in conditions.items()}
        )
        return {str(row.pop(path) or NONE): row for row in grouped.order_by()}

    return Dimension(key=key, label=label, where=where, counts=counts, names=names)


def _chosen(choices: Iterable[tuple[str, Words]]) -> NamesOf:
    words = dict(choices)
    return lambda _here, values: {each: words[each] for each in values if each in words}


def _keyed(model: Any) -> NamesOf:
    def names(here: Standpoint, values: Iterable[str]) -> Names:
        rows = model.objects.filter(congress=here.session.congress_id, key__in=list(values))
        return dict(rows.values_list("key", "name"))

    return names


def _organ_names(here: Standpoint, values: Iterable[str]) -> Names:
    """As the organs were called on the day."""
    rows = Organ.objects.filter(congress=here.session.congress_id, key__in=list(values))
    rows = rows.prefetch_related("former_names")
    return {each.key: each.name_on(here.as_of) for each in rows}


def _by_class() -> Dimension:
    """Several classes of one scheme may stand together, as A1+A2; see ``classes``."""
    plain = _by_column("class", _("Class"), "outcome_class", _chosen(CLASSES))

    def where(here: Standpoint, value: str) -> Q:
        scheme = CLASS_SCHEMES.get(value.removeprefix(NO_CLASS_OF))
        if scheme is not None:
            return ~Q(outcome_class__in=scheme.codes)
        return plain.where(here, value) if value == NONE else Q(outcome_class__in=value.split("+"))

    def names(_here: Standpoint, values: Iterable[str]) -> Names:
        strange = _("In no class of the scheme in force")
        known = {f"{NO_CLASS_OF}{code}": strange for code in CLASS_SCHEMES}
        return {
            each: known.get(each, each)
            for each in values
            if each in known or set(each.split("+")) <= set(CLASS_CODES)
        }

    return replace(plain, where=where, names=names)


# --- By the organs that are charged


def _by_part(
    key: str,
    label: Words,
    path: str,
    names: NamesOf,
    *,
    roles: Sequence[str] = (),
) -> Dimension:
    charged = CHARGED & Q(role__in=roles) if roles else CHARGED

    def where(here: Standpoint, value: str) -> Q:
        values = value.split("+")
        parts = here.parts.filter(charged, **{f"{path}__in": values})
        return here.among(parts.values("suggestion"))

    def counts(
        here: Standpoint, rows: QuerySet[Any], conditions: Mapping[str, Q]
    ) -> dict[str, Counts]:
        def among(condition: Q) -> Q:
            return Q(suggestion__in=rows.filter(condition).values(here.pk))

        grouped = (
            here.parts.filter(charged)
            .values(path)
            .annotate(
                **{
                    code: Count("suggestion", distinct=True, filter=among(each))
                    for code, each in conditions.items()
                }
            )
        )
        return {
            str(row.pop(path)): row for row in grouped.order_by() if any(row[c] for c in conditions)
        }

    return Dimension(key=key, label=label, where=where, counts=counts, names=names, overlaps=True)


# --- By month


def _by_month(key: str, label: Words, path: str) -> Dimension:
    def where(_here: Standpoint, value: str) -> Q:
        if value == NONE:
            return Q(**{f"{path}__isnull": True})
        first = months.read(value) or date.min
        return Q(**{f"{path}__gte": first, f"{path}__lt": months.after(first)})

    def counts(
        _here: Standpoint, rows: QuerySet[Any], conditions: Mapping[str, Q]
    ) -> dict[str, Counts]:
        grouped = (
            rows.annotate(month=TruncMonth(path))
            .values("month")
            .annotate(**{code: Count("pk", filter=each) for code, each in conditions.items()})
        )
        found = {}
        for row in grouped.order_by("month"):
            month = row.pop("month")
            found[f"{month:%Y-%m}" if month else NONE] = row
        return found

    def names(_here: Standpoint, values: Iterable[str]) -> Names:
        return {each: each for each in values if months.read(each)}

    return Dimension(key=key, label=label, where=where, counts=counts, names=names)


DIMENSIONS: dict[str, Dimension] = {
    each.key: each
    for each in (
        _by_column("raised", _("Raised"), "raised", _chosen(Raised.choices)),
        _by_column("category", _("Category"), "category", _chosen(Category.choices)),
        _by_column("kind", _("Kind"), "kind", _chosen(Kind.choices)),
        _by_class(),
        _by_column("delegation", _("Delegation"), "lead__delegation__key", _keyed(Delegation)),
        _by_column(
            "city",
            p_("statistics", "Electing unit"),
            "lead__electing_unit__key",
            _keyed(ElectingUnit),
        ),
        _by_part("organ", _("Handled by"), "organ__key", _organ_names),
        _by_part("leading", _("Led by"), "organ__key", _organ_names, roles=IN_CHARGE),
        _by_part("system", _("Handled by a system"), "organ__system", _chosen(SYSTEMS)),
        _by_part(
            "led_by",
            _("Led by a system"),
            "organ__system",
            _chosen(SYSTEMS),
            roles=IN_CHARGE,
        ),
        _by_month("replied_in", _("First replied in the month"), "first_replied_on"),
    )
}


def group_names(here: Standpoint, key: str, values: Iterable[str]) -> dict[str, Words]:
    """What the groups of a dimension are called; those without a value too."""
    listed = list(values)
    named = dict(DIMENSIONS[key].names(here, listed))
    return named | {NONE: p_("statistics", "none named")} if NONE in listed else named
