"""The rows behind figures for which there is no list elsewhere."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import reverse
from django.views.decorators.http import require_safe

from huiyin.accounts.access import ActorRequest
from huiyin.accounts.models import Role
from huiyin.kernel.errors import NotFound
from huiyin.organisations.models import Organ
from huiyin.reporting.reports import lists, slots
from huiyin.reporting.reports.ideas import chosen
from huiyin.reporting.reports.listings import DISSATISFIED
from huiyin.reporting.reports.material import Material
from huiyin.reporting.reports.numbers import number
from huiyin.reporting.reports.of_organs import SYSTEMS
from huiyin.reporting.reports.rules import READERS
from huiyin.reporting.statistics.rows import shown
from huiyin.suggestions.selectors import sessions_of, visible_to
from huiyin.supervision.models import TopicCase
from huiyin.supervision.topics import topics_for
from huiyin.ui.lists import ListSpec, respond
from huiyin.ui.parts import Crumb

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase


@require_safe
def counted(
    request: ActorRequest, session: str, day: str, code: str, known: int | None = None
) -> HttpResponseBase:
    """The suggestions or organs that a figure of a session counts."""
    actor, asked = request.actor, slots.slot(code)
    found = next((each for each in sessions_of(actor) if each.key == session), None)
    if found is None or asked is None or actor.role not in (Role.CLERK, *READERS):
        raise NotFound(code)
    try:
        as_of = date.fromisoformat(day)
    except ValueError as refused:
        raise NotFound(day) from refused
    material = Material(actor=actor, session=found, as_of=as_of, known=known)
    rows = _rows(material, asked.base, asked.of)
    if rows is None:
        raise NotFound(code)
    figure = number(material, asked.base, asked.of)
    crumbs = [
        Crumb(label=lists.REPORTS.title, url=reverse("reporting:reports:list")),
        Crumb(label=figure.label if figure else asked.of),
    ]
    extra = {"figure": figure, "of": asked.of, "session": found, "crumbs": crumbs}
    return respond(request, *rows, template="reporting/reports_counted.html", extra=extra)


def _rows(material: Material, code: str, of: str) -> tuple[ListSpec, Any] | None:
    if code == "R501":
        organs = material.parts.values("organ")
        rows = Organ.objects.filter(pk__in=organs)
        return lists.ORGANS, rows.filter(system__in=SYSTEMS[of]) if of else rows
    if code == "R601":
        decided = [topic.pk for topic in material.topics]
        return lists.TOPICS, topics_for(material.actor).filter(pk__in=decided)
    stood = _as_they_stood(material, code, of)
    if stood is not None:
        return lists.AS_THEY_STOOD, shown(stood, material.here)
    found = _followed_up(material, code, of)
    if found is None:
        return None
    return lists.COUNTED, visible_to(material.actor).filter(pk__in=found)


def _as_they_stood(material: Material, code: str, of: str) -> QuerySet[Any] | None:
    if code in ("R515", "R516") and of:
        handled = material.handled_by(material.organs_named(of), leading=code == "R515")
        return material.received.filter(handled)
    if code == "R572":
        led = material.handled_by(material.organs_named(of), leading=True)
        return material.received.filter(led, DISSATISFIED)
    return material.followed.filter(committee_name=of) if code == "R540" else None


def _followed_up(material: Material, code: str, of: str) -> Any:
    """Those that a topic or a booklet names, whenever they were raised."""
    if code == "R602":
        topics = [topic.pk for topic in material.topics]
        asked = topics[int(of) - 1 : int(of)] if of.isdecimal() else topics
        return TopicCase.objects.filter(topic__in=asked).values("suggestion")
    if code == "R701":
        material.theme = of
        return [each.pk for each in chosen(material)]
    return None
