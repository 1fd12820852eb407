"""The overview of a session: few numbers with base and day, and what they come from."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huiyin.organisations.models import System
from huiyin.reporting import counting
from huiyin.reporting.boards import presenting
from huiyin.reporting.boards.numbers import View
from huiyin.reporting.boards.presenting import base, grades, shown
from huiyin.reporting.figures import FIGURES, RATES
from huiyin.suggestions.models import Category
from huiyin.ui import charts, parts

ORGANS_SHOWN = 12


def tile(view: View, code: str, *, weighty: bool = False) -> parts.Tile:
    figure = FIGURES[code]
    return parts.Tile(
        label=figure.label,
        number=f"{view.number(code):,}",
        unit=pgettext("unit", "items"),
        url=view.list_of(code),
        base=base(view, figure.base),
        weighty=weighty,
    )


def rate_tile(view: View, code: str) -> parts.Tile:
    rate = RATES[code]
    counted = view.number(*rate.parts)
    return parts.Tile(
        label=rate.label,
        number=shown(view.counted.rate(code)),
        unit="",
        url=view.list_of(rate.parts[0] if len(rate.parts) == 1 else rate.of),
        base=base(
            view,
            _("%(count)s of %(of)s") % {"count": counted, "of": view.number(rate.of)},
            rate.base,
        ),
    )


def tiles(view: View) -> list[parts.Tile]:
    """Return the numbers a leader looks for first."""
    solved = parts.Tile(
        label=_("Solved, regulated or planned"),
        number=shown(view.counted.solved_or_planned()),
        url=view.list_of("R020"),
        base=base(
            view,
            _("classes A and B, of %(of)s classed") % {"of": view.number("R020")},
        ),
    )
    return [
        tile(view, "R001", weighty=True),
        tile(view, "R002"),
        tile(view, "R003"),
        tile(view, "R010", weighty=True),
        tile(view, "R013"),
        tile(view, "R014"),
        rate_tile(view, "R131"),
        rate_tile(view, "R133"),
        rate_tile(view, "R134"),
        solved,
        tile(view, "R040"),
        tile(view, "R041"),
        tile(view, "R042"),
    ]


def minute(view: View) -> list[parts.Tile]:
    """Return what a leader with one minute looks at."""
    return [
        tile(view, "R001", weighty=True),
        tile(view, "R010"),
        tile(view, "R013"),
        rate_tile(view, "R131"),
        rate_tile(view, "R134"),
        tile(view, "R042"),
    ]


def faults(view: View) -> list[parts.Tile]:
    """Return what the data lack, when they lack it."""
    return [tile(view, code) for code in ("R021", "R015") if view.number(code)]


def class_groups(view: View) -> list[tuple[str, str, str]]:
    """Return letter, count and share of each group of classes."""
    scheme = view.counted.rules.classes.scheme
    found = []
    for group in scheme.groups:
        codes = [f"class_{each.code}" for each in scheme.classes if each.group == group]
        total = sum(view.number(code) for code in codes)
        found.append((group, f"{total:,}", shown(view.counted.share(codes, of="R020"))))
    return found


def satisfaction(view: View) -> charts.Stacks:
    """Attitude and result, first round and last round side by side; neither can be left out."""
    rows = []
    for dimension, words in (("attitude", _("Attitude")), ("result", _("Result"))):
        for first in (True, False):
            prefix = f"first_{dimension}" if first else dimension
            label = _("%(what)s, first round") if first else _("%(what)s, last round")
            rows.append(
                charts.StackRow(
                    label=label % {"what": words},
                    url=view.list_of("R050" if first else "R031"),
                    parts=grades(view, prefix),
                )
            )
    return charts.Stacks(
        title=_("How deputies rate the handling"),
        base=base(
            view,
            _(
                "first round: %(first)s rated, %(first_entered)s of them entered by the office; "
                "last round: %(last)s fed back, %(entered)s of them entered (%(share)s)"
            )
            % {
                "first": view.number("R050"),
                "first_entered": view.number("R055"),
                "last": view.number("R031"),
                "entered": view.number("R035"),
                "share": shown(view.counted.rate("R135")),
            },
        ),
        label=_("Rating"),
        rows=rows,
    )


def categories(view: View) -> charts.Chart:
    """What deputies raise, most first."""
    rows = counting.by_category(actor=view.actor, session=view.session)
    return charts.Chart(
        title=_("What deputies raise"),
        base=base(view, _("%(of)s received") % {"of": view.number("R001")}),
        label=_("Category"),
        parts=[
            charts.Part(
                label=str(Category(code).label),
                value=number,
                url=view.rows(set="received", category=code),
            )
            for code, number in rows
            if code
        ],
    )


def systems(view: View) -> parts.Table:
    """Systems of organs, and the party and congress organs taken together (党群)."""
    lines = counting.by_system(actor=view.actor, session=view.session)
    group = counting.of_systems(counting.PARTY_GROUP, actor=view.actor, session=view.session)
    heads = (_("System"), _("Organs"), _("Suggestions handled"), _("of them as lead or sole"))
    return parts.Table(
        caption=base(
            view,
            _(
                "each suggestion once in a line, in whatever rounds; lines overlap where several "
                "systems handle one suggestion"
            ),
        ),
        headings=[parts.Heading(label=head, num=place > 0) for place, head in enumerate(heads)],
        rows=[_system_row(view, str(System(line.system).label), line) for line in lines]
        + [_system_row(view, _("of which party and congress together"), group)],
    )


def _system_row(view: View, label: str, line: counting.SystemLine) -> list[parts.Cell]:
    return [
        parts.Cell(text=label),
        parts.Cell(text=line.organs, num=True),
        parts.Cell(text=line.handled, num=True, url=view.rows(set="received", system=line.system)),
        parts.Cell(text=line.led, num=True, url=view.rows(set="received", led_by=line.system)),
    ]


def organs(view: View) -> tuple[parts.Table, parts.Table]:
    """The organs with most to handle and all others, with the lights of what is open."""
    near = view.on + timedelta(days=view.near)
    lines = counting.by_organ(
        actor=view.actor, session=view.session, as_of=view.on, near_until=near
    )
    most, others = lines[:ORGANS_SHOWN], lines[ORGANS_SHOWN:]
    said = _("the %(shown)s with most to handle, of %(of)s organs")
    return (
        _organ_table(view, most, base(view, said % {"shown": len(most), "of": len(lines)})),
        _organ_table(view, others, base(view)),
    )


def _organ_table(view: View, lines: list[counting.OrganLine], caption: str) -> parts.Table:
    heads = (_("Organ"), _("Handled"), _("Led"), _("Open"), _("Near due"), _("Late"))
    return parts.Table(
        caption=caption,
        headings=[parts.Heading(label=head, num=place > 0) for place, head in enumerate(heads)],
        rows=[_organ_row(view, line) for line in lines],
    )


def _organ_row(view: View, line: counting.OrganLine) -> list[parts.Cell]:
    handled = view.rows(set="received", organ=line.organ_key)
    return [
        parts.Cell(text=line.organ_name, url=handled),
        parts.Cell(text=line.handled, num=True, url=handled),
        parts.Cell(text=line.led, num=True, url=view.rows(set="received", leading=line.organ_key)),
        parts.Cell(text=line.open, num=True, url=view.rows(set="received", owing=line.organ_key)),
        parts.Cell(text=line.near, num=True),
        parts.Cell(text=line.late, num=True),
    ]


def context(view: View) -> dict[str, Any]:
    """Return everything the overview page shows."""
    most, others = organs(view)
    return {
        "session": view.session,
        "tiles": tiles(view),
        "faults": faults(view),
        "classes": presenting.classes(view),
        "class_groups": class_groups(view),
        "satisfaction": satisfaction(view),
        "categories": categories(view),
        "months": presenting.months(view),
        "systems": systems(view),
        "organs": most,
        "other_organs": others,
    }
