"""``huiyin lifecycle [--write DIR]``: the pages of the documentation that the code writes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from huiyin.suggestions.papers import closed_lists_page, lifecycle_page, permission_page

PAGES = {
    "lifecycles.md": lifecycle_page,
    "permissions.md": permission_page,
    "closed-lists.md": closed_lists_page,
}


class Command(BaseCommand):
    help = "Print the pages of lifecycles, permissions and closed lists, or write them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", type=Path, metavar="DIR", help="Write the pages here.")

    def handle(self, *, write: Path | None, **_options: Any) -> None:
        for name, page in PAGES.items():
            if write is None:
                self.stdout.write(page())
            else:
                write.mkdir(parents=True, exist_ok=True)
                (write / name).write_text(page(), encoding="utf-8")
