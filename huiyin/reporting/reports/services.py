"""Beginning, writing and issuing reports; entering figures of earlier years."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from huiyin.accounts.actor import Actor
from huiyin.accounts.rules import require_as_read
from huiyin.documents.services import keep
from huiyin.documents.typesetting import to_word
from huiyin.kernel.clock import ZONE
from huiyin.kernel.errors import Conflict, Invalid, NotPermitted
from huiyin.ledger import services as ledger
from huiyin.ledger.models import Fact
from huiyin.organisations.models import Session
from huiyin.reporting.models import EarlierFigure, Report, ReportIssue, ReportText
from huiyin.reporting.models.reports import OF_AN_ORGAN
from huiyin.reporting.reports import rules, selectors, slots
from huiyin.reporting.reports.composed import Composed
from huiyin.reporting.reports.composing import unknown
from huiyin.reporting.reports.outlines import OUTLINES
from huiyin.reporting.reports.papers import paper
from huiyin.reporting.reports.workbook import workbook

REPORT_TYPE, EARLIER_TYPE = "report", "earlier_figure"
TEXT_LIMIT = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Before which meeting a report is laid, as which item, when, and whom it addresses."""

    title: str
    addressee: str
    meeting: str = ""
    agenda_item: str = ""
    meeting_on: date | None = None


@transaction.atomic
def begin(
    *,
    actor: Actor,
    at: datetime,
    kind: str,
    session: Session,
    as_of: date,
    occasion: Occasion,
    theme: str = "",
) -> Report:
    """Begin a report; its figures are there at once."""
    require_as_read(actor)
    outline = OUTLINES.get(kind)
    if outline is None or not rules.begins(actor, outline.makers):
        raise NotPermitted(_("Reports of this kind are not written in this post."))
    if session.congress_id != actor.congress_id:
        raise Conflict(_("This is not a session of your congress."))
    _require_day(as_of, session, at)
    report = Report(
        congress=actor.congress,
        organ=actor.post.organ if kind in OF_AN_ORGAN else None,
        kind=kind,
        session=session,
        as_of=as_of,
        title=_written(occasion.title, "title", _("Give it a title.")),
        meeting=occasion.meeting.strip(),
        agenda_item=occasion.agenda_item.strip(),
        meeting_on=occasion.meeting_on,
        addressee=_written(occasion.addressee, "addressee", _("Say whom it addresses.")),
        theme=theme.strip(),
        post=actor.post,
        at=at,
    )
    report.save()
    _record("report.begin", report, [report], actor=actor, at=at, after=report.title)
    return report


def _require_day(as_of: date, session: Session, at: datetime) -> None:
    """Nothing can be counted on a day that has not come, or before the session opened."""
    said = ""
    if as_of > at.astimezone(ZONE).date():
        said = _("This day has not come yet.")
    elif session.opens_on and as_of < session.opens_on:
        said = _("The session had not opened on this day.")
    if said:
        raise Invalid(said, fields={"as_of": [said]})


@transaction.atomic
def write(
    *, report: Report, actor: Actor, at: datetime, block: str, text: str, seen: int
) -> ReportText:
    """Write a text of the report anew. ``seen`` is the number of the text that was shown.

    Figures stand in it as places; a place for something nobody counts is refused.
    """
    require_as_read(actor)
    _require_open(report, actor)
    if block not in selectors.outline_of(report).texts:
        raise Invalid(_("This report has no such text."))
    said = text.strip().replace("\r\n", "\n")
    if len(said) > TEXT_LIMIT:
        complaint = _("This text is longer than %(limit)d characters.") % {"limit": TEXT_LIMIT}
        raise Invalid(complaint, fields={"text": [complaint]})
    if wrong := unknown(said, selectors.material_of(report, actor)):
        complaint = _("Nothing is counted under: %(codes)s.") % {"codes": "、".join(wrong)}
        raise Invalid(complaint, fields={"text": [complaint]})
    last = report.texts.filter(block=block).aggregate(n=Max("number"))["n"] or 0
    if last != seen:
        raise _overtaken()
    written = ReportText(
        report=report, block=block, number=last + 1, text=said, post=actor.post, at=at
    )
    try:
        with transaction.atomic():
            written.save()
    except IntegrityError as clash:
        raise _overtaken() from clash
    _record("report.write", report, [written], actor=actor, at=at, after=f"{block} {last + 1}")
    return written


def _overtaken() -> Conflict:
    return Conflict(
        _("Somebody has written this text anew meanwhile."),
        remedy=_("Yours is kept below; compare both and save again."),
    )


