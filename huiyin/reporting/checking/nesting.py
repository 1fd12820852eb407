"""Which rows lie within others. What the print leaves open, arithmetic decides, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, product

from huiyin.reporting.checking.bases import total_of
from huiyin.reporting.checking.printed import Role, Row

# Ways to divide the rows below several 其中 that are tried.
MOST_WAYS = 400
_FIRST_LEVEL = re.compile(r"[一二三四五六七八九十]+[、.]")
_SECOND_LEVEL = re.compile(r"(?:\([一二三四五六七八九十\d]+\)|\d+[、.)])")


def nested(rows: Sequence[Row]) -> list[Row]:
    """Return ``rows`` with roles and groups that make the totals come out, if any do."""
    rows = list(_grouped(rows))
    total = next((row.counts for row in rows if row.role is Role.TOTAL), None)
    if total is None or not any(total):
        return rows
    at, whole = next((place, each.value) for place, each in enumerate(total) if each)
    for way in islice(_ways(rows), MOST_WAYS):
        if total_of(way, at) == whole:
            return way
    return rows


def _ways(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """The rows as they are, then with the rows below 其中 in it, then by their numbering."""
    yield list(rows)
    yield from _below_of_which(rows)
    if any(_FIRST_LEVEL.match(row.label) for row in rows):
        yield [_inside(row) if _SECOND_LEVEL.match(row.label) else row for row in rows]
        yield [
            row if _FIRST_LEVEL.match(row.label) or row.role is not Role.PART else _inside(row)
            for row in rows
        ]


def _inside(row: Row) -> Row:
    return replace(row, role=Role.OF_WHICH) if row.role is Role.PART else row


def _below_of_which(rows: Sequence[Row]) -> Iterator[list[Row]]:
    starts = [at for at, row in enumerate(rows) if row.role is Role.OF_WHICH]
    if not starts:
        return
    runs = [_run(rows, at) for at in starts]
    for lengths in product(*(range(run + 1) for run in runs)):
        inside = {
            at + step
            for at, length in zip(starts, lengths, strict=True)
            for step in range(1, length + 1)
        }
        yield [_inside(row) if at in inside else row for at, row in enumerate(rows)]


def _run(rows: Sequence[Row], at: int) -> int:
    """How many parts follow row ``at`` before anything else does."""
    length = 0
    for row in rows[at + 1 :]:
        if row.role is not Role.PART:
            break
        length += 1
    return length


def _grouped(rows: Sequence[Row]) -> list[Row]:
    """Give rows the group of the subtotal they belong to, which stands after or before them."""
    subtotals = [row for row in rows if row.role is Role.SUBTOTAL]
    if not subtotals or all(row.group for row in subtotals):
        return list(rows)
    ways = [_in_groups(rows, subtotal_first=first) for first in (False, True)]
    return max(ways, key=_right)


def _in_groups(rows: Sequence[Row], *, subtotal_first: bool) -> list[Row]:
    found, number = [], 0
    for row in rows:
        if row.role is Role.SUBTOTAL and subtotal_first:
            number += 1
        found.append(row if row.role is Role.TOTAL else replace(row, group=f"§{number}"))
        if row.role is Role.SUBTOTAL and not subtotal_first:
            number += 1
    return found


def _right(rows: Sequence[Row]) -> int:
    """How many subtotals are the sum of their rows."""
    right = 0
    for row in rows:
        if row.role is Role.SUBTOTAL:
            parts = [each for each in rows if each.group == row.group and each.role is Role.PART]
            right += any(
                figure and total_of(parts, at) == figure.value
                for at, figure in enumerate(row.counts)
            )
    return right
