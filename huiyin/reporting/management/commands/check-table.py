"""``huiyin check-table FILE``: does a published table add up, over which base, rounded how."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from huiyin.kernel.errors import DomainError
from huiyin.reporting.checking import reading, telling
from huiyin.reporting.checking.findings import CheckedPaper
from huiyin.reporting.checking.judging import check

NO, UNREADABLE = 1, 2


class Command(BaseCommand):
    help = (
        "Check a published table. Ends with 0 when it adds up, 1 when it does not, 2 when the "
        "file cannot be read."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help=".json, .xlsx, .csv or .txt")
        parser.add_argument(
            "--selection",
            action="store_true",
            help="the rows are a selection or overlap: they need not make the whole",
        )
        parser.add_argument("--json", action="store_true", dest="as_json", help="print data")
        parser.add_argument(
            "--language",
            choices=[code for code, _name in settings.LANGUAGES],
            default=settings.LANGUAGE_CODE,
        )

    def handle(self, *, file: Path, selection: bool, language: str, **options: Any) -> None:
        with translation.override(language):
            try:
                papers = _checked(file, selection=selection)
            except DomainError as refused:
                said = f"{refused} {refused.remedy}".strip()
                raise CommandError(said, returncode=UNREADABLE) from refused
            if options["as_json"]:
                self.stdout.write(json.dumps(telling.as_data(papers), ensure_ascii=False, indent=1))
            else:
                for line in telling.lines(papers):
                    self.stdout.write(line)
        if not all(paper.adds_up for paper in papers):
            raise SystemExit(NO)


def _checked(file: Path, *, selection: bool) -> list[CheckedPaper]:
    if not file.is_file():
        raise CommandError(
            _("There is no file “%(name)s”.") % {"name": file}, returncode=UNREADABLE
        )
    with file.open("rb") as opened:
        papers = reading.read(opened, name=file.name)
    return [check(each.selected() if selection else each) for each in papers]
