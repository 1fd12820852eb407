"""Outcomes, publicity, papers and bulletins as their pages show them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.accounts.actor import Actor
from huiyin.supervision.models import Bulletin, Outcome, PaperClause, Publicity, YearlyPaper
from huiyin.supervision.presenters.page import Page, Section, facts, table
from huiyin.supervision.rhythm import rhythms_for
from huiyin.supervision.stages import OutcomeKind, PaperKind, PublicityKind
from huiyin.supervision.topics import topics_for
from huiyin.ui.days import plain_day


def outcome_page(_actor: Actor, outcome: Outcome) -> Page:
    """What a suggestion has become, and where that can be found."""
    case = outcome.suggestion
    rows = [(case.number or "", (case.title, reverse("suggestions:case", args=[case.key])))]
    return Page(
        title=outcome.title,
        number=plain_day(outcome.on),
        tags=[OutcomeKind(outcome.kind).label],
        facts=facts(
            (_("Organ"), outcome.organ or ""),
            (_("Amount (yuan)"), f"{outcome.amount:,.2f}" if outcome.amount else ""),
            (_("Document number or address"), outcome.source),
            (_("More about it"), outcome.text),
        ),
        sections=[Section(title=_("Suggestion"), table=table((_("No."), _("Title")), rows))],
    )


def publicity_page(_actor: Actor, publicity: Publicity) -> Page:
    """A training or a report in the media."""
    return Page(
        title=publicity.title,
        number=plain_day(publicity.on),
        tags=[PublicityKind(publicity.kind).label],
        facts=facts(
            (_("Medium, or place of the training"), publicity.medium),
            (_("Where it can be read"), publicity.link),
            (_("How many took part"), publicity.attended),
        ),
    )


def _clause(actor: Actor, clause: PaperClause) -> Section:
    """One clause, and what of it the reader may see that rests on it."""
    rhythms = rhythms_for(actor).filter(cited__clause=clause)
    topics = topics_for(actor).filter(steps__cited__clause=clause).distinct()
    return Section(
        title=_("Clause %(number)s") % {"number": clause.position},
        text=clause.text,
        anchor=f"clause-{clause.position}",
        links=[
            *((reverse("supervision:rhythm", args=[each.key]), each.title) for each in rhythms),
            *((reverse("supervision:topic", args=[each.key]), each.title) for each in topics),
        ],
    )


def paper_page(actor: Actor, paper: YearlyPaper) -> Page:
    """A yearly paper with its clauses under their numbers."""
    return Page(
        title=paper.title,
        number=paper.number,
        tags=[PaperKind(paper.kind).label],
        facts=facts(
            (_("Year"), paper.year),
            (_("Organ that issued it"), paper.organ or _("Congress office")),
            (_("Issued on"), plain_day(paper.issued_on)),
        ),
        sections=[_clause(actor, each) for each in paper.clauses.all()],
    )


def bulletin_page(_actor: Actor, bulletin: Bulletin) -> Page:
    """An issue: its table of contents, then its articles."""
    articles: list[Any] = list(bulletin.articles.all())
    rows = [(str(each.position), each.title) for each in articles]
    return Page(
        title=bulletin.title,
        number=_("%(year)s, issue %(issue)s (running number %(running)s)")
        % {"year": bulletin.year, "issue": bulletin.issue, "running": bulletin.running},
        facts=facts(
            (_("Editor in charge"), bulletin.editor),
            (_("Approval number"), bulletin.approval_no),
            (_("Issued on"), plain_day(bulletin.issued_on)),
            (_("Sent to"), "、".join(bulletin.addressees.splitlines())),
        ),
        sections=[
            Section(title=_("In this issue"), table=table((_("No."), _("Title")), rows)),
            *(Section(title=each.title, text=each.text) for each in articles),
        ],
        papers=[
            (reverse("supervision:bulletin_paper", args=[bulletin.key, ending]), words)
            for ending, words in (("docx", _("Bulletin, Word")), ("pdf", _("Bulletin, PDF")))
        ],
    )
