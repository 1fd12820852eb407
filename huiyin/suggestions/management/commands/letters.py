"""``huiyin letters SESSION --kind assignment --to FOLDER``: a session's letters as files."""

from __future__ import annotations

from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.documents.typesetting import substitutes
from huiyin.kernel.errors import DomainError
from huiyin.organisations.models import Congress, Session
from huiyin.suggestions.letters.batch import Done, write_letters
from huiyin.suggestions.letters.kinds import Ending, LetterKind

_SHOWN = 20
_BAR = 30


class Command(BaseCommand):
    help = "Write a session's letters of one kind into a folder; begun again, it goes on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("session", metavar="SESSION", help="name or key of the session")
        parser.add_argument("--kind", required=True, choices=LetterKind.values)
        parser.add_argument("--to", required=True, type=Path, metavar="FOLDER")
        parser.add_argument("--congress", metavar="SLUG", default="", help="where two are named so")
        parser.add_argument(
            "--as",
            dest="endings",
            action="append",
            choices=Ending.values,
            help="docx (the default), pdf, or both when given twice",
        )
        parser.add_argument(
            "--address",
            type=_address,
            metavar="URL",
            help="where people reach this house; the code on each letter leads there",
        )

    def handle(self, **options: Any) -> None:
        session = _session(options["session"], options["congress"])
        endings = tuple(dict.fromkeys(map(Ending, options["endings"] or [Ending.WORD])))
        address = options["address"] or _own_address()
        if Ending.PDF in endings:
            self._tell_of_fonts()
        try:
            done = write_letters(
                session=session,
                kind=LetterKind(options["kind"]),
                endings=endings,
                folder=options["to"],
                link=lambda key: address + reverse("suggestions:case", args=[key]),
                progress=self._progress,
            )
        except DomainError as refused:
            raise CommandError(f"{refused} {refused.remedy}") from refused
        except OSError as failed:
            words = {"folder": options["to"], "why": failed.strerror}
            raise CommandError(
                _("%(folder)s cannot be written: %(why)s. Begun again, it goes on.") % words
            ) from failed
        self.stdout.write(_summary(done))

    def _tell_of_fonts(self) -> None:
        for name, instead in substitutes().items():
            words = {"name": name, "instead": instead or "—"}
            self.stderr.write(_("%(name)s is not installed; PDF uses %(instead)s.") % words)

    def _progress(self, count: int, total: int) -> None:
        """A bar on a terminal, a line for every hundred in a log."""
        if self.stderr.isatty():
            filled = _BAR * count // total
            bar = "█" * filled + "·" * (_BAR - filled)
            self.stderr.write(f"\r{bar} {count}/{total}", ending="\n" if count == total else "")
        elif count % 100 == 0 or count == total:
            self.stderr.write(f"{count}/{total}")


def _session(said: str, slug: str) -> Session:
    found = Session.objects.filter(name=said) | Session.objects.filter(key=said)
    if slug:
        found = found.filter(congress__slug=slug)
    sessions = list(found.select_related("congress")[:2])
    if len(sessions) == 1:
        return sessions[0]
    if sessions:
        known = ", ".join(Congress.objects.values_list("slug", flat=True)[:_SHOWN])
        words = {"name": said, "known": known}
        raise CommandError(
            _("More than one session is called “%(name)s”; name one: --congress (%(known)s).")
            % words
        )
    raise CommandError(_("There is no session called “%(name)s”.") % {"name": said})


def _address(said: str) -> str:
    """Scheme and host, as a browser would show them."""
    parts = urlsplit(said)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ArgumentTypeError(said)
    return f"{parts.scheme}://{parts.netloc}"


def _own_address() -> str:
    """As the settings name this house."""
    scheme = "https" if settings.HUIYIN_HTTPS else "http"
    return f"{scheme}://{settings.ALLOWED_HOSTS[0].lstrip('.')}"


def _summary(done: Done) -> str:
    words = {"written": done.written, "kept": done.kept, "none": done.none_yet}
    return (
        _("%(written)d files written, %(kept)d were there already; %(none)d have no such letter.")
        % words
    )
