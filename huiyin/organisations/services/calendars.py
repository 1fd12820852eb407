"""Keeping a notice on days off."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from huiyin.kernel.errors import Conflict
from huiyin.ledger.services import HOUSE, record
from huiyin.organisations.models import CalendarNotice
from huiyin.organisations.rules import Keeper, require_calendar_keeper
from huiyin.organisations.work_calendars import known_notices
from huiyin.rulebook.notices import Notice, already_among, as_content


@transaction.atomic
def keep_notice(
    *, notice: Notice, actor: Keeper | None, at: datetime, via: str = "web"
) -> CalendarNotice:
    """Put a notice among those the house counts by. Raises ``Conflict`` when it is there.

    Dates that rest on it are not counted anew here: ``suggestions.services.load_notice`` does
    both in one transaction, and nobody else calls this.
    """
    require_calendar_keeper(actor)
    if already_among(known_notices(), notice):
        raise Conflict(
            _("This notice is loaded already: %(notice)s.") % {"notice": notice.cited},
            remedy=_("Nothing to do; load the notice that corrects it, if there is one."),
        )
    kept = CalendarNotice(
        year=notice.year,
        number=notice.number,
        title=notice.title,
        issued=notice.issued,
        content=as_content(notice),
        loaded_by=actor.post_key if actor else "",
        loaded_at=at,
    )
    kept.save()
    record(
        chain=HOUSE,
        actor=actor,
        at=at,
        action="calendar.load",
        subject=("calendar_notice", kept.key),
        after=f"{notice.year} {notice.cited.zh}",
        facts=[kept],
        via=via,
    )
    return kept
