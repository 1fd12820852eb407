"""The lists of acts of supervision and of problems."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Prefetch
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.actor import Actor
from huiyin.supervision.lists.cells import day_of, fixed, label_of, link_to, organs, tabs
from huiyin.supervision.models import SupervisedCase, SupervisedOrgan
from huiyin.supervision.stages import ProblemStage, SupervisionForm, TiedTo
from huiyin.supervision.supervising import acts_for, problems_for
from huiyin.ui.lists import Column, Filter, ListSpec, Sort


def act_rows(actor: Actor) -> Any:
    """The acts he may know of, with the names of their organs and the numbers of their cases."""
    named = SupervisedOrgan.objects.annotate(name=F("organ__name"))
    about = SupervisedCase.objects.annotate(number=F("suggestion__number"))
    return acts_for(actor).prefetch_related(
        Prefetch("organs", named, to_attr="named"), Prefetch("cases", about, to_attr="about")
    )


def _organs(row: Any) -> str:
    return "、".join(each.name for each in row.named)


def _numbers(row: Any) -> str:
    return "、".join(each.number or "" for each in row.about)


_form = label_of("form", SupervisionForm)
_tie = label_of("tied_to", TiedTo)

ACTS = ListSpec(
    name="supervisions",
    title=_("Acts of supervision"),
    columns=(
        Column(
            key="held",
            label=_("Day"),
            cell=day_of("held_on"),
            sort="held",
            export=lambda row: row.held_on,
        ),
        Column(
            key="title",
            label=_("What"),
            cell=link_to("supervision:act", lambda row: row.title),
            kind="title",
            export=lambda row: row.title,
            width=50,
        ),
        Column(
            key="form", label=p_("supervision", "How"), cell=_form, export=_form, phone="labelled"
        ),
        Column(key="tied", label=_("Part of"), cell=_tie, export=_tie, phone="labelled"),
        Column(key="organs", label=_("Organs"), cell=_organs, export=_organs, width=40),
        Column(key="cases", label=_("Suggestions"), cell=_numbers, export=_numbers, width=20),
        Column(key="led", label=p_("supervision", "Led by"), cell="led_by", phone="labelled"),
        Column(key="gist", label=_("What was seen and asked"), only="export", cell="gist"),
    ),
    sorts=(Sort(key="held", label=_("Day"), field="held_on"),),
    default_sort="-held",
    facets=tabs("form", SupervisionForm, p_("tab", "All")),
    filters=(
        Filter(
            key="tied",
            label=_("Part of"),
            kind="multi",
            field="tied_to",
            choices=fixed(TiedTo.choices),
        ),
        Filter(
            key="organ",
            label=_("Organ"),
            kind="choice",
            field="organs__organ__key",
            choices=organs,
        ),
        Filter(
            key="since", label=p_("supervision", "Held from"), kind="date_from", field="held_on"
        ),
        Filter(key="until", label=p_("supervision", "Held until"), kind="date_to", field="held_on"),
    ),
    search=("title", "led_by"),
)


def problem_rows(actor: Actor) -> Any:
    """The problems he may know of."""
    return problems_for(actor).select_related("organ", "suggestion")


_stage = label_of("stage", ProblemStage)

PROBLEMS = ListSpec(
    name="problems",
    title=_("Problem list"),
    columns=(
        Column(
            key="title",
            label=_("Problem"),
            cell=link_to("supervision:problem", lambda row: row.title),
            kind="title",
            export=lambda row: row.title,
            width=50,
        ),
        Column(key="organ", label=_("Organ"), cell="organ.name", width=24),
        Column(
            key="number",
            label=_("Suggestion"),
            cell=lambda row: row.suggestion.number if row.suggestion else "",
            export=lambda row: row.suggestion.number if row.suggestion else "",
            phone="labelled",
        ),
        Column(key="stage", label=_("Stage"), cell=_stage, export=_stage, kind="badge", width=20),
        Column(
            key="due",
            label=p_("supervision", "Answer by"),
            cell=day_of("answer_due"),
            sort="due",
            export=lambda row: row.answer_due,
            phone="labelled",
        ),
        Column(key="found", label=_("Found on"), only="export", cell="found_on"),
    ),
    sorts=(
        Sort(key="new", label=_("Found on"), field="found_on"),
        Sort(key="due", label=p_("supervision", "Answer by"), field=F("answer_due"), nullable=True),
    ),
    default_sort="-new",
    facets=tabs("stage", ProblemStage, p_("tab", "All")),
    filters=(
        Filter(key="organ", label=_("Organ"), kind="choice", field="organ__key", choices=organs),
    ),
    search=("title", "organ__name"),
)
