"""The deadlines of a case, each with the sum it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huiyin.kernel.clock import ZONE
from huiyin.kernel.errors import Words
from huiyin.rulebook import Due, Light, light
from huiyin.suggestions.lifecycle import where
from huiyin.suggestions.models import Assignment, ClockName, Redated
from huiyin.suggestions.presenters.file import CaseFile
from huiyin.suggestions.ruling import acknowledgement_due, assignment_due
from huiyin.suggestions.stages import HandlingRole
from huiyin.suggestions.steps import Scene
from huiyin.ui.days import plain_day
from huiyin.ui.parts import Clock, ClockLine

LIGHTS = {Light.GREEN: "normal", Light.AMBER: "near", Light.RED: "late", Light.GREY: "still"}


def light_of(on: date | None, *, today: date, threshold: int, stopped: bool = False) -> str:
    """The name of a deadline's light."""
    return LIGHTS[light(on, today=today, threshold=threshold, paused=stopped)]


def clocks(file: CaseFile) -> list[Clock]:
    """The clocks that run now, the nearest first."""
    found = []
    for part in file.present_parts:
        if where.is_unreceived(part) and where.is_handled(file.case):
            title = _("%(organ)s acknowledges receipt") % {"organ": part.organ.name}
            due = acknowledgement_due(part, ruling=file.scene.ruling)
            earlier = file.redated.get((ClockName.ACKNOWLEDGE, part.pk), ())
            found.append(clock(due, title=title, scene=file.scene, earlier=earlier))
        if where.is_owed(part) and (running := part_clock(file, part)):
            found.append(running)
    if where.is_replied(file.case) and not file.case.result:
        until = file.scene.feedback_due()
        if until is not None:
            earlier = file.redated.get((ClockName.FEEDBACK, None), ())
            title = _("The deputy rates it")
            found.append(clock(until, title=title, scene=file.scene, earlier=earlier))
    return sorted(found, key=lambda each: each.on or date.max)


def part_clock(file: CaseFile, part: Assignment) -> Clock | None:
    """When an organ's part is due and why; stopped once it is done."""
    close = file.case.session.closes_on
    ruling = file.scene.ruling.known_by(file.stopped_by(part))
    due = assignment_due(part, ruling=ruling, session_close=close)
    if due is None:
        return None
    words = {"organ": part.organ.name}
    if part.role == HandlingRole.CO:
        name, title = ClockName.OPINION, _("%(organ)s gives its opinion") % words
    else:
        name, title = ClockName.REPLY, _("%(organ)s answers the deputy") % words
    stopped = not where.is_owed(part)
    earlier = file.redated.get((name, part.pk), ())
    return clock(due, title=title, scene=file.scene, stopped=stopped, earlier=earlier)


def clock(
    due: Due,
    *,
    title: Words,
    scene: Scene,
    stopped: bool = False,
    earlier: Sequence[Redated] = (),
) -> Clock:
    """A deadline with its light, the working days left and its sum in the reader's language.

    ``earlier`` are the dates it had before decisions that moved it; they end the sum.
    """
    language = get_language() or ""
    threshold = scene.ruling.rules.lights.near_due_days
    return Clock(
        on=due.date,
        title=title,
        working_days=working_days_left(due.date, scene=scene),
        stopped=stopped,
        light=light_of(due.date, today=scene.on, threshold=threshold, stopped=stopped),
        provisional=due.provisional,
        trace=[
            ClockLine(
                words=line.said_in(language),
                day=line.day,
                source=line.source.said_in(language) if line.source else "",
            )
            for line in due.trace
        ]
        + [_moved(fact) for fact in earlier],
    )


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
