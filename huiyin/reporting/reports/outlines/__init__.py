"""Every kind of report with its outline."""

from __future__ import annotations

from huiyin.reporting.reports.outline import Outline
from huiyin.reporting.reports.outlines.of_organ import IDEAS, LISTS, ORGAN
from huiyin.reporting.reports.outlines.shorter import HALF_YEAR, MONTHLY, SESSION
from huiyin.reporting.reports.outlines.yearly import YEARLY

OUTLINES: dict[str, Outline] = {
    each.kind: each for each in (YEARLY, HALF_YEAR, MONTHLY, SESSION, IDEAS, ORGAN, LISTS)
}

__all__ = ["OUTLINES"]
