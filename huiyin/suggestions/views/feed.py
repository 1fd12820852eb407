"""The deadlines of a post as a calendar program reads them: by its secret address alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huiyin.accounts import doorway, selectors, throttle
from huiyin.accounts.access import public
from huiyin.kernel.errors import NotFound, Throttled
from huiyin.organisations.selectors import work_calendar
from huiyin.suggestions import agenda
from huiyin.suggestions.presenters.feed import calendar_of

BACK, AHEAD = timedelta(days=31), timedelta(days=366)
A_DAY = 200


@public
@require_safe
def feed(request: Any, key: str) -> HttpResponse:
    """What concerns the post the address was made for; ``NotFound`` once it is void."""
    actor = selectors.actor_of_feed(key, on=request.today)
    if actor is None:
        where = doorway.visitor_address(request)
        _hold("unknown-calendar", where, throttle.UNKNOWN_CALENDAR)
        raise NotFound(_("There is no such calendar."))
    _hold("calendar", actor.post_key, throttle.CALENDAR)
    found = agenda.between(
        actor,
        first=request.today - BACK,
        last=request.today + AHEAD,
        a_day=A_DAY,
        calendar=work_calendar(),
    )
    with translation.override(actor.person.language):
        written = calendar_of(
            found, actor=actor, at=request.now, address=lambda case: _case_page(request, case)
        )
    response = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, max-age=600"
    response["Content-Disposition"] = 'inline; filename="deadlines.ics"'
    return response


def _case_page(request: HttpRequest, key: str) -> str:
    return request.build_absolute_uri(reverse("suggestions:case", args=[key]))


def _hold(purpose: str, value: str, limit: throttle.Limit) -> None:
    if throttle.count_reading(purpose, value, limit):
        raise Throttled(
            _("This calendar is asked for too often."),
            remedy=_("Once an hour is enough; the program tries again by itself."),
        )
