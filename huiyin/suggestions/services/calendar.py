"""Loading a notice on days off: the house counts by it from now on, running clocks and all."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from huiyin.accounts.actor import Actor
from huiyin.accounts.rules import require_as_read
from huiyin.organisations.models import CalendarNotice
from huiyin.organisations.rules import require_calendar_keeper
from huiyin.organisations.selectors import known_notices
from huiyin.organisations.services import keep_notice
from huiyin.rulebook import calendar_of
from huiyin.rulebook.notices import Notice
from huiyin.suggestions.models import Grounds, Suggestion
from huiyin.suggestions.ruling import Rulings
from huiyin.suggestions.running import Changed, forecast, under
from huiyin.suggestions.services.rederiving import Cause, lock_running, rederive


@transaction.atomic
def load_notice(
    *, notice: Notice, actor: Actor | None, at: datetime, via: str = "web"
) -> tuple[CalendarNotice, list[Changed]]:
    """Keep the notice and count every running clock of the house anew, all or nothing.

    Returns what changed and who was told. Raises ``Conflict`` when the notice is loaded already.
    """
    require_calendar_keeper(actor)
    require_as_read(actor)
    everything = Suggestion.objects.all()
    # Cases before the record: see ``sitting.locked_in_order``.
    lock_running(everything)
    before = under(Rulings.now())
    kept = keep_notice(notice=notice, actor=actor, at=at, via=via)
    cause = Cause(grounds=Grounds.CALENDAR, key=kept.key, said=notice.title, before=before)
    return kept, rederive(everything, actor=actor, at=at, why="", cause=cause, via=via)


def preview_notice(notice: Notice) -> list[Changed]:
    """Return what ``load_notice`` would change now. Nobody is told and nothing is written."""
    rulings = Rulings.now()
    after = rulings.under(calendar_of([*known_notices(), notice]))
    return list(forecast(Suggestion.objects.all(), before=under(rulings), after=under(after)))
