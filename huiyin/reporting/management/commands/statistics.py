"""``huiyin statistics [--write DIR]``: the catalogue of statistics as a page of documentation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from huiyin.reporting.statistics.papers import statistics_page


class Command(BaseCommand):
    help = "Print the catalogue of statistics, or write it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", type=Path, metavar="DIR", help="Write the page here.")

    def handle(self, *, write: Path | None, **_options: Any) -> None:
        if write is None:
            self.stdout.write(statistics_page())
            return
        write.mkdir(parents=True, exist_ok=True)
        (write / "statistics.md").write_text(statistics_page(), encoding="utf-8")
