"""Entering the articles of an organ's mandate, and ending them; none is ever rewritten."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from huiyin.kernel.errors import Conflict, Invalid
from huiyin.ledger.services import record
from huiyin.organisations.models import MandateClause, Organ
from huiyin.organisations.rules import Keeper, require_keeper


@transaction.atomic
def enter_mandate(
    *,
    organ: Organ,
    article: str,
    text: str,
    source: str,
    since: date,
    until: date | None = None,
    actor: Keeper | None,
    at: datetime,
    via: str = "web",
) -> MandateClause:
    """Enter one article as its document has it.

    Raises ``Conflict`` while the same article of the same document is in force: end that first,
    so that a change of wording keeps both.
    """
    require_keeper(actor, organ.congress)
    clause = MandateClause(
        organ=organ,
        article=article.strip(),
        text=text.strip(),
        source=source.strip().strip("《》"),
        since=since,
        until=until,
    )
    if not (clause.text and clause.source and clause.article):
        raise Invalid(_("A mandate is entered with document, article and text."))
    if until is not None and until < since:
        raise Invalid(
            _("It cannot end before it begins."), fields={"until": [_("Before the first day.")]}
        )
    try:
        with transaction.atomic():
            clause.save()
    except IntegrityError as clash:
        raise Conflict(
            _("%(clause)s is in force already.") % {"clause": clause.cited},
            remedy=_("End the one in force first; both wordings then stay, each with its days."),
        ) from clash
    _note("mandate.enter", clause, actor=actor, at=at, via=via, after=clause.cited)
    return clause


@transaction.atomic
def end_mandate(
    *,
    clause: MandateClause,
    until: date,
    actor: Keeper | None,
    at: datetime,
    via: str = "web",
) -> MandateClause:
    """Say on which day an article was last in force. Raises ``Conflict`` when it has ended."""
    row = MandateClause.objects.select_for_update(of=("self",)).get(pk=clause.pk)
    require_keeper(actor, row.organ.congress)
    if row.until is not None:
        raise Conflict(_("%(clause)s has ended already.") % {"clause": row.cited})
    if until < row.since:
        raise Invalid(
            _("It cannot end before it begins."), fields={"until": [_("Before the first day.")]}
        )
    row.until = until
    row.save(update_fields=["until"])
    _note("mandate.end", row, actor=actor, at=at, via=via, after=f"{row.cited} {until}")
    return row


def _note(
    action: str, clause: MandateClause, *, actor: Keeper | None, at: datetime, via: str, after: str
) -> None:
    record(
        chain=clause.organ.congress.key,
        actor=actor,
        at=at,
        action=action,
        subject=("mandate_clause", clause.key),
        after=after,
        via=via,
    )
