"""The day until which a session's adjustments are taken, moved by decision (源文004)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from huiyin.accounts.actor import Actor
from huiyin.accounts.rules import require_as_read
from huiyin.kernel.errors import Conflict, Invalid
from huiyin.ledger.services import record
from huiyin.organisations.models import Session
from huiyin.organisations.rules import require_keeper
from huiyin.suggestions.models import ReturnCutoff
from huiyin.suggestions.selectors import cutoff_of
from huiyin.ui.days import plain_day


@transaction.atomic
def extend_cutoff(
    *,
    session: Session,
    until: date,
    decided_by: str,
    decided_on: date,
    basis: str,
    actor: Actor,
    at: datetime,
) -> ReturnCutoff:
    """Put on record that adjustments of a session are taken until a later day (源文004).

    Raises ``Conflict`` for a day that is not later than the one that holds.
    """
    require_keeper(actor, session.congress)
    require_as_read(actor)
    if not (decided_by.strip() and basis.strip()):
        raise Invalid(_("Say who decided it and on what basis."))
    # Two who extend at once: the second sees the first.
    Session.objects.select_for_update().get(pk=session.pk)
    before = cutoff_of(session)
    if before and until <= before.until:
        raise Conflict(
            _("Adjustments are taken until %(date)s already.") % {"date": plain_day(before.until)},
            remedy=_("A cut-off day is only ever moved to a later one."),
        )
    kept = ReturnCutoff(
        session=session,
        until=until,
        decided_by=decided_by.strip(),
        decided_on=decided_on,
        basis=basis.strip(),
        post=actor.post,
        at=at,
    )
    kept.save()
    record(
        chain=session.congress.key,
        actor=actor,
        at=at,
        action="return_cutoff.extend",
        subject=("session", session.key),
        before=before.until.isoformat() if before else "",
        after=until.isoformat(),
        facts=[kept],
    )
    return kept
