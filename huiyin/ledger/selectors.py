"""Reading the record: what else rests on it."""

from __future__ import annotations

from huiyin.ledger.models import GENESIS, Chain


def head_of(chain: str) -> str:
    """The hash of the last line: another one as soon as anything more has been recorded.

    Figures are kept in memory under it, so that no act leaves an old figure standing.
    """
    heads = Chain.objects.filter(key=chain).values_list("head_hash", flat=True)
    return heads.first() or GENESIS
