"""Parameters and their values in words, for whoever reads them: a command, a page, a document."""

import re
import tomllib
from enum import StrEnum
from pathlib import Path

from huiyin.rulebook.model import MonthDay, Period, Unit
from huiyin.rulebook.parameters import PARAMETERS
from huiyin.rulebook.schemes import ClassScheme, Scale
from huiyin.rulebook.values import Length
from huiyin.rulebook.words import Words

_SHIPPED = tomllib.loads(Path(__file__).with_name("wording.toml").read_text("utf-8"))
_LABELS = {key: Words(**_SHIPPED["key"][key]) for key in PARAMETERS}
_CHOICES = {
    (kind, code): Words(**said)
    for kind, choices in _SHIPPED["choice"].items()
    for code, said in choices.items()
}
_LENGTHS = {
    Unit.MONTHS: Words(zh="个月", en="month"),
    Unit.DAYS: Words(zh="日", en="day"),
    Unit.WORKING_DAYS: Words(zh="个工作日", en="working day"),
}
_NOT_SET = Words(zh="未定", en="not set")
_YES, _NO = Words(zh="是", en="yes"), Words(zh="否", en="no")


def label(key: str) -> Words:
    """What a parameter is called; raises ``KeyError`` for a key no pack knows."""
    return _LABELS[key]


def said(value: object) -> Words:
    """A value of a rulebook in words.

    >>> str(said(MonthDay(8, 31)))
    '8月31日'
    """
    if isinstance(value, Period):
        return _period(value)
    if isinstance(value, Length):
        return length(value)
    if isinstance(value, bool):
        return _YES if value else _NO
    if isinstance(value, MonthDay):
        return Words(zh=f"{value.month}月{value.day}日", en=str(value))
    if isinstance(value, StrEnum):
        return _CHOICES[type(value).__name__, value.value]
    if isinstance(value, ClassScheme | Scale):
        return value.title
    if isinstance(value, tuple):
        return Words(
            zh="；".join(each.label.zh for each in value),
            en="; ".join(each.label.en for each in value),
        )
    return _NOT_SET if value is None else Words(zh=str(value), en=str(value))


def length(value: Length | Period) -> Words:
    """How long, without what it is counted from."""
    unit = _LENGTHS[value.unit]
    plural = "" if value.count == 1 else "s"
    return Words(zh=f"{value.count}{unit.zh}", en=f"{value.count} {unit.en}{plural}")


def with_names(complaint: Words) -> Words:
    """A complaint written for the author of a pack, with its keys named as pages name them."""
    zh, en = complaint.zh, complaint.en
    # The longest first: one key may begin like another.
    for key in sorted(_LABELS, key=len, reverse=True):
        zh = re.sub(rf" ?{re.escape(key)} ?", f"“{_LABELS[key].zh}”", zh)
        en = en.replace(key, f"“{_LABELS[key].en}”")
    return Words(zh=zh, en=en)


def _period(period: Period) -> Words:
    long, start = length(period), said(period.counted_from)
    return Words(zh=f"{long.zh}（自{start.zh}起）", en=f"{long.en} from {start.en}")
