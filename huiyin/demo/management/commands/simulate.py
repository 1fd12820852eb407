"""``huiyin simulate``: carry every open case to a reply and a rating, as a rehearsal."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from huiyin.accounts.models import Person
from huiyin.demo.simulation import simulate
from huiyin.kernel import clock
from huiyin.organisations.models import Congress


class Command(BaseCommand):
    help = "Carry every open case to a reply and a rating with simulated people. A rehearsal only."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", default="1", help="the same seed takes the same decisions")
        parser.add_argument(
            "--congress", action="append", help="short address; more than one may be named"
        )

    def handle(self, *, seed: str, congress: list[str] | None, **_options: Any) -> None:
        refuse_where_people_work()
        done = simulate(
            seed=seed,
            now=clock.now,
            congresses=_named(congress) if congress else None,
            progress=self._progress,
        )
        words = {
            "closed": done.closed,
            "again": done.again,
            "reference": done.for_reference,
            "hired": done.hired,
            "steps": done.steps,
            "left": len(done.left),
        }
        self.stdout.write(
            _(
                "%(closed)d closed with a rating (%(again)d in a second round), "
                "%(reference)d for reference, %(left)d left; "
                "%(steps)d steps, %(hired)d simulated people."
            )
            % words
        )
        for case, why in done.left:
            self.stderr.write(f"{case}: {why}")
        if done.left:
            raise CommandError(_("Some cases could not be carried on."))

    def _progress(self, done: int, whole: int) -> None:
        if self.stderr.isatty() or done == whole:
            self.stderr.write(f"\r{done}/{whole}", ending="\n" if done == whole else "")
            self.stderr.flush()


def refuse_where_people_work() -> None:
    """A simulation answers in people's names: never where one of them can sign in."""
    if settings.HUIYIN_DEMO:
        return
    real = Person.objects.filter(is_active=True)
    if real.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX).exists():
        raise CommandError(
            _("People sign in here. A simulation answers and rates in others' names: refused.")
        )


def _named(slugs: list[str]) -> list[Congress]:
    found = list(Congress.objects.filter(slug__in=slugs))
    if missing := set(slugs) - {congress.slug for congress in found}:
        known = {"slug": ", ".join(sorted(missing))}
        raise CommandError(_("There is no congress “%(slug)s”.") % known)
    return found
