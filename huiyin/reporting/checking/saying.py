"""Bases and roundings in words."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from huiyin.reporting.checking.bases import Base, Reading, Source
from huiyin.reporting.checking.findings import number
from huiyin.reporting.checking.printed import Table
from huiyin.reporting.checking.rounding import Declared
from huiyin.rulebook import Residual, Rounding


def base_in_words(base: Base) -> str:
    values = {"value": number(base.value), "label": base.label}
    if base.source is Source.COLUMN:
        return _("the column %(label)s, row by row") % values
    if base.source is Source.GROUP:
        return _("the subtotal of each group")
    if base.source is Source.SUM:
        return _("%(value)s, the sum of the rows") % values
    if base.source is Source.STATED and not base.label:
        return _("%(value)s, the base stated with the table") % values
    said = {
        Source.STATED: _("%(value)s, the base stated (%(label)s)"),
        Source.TOTAL: _("%(value)s, the total printed (%(label)s)"),
        Source.REPORT: _("%(value)s, another number printed (%(label)s)"),
        Source.COMBINED: _("%(value)s = %(label)s, which is printed nowhere"),
    }
    return said[base.source] % values


def reading_in_words(table: Table, reading: Reading) -> str:
    """“满意 over 973, the total printed”; the name of an only column says nothing."""
    base = base_in_words(reading.base)
    parts = " + ".join(table.counts[each] for each in reading.parts if table.counts[each])
    if not parts or len(table.counts) == 1:
        return base
    return _("%(parts)s over %(base)s") % {"parts": parts, "base": base}


def rounding_in_words(declared: Declared) -> str:
    return roundings((declared,))[0]


def roundings(declared: Sequence[Declared]) -> list[str]:
    """Say each way to round once: settings that differ in decimals or residual alone together."""
    by_way: dict[tuple[Rounding, frozenset[Residual]], list[int | None]] = {}
    decimals = dict.fromkeys(each.decimals for each in declared)
    for rounding in Rounding:
        for places in decimals:
            residuals = frozenset(
                each.residual
                for each in declared
                if each.rounding is rounding and each.decimals == places
            )
            if residuals:
                by_way.setdefault((rounding, residuals), []).append(places)
    return [
        _("%(rounding)s, %(decimals)s, %(residual)s")
        % {
            "rounding": _ROUNDINGS[rounding],
            "decimals": _decimals(places),
            "residual": _residual(residuals),
        }
        for (rounding, residuals), places in by_way.items()
    ]


_ROUNDINGS = {
    Rounding.HALF_UP: gettext_lazy("rounded half up"),
    Rounding.TRUNCATE: gettext_lazy("truncated"),
}


def _decimals(places: Sequence[int | None]) -> str:
    numbers = [each for each in places if each is not None]
    said = []
    if numbers:
        several = _(" or ").join(map(str, numbers))
        unit = ngettext("%(several)s decimal", "%(several)s decimals", max(numbers))
        said.append(unit % {"several": several})
    if len(numbers) < len(places):
        said.append(_("each row with the decimals it has"))
    return _(" or ").join(said)


def _residual(residuals: frozenset[Residual]) -> str:
    if len(residuals) > 1:
        return _("whether or not the largest row takes what is left over")
    if Residual.LARGEST in residuals:
        return _("the largest row takes what is left over")
    return _("nothing moved to reach 100")
