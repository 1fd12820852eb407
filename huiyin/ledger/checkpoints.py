"""Checkpoints: the heads of the chains as text, to be kept where no one here can reach.

Each chain is a block of five lines, and blocks are parted by an empty line, so that the files of
many days can simply be joined::

    huiyin.ledger/1
    <chain>
    <number of lines>
    sha256:<hash of the last line>
    <when it was taken>

The order origin, size, hash is that of the checkpoints of public transparency logs (C2SP
tlog-checkpoint); the rest is ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from huiyin.kernel.canonical import ALGORITHM
from huiyin.kernel.errors import Invalid
from huiyin.ledger.models import Chain

ORIGIN = "huiyin.ledger/1"
_BLOCK = re.compile(
    rf"{ORIGIN}\n(?P<chain>[\w-]{{1,22}})\n(?P<size>0|[1-9][0-9]*)\n"
    rf"{ALGORITHM}:(?P<hash>[0-9a-f]{{64}})\n(?P<taken>[0-9T:.+-]+)",
    re.ASCII,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """That a chain had ``size`` lines, the last with this ``hash``, at the time ``taken``."""

    chain: str
    size: int
    hash: str
    taken: datetime

    def __str__(self) -> str:
        when = self.taken.isoformat(timespec="seconds")
        return f"{ORIGIN}\n{self.chain}\n{self.size}\n{ALGORITHM}:{self.hash}\n{when}"


def take(*, at: datetime) -> list[Mark]:
    """Return a mark of every chain as it stands."""
    return [
        Mark(chain=head.key, size=head.head_seq, hash=head.head_hash, taken=at)
        for head in Chain.objects.order_by("key")
    ]


def as_text(marks: Iterable[Mark]) -> str:
    return "".join(f"{mark}\n\n" for mark in marks)


def parse(text: str) -> list[Mark]:
    """Return the marks in ``text``. Raises ``Invalid`` naming the first block that is none."""
    blocks = re.split(r"\n{2,}", text.replace("\r\n", "\n").strip())
    return [_mark(block, nth=nth) for nth, block in enumerate(blocks, start=1)]


def _mark(block: str, *, nth: int) -> Mark:
    found = _BLOCK.fullmatch(block)
    if found is None:
        raise _unreadable(nth)
    try:
        taken = datetime.fromisoformat(found["taken"])
    except ValueError:
        raise _unreadable(nth) from None
    return Mark(chain=found["chain"], size=int(found["size"]), hash=found["hash"], taken=taken)


def _unreadable(nth: int) -> Invalid:
    return Invalid(
        _("Block %(nth)s of the checkpoint file cannot be read.") % {"nth": nth},
        remedy=_("Use the file as it was written, whole and unchanged."),
    )
