"""Special funds and micro-projects as their pages show them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.accounts.actor import Actor
from huiyin.supervision.funding import projects_for
from huiyin.supervision.lifecycle import PROJECT
from huiyin.supervision.models import FundEntry
from huiyin.supervision.presenters.page import Page, Section, case_fact, facts, table
from huiyin.supervision.stages import ProjectStage
from huiyin.ui.parts import Entry


def yuan(amount: Decimal) -> str:
    return f"{amount:,.2f}"


def fund_page(actor: Actor, fund: Any) -> Page:
    """A fund: what is free in it, its projects, every movement of money."""
    entries = fund.entries.select_related("project")
    rows = projects_for(actor).filter(fund=fund).select_related("suggestion", "organ")
    projects = [
        (
            (each.title, reverse("supervision:project", args=[each.key])),
            each.suggestion.number or "",
            each.organ.name,
            ProjectStage(each.stage).label,
            yuan(each.asked),
            yuan(each.spent),
        )
        for each in rows
    ]
    heads = (
        _("Micro-project"),
        _("Suggestion"),
        _("Organ"),
        _("Stage"),
        _("Asked for (yuan)"),
        _("Spent (yuan)"),
    )
    return Page(
        title=fund.title,
        number=str(fund.year),
        facts=facts(
            (_("Budget (yuan)"), yuan(fund.budget)),
            (_("Spent (yuan)"), yuan(fund.spent)),
            (_("Free (yuan)"), yuan(fund.free)),
            (_("Rests on"), fund.basis),
        ),
        sections=[
            Section(
                title=_("Micro-projects"),
                table=table(heads, projects, nums=(4, 5)),
                empty=_("No project has been applied for yet."),
            ),
            _movements(list(entries)),
        ],
    )


def project_page(actor: Actor, project: Any) -> Page:
    """A project: its suggestion, its money, its result."""
    steps = project.steps.select_related("post__person", "post__organ", "post__congress")
    return Page(
        title=project.title,
        number=project.fund.title,
        tags=[ProjectStage(project.stage).label],
        facts=[
            *case_fact(actor, project.suggestion),
            *facts(
                (_("Organ that carries it out"), project.organ.name),
                (_("Asked for (yuan)"), yuan(project.asked)),
                (_("Spent (yuan)"), yuan(project.spent)),
                (_("Left of what was set aside (yuan)"), yuan(project.left)),
                (_("Why no project and no other money covers it"), project.reasons),
            ),
        ],
        sections=[_movements(list(project.entries.select_related("project")))],
        entries=[
            Entry(
                at=each.at,
                what=PROJECT.find(each.name).label,
                who=each.post.person.name,
                post=each.post.title,
                said="\n".join(filter(None, (each.number, each.text))),
            )
            for each in steps
        ],
    )


def _movements(entries: list[FundEntry]) -> Section:
    heads = (
        _("Day"),
        _("Movement"),
        _("Micro-project"),
        _("Decision or voucher"),
        _("Amount (yuan)"),
        _("Free after it (yuan)"),
    )
    rows = [
        (
            each.on,
            each.get_move_display(),
            each.project.title if each.project else "",
            each.voucher,
            yuan(each.amount),
            yuan(each.balance),
        )
        for each in entries
    ]
    return Section(
        title=_("Movements of money"),
        table=table(heads, rows, nums=(4, 5)),
        empty=_("No money has moved yet."),
    )
