"""What hangs on the wall: numbers to be read from five metres, each with its base."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huiyin.kernel.errors import Words
from huiyin.reporting.boards import numbers, presenting
from huiyin.reporting.boards.numbers import View
from huiyin.reporting.figures import RATES

LATEST_ORGANS = 5
CITIES = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Large:
    label: Words
    number: str
    base: Words
    url: str
    mark: str = ""
    tone: str = ""


def context(view: View) -> dict[str, Any]:
    """Everything on the wall, most of it kept since the last time it asked."""
    lines = numbers.by_light(view)
    return {
        "session": view.session,
        "day": presenting.day(view),
        "large": [*_counts(view), *_rates(view), *_lights(view)],
        "classes": presenting.classes(view),
        "months": presenting.months(view, short=True),
        "organs": [
            (line, view.rows(set="received", owing=line.organ_key, light="red"))
            for line in lines[:LATEST_ORGANS]
            if line.red
        ],
        "owing_base": _("suggestions an organ owes whose reply is overdue"),
        "cities_base": _("received, by the lead deputy's city; the bar: how many are answered"),
        "cities": presenting.city_tiles(view)[:CITIES],
    }


def _counts(view: View) -> list[Large]:
    received, answered = view.number("R001"), view.number("R010")
    return [
        Large(
            label=_("Received"),
            number=f"{received:,}",
            base=_("%(session)s in session, %(between)s between sessions")
            % {"session": view.number("R002"), "between": view.number("R003")},
            url=view.list_of("R001"),
        ),
        Large(
            label=_("Answered"),
            number=f"{answered:,}",
            base=_("%(share)s of %(of)s received")
            % {"share": presenting.shown(view.counted.rate("R110")), "of": received},
            url=view.list_of("R010"),
        ),
    ]


def _rates(view: View) -> list[Large]:
    found = []
    for code in ("R131", "R134"):
        rate = RATES[code]
        found.append(
            Large(
                label=rate.label,
                number=presenting.shown(view.counted.rate(code)),
                base=_("%(count)s of %(of)s")
                % {"count": view.number(*rate.parts), "of": view.number(rate.of)},
                url=view.list_of(rate.of),
            )
        )
    return found


def _lights(view: View) -> list[Large]:
    """Overdue and near due, each suggestion once whatever number of organs owe it."""
    red, amber = numbers.lit(view)
    base = _("of %(of)s in handling") % {"of": view.number("R013", "R042")}
    return [
        Large(
            label=pgettext("light", "Overdue"),
            number=f"{red:,}",
            base=base,
            url=view.rows(set="received", light="red"),
            mark="▲",
            tone="late" if red else "",
        ),
        Large(
            label=pgettext("light", "Near due"),
            number=f"{amber:,}",
            base=base,
            url=view.rows(set="received", light="amber"),
            mark="◐",
            tone="near" if amber else "",
        ),
    ]
