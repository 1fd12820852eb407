"""Rhythms and their tasks, the counterparts of committees, and the monthly circular."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Role
from huiyin.accounts.rules import require_as_read
from huiyin.kernel.clock import ZONE
from huiyin.kernel.errors import Conflict, Invalid, NotPermitted
from huiyin.ledger import services as ledger
from huiyin.organisations.models import Organ
from huiyin.supervision import rules
from huiyin.supervision.models import (
    Circular,
    CitedClause,
    Counterpart,
    PaperClause,
    Rhythm,
    RhythmEnd,
    RhythmMinutes,
    RhythmTask,
    TopicStep,
)
from huiyin.supervision.services.taking import put_on_record, require_past, require_text, saved
from huiyin.supervision.stages import RhythmKind
from huiyin.supervision.turns import turns

RHYTHM_TYPE, CIRCULAR_TYPE = "rhythm", "circular"


@transaction.atomic
def set_rhythm(
    *,
    actor: Actor,
    at: datetime,
    kind: str,
    title: str,
    begins_on: date,
    ends_on: date | None = None,
    basis: str = "",
    clause: PaperClause | None = None,
) -> Rhythm:
    """Plan what is done again and again; the tick makes its tasks when they fall due."""
    require_as_read(actor)
    _require_office(actor)
    said = require_text(title, field="title", complaint=_("Say what is done."))
    if kind not in RhythmKind.values:
        raise Invalid(_("Please choose."), fields={"kind": [_("Please choose.")]})
    if ends_on is not None and ends_on < begins_on:
        complaint = _("It cannot end before it begins.")
        raise Invalid(complaint, fields={"ends_on": [complaint]})
    rhythm = Rhythm(
        congress=actor.congress,
        kind=kind,
        title=said,
        basis=basis.strip(),
        begins_on=begins_on,
        ends_on=ends_on,
        post=actor.post,
        at=at,
    )
    facts = saved(rhythm, *cited(clause, actor=actor, rhythm=rhythm))
    put_on_record(
        (RHYTHM_TYPE, rhythm.key), "rhythm.set", actor=actor, at=at, after=said, facts=facts
    )
    return rhythm


def cited(
    clause: PaperClause | None,
    *,
    actor: Actor,
    rhythm: Rhythm | None = None,
    step: TopicStep | None = None,
) -> list[CitedClause]:
    """What says on which clause it rests; nothing where none was chosen."""
    if clause is None:
        return []
    if clause.paper.congress_id != actor.congress_id:
        raise Conflict(_("This is not one of your congress."))
    return [CitedClause(clause=clause, rhythm=rhythm, step=step)]


@transaction.atomic
def end_rhythm(*, rhythm: Rhythm, actor: Actor, at: datetime, last_on: date, why: str) -> None:
    """Give a rhythm up: no turn falls due after ``last_on``. What fell due before still wants its
    minutes. Raises ``Conflict`` when it has been ended already."""
    require_as_read(actor)
    _require_office(actor)
    if rhythm.congress_id != actor.congress_id:
        raise Conflict(_("This is not one of your congress."))
    said = require_text(why, field="text", complaint=_("Say why it is given up."))
    today = at.astimezone(ZONE).date()
    if last_on < today:
        complaint = _("Turns of earlier days have been made already; choose today or later.")
        raise Invalid(complaint, fields={"on": [complaint]})
    Rhythm.objects.select_for_update(of=("self",)).get(pk=rhythm.pk)
    end = RhythmEnd(rhythm=rhythm, last_on=last_on, why=said, post=actor.post, at=at)
    try:
        with transaction.atomic():
            facts = saved(end)
    except IntegrityError as clash:
        raise Conflict(_("This rhythm has been ended already.")) from clash
    put_on_record(
        (RHYTHM_TYPE, rhythm.key),
        "rhythm.end",
        actor=actor,
        at=at,
        after=last_on.isoformat(),
        why=said,
        facts=facts,
    )


def make_tasks(*, at: datetime) -> int:
    """Make every task that has fallen due and is not there. Safe to run twice; for the tick."""
    return sum(_make_turns(each, at=at) for each in Rhythm.objects.select_related("congress"))


@transaction.atomic
def _make_turns(rhythm: Rhythm, *, at: datetime) -> int:
    """The turns of one rhythm, with one line that no person caused."""
    Rhythm.objects.select_for_update(of=("self",)).get(pk=rhythm.pk)
    today = at.astimezone(ZONE).date()
    ended = RhythmEnd.objects.filter(rhythm=rhythm).values_list("last_on", flat=True).first()
    until = min(today, rhythm.ends_on or today, ended or today)
    known = set(rhythm.tasks.values_list("due_on", flat=True))
    days = turns(rhythm.kind, begins_on=rhythm.begins_on, until=until)
    facts = saved(
        *(RhythmTask(rhythm=rhythm, due_on=day, at=at) for day in days if day not in known)
    )
    if facts:
        ledger.record(
            chain=rhythm.congress.key,
            actor=None,
            at=at,
            action="rhythm.turn",
            subject=(RHYTHM_TYPE, rhythm.key),
            after=str(len(facts)),
            facts=facts,
            via="tick",
        )
    return len(facts)


@transaction.atomic
def keep_minutes(
    *,
    task: RhythmTask,
    actor: Actor,
    at: datetime,
    held_on: date,
    text: str,
    attended: str = "",
) -> RhythmMinutes:
    """Put the minutes of a task on record; they end it."""
    require_as_read(actor)
    _require_office(actor)
    require_past(held_on, at=at, field="held_on")
    said = require_text(text, field="text", complaint=_("Write what was dealt with."))
    if task.rhythm.congress_id != actor.congress_id:
        raise Conflict(_("This is not one of your congress."))
    minutes = RhythmMinutes(
        task=task,
        held_on=held_on,
        attended=attended.strip(),
        text=said,
        post=actor.post,
        at=at,
    )
    try:
        with transaction.atomic():
            facts = saved(minutes)
    except IntegrityError as clash:
        raise Conflict(_("The minutes of this task are on record already.")) from clash
    put_on_record(
        (RHYTHM_TYPE, task.rhythm.key),
        "rhythm.minutes",
        actor=actor,
        at=at,
        after=task.due_on.isoformat(),
        facts=facts,
    )
    return minutes


@transaction.atomic
def set_counterparts(
    *, actor: Actor, at: datetime, committee: Organ | None, organs: Sequence[Organ]
) -> int:
    """Say which committee follows the suggestions of these organs; None: none any more."""
    require_as_read(actor)
    _require_office(actor)
    foreign = {each.congress_id for each in organs} - {actor.congress_id}
    if foreign or (committee and committee.congress_id != actor.congress_id):
        raise Conflict(_("This is not one of your congress."))
    if committee is not None and not committee.is_committee:
        complaint = _("This organ is no committee of the congress.")
        raise Invalid(complaint, fields={"committee": [complaint]})
    facts = saved(
        *(
            Counterpart(
                congress=actor.congress, organ=each, committee=committee, post=actor.post, at=at
            )
            for each in dict.fromkeys(organs)
        )
    )
    subject = ("congress", actor.congress.key)
    after = committee.name if committee else ""
    put_on_record(subject, "counterpart.set", actor=actor, at=at, after=after, facts=facts)
    return len(facts)


@transaction.atomic
def issue_circular(
    *,
    actor: Actor,
    at: datetime,
    month: date,
    number: str,
    lines: Sequence[Sequence[str | int]],
    note: str = "",
) -> Circular:
    """Issue the circular of a month with the figures of today."""
    require_as_read(actor)
    _require_office(actor)
    today = at.astimezone(ZONE).date()
    said = require_text(number, field="number", complaint=_("Give the circular's number."))
    if month.replace(day=1) > today:
        complaint = _("This month has not come yet.")
        raise Invalid(complaint, fields={"month": [complaint]})
    circular = Circular(
        congress=actor.congress,
        month=month.replace(day=1),
        number=said,
        issued_on=today,
        note=note.strip(),
        lines=[list(line) for line in lines],
        post=actor.post,
        at=at,
    )
    facts = saved(circular)
    put_on_record(
        (CIRCULAR_TYPE, circular.key),
        "circular.issue",
        actor=actor,
        at=at,
        after=said,
        facts=facts,
    )
    return circular


def _require_office(actor: Actor) -> None:
    if not rules.records_supervision(actor) or actor.role == Role.COMMITTEE:
        raise NotPermitted(_("Only the offices that assign keep this."))
