"""What the code on a document says: which suggestion, which document, of which round."""

from __future__ import annotations

import re
from dataclasses import dataclass

_OURS = re.compile(
    r"https?://[^/?#\s]+/suggestions/(?P<key>[A-Za-z0-9_-]{22})/"
    r"(?:\?paper=(?P<paper>[a-z-]{1,20})\.(?P<round>[1-9][0-9]{0,2}))?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A code of this house's making. Documents of former days name the suggestion alone."""

    key: str
    paper: str = ""
    round: int | None = None


def link_of(home: str, *, paper: str, round_: int) -> str:
    """Where the code on a document leads: to the case's own page ``home``."""
    return f"{home}?paper={paper}.{round_}" if home else ""


def read_code(text: str) -> Code | None:
    """The code with that text, whatever address this house was reached by; None for any other.

    >>> read_code("http://x/suggestions/AbCdEfGhIjKlMnOpQrStUv/?paper=reply.2").round
    2
    """
    found = _OURS.fullmatch(text.strip())
    if found is None:
        return None
    round_ = found["round"]
    return Code(key=found["key"], paper=found["paper"] or "", round=int(round_) if round_ else None)
