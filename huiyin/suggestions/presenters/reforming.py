"""Reforms of organs as pages show them: on a case, before they are done, and afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post
from huiyin.kernel.errors import Words
from huiyin.organisations.models import Congress, Organ, OrganChange, OrganReform, ReformKind
from huiyin.organisations.selectors import organs_with_history
from huiyin.suggestions.forms.reforming import DIVISION, PART, POST
from huiyin.suggestions.models import Assignment, Carried
from huiyin.suggestions.reforms import END, Carrying, Chosen, Moving, ReformPlan, live_parts
from huiyin.suggestions.selectors import visible_to
from huiyin.ui.days import plain_day

Choices = Sequence[tuple[str, Words]]


def taken_over(part: Assignment) -> list[Words]:
    """What became of the organ since it was charged: each reform in a sentence."""
    renamed = [
        _("Called %(name)s until %(day)s") % {"name": each.name, "day": plain_day(each.until)}
        for each in part.organ.former_names.all()
        if each.until >= part.assigned_on
    ]
    carried = [
        _("Taken over from %(was)s on %(day)s (%(document)s)")
        % {
            "was": each.was.name_on(each.reform.on),
            "day": plain_day(each.reform.on),
            "document": each.reform.document_no,
        }
        for each in part.carried.all()
    ]
    return [*renamed, *carried]


# --- Before it is done


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One choice in the preview: the name it is sent under and what is chosen now."""

    name: str
    label: Words
    chosen: str
    choices: Choices


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One live part: what becomes of it, or the question where it goes."""

    carrying: Carrying
    outcome: Words
    question: Question | None

    @property
    def part(self) -> Assignment:
        return self.carrying.part


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A plan ready for its page."""

    plan: ReformPlan
    rows: Sequence[Row]
    divisions: Sequence[Question]
    posts: Sequence[tuple[Post, Question]]

    @property
    def can_be_done(self) -> bool:
        return not (self.plan.because or self.plan.unplaced)


def preview(plan: ReformPlan, chosen: Chosen) -> Preview:
    heirs: Choices = [(name, name) for name in plan.decision.heirs]
    several = len(heirs) > 1
    divisions = [
        Question(
            name=DIVISION + name,
            label=name,
            chosen=chosen.divisions.get(name, ""),
            choices=[("", _unsaid(plan)), *heirs],
        )
        for name in (plan.divisions if several else ())
    ]
    return Preview(
        plan=plan,
        rows=[_row(each, chosen, heirs if several else ()) for each in plan.parts],
        divisions=divisions,
        posts=[(each.post, _post(each, heirs)) for each in plan.posts],
    )


def _row(each: Carrying, chosen: Chosen, heirs: Choices) -> Row:
    question = None
    if heirs and not each.stops:
        question = Question(
            name=PART + each.part.key,
            label=each.part.suggestion.title,
            chosen=chosen.parts.get(each.part.key, ""),
            choices=[("", _usual(each, chosen)), *heirs],
        )
    # What the choice itself says is not said twice.
    said = "" if question and (each.stays or each.is_open) else _outcome(each)
    return Row(carrying=each, outcome=said, question=question)


def _unsaid(plan: ReformPlan) -> Words:
    """What it means to choose nothing for a division."""
    goes_on = {organ.name for organ in plan.decision.organs} & set(plan.decision.heirs)
    return _("Stays where it is") if goes_on else _("Choose…")


def _usual(each: Carrying, chosen: Chosen) -> Words:
    """What it means to choose nothing for the part itself."""
    by_division = chosen.divisions.get(each.division, "")
    if not by_division and each.stays:
        return _("Stays where it is")
    return _("As its division: %(organ)s") % {"organ": by_division} if by_division else _("Choose…")


def _outcome(each: Carrying) -> Words:
    if each.is_open:
        return _("Not chosen yet")
    if each.stops:
        return _("Ends: %(organ)s has another part in it") % {"organ": each.to}
    if each.stays:
        return _("Stays where it is")
    if each.void:
        return _("Goes to %(organ)s; the reply is cleared anew") % {"organ": each.to}
    return _("Goes to %(organ)s") % {"organ": each.to}


def _post(each: Moving, heirs: Choices) -> Question:
    return Question(
        name=POST + each.post.key,
        label=each.post.person.name,
        chosen=each.to,
        choices=[*heirs, (END, _("The post ends"))],
    )


# --- Afterwards


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One reform in the history of an organ, or of them all."""

    key: str
    kind: Words
    on: date
    was: str
    now: str
    document_no: str
    decided_by: str


def changes(congress: Congress, *, organ: Organ | None = None) -> list[Change]:
    """Every reform, the latest first; of one organ those it took part in."""
    rows = OrganReform.objects.filter(congress=congress).prefetch_related("changes")
    if organ is not None:
        taken = OrganChange.objects.filter(Q(organ=organ) | Q(heir=organ))
        rows = rows.filter(pk__in=taken.values("reform"))
    return [change_of(each) for each in rows]


def change_of(reform: OrganReform) -> Change:
    pairs = list(reform.changes.all())
    return Change(
        key=reform.key,
        kind=ReformKind(reform.kind).label,
        on=reform.on,
        was="、".join(dict.fromkeys(each.was for each in pairs)),
        now="、".join(dict.fromkeys(each.now for each in pairs if each.now)),
        document_no=reform.document_no,
        decided_by=reform.decided_by,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganRow:
    """One organ in the register."""

    organ: Organ
    system: Words
    live: int
    former: str
    heir: str


def register(actor: Actor) -> tuple[list[OrganRow], list[OrganRow]]:
    """The organs there are, and those that are no more; live cases within the reader's sight."""
    organs = list(organs_with_history(actor.congress).select_related("successor"))
    seen = visible_to(actor).select_related(None).order_by()
    live = live_parts(organs).filter(suggestion__in=seen.values("pk"))
    counted = live.values_list("organ").annotate(n=Count("suggestion", distinct=True))
    numbers = dict(counted.order_by())
    rows = [
        OrganRow(
            organ=organ,
            system=organ.get_system_display(),
            live=numbers.get(organ.pk, 0),
            former="、".join(each.name for each in organ.former_names.all()),
            heir=organ.successor.name if organ.successor else "",
        )
        for organ in organs
    ]
    there = [row for row in rows if row.organ.until is None]
    return there, [row for row in rows if row.organ.until is not None]


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedCase:
    """One case that a reform carried on."""

    key: str
    number: str
    title: str
    role: Words
    was: str
    now: str
    due_on: date | None


def carried_cases(reform: OrganReform, *, visible: Iterable[int]) -> list[CarriedCase]:
    """The cases of a reform that this reader may know of."""
    rows = Carried.objects.filter(reform=reform, assignment__suggestion__in=list(visible))
    found = rows.select_related("assignment__suggestion", "was", "now").order_by(
        F("assignment__suggestion__number_order").asc(nulls_last=True), "pk"
    )
    return [
        CarriedCase(
            key=row.assignment.suggestion.key,
            number=row.assignment.suggestion.number or "",
            title=row.assignment.suggestion.title,
            role=row.assignment.get_role_display(),
            was=row.was.name,
            now=row.now.name,
            due_on=row.assignment.due_on,
        )
        for row in found
    ]
