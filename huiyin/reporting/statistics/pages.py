"""Statistics as pages show them: each number with its base, its day and the way to its rows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huiyin.kernel.errors import Words
from huiyin.reporting.addresses import rows
from huiyin.reporting.counting import Counted
from huiyin.reporting.figures import GRADES, Figure
from huiyin.reporting.standpoint import Standpoint
from huiyin.reporting.statistics import classes
from huiyin.reporting.statistics.catalogue import ALL_RATES, STATISTICS, open_to, rates_for
from huiyin.reporting.statistics.tables import CountedTable, Grouped, Line, tables_for
from huiyin.rulebook import percents
from huiyin.suggestions.models.ratings import Grade
from huiyin.ui.charts import Chart, Part
from huiyin.ui.days import plain_day
from huiyin.ui.parts import Cell, Heading, Table

# Where there is nothing to divide by.
DASH = "—"
_GRADES = dict(Grade.choices)
# More bars than these say less than the table beside them.
MOST_BARS = 20


def dates(here: Standpoint) -> str:
    """The two dates of every number: 截至 and 记录至第 N 条."""
    if not here.line:
        return _("as of %(day)s · the record begins later") % {"day": plain_day(here.as_of)}
    return _("as of %(day)s · record up to line %(line)s") % {
        "day": plain_day(here.as_of),
        "line": here.line,
    }


def asked(here: Standpoint) -> dict[str, str]:
    """What an address has to say to look from here again."""
    said = {"session": here.session.key, "as_of": here.as_of.isoformat()}
    return said if here.asked is None else {**said, "known": str(here.asked)}


def catalogue_address(here: Standpoint) -> str:
    return f"{reverse('reporting:statistics:catalogue')}?{urlencode(asked(here))}"


def table_address(code: str, here: Standpoint, **more: str) -> str:
    address = reverse("reporting:statistics:table", args=[code])
    return f"{address}?{urlencode({**asked(here), **more})}"


def label_of(figure: Figure) -> Words:
    """What a number is called; a grade is called by its words."""
    for prefix in ("first_attitude_", "first_result_", "attitude_", "result_"):
        grade = figure.code.removeprefix(prefix)
        if figure.code.startswith(prefix) and grade in GRADES:
            return _GRADES[grade]
    return figure.label


def number_cell(code: str, number: int, here: Standpoint, **group: str) -> Cell:
    """A number that leads to its rows."""
    address = rows(code, session=here.session, as_of=here.as_of, known=here.asked, **group)
    return Cell(text=f"{number:,}", url=address, num=True)


def percent_cell(value: Decimal | None) -> Cell:
    return Cell(text=DASH if value is None else f"{value}%", num=True)


def _note(values: Sequence[Decimal | None]) -> str:
    """Why there is a dash, where there is one."""
    return _("%(dash)s: nothing to divide by") % {"dash": DASH} if None in values else ""


def _caption(here: Standpoint, base: Words, values: Sequence[Decimal | None]) -> str:
    return " · ".join(filter(None, (str(base), dates(here), _note(values))))


# --- The catalogue


def counts_table(counted: Counted, here: Standpoint) -> Table:
    """Every count a post may ask for."""
    shown = [code for code in open_to(here.actor.role) if code.startswith("R")]
    return Table(
        headings=[
            Heading(label=pgettext("statistics", "Statistic")),
            Heading(label=_("What it counts")),
            Heading(label=pgettext("statistics", "Base")),
            Heading(label=pgettext("statistics", "Items"), num=True),
        ],
        rows=[
            [
                Cell(text=f"{code} v{STATISTICS[code].version}"),
                Cell(text=STATISTICS[code].label),
                Cell(text=STATISTICS[code].base),
                number_cell(code, counted.numbers[code], here),
            ]
            for code in shown
        ],
        caption=dates(here),
    )


def rates_table(counted: Counted, here: Standpoint) -> Table:
    """Every rate a post may ask for, with what is divided by what."""
    shown = rates_for(here.actor.role)
    values = [counted.rate(rate.code) for rate in shown]
    return Table(
        headings=[
            Heading(label=pgettext("statistics", "Statistic")),
            Heading(label=pgettext("statistics", "Rate")),
            Heading(label=pgettext("statistics", "Base")),
            Heading(label=pgettext("statistics", "Counted"), num=True),
            Heading(label=pgettext("statistics", "Of"), num=True),
            Heading(label=pgettext("statistics", "Share"), num=True),
        ],
        rows=[
            [
                Cell(text=rate.code),
                Cell(text=rate.label),
                Cell(text=rate.base),
                Cell(text=f"{sum(counted.numbers[part] for part in rate.parts):,}", num=True)
                if len(rate.parts) > 1
                else number_cell(rate.parts[0], counted.numbers[rate.parts[0]], here),
                number_cell(rate.of, counted.numbers[rate.of], here),
                percent_cell(value),
            ]
            for rate, value in zip(shown, values, strict=True)
        ],
        caption=_caption(here, rounding(counted), values),
    )


def rounding(counted: Counted) -> str:
    """How percentages are rounded, as the rules declare it."""
    declared = counted.rules.percent
    how = {
        "half_up": _("half up"),
        "truncate": _("cut off"),
    }[str(declared.rounding.value)]
    left = {
        "none": _("nothing made up to a hundred"),
        "largest": _("the largest share takes what is missing to a hundred"),
    }[str(declared.residual.value)]
    words = {"decimals": declared.decimals, "how": how, "left": left}
    return _("percentages to %(decimals)s decimals, %(how)s; %(left)s") % words


def table_links(here: Standpoint) -> list[tuple[str, str, Words]]:
    """Number, address and name of each table, those by class among them."""
    listed = [*tables_for(here.actor.role), classes.IN_FORCE, classes.MAPPED]
    listed.sort(key=lambda each: each.code)
    return [(each.code, table_address(each.code, here), each.label) for each in listed]


# --- A table


def shown(found: CountedTable) -> Table:
    """The table, each count with the way to its rows."""
    if isinstance(found.table, Grouped):
        return _grouped(found, found.table)
    values = {of: found.shares(of) for of in found.table.of}
    known = [
        value
        for of, column in values.items()
        for line, value in zip(found.lines, column, strict=True)
        if found.belongs(line.code, of)
    ]
    return Table(
        headings=[
            Heading(label=found.table.label),
            Heading(label=pgettext("statistics", "Items"), num=True),
            *(_share_of(of) for of in found.table.of),
        ],
        rows=[
            [
                Cell(text=label_of(STATISTICS[line.code])),
                number_cell(line.code, found.total.numbers[line.code], found.here),
                *(
                    percent_cell(column[place]) if found.belongs(line.code, of) else Cell(text="")
                    for of, column in values.items()
                ),
            ]
            for place, line in enumerate(found.lines)
        ],
        foot=_base_rows(found),
        caption=_caption(found.here, found.table.base, known),
    )


def _share_of(of: str) -> Heading:
    return Heading(label=_("of “%(base)s”") % {"base": STATISTICS[of].label}, num=True)


def _base_rows(found: CountedTable) -> list[Cell]:
    """What the shares are of: the first base, and the others under their own columns."""
    assert not isinstance(found.table, Grouped)  # noqa: S101 - asked for listed tables alone
    first, *others = found.table.of
    return [
        Cell(text=STATISTICS[first].label),
        number_cell(first, found.total.numbers[first], found.here),
        Cell(text=""),
        *(number_cell(of, found.total.numbers[of], found.here) for of in others),
    ]


def _grouped(found: CountedTable, table: Grouped) -> Table:
    here, first = found.here, table.columns[0]
    numbers = [line.counted.numbers[first] for line in found.lines]
    shares = _shares(found, numbers) if table.adds_up else []
    values: list[Decimal | None] = [*shares]
    lines = []
    for place, line in enumerate(found.lines):
        cells = [_cell(code, line, here, table.by) for code in table.columns]
        values += [line.counted.rate(code) for code in table.columns if code in ALL_RATES]
        more = [percent_cell(shares[place])] if shares else []
        lines.append([Cell(text=line.label), *cells, *more])
    return Table(
        headings=[
            Heading(label=table.label),
            *(_heading(code) for code in table.columns),
            *([_share_of(first)] if table.adds_up else []),
        ],
        rows=lines,
        foot=[
            Cell(text=pgettext("statistics", "All, each once")),
            *(_cell(code, None, here, "", total=found.total) for code in table.columns),
            *([Cell(text="")] if table.adds_up else []),
        ],
        caption=_caption(here, table.base, values),
    )


def _shares(found: CountedTable, numbers: Sequence[int]) -> list[Decimal | None]:
    assert isinstance(found.table, Grouped)  # noqa: S101 - asked for grouped tables alone
    declared = found.total.rules.percent
    return list(
        percents(
            numbers,
            base=found.total.numbers[found.table.columns[0]],
            decimals=declared.decimals,
            rounding=declared.rounding,
            residual=declared.residual,
        )
    )


def _heading(code: str) -> Heading:
    label = ALL_RATES[code].label if code in ALL_RATES else STATISTICS[code].label
    return Heading(label=label, num=True)


def notes(found: CountedTable) -> list[str]:
    """What the rates in a table are of, and how percentages are rounded."""
    columns = found.table.columns if isinstance(found.table, Grouped) else ()
    said = [
        _("%(rate)s: %(base)s") % {"rate": ALL_RATES[code].label, "base": ALL_RATES[code].base}
        for code in columns
        if code in ALL_RATES
    ]
    return [*said, rounding(found.total)]


def _cell(
    code: str, line: Line | None, here: Standpoint, by: str, *, total: Counted | None = None
) -> Cell:
    counted = line.counted if line else total
    assert counted is not None  # noqa: S101 - a cell is of a line or of the total
    if code in ALL_RATES:
        return percent_cell(counted.rate(code))
    group = {by: line.group} if line else {}
    return number_cell(code, counted.numbers[code], here, **group)


def chart(found: CountedTable) -> Chart:
    """The first count of each line as a bar; the table stands beside it."""
    return Chart(
        title=found.table.label,
        base=f"{found.table.base} · {dates(found.here)}",
        label=found.table.label,
        parts=[_part(found, line) for line in found.lines[:MOST_BARS]],
    )


def _part(found: CountedTable, line: Line) -> Part:
    here = found.here
    if isinstance(found.table, Grouped):
        code, group, label = found.table.columns[0], {found.table.by: line.group}, line.label
        number = line.counted.numbers[code]
    else:
        code, group, label = line.code, {}, label_of(STATISTICS[line.code])
        number = found.total.numbers[code]
    address = rows(code, session=here.session, as_of=here.as_of, known=here.asked, **group)
    return Part(label=label, value=number, url=address)


# --- Two years side by side


def years_table(now: Counted, then: Counted, here: Standpoint, before: Standpoint) -> Table:
    """Two sessions, each as of the same day of its year, every number over the same base."""
    shown = [code for code in open_to(here.actor.role) if code.startswith("R")]
    rates = rates_for(here.actor.role)
    values = [each.rate(rate.code) for rate in rates for each in (now, then)]

    def difference(code: str) -> str:
        return f"{now.numbers[code] - then.numbers[code]:+,}"

    return Table(
        headings=[
            Heading(label=pgettext("statistics", "Statistic")),
            Heading(label=pgettext("statistics", "Base")),
            Heading(label=f"{here.session.name} · {plain_day(here.as_of)}", num=True),
            Heading(label=f"{before.session.name} · {plain_day(before.as_of)}", num=True),
            Heading(label=pgettext("statistics", "Difference"), num=True),
        ],
        rows=[
            [
                Cell(text=f"{code} {STATISTICS[code].label}"),
                Cell(text=STATISTICS[code].base),
                number_cell(code, now.numbers[code], here),
                number_cell(code, then.numbers[code], before),
                Cell(text=difference(code), num=True),
            ]
            for code in shown
        ]
        + [
            [
                Cell(text=f"{rate.code} {rate.label}"),
                Cell(text=rate.base),
                percent_cell(now.rate(rate.code)),
                percent_cell(then.rate(rate.code)),
                Cell(text=_points(now.rate(rate.code), then.rate(rate.code)), num=True),
            ]
            for rate in rates
        ],
        caption=_caption(here, rounding(now), values),
    )


def _points(now: Decimal | None, then: Decimal | None) -> str:
    if now is None or then is None:
        return DASH
    return _("%(points)s points") % {"points": f"{now - then:+}"}
