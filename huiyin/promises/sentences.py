"""Which sentence of a reply is its promise. What is found is always quoted as it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

# Words with which offices promise. 「将」 alone says too little and weighs least.
_MARKS = {
    "年底前": 4,
    "年内": 4,
    "完成": 3,
    "确保": 3,
    "力争": 3,
    "列入": 3,
    "纳入": 3,
    "建成": 3,
    "计划": 2,
    "争取": 2,
    "拟": 2,
    "下一步": 2,
    "推进": 1,
    "将": 1,
}
_ENDS = re.compile(r"(?<=[。！？；\n])")
LONGEST = 400


def sentences(text: str) -> list[str]:
    """The sentences of a text, each with its mark at the end."""
    return [found for part in _ENDS.split(text) if (found := part.strip())]


def promise_in(texts: Sequence[str], *, due_on: date | None, plan: str = "") -> str:
    """Return the sentence that promises most plainly, the first of equals; blank without text."""
    found = [each for text in texts for each in sentences(text)]
    if not found:
        return ""
    best = max(found, key=lambda each: _weight(each, due_on=due_on, plan=plan))
    return best[:LONGEST]


def _weight(sentence: str, *, due_on: date | None, plan: str) -> int:
    weight = sum(value for mark, value in _MARKS.items() if mark in sentence)
    if due_on and f"{due_on.year}年" in sentence:
        weight += 5
    if plan and plan in sentence:
        weight += 6
    return weight
