"""One byte string for one value: the form in which records are hashed.

The encoding is injective: every part carries its type and its length, so no two different
values share a form (``"1"`` and ``1``, ``["a", "b"]`` and ``["ab"]``, a field moved into its
neighbour). Text is put into Unicode normal form C first; the same words typed on two machines
are the same words.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

ALGORITHM = "sha256"


def canonical(value: Any) -> bytes:
    """Encode ``value`` for hashing.

    Takes None, bool, int, str, bytes, Decimal, date, aware datetime, and lists, tuples and
    string-keyed mappings of them. Raises ``TypeError`` for anything else: floats have no one form.
    """
    kind = type(value)
    # A record holds little but these; a million of them go through here with one year's list.
    if kind is str:
        return _text(value)
    if kind is list or kind is tuple:
        return _framed(b"l", b"".join(map(canonical, value)))
    encode = _ENCODERS.get(kind) or _encoder_of_ancestor(value)
    return encode(value)


def digest(domain: str, *parts: Any) -> str:
    """Return the SHA-256 of ``parts`` in hex. ``domain`` keeps uses of the hash apart."""
    return hashlib.sha256(canonical([domain, *parts])).hexdigest()


def _framed(kind: bytes, body: bytes) -> bytes:
    return b"%s%d:%s" % (kind, len(body), body)


def _text(value: str) -> bytes:
    # ASCII has one form only.
    shown = value if value.isascii() else unicodedata.normalize("NFC", value)
    return _framed(b"s", shown.encode("utf-8", "surrogatepass"))


def _moment(value: datetime) -> bytes:
    if value.tzinfo is None:
        raise TypeError("a hashed time needs its zone")
    return _framed(b"t", value.astimezone(UTC).isoformat(timespec="microseconds").encode())


def _mapping(value: Mapping[Any, Any]) -> bytes:
    if not all(isinstance(key, str) for key in value):
        raise TypeError("only text may key a hashed mapping")
    pairs = sorted((unicodedata.normalize("NFC", key), key) for key in value)
    return _framed(b"m", b"".join(_text(shown) + canonical(value[key]) for shown, key in pairs))


def _sequence(value: Sequence[Any]) -> bytes:
    return _framed(b"l", b"".join(map(canonical, value)))


# bool before int and datetime before date: each is a subclass of the other.
_ENCODERS: dict[type, Callable[[Any], bytes]] = {
    type(None): lambda _value: b"n0:",
    bool: lambda value: b"b1:1" if value else b"b1:0",
    int: lambda value: _framed(b"i", str(int(value)).encode()),
    str: _text,
    bytes: lambda value: _framed(b"x", value),
    Decimal: lambda value: _framed(b"d", str(value).encode()),
    datetime: _moment,
    date: lambda value: _framed(b"y", value.isoformat().encode()),
    dict: _mapping,
    list: _sequence,
    tuple: _sequence,
}


def _encoder_of_ancestor(value: Any) -> Callable[[Any], bytes]:
    """Return the encoder of the first type that ``value`` is one of: a choice is text."""
    for kind, encode in _ENCODERS.items():
        if isinstance(value, kind):
            return encode
    if isinstance(value, Mapping):
        return _mapping
    if isinstance(value, Sequence):
        return _sequence
    raise TypeError(f"{type(value).__name__} has no canonical form")
