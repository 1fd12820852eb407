"""Every kind of report with its outline."""

from __future__ import annotations

from huiyin.reporting.models import ReportKind
from huiyin.reporting.reports.outline import Outline
from huiyin.reporting.reports.outlines.yearly import YEARLY

OUTLINES: dict[str, Outline] = {each.kind: each for each in (YEARLY,)}

__all__ = ["OUTLINES", "ReportKind"]
