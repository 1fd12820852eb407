"""Which scanned papers came back, and which still wait for somebody to say where they belong."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from huiyin.accounts.actor import Actor
from huiyin.documents import selectors as documents
from huiyin.documents.models import Attachment
from huiyin.kernel.errors import NotFound
from huiyin.suggestions.models import ReceivedScan, ScanVerdict, Suggestion
from huiyin.suggestions.services.scanning import FILED_SCAN
from huiyin.suggestions.services.turn import CASE_TYPE

_WAITING = ~Q(verdict=ScanVerdict.FOUND) & Q(placed__isnull=True)


def of_congress(actor: Actor) -> QuerySet[ReceivedScan]:
    """The scans the actor's congress office has sent in, the last ones first."""
    rows = ReceivedScan.objects.filter(congress=actor.congress_id)
    return rows.select_related(
        "congress", "post__person", "suggestion__session", "placed__suggestion__session"
    )


def waiting(actor: Actor) -> QuerySet[ReceivedScan]:
    """Those whose code brought them nowhere and that nobody has placed yet."""
    return of_congress(actor).filter(_WAITING)


def settled(actor: Actor) -> QuerySet[ReceivedScan]:
    """Those that have their place."""
    return of_congress(actor).exclude(_WAITING)


def find(actor: Actor, key: str) -> ReceivedScan:
    """One scan of the actor's congress; ``NotFound`` for another's."""
    found = of_congress(actor).filter(key=key).first()
    if found is None:
        raise NotFound(key)
    return found


def filed_scans(case: Suggestion) -> list[Attachment]:
    """The scans of the running round that were brought to the case, the last one first."""
    kept = documents.for_case((CASE_TYPE, case.key))
    return list(kept.filter(part__startswith=f"{FILED_SCAN}{case.round}:").order_by("-pk"))
