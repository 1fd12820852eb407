"""Scans of what a deputy has signed on paper: kept with the case, and only if they can be read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext as _

from huiyin.documents import services as documents
from huiyin.documents.content import ACCEPTED
from huiyin.documents.models import Attachment
from huiyin.kernel.errors import Invalid
from huiyin.ledger import services as ledger
from huiyin.suggestions.services.turn import CASE_TYPE, Turn

# The part of a case under which the scanned form of a rating is kept, by round.
RATING_SCAN = "rating:"
# Under which an organ's signed record of an answer in person is kept, by assignment.
IN_PERSON_SCAN = "in_person:"

# Under which a scan that its code brought to the case is kept, by round.
FILED_SCAN = "filed:"

_SCANNED = (".pdf", ".jpg", ".jpeg", ".png")
_START = re.compile(rb"startxref\s+(\d{1,12})\s+%%EOF\s*\Z")
_TABLE = re.compile(rb"\s*(xref\b|\d+\s+\d+\s+obj\b)")
_TAIL = 2048


@dataclass(frozen=True, slots=True)
class Scan:
    """A file as it was sent."""

    file: IO[bytes]
    name: str


def keep_scan(running: Turn, scan: Scan | None, *, part: str) -> Attachment | None:
    """Keep the scan inside the turn; None when none was sent, which the step's guard refuses.

    Raises ``Invalid`` for a file that is empty, no scan or damaged. Nothing is kept then.
    """
    if scan is None:
        return None
    try:
        require_readable(scan)
        kept = documents.keep(
            file=scan.file,
            name=scan.name,
            actor=running.actor,
            at=running.at,
            case=(CASE_TYPE, running.case.key),
            part=part,
        )
    except Invalid as refused:
        said = f"{refused} {refused.remedy}" if refused.remedy else str(refused)
        raise Invalid(str(refused), fields={"scan": [said]}) from refused
    running.lines.append(
        ledger.Line(
            at=running.at,
            actor=running.actor,
            action="suggestion.attach",
            subject=(CASE_TYPE, running.case.key),
            facts=[kept],
        )
    )
    return kept


def require_readable(scan: Scan) -> None:
    """Raise ``Invalid`` for a file that an office could not print again: it proves nothing."""
    ending = next((each for each in ACCEPTED if scan.name.lower().endswith(each)), "")
    if ending not in _SCANNED:
        raise Invalid(
            _("“%(name)s” is no scan.") % {"name": scan.name},
            remedy=_("Attach the signed paper as a PDF, JPG or PNG file."),
        )
    opens = _OPENS.get(ending)
    if opens and scan.file.seek(0, 2) and not opens(scan.file):
        raise Invalid(
            _("“%(name)s” cannot be opened: it is damaged or incomplete.") % {"name": scan.name},
            remedy=_("Scan the signed paper again and attach the new file."),
        )


def _opens_as_pdf(file: IO[bytes]) -> bool:
    """Whether its end leads to its table of contents, as every reader of PDF needs it."""
    size = file.seek(0, 2)
    file.seek(max(size - _TAIL, 0))
    found = _START.search(file.read())
    if found is None or int(found[1]) >= size:
        return False
    file.seek(int(found[1]))
    return bool(_TABLE.match(file.read(64)))


_OPENS: dict[str, Callable[[IO[bytes]], bool]] = {".pdf": _opens_as_pdf}
