"""``huiyin ledger verify`` and ``huiyin ledger checkpoint``."""

from __future__ import annotations

from argparse import ArgumentTypeError
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from huiyin.kernel import clock
from huiyin.kernel.errors import Invalid
from huiyin.ledger import checkpoints, verify
from huiyin.ledger.checkpoints import Mark

CHANGED, UNUSABLE = 1, 2


class Command(BaseCommand):
    help = "Verify the record of everything done, or write a checkpoint of it."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        checking = acts.add_parser(
            "verify",
            help="Find changed, missing and added lines and facts. Ends with 0 when all is "
            "whole, 1 when something was found, 2 when it could not be checked.",
        )
        checking.add_argument(
            "--against", type=_readable, metavar="FILE", help="A checkpoint kept elsewhere."
        )
        checking.add_argument("--chain", metavar="KEY", help="Only this chain.")
        marking = acts.add_parser("checkpoint", help="Write the head of every chain.")
        marking.add_argument(
            "file",
            nargs="?",
            type=Path,
            metavar="FILE",
            help="Add to this file. Without it the checkpoint is printed.",
        )

    def handle(self, *, act: str, **options: Any) -> None:
        if act == "verify":
            self._verify(against=options["against"], only=options["chain"])
        else:
            self._checkpoint(options["file"])

    def _verify(self, *, against: Path | None, only: str | None) -> None:
        marks = _marks(against) if against else []
        known = sorted({*verify.chains(), *(mark.chain for mark in marks)})
        if only is not None and only not in known:
            raise CommandError(_("There is no chain %(key)s.") % {"key": only}, returncode=UNUSABLE)
        found = sum(self._told(chain, marks) for chain in known if only in (None, chain))
        if found:
            raise CommandError(
                _("The record is not whole. Faults: %(count)s.") % {"count": found},
                returncode=CHANGED,
            )
        self.stdout.write(_("The record is whole."))

    def _told(self, chain: str, marks: Sequence[Mark]) -> int:
        """Print what is wrong with ``chain`` as it is found; return how much."""
        count = 0
        for finding in verify.findings(chain, against=marks):
            self.stdout.write(str(finding))
            count += 1
        if not count:
            self.stdout.write(_("chain %(chain)s: whole") % {"chain": chain})
        return count

    def _checkpoint(self, file: Path | None) -> None:
        text = checkpoints.as_text(checkpoints.take(at=clock.now()))
        if file is None:
            self.stdout.write(text, ending="")
            return
        # Added to the end: an older checkpoint still vouches for its lines.
        with file.open("a", encoding="ascii", newline="\n") as out:
            out.write(text)
        self.stdout.write(_("The checkpoint is in %(file)s.") % {"file": file})


def _readable(name: str) -> Path:
    path = Path(name)
    if not path.is_file():
        raise ArgumentTypeError(_("there is no file %(name)s") % {"name": name})
    return path


def _marks(file: Path) -> list[Mark]:
    try:
        return checkpoints.parse(file.read_text(encoding="ascii"))
    except UnicodeDecodeError:
        raise CommandError(_("This is not a checkpoint file."), returncode=UNUSABLE) from None
    except Invalid as refusal:
        raise CommandError(f"{refusal} {refusal.remedy}", returncode=UNUSABLE) from None
