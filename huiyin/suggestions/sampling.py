"""Which of many are called back: decided by a seed that was public before, and by nobody."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from hashlib import sha256

# One in ten (quality.md M1); no law names a share.
PERCENT = 10


def drawn(seed: str, names: Collection[str], *, percent: int = PERCENT) -> Sequence[str]:
    """``percent`` of ``names``, at least one of any: those whose digests come first.

    The digest is SHA-256 over seed, line feed and name in UTF-8, so that anybody draws them again
    with a tool of his own. The order in which the names come does not matter.

    >>> drawn("2020-09-01 3 7 19", ["1", "2", "3"], percent=34)
    ['1', '2']
    """
    many = -(-len(names) * percent // 100)
    return sorted(names, key=lambda name: (_digest(seed, name), name))[:many]


def _digest(seed: str, name: str) -> str:
    return sha256(f"{seed}\n{name}".encode()).hexdigest()
