"""Outcomes, training and publicity, yearly papers, bulletins: put on record, never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Role
from huiyin.accounts.rules import require_as_read
from huiyin.kernel.errors import Conflict, Invalid, NotPermitted
from huiyin.organisations.models import Organ
from huiyin.suggestions.models import Suggestion
from huiyin.supervision import rules
from huiyin.supervision.models import (
    Bulletin,
    BulletinArticle,
    Outcome,
    PaperClause,
    Publicity,
    YearlyPaper,
)
from huiyin.supervision.services.taking import put_on_record, require_past, require_text, saved
from huiyin.supervision.stages import OutcomeKind, PublicityKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a suggestion has become."""

    kind: str
    title: str
    on: date
    source: str
    amount: Decimal | None = None
    text: str = ""


@transaction.atomic
def record_outcome(
    *,
    actor: Actor,
    at: datetime,
    suggestion: Suggestion,
    result: Result,
    organ: Organ | None = None,
) -> Outcome:
    """Record what a suggestion has become; an organ's liaison officer for his own organ."""
    require_as_read(actor)
    if not rules.records_outcomes(actor) or suggestion.congress_id != actor.congress_id:
        raise NotPermitted(_("The offices and the handling organs record outcomes."))
    require_past(result.on, at=at)
    title = require_text(result.title, field="title", complaint=_("Say what came of it."))
    source = require_text(
        result.source, field="source", complaint=_("Say by which document it can be found.")
    )
    if result.kind == OutcomeKind.MONEY and not (result.amount and result.amount > 0):
        said = _("Give an amount above zero, in yuan.")
        raise Invalid(said, fields={"amount": [said]})
    outcome = Outcome(
        congress=actor.congress,
        suggestion=suggestion,
        organ=actor.post.organ if actor.role == Role.LIAISON else organ,
        kind=result.kind,
        title=title,
        amount=result.amount,
        on=result.on,
        source=source,
        text=result.text.strip(),
        post=actor.post,
        at=at,
    )
    _keep("outcome", outcome, actor=actor, at=at, after=title)
    return outcome


@transaction.atomic
def record_publicity(
    *,
    actor: Actor,
    at: datetime,
    kind: str,
    title: str,
    medium: str,
    on: date,
    link: str = "",
    attended: int | None = None,
) -> Publicity:
    """Record a training of handlers or a report in the media."""
    _require_office(actor)
    require_past(on, at=at)
    if kind not in PublicityKind.values:
        raise Invalid(_("Please choose."), fields={"kind": [_("Please choose.")]})
    publicity = Publicity(
        congress=actor.congress,
        kind=kind,
        title=require_text(title, field="title", complaint=_("Give it a title.")),
        medium=require_text(medium, field="medium", complaint=_("Say where.")),
        on=on,
        link=link.strip(),
        attended=attended,
        post=actor.post,
        at=at,
    )
    _keep("publicity", publicity, actor=actor, at=at, after=title)
    return publicity


@transaction.atomic
def record_paper(
    *,
    actor: Actor,
    at: datetime,
    kind: str,
    year: int,
    title: str,
    number: str,
    issued_on: date,
    clauses: Sequence[str],
    organ: Organ | None = None,
) -> YearlyPaper:
    """Record a yearly opinion, plan or set of rules with its clauses."""
    _require_office(actor)
    require_past(issued_on, at=at, field="issued_on")
    said = [each.strip() for each in clauses if each.strip()]
    if not said:
        complaint = _("Write at least one clause.")
        raise Invalid(complaint, fields={"clauses": [complaint]})
    paper = YearlyPaper(
        congress=actor.congress,
        organ=organ,
        kind=kind,
        year=year,
        title=require_text(title, field="title", complaint=_("Give it a title.")),
        number=require_text(number, field="number", complaint=_("Give its document number.")),
        issued_on=issued_on,
        post=actor.post,
        at=at,
    )
    rows = [
        PaperClause(paper=paper, position=place, text=text)
        for place, text in enumerate(said, start=1)
    ]
    _keep("paper", paper, *rows, actor=actor, at=at, after=number)
    return paper


@transaction.atomic
def issue_bulletin(
    *,
    actor: Actor,
    at: datetime,
    title: str,
    editor: str,
    approval_no: str,
    addressees: str,
    issued_on: date,
    articles: Sequence[tuple[str, str]],
) -> Bulletin:
    """Issue a bulletin: its issue and running number are the next ones."""
    _require_office(actor)
    require_past(issued_on, at=at, field="issued_on")
    if not articles:
        complaint = _("Write at least one article: its title after ##, then its text.")
        raise Invalid(complaint, fields={"articles": [complaint]})
    own = Bulletin.objects.filter(congress=actor.congress)
    issue = own.filter(year=issued_on.year).aggregate(n=Max("issue"))["n"] or 0
    running = own.aggregate(n=Max("running"))["n"] or 0
    bulletin = Bulletin(
        congress=actor.congress,
        title=require_text(title, field="title", complaint=_("Give it a title.")),
        year=issued_on.year,
        issue=issue + 1,
        running=running + 1,
        editor=require_text(editor, field="editor", complaint=_("Name the editor.")),
        approval_no=require_text(
            approval_no, field="approval_no", complaint=_("Give the approval number.")
        ),
        addressees=addressees.strip(),
        issued_on=issued_on,
        post=actor.post,
        at=at,
    )
    rows = [
        BulletinArticle(bulletin=bulletin, position=place, title=name, text=text)
        for place, (name, text) in enumerate(articles, start=1)
    ]
    _keep("bulletin", bulletin, *rows, actor=actor, at=at, after=str(running + 1))
    return bulletin


def _require_office(actor: Actor) -> None:
    require_as_read(actor)
    if not rules.keeps_records(actor):
        raise NotPermitted(_("Only the offices that assign keep this."))


def _keep(name: str, row: Any, *others: Any, actor: Actor, at: datetime, after: str) -> None:
    """Write the rows and their line. ``Conflict`` when somebody has taken the number."""
    try:
        with transaction.atomic():
            facts = saved(row, *others)
    except IntegrityError as clash:
        raise Conflict(
            _("This number has been given already."), remedy=_("Check the number and repeat.")
        ) from clash
    subject = (name, row.key)
    put_on_record(subject, f"{name}.record", actor=actor, at=at, after=after, facts=facts)
