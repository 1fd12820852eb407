"""``huiyin count CODE``: one number with its base and its day, as the congress office counts it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post, Role
from huiyin.kernel import clock as now
from huiyin.organisations.models import Congress, Session
from huiyin.organisations.selectors import rulebook_for
from huiyin.reporting.counting import Counted, count
from huiyin.reporting.statistics import pages
from huiyin.reporting.statistics.catalogue import ALL_RATES, STATISTICS
from huiyin.rulebook import BadDate, parse_date
from huiyin.suggestions.selectors import current_session


class Command(BaseCommand):
    help = "Print one statistic of a session as of a day, with its base."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", metavar="CODE", help="such as R001, R131, class_A1")
        parser.add_argument("--session", default="", help="name or key; the current one without")
        parser.add_argument("--as-of", metavar="DATE", help="at the end of that day; today without")
        parser.add_argument("--known", type=int, metavar="LINE", help="as the record up to it says")
        parser.add_argument("--congress", default="", help="short address, where there are several")
        parser.add_argument(
            "--language",
            choices=[code for code, _name in settings.LANGUAGES],
            default=settings.LANGUAGE_CODE,
        )

    def handle(self, *, code: str, language: str, **options: Any) -> None:
        with translation.override(language):
            on = _day(options["as_of"]) if options["as_of"] else now.today()
            if on > now.today():
                raise CommandError(_("Statistics are counted as of today or a past day."))
            congress = _congress(options["congress"])
            session = _session(congress, options["session"], on=on)
            for line in _told(code, congress, session, on=on, known=options["known"]):
                self.stdout.write(line)


def _told(
    code: str, congress: Congress, session: Session, *, on: date, known: int | None
) -> list[str]:
    if code not in STATISTICS and code not in ALL_RATES:
        raise CommandError(_("There is no statistic “%(code)s”.") % {"code": code})
    rate = ALL_RATES.get(code)
    codes = [*rate.parts, rate.of] if rate else [code]
    rules = rulebook_for(congress=congress, session=session, on=session.opens_on or on)
    counted = count(
        actor=_office(congress), session=session, as_of=on, rules=rules, codes=codes, known=known
    )
    dates = _("as of %(day)s · record up to line %(line)s") % {
        "day": on.isoformat(),
        "line": counted.known,
    }
    if rate is None:
        figure = STATISTICS[code]
        label, base, number = pages.label_of(figure), figure.base, f"{counted.numbers[code]:,}"
        return [f"{code} {label}: {number}", str(base), session.name, dates]
    return [f"{code} {rate.label}: {_share(counted, code)}", str(rate.base), session.name, dates]


def _share(counted: Counted, code: str) -> str:
    """The percentage with what it was made from, or why there is none."""
    rate, value = ALL_RATES[code], counted.rate(code)
    if value is None:
        return _("%(dash)s: nothing to divide by") % {"dash": pages.DASH}
    parts = sum(counted.numbers[part] for part in rate.parts)
    made = _("%(count)s of %(of)s") % {"count": parts, "of": counted.numbers[rate.of]}
    return f"{value}% ({made}; {pages.rounding(counted)})"


def _office(congress: Congress) -> Actor:
    clerks = Post.objects.filter(role=Role.CLERK, congress=congress)
    post = clerks.select_related("person", "congress").order_by("pk").first()
    if post is None:
        raise CommandError(_("The congress has no clerk whose statistics these would be."))
    return Actor.of(post)


def _congress(slug: str) -> Congress:
    rows = Congress.objects.filter(sessions__isnull=False).distinct()
    found = list(rows.filter(slug=slug) if slug else rows)
    if len(found) != 1:
        raise CommandError(_("Name the congress by its short address."))
    return found[0]


def _session(congress: Congress, name: str, *, on: date) -> Session:
    if not name:
        found = current_session(congress, on=on)
    else:
        sessions = congress.sessions.all()
        found = sessions.filter(key=name).first() or sessions.filter(name=name).first()
    if found is None:
        raise CommandError(_("There is no such session."))
    return found


def _day(text: str) -> date:
    try:
        return parse_date(text)
    except BadDate as refused:
        raise CommandError(refused.said_in(translation.get_language())) from refused
