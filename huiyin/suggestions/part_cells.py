"""What the cells of the three lists say of an organ's part."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from huiyin.kernel.errors import Words
from huiyin.suggestions import cells
from huiyin.suggestions.lifecycle import where
from huiyin.suggestions.lifecycle.responsibility import marks_of
from huiyin.suggestions.models import Assignment, HandlingPlan
from huiyin.suggestions.presenters.clocks import light_of
from huiyin.suggestions.stages import ANSWERING, AssignmentStage, HandlingRole
from huiyin.ui import days as in_words
from huiyin.ui import icons
from huiyin.ui.templatetags.ui_tags import light_word

Cell = Callable[[Any], Words]


def plan_of(row: Assignment) -> HandlingPlan | None:
    """The plan in force; the rows come with their plans."""
    planned: list[HandlingPlan] = getattr(row, "planned", [])
    return planned[-1] if planned else None


def number(row: Assignment) -> SafeString:
    return cells.number(row.suggestion)


def title(row: Assignment) -> SafeString:
    """The title with its deputies; under it the organs that handle it too."""
    others = co_organs(row)
    if not others:
        return cells.title(row.suggestion)
    words = _("with %(organs)s") % {"organs": others}
    return format_html('{}<span class="row-note">{}</span>', cells.title(row.suggestion), words)


def organ(row: Assignment) -> Words:
    return row.organ.name


def role(row: Assignment) -> Words:
    return HandlingRole(row.role).label


def co_organs(row: Assignment) -> Words:
    """The organs that handle it with this one, in the same round."""
    others = getattr(row.suggestion, "charged", [])
    return "、".join(
        each.organ_name
        for each in others
        if each.round == row.round and each.pk != row.pk and each.role != HandlingRole.REFERENCE
    )


def received(row: Assignment) -> str:
    return in_words.plain_day(row.assigned_on)


def marks(row: Assignment) -> Words:
    borne = [str(mark.label) for mark in marks_of(row)]
    return "、".join([*borne, *([_("Broad and hard")] if row.wide else [])])


def is_key(row: Assignment) -> bool:
    """What ``responsibility.KEY_ITEM`` asks in SQL."""
    return bool(marks_of(row)) or (row.wide and row.role in ANSWERING)


def leader(row: Assignment) -> Words:
    plan = plan_of(row)
    if plan is None:
        return ""
    return f"{plan.leader.name}　{plan.leader.title}" if plan.leader else plan.responsible_leader


def is_by_main(row: Assignment) -> bool:
    plan = plan_of(row)
    return plan is not None and plan.leader is not None and plan.leader.is_main


def by_main(row: Assignment) -> str:
    return _("Yes") if is_by_main(row) else _("No")


def division(row: Assignment) -> Words:
    """To which it was given; before that, the one the plan names."""
    plan = plan_of(row)
    if row.division is not None:
        return row.division.name
    return plan.division if plan else ""


def division_head(row: Assignment) -> str:
    plan = plan_of(row)
    return (plan.division_head or "") if plan else ""


def handler(row: Assignment) -> Words:
    plan = plan_of(row)
    if row.handler is not None:
        return row.handler.person.name
    return plan.handler if plan else ""


def given(row: Assignment) -> Words:
    """Division and handler in one cell."""
    names = (str(division(row)), str(handler(row)))
    return format_html('{}<span class="row-note">{}</span>', *names) if any(names) else ""


def goal(row: Assignment) -> Words:
    plan = plan_of(row)
    return (plan.goal or plan.requirement) if plan else _("no plan yet")


def milestones(row: Assignment) -> str:
    plan = plan_of(row)
    listed = plan.milestones.all() if plan else []
    return "；".join(f"{in_words.plain_day(each.due_on)} {each.what}" for each in listed)


def feedback_on(row: Assignment) -> date | None:
    plan = plan_of(row)
    return plan.feedback_on if plan else None


def stage(row: Assignment) -> str:
    return str(AssignmentStage(row.stage).label)


# --- What depends on the day


def due(row: Assignment, *, today: date, near_days: int) -> Words:
    """The deadline with its light while it runs; the day it was done afterwards."""
    if row.due_on and where.is_owed(row):
        light = light_of(row.due_on, today=today, threshold=near_days)
        return format_html(
            '<span class="due"><span class="light light-{}">{}{}</span> '
            '<time datetime="{}">{}</time></span>',
            light,
            icons.light_mark(light),
            light_word(light),
            row.due_on.isoformat(),
            in_words.plain_day(row.due_on),
        )
    if row.done_on:
        words = _("done %(day)s") % {"day": in_words.plain_day(row.done_on)}
        return format_html('<span class="quiet">{}</span>', words)
    return ""


def days(row: Assignment, *, today: date) -> Words:
    """How many days it is late, or has left."""
    if row.due_on is None:
        return ""
    left = (row.due_on - today).days
    if left < 0:
        late = npgettext("column", "%(n)s day late", "%(n)s days late", -left)
        return late % {"n": -left}
    return npgettext("column", "%(n)s day left", "%(n)s days left", left) % {"n": left}


def plan(row: Assignment, *, today: date) -> Words:
    """Whether it has a plan; for how long it has been without."""
    if plan_of(row) is not None:
        return _("in place")
    return _for_days(row, today=today) if row.role in ANSWERING else ""


def contact(row: Assignment, *, today: date) -> Words:
    """Whether the deputy has been spoken with; for how long he has not."""
    if getattr(row, "has_contact", False):
        return _("on record")
    return _for_days(row, today=today) if row.role in ANSWERING else ""


def _for_days(row: Assignment, *, today: date) -> str:
    waited = (today - row.assigned_on).days
    words = ngettext("none, %(n)s day since", "none, %(n)s days since", waited)
    return words % {"n": waited}
