"""What this room keeps: reports as they were written and issued, and figures of earlier years."""

from huiyin.reporting.models.reports import (
    EarlierFigure,
    Report,
    ReportIssue,
    ReportKind,
    ReportText,
)

__all__ = ["EarlierFigure", "Report", "ReportIssue", "ReportKind", "ReportText"]
