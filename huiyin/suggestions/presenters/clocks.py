"""The deadlines of a case as clocks, each with the sum it comes from."""

from __future__ import annotations

from datetime import date

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from huiyin.kernel.clock import ZONE
from huiyin.kernel.errors import Words
from huiyin.rulebook import Light, Unit, light
from huiyin.suggestions.lifecycle import where
from huiyin.suggestions.models import Assignment, Redated
from huiyin.suggestions.presenters import deadlines
from huiyin.suggestions.presenters.deadlines import Deadline
from huiyin.suggestions.presenters.file import CaseFile
from huiyin.suggestions.steps import Scene
from huiyin.ui.days import plain_day
from huiyin.ui.parts import Clock, ClockLine

LIGHTS = {Light.GREEN: "normal", Light.AMBER: "near", Light.RED: "late", Light.GREY: "still"}


def light_of(on: date | None, *, today: date, threshold: int, stopped: bool = False) -> str:
    """The name of a deadline's light."""
    return LIGHTS[light(on, today=today, threshold=threshold, paused=stopped)]


def clocks(file: CaseFile) -> list[Clock]:
    """The clocks that run now, the nearest first."""
    return [clock(each, scene=file.scene) for each in deadlines.running(file)]


def part_clock(file: CaseFile, part: Assignment) -> Clock | None:
    """When an organ's part is due and why; stopped once it is done."""
    found = deadlines.of_part(file, part)
    return clock(found, scene=file.scene) if found else None


def clock(deadline: Deadline, *, scene: Scene) -> Clock:
    """A deadline with its light, the working days left and its sum in the reader's language."""
    language = get_language() or ""
    due, threshold = deadline.reckoning.due, scene.ruling.rules.lights.near_due_days
    return Clock(
        on=due.date,
        title=deadline.title,
        working_days=working_days_left(due.date, scene=scene),
        stopped=deadline.stopped,
        light=light_of(due.date, today=scene.on, threshold=threshold, stopped=deadline.stopped),
        provisional=due.provisional,
        url=deadline.url,
        used="" if deadline.stopped else used_in_words(deadline, scene=scene),
        trace=[
            ClockLine(
                words=line.said_in(language),
                day=line.day,
                source=line.source.said_in(language) if line.source else "",
            )
            for line in due.trace
        ]
        + [_moved(fact) for fact in deadline.earlier],
    )


def used_in_words(deadline: Deadline, *, scene: Scene) -> Words:
    """How much of the time has run, in the unit the time is given in."""
    start, due = deadline.reckoning.start, deadline.reckoning.due.date
    if deadline.reckoning.period.unit == Unit.WORKING_DAYS:
        between = scene.ruling.calendar.working_days_between
        numbers = {"used": between(start, scene.on), "whole": between(start, due)}
        return _("%(used)s of %(whole)s working days used") % numbers
    numbers = {"used": (scene.on - start).days, "whole": (due - start).days}
    return _("%(used)s of %(whole)s days used") % numbers


def _moved(fact: Redated) -> ClockLine:
    words = {
        "was": plain_day(fact.was) if fact.was else "—",
        "now": plain_day(fact.now) if fact.now else "—",
        "day": plain_day(fact.redating.at.astimezone(ZONE).date()),
    }
    said = _("On %(day)s the date was changed from %(was)s to %(now)s.") % words
    return ClockLine(words=said, source=fact.redating.said)


def working_days_left(due_on: date, *, scene: Scene) -> int:
    """Working days from today to the day, negative when it is past."""
    calendar = scene.ruling.calendar
    if due_on >= scene.on:
        return calendar.working_days_between(scene.on, due_on)
    return -calendar.working_days_between(due_on, scene.on)


def since_handing_over(file: CaseFile) -> Words:
    """How long it has lain with, or lay with, the offices before an organ was charged."""
    case = file.case
    if case.handed_on is None:
        return ""
    until = case.first_assigned_on or file.scene.on
    days = (until - case.handed_on).days
    if case.first_assigned_on:
        said = ngettext(
            "Handed over on %(day)s, assigned %(n)s day later",
            "Handed over on %(day)s, assigned %(n)s days later",
            days,
        )
    else:
        said = ngettext(
            "%(n)s day since it was handed over on %(day)s",
            "%(n)s days since it was handed over on %(day)s",
            days,
        )
    return said % {"day": plain_day(case.handed_on), "n": days}


def since_first_assignment(file: CaseFile) -> Words:
    """The time since the first organ was charged: no later round and no other organ restarts it."""
    case = file.case
    first, running = case.first_assigned_on, where.is_handled(case)
    until = file.scene.on if running else case.replied_on
    if first is None or until is None:
        return ""
    days = (until - first).days
    if running:
        said = ngettext(
            "%(n)s day since the first assignment on %(day)s",
            "%(n)s days since the first assignment on %(day)s",
            days,
        )
    else:
        said = ngettext(
            "%(n)s day from the first assignment on %(day)s to the last reply",
            "%(n)s days from the first assignment on %(day)s to the last reply",
            days,
        )
    return said % {"day": plain_day(first), "n": days}
