"""``huiyin tick``: do what has fallen due, once or again and again."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from huiyin.kernel import clock
from huiyin.outbox import jobs, pulse


class Command(BaseCommand):
    help = "Send the letters that are due and run the other jobs. One runner works at a time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--every", type=int, metavar="SECONDS", help="Go on, with this pause in between."
        )
        parser.add_argument(
            "--clock-is-right",
            action="store_true",
            help="Believe the time, though the clock was set since the last run.",
        )

    def handle(self, *, every: int | None, clock_is_right: bool, **_options: Any) -> None:
        self._tick(believe=clock_is_right)
        while every is not None:
            try:
                time.sleep(every)
            except KeyboardInterrupt:
                return
            self._tick(believe=False)

    def _tick(self, *, believe: bool) -> None:
        at, count = clock.now(), pulse.Count.now()
        # A rehearsed day begins anew every midnight.
        if not (believe or settings.HUIYIN_TODAY) and (said := pulse.trouble(at=at, count=count)):
            self.stderr.write(str(said))
            return
        outcomes = jobs.run_all(at=at)
        if outcomes is None:
            self.stdout.write(_("Another runner is at work."))
            return
        for name, outcome in outcomes.items():
            self.stdout.write(f"{name}: {outcome}")
        pulse.beat(at=at, count=count)
