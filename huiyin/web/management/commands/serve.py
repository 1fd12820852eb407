"""``huiyin serve``: bring the database and the static files up to date, then answer."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, call_command
from django.utils.translation import gettext as _

from huiyin.config.checks import refuse_unsafe_start

# Seconds in which the server ends when told to: time for the longest download.
STOPS_WITHIN = 30


class Command(BaseCommand):
    help = "Serve this instance."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2, help="processes, about one a core")
        parser.add_argument("--threads", type=int, default=4, help="threads in each process")

    def handle(self, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        refuse_unsafe_start()
        call_command("collectstatic", interactive=False, verbosity=0)
        address = f"http://{options['host']}:{options['port']}/"
        self.stdout.write(_("Huiyin answers at %(address)s") % {"address": address})
        self.stdout.flush()
        # The server takes this process's place: one to watch, one to stop.
        os.execv(sys.executable, [sys.executable, *_granian(**options)])  # noqa: S606 - no shell


def _granian(*, host: str, port: int, workers: int, threads: int, **_rest: Any) -> list[str]:
    return [
        *("-m", "granian", "--interface", "wsgi"),
        *("--host", host, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", str(threads)),
        # A worker told to stop while it starts does not hear it; one at work may finish.
        *("--workers-kill-timeout", str(STOPS_WITHIN)),
        *("--respawn-failed-workers", "--no-access-log", "--log-level", "warning"),
        "huiyin.config.wsgi:application",
    ]
