"""Scans of papers that came back: each brought to its suggestion by the code that stands on it.

Nothing that was sent in is lost: what cannot be brought anywhere is kept beside the suggestions
until a clerk says where it belongs, or that it belongs nowhere.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Role
from huiyin.accounts.rules import require_as_read
from huiyin.documents import selectors as kept_files
from huiyin.documents import services as documents
from huiyin.documents import storage
from huiyin.documents.models import Attachment
from huiyin.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from huiyin.kernel.ids import new_key
from huiyin.ledger import services as ledger
from huiyin.suggestions.letters.code import Code, read_code
from huiyin.suggestions.models import PlacedScan, ReceivedScan, ScanVerdict, Suggestion
from huiyin.suggestions.selectors import visible_to
from huiyin.suggestions.services.scanning import FILED_SCAN, Scan, require_readable
from huiyin.suggestions.services.turn import CASE_TYPE

# Beside the suggestions: scans that no code has brought to one.
SCAN_TYPE = "scan"


@dataclass(frozen=True, slots=True)
class Judged:
    """What the codes on a file come to, for a clerk of one congress."""

    verdict: ScanVerdict
    case: Suggestion | None = None
    code: Code | None = None


def require_clerk(actor: Actor) -> None:
    """Raise ``NotPermitted`` unless the actor is the congress office's."""
    if actor.role != Role.CLERK:
        raise NotPermitted(_("Only a clerk of the congress office sends in scanned papers."))


@transaction.atomic
def receive_scan(*, scan: Scan, texts: Sequence[str], actor: Actor, at: datetime) -> ReceivedScan:
    """Keep the scan, with the suggestion its codes name or beside them all.

    ``texts`` are the codes that were read on it. Raises ``Invalid`` or ``TooLarge`` for a file
    that is no scan; nothing is kept then.
    """
    require_as_read(actor)
    require_clerk(actor)
    require_readable(scan)
    judged = _judged(texts, actor)
    if judged.verdict == ScanVerdict.FOUND and judged.case:
        kept = _file_with(judged.case, scan, actor=actor, at=at)
    else:
        place = (SCAN_TYPE, actor.congress.key)
        part = new_key()
        kept = documents.keep(
            file=scan.file, name=scan.name, actor=actor, at=at, case=place, part=part
        )
    received = ReceivedScan(
        congress=actor.congress,
        post=actor.post,
        name=kept.original_name,
        attachment=kept.key,
        verdict=judged.verdict,
        suggestion=judged.case,
        paper=judged.code.paper if judged.code else "",
        round=judged.code.round if judged.code else None,
        at=at,
    )
    received.save()
    _record(received, judged.case, actor, at, "scan.receive", facts=[kept, received])
    return received


def _judged(texts: Sequence[str], actor: Actor) -> Judged:
    if not texts:
        return Judged(ScanVerdict.UNREADABLE)
    codes = {code.key: code for code in map(read_code, texts) if code}
    cases = list(visible_to(actor).filter(key__in=codes))
    if not cases:
        return Judged(ScanVerdict.FOREIGN)
    if len(cases) > 1:
        return Judged(ScanVerdict.SEVERAL)
    (case,) = cases
    code = codes[case.key]
    past = code.round is not None and code.round < case.round
    return Judged(ScanVerdict.EXPIRED if past else ScanVerdict.FOUND, case, code)


def _file_with(case: Suggestion, scan: Scan, *, actor: Actor, at: datetime) -> Attachment:
    part = f"{FILED_SCAN}{case.round}:{new_key()}"
    place = (CASE_TYPE, case.key)
    return documents.keep(file=scan.file, name=scan.name, actor=actor, at=at, case=place, part=part)


@transaction.atomic
def place_scan(
    *, received: ReceivedScan, case: Suggestion, actor: Actor, at: datetime
) -> PlacedScan:
    """Put a scan to the suggestion a clerk names. Raises ``Conflict`` when it has its place."""
    _require_open(received, actor)
    if not visible_to(actor).filter(pk=case.pk).exists():
        raise NotFound(case.key)
    kept = _file_with(case, stored_scan(file_of_scan(received)), actor=actor, at=at)
    placed = _placed(received, PlacedScan(suggestion=case), actor, at)
    _record(received, case, actor, at, "scan.place", facts=[kept, placed])
    return placed


@transaction.atomic
def set_scan_aside(*, received: ReceivedScan, actor: Actor, at: datetime, why: str) -> PlacedScan:
    """Say that a scan belongs to no suggestion, and why. The file stays."""
    _require_open(received, actor)
    if not why.strip():
        said = _("Please give the reason.")
        raise Invalid(said, fields={"why": [said]})
    placed = _placed(received, PlacedScan(why=why.strip()), actor, at)
    _record(received, None, actor, at, "scan.set_aside", facts=[placed])
    return placed


def file_of_scan(received: ReceivedScan) -> Attachment:
    """The file of a scan that its code has brought nowhere; ``NotFound`` for any other."""
    return kept_files.find((SCAN_TYPE, received.congress.key), received.attachment)


def stored_scan(kept: Attachment) -> Scan:
    """A kept file as if it were sent again. Raises ``NotFound`` when it is gone from the disk."""
    path = storage.path_of(kept.stored_as)
    if not path.is_file():
        raise NotFound(_("The file is missing from the store."))
    return Scan(file=io.BytesIO(path.read_bytes()), name=kept.original_name)


def _require_open(received: ReceivedScan, actor: Actor) -> None:
    require_as_read(actor)
    require_clerk(actor)
    if received.congress_id != actor.congress_id:
        raise NotFound(received.key)
    if received.verdict == ScanVerdict.FOUND:
        raise _has_its_place()


def _placed(received: ReceivedScan, placed: PlacedScan, actor: Actor, at: datetime) -> PlacedScan:
    placed.scan, placed.post, placed.at = received, actor.post, at
    try:
        with transaction.atomic():
            placed.save()
    except IntegrityError as clash:
        raise _has_its_place() from clash
    return placed


def _has_its_place() -> Conflict:
    return Conflict(
        _("This scan has its place already."), remedy=_("Look at the list to see where it is.")
    )


def _record(
    received: ReceivedScan,
    case: Suggestion | None,
    actor: Actor,
    at: datetime,
    action: str,
    *,
    facts: Sequence[Attachment | ReceivedScan | PlacedScan],
) -> None:
    subject = (CASE_TYPE, case.key) if case else (SCAN_TYPE, received.key)
    ledger.record(
        chain=actor.congress.key,
        actor=actor,
        at=at,
        action=action,
        subject=subject,
        after=received.verdict,
        facts=facts,
    )
