"""Acts of supervision and problems as their pages show them."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huiyin.accounts.actor import Actor
from huiyin.suggestions.selectors import visible_to
from huiyin.supervision.lifecycle import PROBLEM
from huiyin.supervision.models import Problem, ProblemStep, SupervisionAct
from huiyin.supervision.presenters.page import Page, Section, case_fact, facts, table
from huiyin.supervision.stages import ProblemStage, SupervisionForm, TiedTo
from huiyin.supervision.supervising import problems_for
from huiyin.ui.days import plain_day
from huiyin.ui.parts import Entry


def act_page(actor: Actor, act: SupervisionAct) -> Page:
    """One act: what it was about, and the problems it found."""
    organs = "、".join(each.organ.name for each in act.organs.select_related("organ"))
    return Page(
        title=act.title,
        number=plain_day(act.held_on),
        tags=[
            SupervisionForm(act.form).label,
            *([TiedTo(act.tied_to).label] if act.tied_to else []),
        ],
        facts=facts(
            (_("Organs supervised"), organs),
            (pgettext("supervision", "Led by"), act.led_by),
            (_("Who went along"), act.with_whom),
            (_("Place"), act.place),
            (_("Key topic"), act.topic.title if act.topic else ""),
            (_("Recorded by"), act.post.person.name),
        ),
        sections=[
            Section(title=_("What was seen and asked"), text=act.gist),
            _about(actor, act),
            _problems(actor, act),
        ],
    )


def _about(actor: Actor, act: SupervisionAct) -> Section:
    seen = visible_to(actor).filter(supervisions__act=act).order_by("number_order", "pk")
    rows = [
        (each.number or "", (each.title, reverse("suggestions:case", args=[each.key])))
        for each in seen
    ]
    return Section(
        title=_("Suggestions it was about"),
        table=table((_("No."), _("Title")), rows),
        empty=_("No single suggestion is named."),
    )


def _problems(actor: Actor, act: SupervisionAct) -> Section:
    rows = [
        (
            (each.title, reverse("supervision:problem", args=[each.key])),
            each.organ.name,
            ProblemStage(each.stage).label,
        )
        for each in problems_for(actor).filter(act=act).select_related("organ")
    ]
    return Section(
        title=_("Problems it found"),
        table=table((_("Problem"), _("Organ"), _("Stage")), rows),
        empty=_("None is on the list."),
    )


def problem_page(actor: Actor, problem: Problem) -> Page:
    """One problem and its way from notice to recheck, as often as it took."""
    due = problem.answer_due
    return Page(
        title=problem.title,
        number=problem.organ.name,
        tags=[ProblemStage(problem.stage).label],
        facts=[
            *facts(
                (_("Found on"), plain_day(problem.found_on)),
                (_("Found by"), problem.act or ""),
                (pgettext("supervision", "Answer by"), plain_day(due) if due else ""),
            ),
            *case_fact(actor, problem.suggestion),
        ],
        sections=[Section(title=_("The problem"), text=problem.text or problem.title)],
        entries=[_entry(each) for each in _steps(problem)],
        papers=_papers(problem),
    )


def _steps(problem: Problem) -> list[ProblemStep]:
    rows = problem.steps.select_related("post__person", "post__organ", "post__congress")
    return list(rows)


def _entry(step: ProblemStep) -> Entry:
    until = _("Answer by %(day)s") % {"day": plain_day(step.due_on)} if step.due_on else ""
    return Entry(
        at=step.at,
        what=PROBLEM.find(step.name).label,
        who=step.post.person.name,
        post=step.post.title,
        said="\n".join(filter(None, (step.number, step.text, until))),
    )


def _papers(problem: Problem) -> list[tuple[str, str]]:
    if problem.answer_due is None:
        return []
    return [
        (reverse("supervision:problem_notice", args=[problem.key, ending]), words)
        for ending, words in (
            ("docx", _("Rectification notice, Word")),
            ("pdf", _("Rectification notice, PDF")),
        )
    ]
