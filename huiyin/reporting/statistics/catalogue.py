"""Every statistic there is, by its number."""

from __future__ import annotations

from huiyin.reporting.figures import FIGURES, Figure

STATISTICS: dict[str, Figure] = {**FIGURES}
