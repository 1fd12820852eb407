"""The numbers of the boards as charts, tables and tiles, each with base and day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from huiyin.kernel.errors import Words
from huiyin.reporting import counting
from huiyin.reporting.boards import flow, numbers
from huiyin.reporting.boards.numbers import View
from huiyin.reporting.figures import FIGURES, GRADES
from huiyin.rulebook import SCALES, percent
from huiyin.ui import charts, parts
from huiyin.ui.days import plain_day

NO_BASE = "—"
GRADE_SERIES = {"VS": "1", "S": "2", "BS": "3", "NS": "5"}
# Steps of the tiles of a city, by what share of it is answered; each has its own pattern of marks.
STEPS = 4


def day(view: View) -> str:
    return _("as of %(day)s") % {"day": plain_day(view.on)}


def base(view: View, *said: Words) -> str:
    return " · ".join([*map(str, said), day(view)])


def shown(value: Decimal | None) -> str:
    return NO_BASE if value is None else f"{value}%"


def share(view: View, part: int, whole: int) -> Decimal | None:
    """Rounded as the rules of the session declare."""
    said = view.rules.percent
    return percent(part, base=whole, decimals=said.decimals, rounding=said.rounding)


# --- Time, classes, satisfaction


def months(view: View, *, short: bool = False) -> charts.Chart:
    """First replies by month; what has come in up to then stands in the table.

    ``short`` names the month without its year.
    """
    rows = counting.replies_by_month(actor=view.actor, session=view.session)
    found, sofar = [], 0
    for month, number in rows:
        sofar += number
        so_far = shown(share(view, sofar, view.number("R001")))
        found.append(
            charts.Part(
                label=date_format(month, "M") if short else f"{month:%Y-%m}",
                value=number,
                url=view.rows(set="answered", replied_in=f"{month:%Y-%m}"),
                note=_("up to then %(share)s of all received") % {"share": so_far},
            )
        )
    return charts.Chart(
        title=_("First replies by month"),
        base=base(view, _("%(of)s answered") % {"of": view.number("R010")}),
        label=_("Month"),
        parts=found,
    )


def classes(view: View) -> charts.Chart:
    language = get_language() or ""
    return charts.Chart(
        title=_("Replies by class"),
        base=base(view, _("%(of)s classed") % {"of": view.number("R020")}, FIGURES["R020"].base),
        label=_("Class"),
        parts=[
            charts.Part(
                label=f"{each.code} {each.label.said_in(language)}",
                value=view.number(f"class_{each.code}"),
                url=view.list_of(f"class_{each.code}"),
                series=each.group.lower() if each.group in "ABC" else "still",
                note=shown(view.counted.share([f"class_{each.code}"], of="R020")),
            )
            for each in view.rules.classes.scheme.classes
        ],
    )


def satisfaction(view: View) -> charts.Stacks:
    """Attitude and result of the last round, with those who gave no answer."""
    return charts.Stacks(
        title=_("How deputies rate the handling"),
        base=base(
            view,
            _("last round; %(fed)s fed back of %(of)s, those without an answer shown as such")
            % {"fed": view.number("R031"), "of": view.number("R030")},
        ),
        label=_("Rating"),
        rows=[
            charts.StackRow(
                label=label, url=view.list_of("R030"), parts=[*grades(view, name), _none(view)]
            )
            for name, label in (("attitude", _("Attitude")), ("result", _("Result")))
        ],
    )


def grades(view: View, name: str) -> list[charts.Part]:
    """One rating by its grades; ``name`` is that of its figures: ``first_result``."""
    language = get_language() or ""
    return [
        charts.Part(
            label=SCALES["four-grades"].find(grade).label.said_in(language),
            value=view.number(f"{name}_{grade}"),
            url=view.list_of(f"{name}_{grade}"),
            series=GRADE_SERIES[grade],
        )
        for grade in GRADES
    ]


def _none(view: View) -> charts.Part:
    return charts.Part(
        label=_("No answer"),
        value=view.number("R032"),
        url=view.list_of("R032"),
        series="still",
    )


# --- Organ × light


def matrix(view: View, lines: Sequence[numbers.OrganLights]) -> parts.Table:
    heads = (
        _("Organ"),
        pgettext("light", "▲ Overdue"),
        pgettext("light", "◐ Near due"),
        pgettext("light", "● In time"),
        pgettext("light", "○ No day running"),
        _("Owed in all"),
    )
    said = _("what each organ still owes, by the light of the suggestion; each once in a line")
    return parts.Table(
        caption=base(view, said),
        headings=[parts.Heading(label=head, num=at > 0) for at, head in enumerate(heads)],
        rows=[_organ(view, line) for line in lines],
    )


def _organ(view: View, line: numbers.OrganLights) -> list[parts.Cell]:
    def cell(number: int, **asked: str) -> parts.Cell:
        url = view.rows(set="received", owing=line.organ_key, **asked) if number else ""
        return parts.Cell(text=number, num=True, url=url)

    return [
        parts.Cell(text=line.organ_name),
        *(cell(getattr(line, light.value), light=light.value) for light in numbers.LIGHTS),
        cell(line.open),
    ]


# --- Tiles by city


@dataclass(frozen=True, slots=True, kw_only=True)
class CityTile:
    """``step`` 0 to 4: how far it has come; ``length`` is the bar of it."""

    name: str
    received: int
    url: str
    answered: int
    share: str
    step: int
    length: str
    red: int


def city_tiles(view: View) -> list[CityTile]:
    """Equal tiles in the order of the delegations' size: no geography is pretended."""
    return [
        CityTile(
            name=each.name,
            received=each.received,
            url=view.rows(set="received", delegation=each.key),
            answered=each.answered,
            share=shown(share(view, each.answered, each.received)),
            step=each.answered * STEPS // each.received if each.received else 0,
            length=f"{100 * each.answered / each.received if each.received else 0:.1f}%",
            red=each.red,
        )
        for each in numbers.cities(view)
    ]


