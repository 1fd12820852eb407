"""``huiyin clocks explain CASE``: every deadline of a case with the sum it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huiyin.kernel import clock as now
from huiyin.rulebook import CLOCKS, BadDate, Days, Light, Reading, parse_date
from huiyin.suggestions import clocks
from huiyin.suggestions.clocks import CaseClock
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.ruling import ruling_for

LISTED = 20


class Command(BaseCommand):
    help = "Tell how every deadline of a case was found."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        explain = acts.add_parser("explain", help="Print every clock of one case with its sum.")
        explain.add_argument("case", metavar="CASE", help="number of the suggestion, or its key")
        explain.add_argument("--session", default="", help="name of the session, for a number")
        explain.add_argument("--congress", default="", help="short address, for a number")
        explain.add_argument(
            "--language",
            choices=[code for code, _name in settings.LANGUAGES],
            default=settings.LANGUAGE_CODE,
        )
        explain.add_argument("--on", metavar="DATE", help="as it stood on that day; today without")

    def handle(self, *, language: str, **options: Any) -> None:
        with translation.override(language):
            on = _day(options["on"]) if options["on"] else now.today()
            case = _find(options["case"], session=options["session"], congress=options["congress"])
            for line in told(case, on=on, language=language):
                self.stdout.write(line)


def _day(text: str) -> date:
    try:
        return parse_date(text)
    except BadDate as refused:
        raise CommandError(refused.said_in(translation.get_language())) from refused


def _find(name: str, *, session: str, congress: str) -> Suggestion:
    """The case of that key, or the only one of that number."""
    known = Suggestion.objects.select_related("congress", "session")
    case = known.filter(key=name).first()
    if case is not None:
        return case
    numbered = known.filter(number=name).order_by("pk")
    if session:
        numbered = numbered.filter(session__name=session)
    if congress:
        numbered = numbered.filter(congress__slug=congress)
    found = list(numbered[:LISTED])
    if not found:
        raise CommandError(_("There is no suggestion “%(name)s”.") % {"name": name})
    if len(found) > 1:
        listed = "\n".join(f"{each.key}  {each.session.name}  {each.title}" for each in found)
        raise CommandError(
            _("“%(name)s” is the number of several. Name the session or give a key:\n%(listed)s")
            % {"name": name, "listed": listed}
        )
    return found[0]


def told(case: Suggestion, *, on: date, language: str) -> Iterator[str]:
    """Yield the lines of the whole answer."""
    ruling = ruling_for(case, on=on)
    yield _("No. %(number)s") % {"number": case.number} if case.number else case.key
    yield case.title
    title = ruling.rules.title.said_in(language)
    yield _("Rules: %(title)s, as of %(date)s") % {"title": title, "date": ruling.rules.on}
    found = clocks.of_case(case, ruling=ruling, on=on)
    if not found:
        yield _("No clock has begun.")
    for first in found[:1]:
        begun = first.clock.first_on
        working = ruling.calendar.working_days_between(begun, on)
        words = {"date": begun, "on": on, "days": _days(Days((on - begun).days, working))}
        yield _("First assigned on %(date)s; until %(on)s that is %(days)s.") % words
    for each in found:
        yield ""
        yield from _of_one(each, on=on, language=language)


def _of_one(found: CaseClock, *, on: date, language: str) -> Iterator[str]:
    """Yield one clock: whose, until when, how it reads, and its sum."""
    clock, reading = found.clock, found.clock.read(on)
    yield _head(found, reading, language=language)
    if clock.provisional:
        yield "  " + _("Provisional: the calendar of that year is not out yet.")
    yield "  " + _("Used: %(days)s") % {"days": _days(reading.used)}
    if reading.days_late:
        yield "  " + _("Late: %(days)s") % {"days": _days(_past(reading.left))}
    elif not (found.stopped or clock.met_on or reading.left.calendar < 0):
        yield "  " + _("Left: %(days)s") % {"days": _days(reading.left)}
    for line in clock.trace:
        source = f" [{line.source.said_in(language)}]" if line.source else ""
        day = str(line.day) if line.day else " " * 10
        yield f"    {day}  {line.said_in(language)}{source}"


def _head(found: CaseClock, reading: Reading, *, language: str) -> str:
    part = found.part
    label = CLOCKS[found.clock.kind].label.said_in(language)
    words = {
        "clock": label,
        "organ": part.organ.name if part else "",
        "round": part.round if part else 0,
        "date": found.clock.date,
        "light": _standing(found, reading),
    }
    if part is None:
        return _("%(clock)s: %(date)s, %(light)s") % words
    return _("%(clock)s, %(organ)s, round %(round)s: %(date)s, %(light)s") % words


def _standing(found: CaseClock, reading: Reading) -> str:
    """The light in a word; where it is out, why."""
    if found.clock.met_on:
        return pgettext("clock", "done")
    if CLOCKS[found.clock.kind].is_right and reading.left.calendar < 0:
        return pgettext("clock", "lapsed")
    return {
        Light.GREEN: pgettext("light", "in time"),
        Light.AMBER: pgettext("light", "near"),
        Light.RED: pgettext("light", "late"),
        Light.GREY: pgettext("light", "not running"),
    }[Light.GREY if found.stopped else reading.light]


def _days(days: Days) -> str:
    words = {"days": days.calendar, "working": days.working}
    return _("%(days)s days, of them %(working)s working days") % words


def _past(left: Days) -> Days:
    return Days(-left.calendar, -left.working)
