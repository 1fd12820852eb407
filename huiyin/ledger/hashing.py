"""How a line of the record is hashed. Changing this breaks every chain there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from huiyin.kernel.canonical import ALGORITHM, digest

# Every column of a line but its own hash, in the order in which they are hashed.
COLUMNS = (
    "chain_id",
    "seq",
    "at",
    "back_dated",
    "person_key",
    "post_key",
    "role",
    "on_behalf_of",
    "via",
    "action",
    "subject_type",
    "subject_key",
    "before",
    "after",
    "why_digest",
    "facts",
    "alg",
    "prev",
)

# By the name stored on the line, so that old lines stay checkable when the house changes over.
ALGORITHMS: dict[str, Callable[..., str]] = {ALGORITHM: digest}


def line_hash(alg: str, values: Sequence[Any]) -> str:
    """Return the hash of a line from its ``COLUMNS``. Raises ``KeyError`` for an unknown ``alg``.

    Text goes in as its bytes: the line says which of two equal-looking spellings was written.
    """
    exact = [value.encode() if isinstance(value, str) else value for value in values]
    return ALGORITHMS[alg]("huiyin.ledger.line", *exact)


def reason_digest(why: str) -> str:
    """Return what stands on the line for a reason; nothing when none was given."""
    return digest("huiyin.ledger.reason", why) if why else ""
