"""``huiyin found``: the first congress and its first clerk, with no password anywhere."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.accounts import services
from huiyin.accounts.models import Role
from huiyin.accounts.services.activation import Issued
from huiyin.kernel import clock
from huiyin.kernel.errors import DomainError
from huiyin.organisations import services as organisations
from huiyin.organisations.models import Congress, Level

_ASKED = {
    "name": gettext_lazy("Full name of the congress (岳川省人民代表大会)"),
    "short_name": gettext_lazy("Short name (岳川省)"),
    "slug": gettext_lazy("Short address, letters and digits (yuechuan)"),
    "level": gettext_lazy("Level: national, province, city, county or township"),
    "division": gettext_lazy("GB/T 2260 code of the division (430000), or nothing"),
    "term": gettext_lazy("Number of the present term (14)"),
    "term_starts": gettext_lazy("First day of the term (2023-01-13)"),
    "clerk": gettext_lazy("Name of the first clerk"),
    "clerk_login": gettext_lazy("Login name of the clerk"),
}
_MAY_BE_EMPTY = frozenset({"division"})


class Command(BaseCommand):
    help = (
        "Set up a congress with its present term and first clerk. Prints an activation code; "
        "the clerk sets the password himself."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", help="full name of the congress")
        parser.add_argument("--short-name", help="how it is called in lists")
        parser.add_argument("--slug", help="short address, letters and digits")
        parser.add_argument("--level", choices=Level.values)
        parser.add_argument("--division", help="GB/T 2260 code; may be left out")
        parser.add_argument("--division-name", default="", help="for a code not in the table")
        parser.add_argument("--term", help="number of the present term")
        parser.add_argument("--term-starts", help="first day of the term, YYYY-MM-DD")
        parser.add_argument("--clerk", help="name of the first clerk")
        parser.add_argument("--clerk-login", help="login name of the clerk")

    def handle(self, **options: Any) -> None:
        answers = {name: self._answer(name, options[name]) for name in _ASKED}
        try:
            issued = found(answers, division_name=options["division_name"], at=clock.now())
        except DomainError as refused:
            raise CommandError(f"{refused} {refused.remedy}".strip()) from refused
        self.stdout.write(_("Set up: %(name)s") % {"name": answers["name"]})
        tell_code(self, issued)

    def _answer(self, name: str, given: str | None) -> str:
        if given is not None:
            return given
        if name in _MAY_BE_EMPTY and not sys.stdin.isatty():
            return ""
        if not sys.stdin.isatty():
            option = f"--{name.replace('_', '-')}"
            raise CommandError(_("%(option)s is needed.") % {"option": option})
        return input(f"{_ASKED[name]}: ").strip()


def tell_code(command: BaseCommand, issued: Issued) -> None:
    """Print a code with what to do with it. It is shown once and kept nowhere."""
    command.stdout.write(
        _("Activation code of %(person)s: %(code)s")
        % {"person": issued.person.name, "code": issued.code}
    )
    command.stdout.write(
        _("It works once, until %(moment)s, on the page /activate/.")
        % {"moment": issued.expires_at.strftime("%Y-%m-%d %H:%M")}
    )


@transaction.atomic
def found(answers: dict[str, str], *, division_name: str, at: datetime) -> Issued:
    """Set everything up, or nothing."""
    code = answers["division"]
    shared: dict[str, Any] = {"actor": None, "at": at, "via": "command"}
    congress = organisations.found_congress(
        slug=answers["slug"],
        name=answers["name"],
        short_name=answers["short_name"],
        level=answers["level"],
        division=organisations.ensure_division(code, name=division_name) if code else None,
        **shared,
    )
    starts_on = _day(answers["term_starts"])
    organisations.open_term(
        congress=congress, ordinal=_number(answers["term"]), starts_on=starts_on, **shared
    )
    return _first_clerk(congress, answers, at=at)


def _first_clerk(congress: Congress, answers: dict[str, str], *, at: datetime) -> Issued:
    person = services.enter_person(
        name=answers["clerk"], login=answers["clerk_login"], actor=None, at=at, via="command"
    )
    services.give_post(
        person=person,
        role=Role.CLERK,
        congress=congress,
        since=at.date(),
        actor=None,
        at=at,
        via="command",
    )
    return services.issue_activation(person=person, actor=None, at=at, via="command")


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise CommandError(_("“%(said)s” is no day like 2023-01-13.") % {"said": said}) from None


def _number(said: str) -> int:
    if not said.isdecimal():
        raise CommandError(_("“%(said)s” is no number.") % {"said": said})
    return int(said)
