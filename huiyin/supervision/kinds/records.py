"""Outcomes, training and publicity, yearly papers, bulletins."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.accounts.actor import Actor
from huiyin.supervision import records, rules, services
from huiyin.supervision.forms import records as asked
from huiyin.supervision.kinds.kind import Kind
from huiyin.supervision.lists import records as lists
from huiyin.supervision.presenters import records as pages


def _outcome(actor: Actor, at: datetime, given: Any) -> Any:
    return services.record_outcome(
        actor=actor, at=at, suggestion=given.case_found, result=given.result
    )


def _publicity(actor: Actor, at: datetime, given: Any) -> Any:
    return services.record_publicity(actor=actor, at=at, **given.cleaned_data)


def _paper(actor: Actor, at: datetime, given: Any) -> Any:
    return services.record_paper(actor=actor, at=at, **given.said)


def _bulletin(actor: Actor, at: datetime, given: Any) -> Any:
    return services.issue_bulletin(actor=actor, at=at, **given.said)


OUTCOMES = Kind(
    name="outcome",
    subject="outcome",
    spec=lists.OUTCOMES,
    rows=records.outcomes_for,
    find=lambda actor, key: records.found(records.outcomes_for(actor), key),
    page=pages.outcome_page,
    begins=rules.records_outcomes,
    form=asked.OutcomeForm,
    begin=_outcome,
    new=_("Record an outcome"),
    lead=_("What suggestions have become: documents, projects, money, figures."),
    empty=_("Outcomes appear here once they are recorded with where they can be found."),
)

PUBLICITY = Kind(
    name="publicity",
    subject="publicity",
    spec=lists.PUBLICITY,
    rows=records.publicity_for,
    find=lambda actor, key: records.found(records.publicity_for(actor), key),
    page=pages.publicity_page,
    begins=rules.keeps_records,
    form=asked.PublicityForm,
    begin=_publicity,
    new=_("Record a training or a media report"),
    lead=_("Training of those who handle, and what the media reported; the yearly report counts."),
    empty=_("Trainings and media reports appear here once they are recorded."),
)

PAPERS = Kind(
    name="paper",
    subject="paper",
    spec=lists.PAPERS,
    rows=records.papers_for,
    find=lambda actor, key: records.found(records.papers_for(actor), key),
    page=pages.paper_page,
    begins=rules.keeps_records,
    form=asked.PaperForm,
    begin=_paper,
    new=_("Record a yearly paper"),
    lead=_("Dated documents whose clauses plans and tasks cite."),
    empty=_("The yearly opinion and plans appear here with their clauses."),
)

BULLETINS = Kind(
    name="bulletin",
    subject="bulletin",
    spec=lists.BULLETINS,
    rows=records.bulletins_for,
    find=lambda actor, key: records.found(records.bulletins_for(actor), key),
    page=pages.bulletin_page,
    begins=rules.keeps_records,
    form=asked.BulletinForm,
    begin=_bulletin,
    new=_("Issue a bulletin"),
    lead=_("Every issue with its numbers, editor and addressees; as Word and PDF."),
    empty=_("Issues appear here once they have been issued."),
)