# --- From opinion to promise


def course(view: View) -> dict[str, Any]:
    """The drawing of the way and the table with the same numbers."""
    nodes, bands = _course(view)
    heads = (_("Received"), _("Assigned"), _("Answered"), _("Class"), _("Promises"), _("Kept"))
    return {
        "title": _("From suggestion to promise"),
        "base": base(
            view,
            _("suggestions up to the class, then the promises their answers made; as wide as many"),
        ),
        "drawn": flow.drawn(nodes, bands, heads),
        "table": parts.Table(
            headings=[
                parts.Heading(label=_("Station")),
                parts.Heading(label=_("What")),
                parts.Heading(label=_("Number"), num=True),
            ],
            rows=[
                [
                    parts.Cell(text=heads[node.column]),
                    parts.Cell(text=node.label),
                    parts.Cell(text=node.value, num=True, url=node.url),
                ]
                for node in nodes
            ],
        ),
    }


# What becomes of a promise, by the name of its column and of the tab of its list.
_ENDS = (
    ("kept", gettext_lazy("Struck off"), "ok"),
    ("running", gettext_lazy("Not struck off yet"), "3"),
    ("released", gettext_lazy("Released"), "still"),
)


def _course(view: View) -> tuple[list[flow.Node], list[flow.Band]]:
    received, assigned, answered = view.number("R001"), numbers.assigned(view), view.number("R010")
    nodes = [
        _node("received", _("Received"), received, 0, view.list_of("R001")),
        _node("assigned", _("Assigned"), assigned, 1, view.rows(set="assigned")),
        _node("waiting", _("Not assigned"), received - assigned, 1, series="5"),
        _node("answered", _("Answered"), answered, 2, view.list_of("R010")),
        _node("handling", _("Not answered yet"), assigned - answered, 2, series="5"),
    ]
    bands = [
        flow.Band(source="received", target="assigned", value=assigned),
        flow.Band(source="received", target="waiting", value=received - assigned),
        flow.Band(source="assigned", target="answered", value=answered),
        flow.Band(source="assigned", target="handling", value=assigned - answered),
    ]
    made = {each.outcome_class: each for each in numbers.promised(view)}
    promises = sum(each.made for each in made.values())
    nodes.append(_node("promised", _("Promised"), promises, 4, view.promised("all"), series="2"))
    for group in view.rules.classes.scheme.groups:
        own, more = _group(view, group, made)
        nodes += own
        bands += more
    missing = view.number("R021")
    nodes.append(_node("unclassed", _("Without a class"), missing, 3, view.list_of("R021")))
    bands.append(flow.Band(source="answered", target="unclassed", value=missing))
    for name, label, series in _ENDS:
        number = sum(getattr(each, name) for each in made.values())
        nodes.append(_node(name, str(label), number, 5, view.promised(name), series=series))
        bands.append(flow.Band(source="promised", target=name, value=number))
    return sorted(nodes, key=lambda node: node.column), bands


def _group(
    view: View, group: str, made: dict[str, numbers.Promised]
) -> tuple[list[flow.Node], list[flow.Band]]:
    codes = [each.code for each in view.rules.classes.scheme.classes if each.group == group]
    number = view.number(*(f"class_{code}" for code in codes))
    promises = sum(made[code].made for code in codes if code in made)
    url = view.rows(**{"set": "classed", "class": codes})
    series = group.lower() if group in "ABC" else "still"
    node = _node(group, _("Class %(group)s") % {"group": group}, number, 3, url, series=series)
    return [node], [
        flow.Band(source="answered", target=group, value=number),
        flow.Band(source=group, target="promised", value=promises),
    ]


def _node(
    name: str, label: str, value: int, column: int, url: str = "", *, series: str = "1"
) -> flow.Node:
    return flow.Node(name=name, label=label, value=value, column=column, url=url, series=series)