@transaction.atomic
def issue(*, report: Report, actor: Actor, at: datetime, number: str = "") -> ReportIssue:
    """Issue the report: from now on it is what it is now, whatever happens later."""
    require_as_read(actor)
    if not rules.issues(actor, report):
        raise NotPermitted(_("You may not issue this report."))
    _require_not_issued(report)
    material = selectors.material_of(report, actor)
    # From now on its numbers open the rows that were known now.
    said = selectors.drafted(report, replace(material, known=material.line))
    _require_written(said)
    files = {"docx": to_word(paper(said)), "xlsx": workbook(said)}
    issued = ReportIssue(
        report=report,
        number=number.strip(),
        on=at.astimezone(ZONE).date(),
        known=said.known,
        said=said.kept(),
        word_sha256=hashlib.sha256(files["docx"]).hexdigest(),
        sheet_sha256=hashlib.sha256(files["xlsx"]).hexdigest(),
        post=actor.post,
        at=at,
    )
    try:
        with transaction.atomic():
            issued.save()
    except IntegrityError as clash:
        raise Conflict(_("This report has been issued already.")) from clash
    kept = [
        keep(
            file=BytesIO(content),
            name=f"{report.title}.{ending}",
            actor=actor,
            at=at,
            case=(REPORT_TYPE, report.key),
            part=ending,
        )
        for ending, content in files.items()
    ]
    after = issued.word_sha256
    _record("report.issue", report, [issued, *kept], actor=actor, at=at, after=after)
    return issued


def _require_written(said: Composed) -> None:
    open_places = [
        found
        for block in said.blocks
        for paragraph in block.paragraphs
        for found in slots.UNWRITTEN.findall(paragraph.text)
    ]
    if open_places:
        raise Conflict(
            _("There are %(count)d places still to be written.") % {"count": len(open_places)},
            remedy=_("They begin with 【请; write them or take them out."),
        )


def _require_open(report: Report, actor: Actor) -> None:
    if not rules.writes(actor, report):
        raise NotPermitted(_("You may not write in this report."))
    _require_not_issued(report)


def _require_not_issued(report: Report) -> None:
    if ReportIssue.objects.filter(report=report).exists():
        raise Conflict(
            _("This report has been issued already."),
            remedy=_("Begin another one; both stay."),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """A figure of an earlier year, and the paper it stands in."""

    code: str
    year: int
    printed: str
    base: str
    same_base: bool
    source: str
    page: str = ""


@transaction.atomic
def enter_earlier(*, actor: Actor, at: datetime, entered: Entered) -> EarlierFigure:
    """Enter a figure of a year that is not in this system; a correction is entered anew."""
    require_as_read(actor)
    if not rules.keeps_earlier(actor):
        raise NotPermitted(_("Only the congress office enters figures of earlier years."))
    if entered.year >= at.astimezone(ZONE).year:
        complaint = _("This year is counted here; only earlier ones are entered.")
        raise Invalid(complaint, fields={"year": [complaint]})
    if slots.slot(entered.code) is None:
        complaint = _("Give the number of a figure, such as R131.")
        raise Invalid(complaint, fields={"code": [complaint]})
    printed = entered.printed.strip().removesuffix("%")
    row = EarlierFigure(
        congress=actor.congress,
        code=entered.code,
        year=entered.year,
        value=_value(printed),
        printed=printed,
        base=_written(entered.base, "base", _("Say what it was counted over.")),
        same_base=entered.same_base,
        source=_written(entered.source, "source", _("Name the paper it stands in.")),
        page=entered.page.strip(),
        post=actor.post,
        at=at,
    )
    row.save()
    _record(
        "earlier.enter",
        row,
        [row],
        actor=actor,
        at=at,
        after=f"{row.code} {row.year} {row.printed}",
    )
    return row


def _value(printed: str) -> Decimal:
    whole, _point, rest = printed.partition(".")
    if not whole.isdecimal() or (rest and not rest.isdecimal()) or len(rest) > 2:
        complaint = _("Write the number as the paper prints it, such as 68.4.")
        raise Invalid(complaint, fields={"printed": [complaint]})
    return Decimal(printed)


def _written(text: str, field: str, complaint: str) -> str:
    if not text.strip():
        raise Invalid(complaint, fields={field: [complaint]})
    return text.strip()


def _record(
    action: str, row: Any, facts: Sequence[Fact], *, actor: Actor, at: datetime, after: str
) -> None:
    subject = (EARLIER_TYPE if isinstance(row, EarlierFigure) else REPORT_TYPE, row.key)
    ledger.record(
        chain=actor.congress.key,
        actor=actor,
        at=at,
        action=action,
        subject=subject,
        after=after[:200],
        facts=facts,
        via="page",
    )
