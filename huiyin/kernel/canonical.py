"""One byte string for one value: the form in which records are hashed.

The encoding is injective: every part carries its type and its length, so no two different
values share a form (``"1"`` and ``1``, ``["a", "b"]`` and ``["ab"]``, a field moved into its
neighbour). Text is put into Unicode normal form C first; the same words typed on two machines
are the same words.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

ALGORITHM = "sha256"


def canonical(value: Any) -> bytes:
    """Encode ``value`` for hashing.

    Takes None, bool, int, str, bytes, Decimal, date, aware datetime, and lists, tuples and
    string-keyed mappings of them. Raises ``TypeError`` for anything else: floats have no one form.
    """
    kind, body = _parts(value)
    return b"%s%d:%s" % (kind, len(body), body)


def digest(domain: str, *parts: Any) -> str:
    """Return the SHA-256 of ``parts`` in hex. ``domain`` keeps uses of the hash apart."""
    return hashlib.sha256(canonical([domain, *parts])).hexdigest()


def _parts(value: Any) -> tuple[bytes, bytes]:
    simple = _scalar(value)
    if simple is not None:
        return simple
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("only text may key a hashed mapping")
        pairs = sorted((unicodedata.normalize("NFC", key), key) for key in value)
        body = b"".join(canonical(shown) + canonical(value[key]) for shown, key in pairs)
        return b"m", body
    if isinstance(value, Sequence):
        return b"l", b"".join(canonical(item) for item in value)
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _scalar(value: Any) -> tuple[bytes, bytes] | None:  # noqa: C901 - one line for each type
    # bool before int and datetime before date: each is a subclass of the other.
    if value is None:
        return b"n", b""
    if isinstance(value, bool):
        return b"b", b"1" if value else b"0"
    if isinstance(value, int):
        return b"i", str(value).encode()
    if isinstance(value, str):
        return b"s", unicodedata.normalize("NFC", value).encode("utf-8", "surrogatepass")
    if isinstance(value, bytes):
        return b"x", value
    if isinstance(value, Decimal):
        return b"d", str(value).encode()
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise TypeError("a hashed time needs its zone")
        moment = value.astimezone(UTC).isoformat(timespec="microseconds")
        return b"t", moment.encode()
    if isinstance(value, date):
        return b"y", value.isoformat().encode()
    return None
