"""``huiyin demo``: build a province and its year once, then serve it."""

from __future__ import annotations

import contextlib
import signal
import socket
import subprocess
import sys
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from huiyin.demo import ground, people, year
from huiyin.kernel import clock
from huiyin.outbox import jobs

# How long the letters of the demo wait at most.
_PAUSE = 20
_SERVE = "from huiyin.config.cli import main; main()"


class Command(BaseCommand):
    help = "Build an invented province and its year of work, and serve it on this machine."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-serve", action="store_true", help="build it and stop")

    def handle(self, *, port: int, no_serve: bool, **_options: Any) -> None:
        self._refuse_elsewhere()
        if ground.is_taken():
            raise CommandError(
                _(
                    "There are people in this database who are not of a demo: nothing has been"
                    " touched. Set HUIYIN_HOME to an empty folder."
                )
            )
        call_command("migrate", interactive=False, verbosity=0)
        if ground.is_built():
            self._say(_("The demo of %(province)s is there already.") % {"province": "岳川省"})
        else:
            self._build()
        self._say_who()
        if not no_serve:
            self._serve(port)

    def _refuse_elsewhere(self) -> None:
        if not settings.HUIYIN_DEMO:
            raise CommandError(
                _("HUIYIN_DEMO is not set: start the demo with the command “huiyin demo”.")
            )

    def _build(self) -> None:
        begun = monotonic()
        self._say(_("Building the demo; this is done once."))
        year.write(say=lambda said: self._say(f"  {said}"))
        self._say(_("Built in %(seconds)d seconds.") % {"seconds": monotonic() - begun})

    def _say_who(self) -> None:
        self._say(_("Today is %(day)s.") % {"day": clock.today().isoformat()})
        self._say(_("The sign-in page offers one person of each role by one click."))
        self._say(
            _("Everybody else has the password %(password)s; logins are, for example, %(logins)s.")
            % {"password": people.PASSWORD, "logins": "clerk2, jtt.liaison, d0100"}
        )
        self._say(
            _("All of it lies in %(folder)s; delete that folder and the demo begins anew.")
            % {"folder": settings.HUIYIN_HOME}
        )

    def _serve(self, port: int) -> None:
        """Run the server beside the postman, and end both together."""
        _refuse_taken(port)
        letters = Path(settings.HUIYIN_HOME) / "letters.txt"
        self._say(_("Letters are written to %(file)s.") % {"file": letters})
        signal.signal(signal.SIGTERM, _leave)
        command = [sys.executable, "-c", _SERVE, "serve", "--port", str(port)]
        server = subprocess.Popen(command)  # noqa: S603 - our own interpreter and code
        try:
            while server.poll() is None:
                _post(letters)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    server.wait(timeout=_PAUSE)
        except KeyboardInterrupt:
            self._say("")
        finally:
            server.terminate()
            server.wait()
        if server.returncode > 0:
            raise CommandError(_("The server has stopped; its message stands above."))

    def _say(self, said: str) -> None:
        self.stdout.write(said)
        self.stdout.flush()


def _refuse_taken(port: int) -> None:
    """Say so at once when another program answers there, often an earlier demo."""
    with contextlib.closing(socket.socket()) as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise CommandError(
                _("Something answers at port %(port)d already; choose another with --port.")
                % {"port": port}
            )


def _leave(*_signal: object) -> None:
    raise KeyboardInterrupt


def _post(letters: Path) -> None:
    """Run the jobs that are due; letters go to the file instead of between the lines."""
    with letters.open("a", encoding="utf-8") as file, contextlib.redirect_stdout(file):
        jobs.run_all(at=clock.now())
