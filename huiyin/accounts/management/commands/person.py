"""``huiyin person``: what an operator does about one account when no clerk can."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from huiyin.accounts import services
from huiyin.accounts.management.commands.found import tell_code
from huiyin.accounts.models import Person
from huiyin.accounts.models.people import normalise_login
from huiyin.kernel import clock
from huiyin.kernel.errors import DomainError


class Command(BaseCommand):
    help = "Issue an activation code, end the sessions, close or open one account."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["activate", "end-sessions", "close", "open"])
        parser.add_argument("login", help="login name")
        parser.add_argument("--why", default="", help="reason, for closing and opening")

    def handle(self, *, what: str, login: str, why: str, **_options: Any) -> None:
        person = Person.objects.filter(login=normalise_login(login)).first()
        if person is None:
            raise CommandError(_("Nobody has the login name “%(login)s”.") % {"login": login})
        try:
            self._do(what, person, why=why, at=clock.now())
        except DomainError as refused:
            raise CommandError(f"{refused} {refused.remedy}".strip()) from refused

    def _do(self, what: str, person: Person, *, why: str, at: datetime) -> None:
        if what == "activate":
            tell_code(
                self,
                services.issue_activation(person=person, actor=None, at=at, via="command"),
            )
            return
        if what == "end-sessions":
            services.end_sessions(person=person, actor=None, at=at)
        elif not why:
            raise CommandError(_("Say why, with --why."))
        elif what == "close":
            services.disable_person(person=person, actor=None, at=at, why=why)
        else:
            services.enable_person(person=person, actor=None, at=at, why=why)
        self.stdout.write(_("Done: %(person)s") % {"person": person.name})
