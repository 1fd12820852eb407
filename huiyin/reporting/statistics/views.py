"""The pages of the statistics."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huiyin.accounts.access import ActorRequest
from huiyin.kernel.errors import NotFound
from huiyin.organisations.selectors import rulebook_for
from huiyin.reporting.counting import Counted, count
from huiyin.reporting.standpoint import Standpoint, standpoint
from huiyin.reporting.statistics import asking, classes, pages
from huiyin.reporting.statistics import rows as listed
from huiyin.reporting.statistics.catalogue import STATISTICS, open_to
from huiyin.reporting.statistics.tables import TABLES, CountedTable, counted_table, tables_for
from huiyin.rulebook import Rulebook
from huiyin.suggestions.kept import kept
from huiyin.suggestions.selectors import sessions_of
from huiyin.ui.lists import BadAddress, respond
from huiyin.ui.parts import Crumb

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase


@require_safe
def catalogue(request: ActorRequest) -> HttpResponse:
    """Every statistic the reader may ask for, with its number as of the day asked for."""
    here = asking.standpoint_of(request)
    counted = _counted(here)
    return render(
        request,
        "reporting/statistics.html",
        {
            **_asked(here),
            "tables": pages.table_links(here),
            "counts": pages.counts_table(counted, here),
            "rates": pages.rates_table(counted, here),
        },
    )


@require_safe
def table(request: ActorRequest, code: str) -> HttpResponse:
    """One table, with its chart beside it."""
    here = asking.standpoint_of(request)
    found = _table(request, code, here)
    return render(
        request,
        "reporting/statistics_table.html",
        {
            **_asked(here),
            "code": code,
            "table": pages.shown(found),
            "chart": pages.chart(found),
            "notes": pages.notes(found),
            "label": found.table.label,
            "crumbs": _crumbs(here, found.table.label),
            "into": _schemes(here) if code == classes.MAPPED.code else [],
        },
    )


@require_safe
def years(request: ActorRequest) -> HttpResponse:
    """Two sessions side by side, each as of the same day of its year."""
    here = asking.standpoint_of(request)
    before = _year_before(here)
    label = _("Against the year before")
    context: dict[str, Any] = {**_asked(here), "label": label, "crumbs": _crumbs(here, label)}
    if before is not None:
        context["before"] = pages.dates(before)
    # Of a day that the record does not reach back to, nothing is known: that is no nought.
    if before is not None and before.line:
        context["table"] = pages.years_table(_counted(here), _counted(before), here, before)
    return render(request, "reporting/statistics_years.html", context)


@require_safe
def rows(request: ActorRequest, code: str) -> HttpResponseBase:
    """Exactly the rows that a number counts; also their exports and print."""
    figure = STATISTICS.get(code)
    if figure is None or not figure.is_for(request.actor.role):
        raise NotFound(code)
    here = asking.standpoint_of(request)
    groups = asking.groups_of(request)
    spec = listed.list_for(code, figure, here, groups)
    found = listed.rows_of(figure, here, groups)
    number = kept(
        "statistics.rows",
        *(code, here.session.key, here.as_of, here.line, here.picture is None, groups),
        actor=request.actor,
        make=found.count,
    )
    label = pages.label_of(figure)
    extra = {"label": label, "base": figure.base, "number": number, "here": here}
    return respond(
        request,
        spec,
        listed.shown(found, here),
        template="reporting/statistics_rows.html",
        extra={**extra, "dates": pages.dates(here), "crumbs": _crumbs(here, f"{code} {label}")},
    )


# --- What the pages share


def _rules(here: Standpoint) -> Rulebook:
    session = here.session
    return rulebook_for(
        congress=session.congress, session=session, on=session.opens_on or here.as_of
    )


def _counted(here: Standpoint) -> Counted:
    return count(
        actor=here.actor,
        session=here.session,
        as_of=here.as_of,
        known=here.asked,
        rules=_rules(here),
        codes=open_to(here.actor.role),
    )


def _asked(here: Standpoint) -> dict[str, Any]:
    return {
        "here": here,
        "dates": pages.dates(here),
        "session": here.session,
        "sessions": sessions_of(here.actor),
    }


def _crumbs(here: Standpoint, label: Any) -> list[Crumb]:
    return [Crumb(label=_("Statistics"), url=pages.catalogue_address(here)), Crumb(label=label)]


def _table(request: ActorRequest, code: str, here: Standpoint) -> CountedTable:
    """Raises ``NotFound`` for a table there is not, or that is not for this post."""
    rules = _rules(here)
    if code == classes.IN_FORCE.code:
        return classes.in_force(here, rules=rules)
    if code == classes.MAPPED.code:
        others = {each.code: each for each in classes.other_schemes(rules)}
        into = request.GET.get("into", "") or next(iter(others))
        if into not in others:
            raise BadAddress(_("There is no such scheme of classes to tell them in."))
        return classes.mapped(here, rules=rules, into=others[into])
    found = TABLES.get(code)
    if found is None or found not in tables_for(here.actor.role):
        raise NotFound(code)
    return counted_table(found, here, rules=rules)


def _schemes(here: Standpoint) -> list[tuple[str, str]]:
    """Address and title of each scheme the classes can be told in."""
    return [
        (pages.table_address(classes.MAPPED.code, here, into=each.code), classes.said(each.title))
        for each in classes.other_schemes(_rules(here))
    ]


def _year_before(here: Standpoint) -> Standpoint | None:
    """The session before, as of the same day of the year before; None where there is none."""
    sessions = sessions_of(here.actor)
    place = sessions.index(here.session)
    if place + 1 >= len(sessions):
        return None
    day = _same_day(here.as_of)
    return standpoint(actor=here.actor, session=sessions[place + 1], as_of=day, known=here.asked)


def _same_day(day: date) -> date:
    """The same day a year before; of 29 February the day before it."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
