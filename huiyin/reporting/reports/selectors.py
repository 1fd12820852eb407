"""Reports and earlier figures as one reader may see them."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Role
from huiyin.documents.models import Attachment
from huiyin.documents.selectors import for_case
from huiyin.kernel.errors import NotFound
from huiyin.reporting.models import EarlierFigure, Report, ReportIssue, ReportText
from huiyin.reporting.reports.composed import Composed
from huiyin.reporting.reports.composing import composed
from huiyin.reporting.reports.material import Material
from huiyin.reporting.reports.outline import Outline
from huiyin.reporting.reports.outlines import OUTLINES
from huiyin.reporting.reports.rules import ORGAN, READERS


def reports_for(actor: Actor) -> QuerySet[Any]:
    """The congress office sees its own and what organs have issued; readers what is issued.

    In an organ its own are seen, written by whom they may.
    """
    issue = ReportIssue.objects.filter(report=OuterRef("pk"))
    rows = Report.objects.filter(congress=actor.congress_id)
    rows = rows.select_related("session", "organ", "post__person", "congress")
    marked: QuerySet[Any] = rows.annotate(is_issued=Exists(issue))
    if actor.role == Role.CLERK:
        return marked.filter(Q(organ__isnull=True) | Q(is_issued=True))
    if actor.role in READERS:
        return marked.filter(is_issued=True)
    if actor.role in ORGAN:
        return marked.filter(organ=actor.organ_id)
    return marked.none()


def report_for(actor: Actor, key: str) -> Any:
    """One report by key. ``NotFound`` alike for another's and for none at all."""
    found = reports_for(actor).filter(key=key).first()
    if found is None:
        raise NotFound(key)
    return found


def outline_of(report: Report) -> Outline:
    return OUTLINES[report.kind]


def texts_of(report: Report) -> dict[str, ReportText]:
    """The latest text of each block that somebody has written."""
    rows = report.texts.select_related("post__person").order_by("number")
    return {row.block: row for row in rows}


def material_of(report: Report, actor: Actor) -> Material:
    return Material(
        actor=actor,
        session=report.session,
        as_of=report.as_of,
        known=report.known,
        organ=report.organ,
        theme=report.theme,
    )


def drafted(report: Report, material: Material) -> Composed:
    """The report as it stands now, counted anew."""
    texts = {code: row.text for code, row in texts_of(report).items()}
    return composed(report, outline_of(report), material, texts=texts)


def as_read(report: Report, actor: Actor) -> Composed:
    """What its reader sees: as issued, and until then as it stands."""
    issue = ReportIssue.objects.filter(report=report).first()
    if issue is not None:
        return Composed.of(issue.said)
    return drafted(report, material_of(report, actor))


def file_of(report: Report, ending: str) -> Attachment | None:
    """The file that was kept when the report was issued."""
    return for_case(("report", report.key)).filter(part=ending).first()


def earlier_for(actor: Actor) -> QuerySet[EarlierFigure]:
    """The figures of earlier years, for those who read reports of the congress."""
    rows = EarlierFigure.objects.filter(congress=actor.congress_id)
    rows = rows.select_related("post__person", "congress")
    return rows if actor.role in (Role.CLERK, *READERS) else rows.none()


def earlier_one(actor: Actor, key: str) -> EarlierFigure:
    """One of them by key."""
    found = earlier_for(actor).filter(key=key).first()
    if found is None:
        raise NotFound(key)
    return found
