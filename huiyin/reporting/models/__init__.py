"""What this room keeps.

Reports as they were written and issued, figures of earlier years, queries under a name and, for
speed, how the cases of a session stood on a past day.
"""

from huiyin.reporting.models.pictures import Picture, PicturedCase, PicturedPart
from huiyin.reporting.models.queries import SavedQuery
from huiyin.reporting.models.reports import (
    EarlierFigure,
    Report,
    ReportIssue,
    ReportKind,
    ReportText,
)

__all__ = [
    "EarlierFigure",
    "Picture",
    "PicturedCase",
    "PicturedPart",
    "Report",
    "ReportIssue",
    "ReportKind",
    "ReportText",
    "SavedQuery",
]
