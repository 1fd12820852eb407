"""The overview of a session: few numbers with base and day, and what they come from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from huiyin.accounts.actor import Actor
from huiyin.kernel.errors import Words
from huiyin.organisations.models import Session, System
from huiyin.reporting import counting
from huiyin.reporting.counting import Counted
from huiyin.reporting.figures import FIGURES, GRADES, RATES
from huiyin.rulebook import SCALES
from huiyin.suggestions.models import Category
from huiyin.ui import charts, parts
from huiyin.ui.days import plain_day
from huiyin.web import addresses

ORGANS_SHOWN = 12
# A dash with its reason stands where there is no base to divide by.
NO_BASE = "—"
GRADE_SERIES = {"VS": "1", "S": "2", "BS": "3", "NS": "5"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """One session as one actor may see it."""

    actor: Actor
    counted: Counted

    @property
    def session(self) -> Session:
        return self.counted.session

    def number(self, code: str) -> int:
        return self.counted.numbers[code]

    def url(self, code: str) -> str:
        """Return the list of the rows that a figure counts."""
        return addresses.suggestions(session=self.session.key, **FIGURES[code].address)

    def day(self) -> str:
        return _("as of %(day)s") % {"day": plain_day(self.counted.as_of)}

    def base(self, *said: Words) -> str:
        """Return base and day in one line."""
        return " · ".join([*(str(each) for each in said), self.day()])

    def tile(self, code: str, *, weighty: bool = False) -> parts.Tile:
        figure = FIGURES[code]
        return parts.Tile(
            label=figure.label,
            number=f"{self.number(code):,}",
            unit=pgettext("unit", "items"),
            url=self.url(code),
            base=self.base(figure.base),
            weighty=weighty,
        )

    def rate_tile(self, code: str) -> parts.Tile:
        rate = RATES[code]
        counted = sum(self.number(part) for part in rate.parts)
        return parts.Tile(
            label=rate.label,
            number=shown(self.counted.rate(code)),
            unit="",
            url=self.url(rate.parts[0]) if len(rate.parts) == 1 else self.url(rate.of),
            base=self.base(
                _("%(count)s of %(of)s") % {"count": counted, "of": self.number(rate.of)},
                rate.base,
            ),
        )


def shown(value: Decimal | None) -> str:
    """Return a percentage as printed, or a dash when there is nothing to divide by."""
    return NO_BASE if value is None else f"{value}%"


def tiles(view: Overview) -> list[parts.Tile]:
    """Return the numbers a leader looks for first."""
    solved = parts.Tile(
        label=_("Solved, regulated or planned"),
        number=shown(view.counted.solved_or_planned()),
        url=view.url("R020"),
        base=view.base(
            _("classes A and B, of %(of)s classed") % {"of": view.number("R020")},
        ),
    )
    return [
        view.tile("R001", weighty=True),
        view.tile("R002"),
        view.tile("R003"),
        view.tile("R010", weighty=True),
        view.tile("R013"),
        view.tile("R014"),
        view.rate_tile("R131"),
        view.rate_tile("R133"),
        view.rate_tile("R134"),
        solved,
        view.tile("R040"),
        view.tile("R041"),
        view.tile("R042"),
    ]


def minute(view: Overview) -> list[parts.Tile]:
    """Return what a leader with one minute looks at."""
    return [
        view.tile("R001", weighty=True),
        view.tile("R010"),
        view.tile("R013"),
        view.rate_tile("R131"),
        view.rate_tile("R134"),
        view.tile("R042"),
    ]


def faults(view: Overview) -> list[parts.Tile]:
    """Return what the data lack, when they lack it."""
    return [view.tile(code) for code in ("R021", "R015") if view.number(code)]


def classes(view: Overview) -> charts.Chart:
    """Replies by outcome class of the scheme in force."""
    language = get_language() or ""
    scheme = view.counted.rules.classes.scheme
    return charts.Chart(
        title=_("Replies by class"),
        base=view.base(_("%(of)s classed") % {"of": view.number("R020")}, FIGURES["R020"].base),
        label=_("Class"),
        parts=[
            charts.Part(
                label=f"{each.code} {each.label.said_in(language)}",
                value=view.number(f"class_{each.code}"),
                url=view.url(f"class_{each.code}"),
                series=each.group.lower() if each.group in "ABC" else "still",
                note=shown(view.counted.share([f"class_{each.code}"], of="R020")),
            )
            for each in scheme.classes
        ],
    )


def class_groups(view: Overview) -> list[tuple[str, str, str]]:
    """Return letter, count and share of each group of classes."""
    scheme = view.counted.rules.classes.scheme
    found = []
    for group in scheme.groups:
        codes = [f"class_{each.code}" for each in scheme.classes if each.group == group]
        total = sum(view.number(code) for code in codes)
        found.append((group, f"{total:,}", shown(view.counted.share(codes, of="R020"))))
    return found


def satisfaction(view: Overview) -> charts.Stacks:
    """Attitude and result, first round and last round side by side; neither can be left out."""
    rows = []
    for dimension, words in (("attitude", _("Attitude")), ("result", _("Result"))):
        for first in (True, False):
            prefix = f"first_{dimension}" if first else dimension
            label = _("%(what)s, first round") if first else _("%(what)s, last round")
            rows.append(
                charts.StackRow(
                    label=label % {"what": words},
                    url=view.url("R050" if first else "R031"),
                    parts=[
                        charts.Part(
                            label=_grade(grade),
                            value=view.number(f"{prefix}_{grade}"),
                            url=view.url(f"{prefix}_{grade}"),
                            series=GRADE_SERIES[grade],
                        )
                        for grade in GRADES
                    ],
                )
            )
    return charts.Stacks(
        title=_("How deputies rate the handling"),
        base=view.base(
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
            }
        ),
        label=_("Rating"),
        rows=rows,
    )


def _grade(code: str) -> str:
    scale = SCALES["four-grades"]
    return scale.find(code).label.said_in(get_language() or "")


def categories(view: Overview) -> charts.Chart:
    """What deputies raise, most first."""
    rows = counting.by_category(actor=view.actor, session=view.session)
    return charts.Chart(
        title=_("What deputies raise"),
        base=view.base(_("%(of)s received") % {"of": view.number("R001")}),
        label=_("Category"),
        parts=[
            charts.Part(
                label=str(Category(code).label),
                value=number,
                url=addresses.suggestions(session=view.session.key, set="received", category=code),
            )
            for code, number in rows
            if code
        ],
    )


def months(view: Overview) -> charts.Chart:
    """When the first replies went out: bunched at the end, or not."""
    rows = counting.replies_by_month(actor=view.actor, session=view.session)
    return charts.Chart(
        title=_("First replies by month"),
        base=view.base(_("%(of)s answered") % {"of": view.number("R010")}),
        label=_("Month"),
        parts=[
            charts.Part(
                label=f"{month:%Y-%m}",
                value=number,
                url=addresses.suggestions(
                    session=view.session.key, set="answered", replied_in=f"{month:%Y-%m}"
                ),
            )
            for month, number in rows
        ],
    )


def systems(view: Overview) -> parts.Table:
    """Systems of organs, and the party and congress organs taken together (党群)."""
    lines = counting.by_system(actor=view.actor, session=view.session)
    group = counting.of_systems(counting.PARTY_GROUP, actor=view.actor, session=view.session)
    heads = (_("System"), _("Organs"), _("Suggestions handled"), _("of them as lead or sole"))
    return parts.Table(
        caption=view.base(
            _(
                "each suggestion once in a line, in whatever rounds; lines overlap where several "
                "systems handle one suggestion"
            )
        ),
        headings=[parts.Heading(label=head, num=place > 0) for place, head in enumerate(heads)],
        rows=[_system_row(view, str(System(line.system).label), line) for line in lines]
        + [_system_row(view, _("of which party and congress together"), group)],
    )


def _system_row(view: Overview, label: str, line: counting.SystemLine) -> list[parts.Cell]:
    address = {"session": view.session.key, "set": "received"}
    return [
        parts.Cell(text=label),
        parts.Cell(text=line.organs, num=True),
        parts.Cell(
            text=line.handled, num=True, url=addresses.suggestions(**address, system=line.system)
        ),
        parts.Cell(
            text=line.led, num=True, url=addresses.suggestions(**address, led_by=line.system)
        ),
    ]


def organs(view: Overview) -> tuple[parts.Table, parts.Table]:
    """The organs with most to handle and all others, with the lights of what is open."""
    near = view.counted.as_of + timedelta(days=view.counted.rules.lights.near_due_days)
    lines = counting.by_organ(
        actor=view.actor, session=view.session, as_of=view.counted.as_of, near_until=near
    )
    most, others = lines[:ORGANS_SHOWN], lines[ORGANS_SHOWN:]
    said = _("the %(shown)s with most to handle, of %(of)s organs")
    return (
        _organ_table(view, most, view.base(said % {"shown": len(most), "of": len(lines)})),
        _organ_table(view, others, view.base()),
    )


def _organ_table(view: Overview, lines: list[counting.OrganLine], caption: str) -> parts.Table:
    heads = (_("Organ"), _("Handled"), _("Led"), _("Open"), _("Near due"), _("Late"))
    return parts.Table(
        caption=caption,
        headings=[parts.Heading(label=head, num=place > 0) for place, head in enumerate(heads)],
        rows=[_organ_row(view, line) for line in lines],
    )


def _organ_row(view: Overview, line: counting.OrganLine) -> list[parts.Cell]:
    address = {"session": view.session.key, "set": "received"}
    handled = addresses.suggestions(**address, organ=line.organ_key)
    return [
        parts.Cell(text=line.organ_name, url=handled),
        parts.Cell(text=line.handled, num=True, url=handled),
        parts.Cell(
            text=line.led, num=True, url=addresses.suggestions(**address, leading=line.organ_key)
        ),
        parts.Cell(
            text=line.open, num=True, url=addresses.suggestions(**address, owing=line.organ_key)
        ),
        parts.Cell(text=line.near, num=True),
        parts.Cell(text=line.late, num=True),
    ]


def context(view: Overview) -> dict[str, Any]:
    """Return everything the overview page shows."""
    most, others = organs(view)
    return {
        "session": view.session,
        "tiles": tiles(view),
        "faults": faults(view),
        "classes": classes(view),
        "class_groups": class_groups(view),
        "satisfaction": satisfaction(view),
        "categories": categories(view),
        "months": months(view),
        "systems": systems(view),
        "organs": most,
        "other_organs": others,
    }
