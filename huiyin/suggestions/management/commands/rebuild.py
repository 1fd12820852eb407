"""``huiyin rebuild [--check]``: the derived columns from the facts."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.rebuild import differences

SHOWN = 50


class Command(BaseCommand):
    help = "Derive every case's standing from its facts and write what differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Name the differences; write nothing."
        )

    def handle(self, *, check: bool, **_options: Any) -> None:
        count = 0
        for found in differences(repair=not check):
            count += 1
            if count <= SHOWN:
                self.stdout.write(
                    f"{found.case_key} {found.column}: {found.stored!r} → {found.derived!r}"
                )
        cases = Suggestion.objects.count()
        summary = _("%(cases)s cases read, %(count)s differences.") % {
            "cases": cases,
            "count": count,
        }
        if check and count:
            raise CommandError(summary)
        self.stdout.write(summary)
