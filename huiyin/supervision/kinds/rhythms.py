"""Rhythms with their minutes, and the monthly circulars."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Role
from huiyin.kernel.clock import ZONE
from huiyin.supervision import rhythm, services
from huiyin.supervision.forms import acts as asked
from huiyin.supervision.forms.minutes import TaskForm
from huiyin.supervision.kinds.kind import Kind
from huiyin.supervision.lists import rhythms as lists
from huiyin.supervision.presenters import rhythms as pages
from huiyin.supervision.services.rhythms import CIRCULAR_TYPE, RHYTHM_TYPE
from huiyin.supervision.steps import Step


def _is_office(actor: Actor) -> bool:
    return actor.role in (Role.CLERK, Role.GOVERNMENT_CLERK)


def _set(actor: Actor, at: datetime, given: Any) -> Any:
    said = {name: value for name, value in given.cleaned_data.items() if name != "clause"}
    return services.set_rhythm(actor=actor, at=at, **said, clause=given.clause_cited)


def _end(case: Any, actor: Actor, at: datetime, given: Any) -> None:
    services.end_rhythm(rhythm=case, actor=actor, at=at, last_on=given.said.on, why=given.said.text)


def _minutes(case: Any, actor: Actor, at: datetime, given: Any) -> None:  # noqa: ARG001 - a Take
    services.keep_minutes(
        task=given.task,
        actor=actor,
        at=at,
        held_on=given.said.on,
        text=given.said.text,
        attended=given.cleaned_data["attended"],
    )


def _issue(actor: Actor, at: datetime, given: Any) -> Any:
    lines = rhythm.circular_lines(actor, at.astimezone(ZONE).date())
    return services.issue_circular(actor=actor, at=at, lines=lines, **given.cleaned_data)


RHYTHMS = Kind(
    name="rhythm",
    subject=RHYTHM_TYPE,
    spec=lists.RHYTHMS,
    rows=rhythm.rhythms_for,
    find=rhythm.rhythm_for,
    page=pages.rhythm_page,
    begins=_is_office,
    form=asked.RhythmForm,
    begin=_set,
    new=_("Plan a rhythm"),
    lead=_("What is done every week, month or quarter; each turn ends with its minutes."),
    empty=_("A rhythm planned here makes its tasks when they fall due."),
    steps={
        "minutes": Step(
            moves=(),
            form=TaskForm,
            take=_minutes,
            label=_("Keep the minutes of a turn"),
            after=_("The turn is done; the minutes stay on record."),
            primary=True,
            is_open=lambda actor, case: _is_office(actor) and rhythm.open_tasks(case).exists(),
        ),
        "end": Step(
            moves=(),
            form=asked.EndForm,
            take=_end,
            label=_("End it earlier"),
            after=_("No turn falls due after that day; what fell due still wants its minutes."),
            is_open=lambda actor, case: _is_office(actor) and not rhythm.is_ended(case),
        ),
    },
)

CIRCULARS = Kind(
    name="circular",
    subject=CIRCULAR_TYPE,
    spec=lists.CIRCULARS,
    rows=rhythm.circulars_for,
    find=rhythm.circular_for,
    page=pages.circular_page,
    begins=_is_office,
    form=asked.CircularForm,
    begin=_issue,
    new=_("Issue a circular"),
    lead=_("Sent to every organ: how far each has come, with the figures of its day."),
    empty=_("Circulars appear here once they have been issued."),
)
