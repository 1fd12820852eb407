"""``huiyin bounced``: take a mail server's report that a letter could not be delivered."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from huiyin.kernel import clock
from huiyin.outbox.bounces import LONGEST, came_back


class Command(BaseCommand):
    help = "Note letters that came back: reports of a mail server as files, or one to the input."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("report", nargs="*", type=Path, help="A report as a file (.eml).")

    def handle(self, *, report: list[Path], **_options: Any) -> None:
        found = {str(each): each.read_bytes() for each in report}
        for name, raw in (found or {"-": sys.stdin.buffer.read(LONGEST)}).items():
            letter = came_back(raw, at=clock.now())
            said = _("no letter of this house") if letter is None else letter.key
            self.stdout.write(f"{name}: {said}")
