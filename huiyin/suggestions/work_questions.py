"""What the three lists of an organ can be asked. The keys stand in addresses and must last."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.kernel.errors import Words
from huiyin.organisations.models import Session
from huiyin.suggestions.models import Assignment, OrganLeader
from huiyin.suggestions.models.responsibility import Mark
from huiyin.suggestions.responsibility import (
    OWED,
    divisions_of,
    organs_of,
    plans_in_force,
)
from huiyin.suggestions.stages import HandlingRole
from huiyin.ui.lists import Context, Filter

Rows = QuerySet[Assignment]
Choices = Iterable[tuple[str, Words]]
WIDE, DONE, OWING, NOBODY = "wide", "done", "owed", "none"

_MARKED = {
    Mark.HOT.value: Q(is_hot=True),
    Mark.HARD.value: Q(is_hard=True),
    Mark.FOCUS.value: Q(is_focus=True),
    WIDE: Q(wide=True),
}


def _sessions(context: Context) -> Choices:
    if context.actor is None:
        return []
    rows = Session.objects.filter(congress=context.actor.congress_id).order_by("-opens_on", "-pk")
    return list(rows.values_list("key", "name"))


def _organs(context: Context) -> Choices:
    if context.actor is None:
        return []
    return list(organs_of(context.actor).values_list("key", "name"))


def _divisions(context: Context) -> Choices:
    if context.actor is None:
        return []
    rows = divisions_of(context.actor.organ_id).values_list("key", "name")
    return [*rows, (NOBODY, _("Not shared out"))]


def _leaders(context: Context) -> Choices:
    if context.actor is None:
        return []
    organs = organs_of(context.actor).values("pk")
    rows = OrganLeader.objects.filter(organ__in=organs)
    return [(each.key, f"{each.name}　{each.title}") for each in rows]


def _roles(_context: Context) -> Choices:
    roles = (HandlingRole.LEAD, HandlingRole.SOLE, HandlingRole.SEPARATE, HandlingRole.CO)
    return [(role.value, role.label) for role in roles]


def _marks(_context: Context) -> Choices:
    return [*Mark.choices, (WIDE, p_("tab", "Broad and hard"))]


def _states(_context: Context) -> Choices:
    return [(OWING, p_("tab", "Not done yet")), (DONE, p_("tab", "Done"))]


def _marked(rows: Rows, value: Any, _context: Context) -> Rows:
    borne = Q()
    for mark in value:
        borne |= _MARKED[mark]
    return rows.filter(borne)


def _in_division(rows: Rows, value: Any, _context: Context) -> Rows:
    if value == NOBODY:
        return rows.filter(division__isnull=True, handler__isnull=True)
    return rows.filter(division__key=value)


def _by_handler(rows: Rows, value: Any, _context: Context) -> Rows:
    """Given to a handler of this name, or named so in the plan in force."""
    planned = plans_in_force(rows).filter(handler__icontains=value)
    return rows.filter(
        Q(handler__person__name__icontains=value) | Q(pk__in=planned.values("assignment"))
    )


def _by_leader(rows: Rows, value: Any, _context: Context) -> Rows:
    led = plans_in_force(rows).filter(leader__key=value)
    return rows.filter(pk__in=led.values("assignment"))


def _in_state(rows: Rows, value: Any, _context: Context) -> Rows:
    return rows.filter(OWED) if value == OWING else rows.exclude(OWED)


ORGAN = Filter(
    key="organ",
    label=p_("column", "Organ"),
    kind="choice",
    field="organ__key",
    choices=_organs,
)
FILTERS = (
    Filter(
        key="session",
        label=_("Session"),
        kind="choice",
        field="suggestion__session__key",
        choices=_sessions,
    ),
    ORGAN,
    Filter(key="role", label=p_("column", "Role"), kind="choice", field="role", choices=_roles),
    Filter(key="mark", label=p_("marks", "Marks"), kind="multi", apply=_marked, choices=_marks),
    Filter(
        key="leader",
        label=_("Responsible leader"),
        kind="choice",
        apply=_by_leader,
        choices=_leaders,
    ),
    Filter(
        key="division",
        label=_("Division"),
        kind="choice",
        apply=_in_division,
        choices=_divisions,
    ),
    Filter(key="handler", label=_("Handler"), kind="text", apply=_by_handler),
    Filter(key="state", label=p_("part", "State"), kind="choice", apply=_in_state, choices=_states),
)
