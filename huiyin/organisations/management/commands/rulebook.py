"""``huiyin rulebook show``, ``diff``, ``check`` and ``docs``: the rules as text."""

from __future__ import annotations

import json
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from huiyin.kernel import clock
from huiyin.organisations.models import Congress
from huiyin.organisations.selectors import congress_named, rulebook_for
from huiyin.rulebook import BadDate, Rulebook, RulebookError, Words, available, load, parse_date
from huiyin.rulebook.checking import faults
from huiyin.rulebook.load import PACKS
from huiyin.rulebook.papers import rulebooks_page
from huiyin.rulebook.tables import as_data, compared, differences, shown

CHINESE, ENGLISH = "zh-hans", "en"


class Command(BaseCommand):
    help = "Show the rules of a congress or a pack, compare two, check packs, write their page."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        showing = acts.add_parser("show", help="Every value in force, with its source.")
        showing.add_argument("of", metavar="CONGRESS", help="A congress (湖南省, hunan) or a pack.")
        comparing = acts.add_parser("diff", help="The values in which two differ.")
        comparing.add_argument("of", metavar="A", help="A congress or a pack.")
        comparing.add_argument("other", metavar="B", help="A congress or a pack.")
        for each in (showing, comparing):
            _read_options(each)
        checking = acts.add_parser("check", help="Find what is wrong in a folder of packs.")
        checking.add_argument(
            "folder", nargs="?", type=Path, default=PACKS, metavar="FOLDER", help="Else our own."
        )
        _language_option(checking)
        papers = acts.add_parser("docs", help="Print the page of all packs, or write it.")
        papers.add_argument("--write", type=Path, metavar="DIR", help="Write the page here.")

    def handle(self, *, act: str, **options: Any) -> None:
        acts: dict[str, Callable[..., None]] = {
            "show": self._show,
            "diff": self._compare,
            "check": self._check,
            "docs": self._write,
        }
        with override(options.get("language") or CHINESE):
            acts[act](**options)

    def _show(
        self, *, of: str, on: date | None, language: str, as_json: bool, **_options: Any
    ) -> None:
        title, rules = _rules_of(of, on or clock.today(), language)
        if as_json:
            said = {"of": title.said_in(language), **_of_pack(rules)}
            self._print_json({**said, "values": [as_data(each) for each in rules.citations]})
        else:
            self.stdout.write(shown(rules, title=title, language=language))

    def _compare(
        self, *, of: str, other: str, on: date | None, language: str, as_json: bool, **_options: Any
    ) -> None:
        day = on or clock.today()
        one, left = _rules_of(of, day, language)
        two, right = _rules_of(other, day, language)
        if not as_json:
            self.stdout.write(compared(left, right, titles=(one, two), language=language))
            return
        found = differences(left, right)
        self._print_json(
            {
                "a": {"of": one.said_in(language), **_of_pack(left)},
                "b": {"of": two.said_in(language), **_of_pack(right)},
                "differences": [{"a": as_data(a), "b": as_data(b)} for a, b in found],
                "same": len(left.citations) - len(found),
            }
        )

    def _check(self, *, folder: Path, language: str, **_options: Any) -> None:
        count = len(available(folder))
        if not count:
            raise CommandError(_("There are no packs in %(folder)s.") % {"folder": folder})
        found = faults(folder)
        for fault in found:
            self.stderr.write(fault.said_in(language))
        if found:
            raise CommandError(_("The packs cannot be used; the rules in force stay as they were."))
        said = ngettext("%(count)s pack, no fault.", "%(count)s packs, no fault.", count)
        self.stdout.write(said % {"count": count})

    def _write(self, *, write: Path | None, **_options: Any) -> None:
        if write is None:
            self.stdout.write(rulebooks_page())
            return
        write.mkdir(parents=True, exist_ok=True)
        (write / "rulebooks.md").write_text(rulebooks_page(), encoding="utf-8")

    def _print_json(self, content: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(content, ensure_ascii=False, indent=2))


def _language_option(parser: ArgumentParser) -> None:
    parser.add_argument("--language", choices=[CHINESE, ENGLISH], default=CHINESE)


def _read_options(parser: ArgumentParser) -> None:
    parser.add_argument("--on", type=_day, metavar="DATE", help="The day asked for; else today.")
    parser.add_argument("--json", action="store_true", dest="as_json", help="For other programs.")
    _language_option(parser)


def _day(text: str) -> date:
    try:
        return parse_date(text)
    except BadDate as refused:
        raise ArgumentTypeError(str(refused)) from refused


def _rules_of(name: str, on: date, language: str) -> tuple[Words, Rulebook]:
    """The rules of the congress, or else of the pack, called ``name``.

    Raises ``CommandError`` for a name that is neither, and for a day without rules.
    """
    congress = _congress(name)
    try:
        if congress is not None:
            rules = rulebook_for(congress=congress, on=on)
            return Words(zh=congress.name, en=congress.name), rules
        if name in available():
            rules = load(name, on=on)
            return rules.title, rules
    except RulebookError as refused:
        raise CommandError(refused.said_in(language)) from refused
    raise CommandError(
        _("“%(name)s” is neither a congress nor a pack. Packs: %(packs)s.")
        % {"name": name, "packs": ", ".join(available())}
    )


def _congress(name: str) -> Congress | None:
    """The congress of that address or name. Where nothing is set up yet, there are packs alone."""
    if Congress._meta.db_table not in connection.introspection.table_names():
        return None
    return Congress.objects.filter(slug=name).first() or congress_named(name)


def _of_pack(rules: Rulebook) -> dict[str, str]:
    return {"pack": rules.pack, "on": rules.on.isoformat()}
