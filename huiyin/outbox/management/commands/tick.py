"""``huiyin tick``: do what has fallen due, once or again and again."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from huiyin.kernel import clock
from huiyin.outbox import jobs


class Command(BaseCommand):
    help = "Send the letters that are due and run the other jobs. One runner works at a time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--every", type=int, metavar="SECONDS", help="Go on, with this pause in between."
        )

    def handle(self, *, every: int | None, **_options: Any) -> None:
        self._tick()
        while every is not None:
            try:
                time.sleep(every)
            except KeyboardInterrupt:
                return
            self._tick()

    def _tick(self) -> None:
        outcomes = jobs.run_all(at=clock.now())
        if outcomes is None:
            self.stdout.write(_("Another runner is at work."))
            return
        for name, outcome in outcomes.items():
            self.stdout.write(f"{name}: {outcome}")
