"""What a row is by its label: a part, a total, a subtotal, or a row of which."""

from __future__ import annotations

import re
from collections.abc import Sequence

from huiyin.reporting.checking.figures import plain
from huiyin.reporting.checking.printed import Role, Row

_BLANKS = re.compile(r"[\s:.。、*_\-]+")
_TOTAL = re.compile(
    r"(?:合计|总计|总数|总量|共计|总共|全部|总和|计|合计数|总件数|总体|"
    r"total|grandtotal|sum|all|altogether)(?:\(.*\))?"
)
_SUBTOTAL = re.compile(r".{0,20}(?:小计|subtotal)(?:\(.*\))?")
_OF_WHICH = re.compile(r"(?:其中|其中包括|of which|ofwhich|including|#)")
_SELECTION = re.compile(
    r"\btop\b|top_|主要|部分|较多|最多|前[一二三四五六七八九十\d]+|selected|share_of|^shares$",
    re.IGNORECASE,
)


def role_of(label: str) -> Role:
    """Read the role off the label; what says nothing is a part.

    >>> role_of("合　计"), role_of("其中：满意"), role_of("小计"), role_of("城乡建设").value
    (<Role.TOTAL: 'total'>, <Role.OF_WHICH: 'of_which'>, <Role.SUBTOTAL: 'subtotal'>, 'part')
    """
    said = _BLANKS.sub("", plain(label)).casefold()
    if _TOTAL.fullmatch(said):
        return Role.TOTAL
    if _SUBTOTAL.fullmatch(said):
        return Role.SUBTOTAL
    return Role.OF_WHICH if _OF_WHICH.match(said) else Role.PART


def is_selection(name: str, rows: Sequence[Row]) -> bool:
    """Whether a table says by its name, or by having one row only, that it is no whole."""
    parts = [row for row in rows if row.role is Role.PART]
    return len(parts) == 1 or bool(_SELECTION.search(plain(name)))
