"""Acts of supervision on record, and the problems they found carried to their end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post, Role, Standing
from huiyin.accounts.rules import require_as_read
from huiyin.kernel.clock import ZONE
from huiyin.kernel.errors import Conflict, Invalid, NotPermitted
from huiyin.organisations.models import Organ
from huiyin.outbox import services as outbox
from huiyin.suggestions.models import Suggestion
from huiyin.supervision import rules
from huiyin.supervision.lifecycle import PROBLEM
from huiyin.supervision.models import (
    KeyTopic,
    Problem,
    ProblemStep,
    SupervisedCase,
    SupervisedOrgan,
    SupervisionAct,
)
from huiyin.supervision.services.taking import (
    Said,
    put_on_record,
    require_past,
    require_text,
    saved,
)
from huiyin.supervision.stages import SupervisionForm, TiedTo
from huiyin.supervision.supervising import ACT_TYPE, PROBLEM_TYPE, staged


@dataclass(frozen=True, slots=True, kw_only=True)
class Supervised:
    """What one act of supervision was."""

    form: str
    held_on: date
    title: str
    gist: str
    tied_to: str = ""
    place: str = ""
    led_by: str = ""
    with_whom: str = ""
    topic: KeyTopic | None = None


@transaction.atomic
def record_supervision(
    *,
    actor: Actor,
    at: datetime,
    what: Supervised,
    organs: Sequence[Organ] = (),
    cases: Sequence[Suggestion] = (),
) -> SupervisionAct:
    """Put an act of supervision on record. It is about an organ, a suggestion or a key topic."""
    require_as_read(actor)
    if not rules.records_supervision(actor):
        raise NotPermitted(_("Only those who supervise record supervision."))
    require_past(what.held_on, at=at, field="held_on")
    title = require_text(what.title, field="title", complaint=_("Say in a line what it was."))
    gist = require_text(what.gist, field="gist", complaint=_("Say what was seen and asked."))
    if what.form not in SupervisionForm.values or what.tied_to not in ["", *TiedTo.values]:
        raise Invalid(_("Please choose."), fields={"form": [_("Please choose.")]})
    if not organs and not cases and what.topic is None:
        said = _("Name at least one organ, suggestion or key topic.")
        raise Invalid(said, fields={"organs": [said]})
    own = actor.congress_id
    foreign = any(each.congress_id != own for each in organs)
    foreign = foreign or any(each.congress_id != own for each in cases)
    if foreign or (what.topic is not None and what.topic.congress_id != actor.congress_id):
        raise Conflict(_("This is not one of your congress."))
    act = SupervisionAct(
        congress=actor.congress,
        form=what.form,
        tied_to=what.tied_to,
        topic=what.topic,
        held_on=what.held_on,
        title=title,
        place=what.place.strip(),
        led_by=what.led_by.strip(),
        with_whom=what.with_whom.strip(),
        gist=gist,
        post=actor.post,
        at=at,
    )
    facts = saved(
        act,
        *(SupervisedOrgan(act=act, organ=each) for each in dict.fromkeys(organs)),
        *(SupervisedCase(act=act, suggestion=each) for each in dict.fromkeys(cases)),
    )
    put_on_record(
        (ACT_TYPE, act.key), "supervision.record", actor=actor, at=at, after=title, facts=facts
    )
    return act


@transaction.atomic
def list_problem(
    *,
    actor: Actor,
    at: datetime,
    organ: Organ,
    title: str,
    text: str = "",
    found_on: date,
    suggestion: Suggestion | None = None,
    act: SupervisionAct | None = None,
) -> Problem:
    """Put a line on the problem list. The organ hears of it with the notice."""
    require_as_read(actor)
    if not rules.proposes_topics(actor):
        raise NotPermitted(_("The congress office and the committees keep the problem list."))
    require_past(found_on, at=at, field="found_on")
    said = require_text(title, field="title", complaint=_("Say in a line what is wrong."))
    if organ.congress_id != actor.congress_id:
        raise Conflict(_("This is not one of your congress."))
    problem = Problem(
        congress=actor.congress,
        organ=organ,
        suggestion=suggestion,
        act=act,
        found_on=found_on,
        title=said,
        text=text.strip(),
        post=actor.post,
        at=at,
    )
    facts = saved(problem)
    put_on_record(
        (PROBLEM_TYPE, problem.key), "problem.list", actor=actor, at=at, after=said, facts=facts
    )
    return problem


def notify_problem(
    *, problem: Problem, actor: Actor, at: datetime, due_on: date, said: Said
) -> None:
    """Issue the rectification notice: the organ has to answer by ``due_on``."""
    require_text(said.number, field="number", complaint=_("Give the notice's document number."))
    _take(problem, "notify", actor=actor, at=at, said=said, due_on=due_on)


def answer_problem(*, problem: Problem, actor: Actor, at: datetime, said: Said) -> None:
    """The organ reports what was put right."""
    require_text(said.text, field="text", complaint=_("Say what was put right, and how."))
    _take(problem, "answer", actor=actor, at=at, said=said)


def recheck_problem(
    *,
    problem: Problem,
    actor: Actor,
    at: datetime,
    fixed: bool,
    said: Said,
    due_on: date | None = None,
) -> None:
    """Check it again: it is put right, or the organ has to answer once more by another day."""
    require_text(said.text, field="text", complaint=_("Say what the recheck found."))
    name = "find_fixed" if fixed else "find_unfixed"
    _take(problem, name, actor=actor, at=at, said=said, due_on=None if fixed else due_on)


_ASKS_DAY = ("notify", "find_unfixed")


@transaction.atomic
def _take(
    problem: Problem,
    name: str,
    *,
    actor: Actor,
    at: datetime,
    said: Said,
    due_on: date | None = None,
) -> None:
    require_past(said.on, at=at)
    if name in _ASKS_DAY and (due_on is None or due_on < at.astimezone(ZONE).date()):
        complaint = _("Set a day for the answer that has not passed.")
        raise Invalid(complaint, fields={"due_on": [complaint]})
    Problem.objects.select_for_update(of=("self",)).get(pk=problem.pk)
    require_as_read(actor)
    held = staged(Problem.objects.select_related("congress")).get(pk=problem.pk)
    PROBLEM.check(PROBLEM.find(name), actor=actor, case=held, brought={})
    step = ProblemStep(
        problem=held,
        name=name,
        on=said.on,
        number=said.number.strip(),
        text=said.text.strip(),
        due_on=due_on,
        post=actor.post,
        at=at,
    )
    facts = saved(step)
    _tell(held, name, actor=actor, at=at)
    subject = (PROBLEM_TYPE, held.key)
    put_on_record(subject, f"problem.{name}", actor=actor, at=at, after=said.number, facts=facts)


def _tell(problem: Problem, name: str, *, actor: Actor, at: datetime) -> None:
    """The organ hears of notices and rechecks; who found the problem, of the answer."""
    posts = (
        Post.objects.filter(pk=problem.post_id)
        if name == "answer"
        else Post.objects.filter(
            organ=problem.organ_id, role=Role.LIAISON, standing=Standing.ACTIVE
        )
    )
    outbox.tell(
        posts=posts,
        event=f"problem.{name}",
        case=(PROBLEM_TYPE, problem.key),
        title=problem.title,
        params={"title": problem.title},
        actor=actor,
        at=at,
        urgent=name in _ASKS_DAY,
    )
