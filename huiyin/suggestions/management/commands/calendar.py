"""``huiyin calendar load FILE [--yes]`` and ``huiyin calendar show YEAR``."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from huiyin.kernel import clock
from huiyin.kernel.errors import DomainError
from huiyin.organisations.selectors import known_notices, work_calendar
from huiyin.rulebook import RulebookError, read_notices
from huiyin.rulebook.notices import Notice
from huiyin.suggestions.presenters import working_days as present
from huiyin.suggestions.running import Changed
from huiyin.suggestions.services.calendar import load_notice, preview_notice


class Command(BaseCommand):
    help = "Show the working days of a year, or load a notice on days off."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="what", required=True)
        load = acts.add_parser("load", help="load a notice and count running clocks anew")
        load.add_argument("file", type=Path, help="the notice, in the form of the shipped ones")
        load.add_argument("--yes", action="store_true", help="do it without asking")
        show = acts.add_parser("show", help="the days off and make-up days of a year")
        show.add_argument("year", type=int)

    def handle(self, *, what: str, **options: Any) -> None:
        if what == "show":
            self._show(options["year"])
            return
        try:
            self._load(options["file"], yes=options["yes"])
        except RulebookError as refused:
            raise CommandError(refused.said_in(get_language() or "en")) from refused
        except DomainError as refused:
            raise CommandError(f"{refused} {refused.remedy}".strip()) from refused

    # --- Showing

    def _show(self, year: int) -> None:
        if not present.FIRST <= year <= present.LAST:
            words = {"first": present.FIRST, "last": present.LAST}
            raise CommandError(_("Give a year from %(first)s to %(last)s.") % words)
        shown = present.year_of(year, calendar=work_calendar(), notices=known_notices())
        self.stdout.write(f"{year} · {shown.state}")
        for notice in shown.notices:
            self.stdout.write(f"  {notice.cited} {notice.title}")
        for day in shown.turned:
            self.stdout.write(f"  {day.on} {day.weekday} {day.mark} {day.name} {day.notice}")
        self.stdout.write(_("Working days: %(count)s") % {"count": shown.worked})

    # --- Loading

    def _load(self, file: Path, *, yes: bool) -> None:
        if not file.is_file():
            raise CommandError(_("There is no file “%(name)s”.") % {"name": file})
        notices = read_notices(file, known=known_notices())
        if not yes:
            self._foretell(notices)
            return
        for notice in notices:
            _kept, changed = load_notice(notice=notice, actor=None, at=clock.now(), via="command")
            self.stdout.write(_("Loaded: %(notice)s") % {"notice": _named(notice)})
            self._list(changed)

    def _foretell(self, notices: Sequence[Notice]) -> None:
        for notice in notices:
            self.stdout.write(_("Would be loaded: %(notice)s") % {"notice": _named(notice)})
            self._list(preview_notice(notice))
        self.stdout.write(_("Nothing has been changed. Add --yes to load it."))

    def _list(self, changed: Sequence[Changed]) -> None:
        for each in changed:
            line = present.changed_line(each)
            told = "、".join(line.told) or "—"
            self.stdout.write(
                f"  {line.number} {line.title}: {line.clock} {line.was} → {line.now} ({told})"
            )
        count = len(changed)
        said = ngettext("%(count)s date changes.", "%(count)s dates change.", count)
        self.stdout.write(said % {"count": count})


def _named(notice: Notice) -> str:
    return f"{notice.year} {notice.cited.said_in(get_language() or 'en')} {notice.title}"
