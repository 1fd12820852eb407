"""From what a pack writes (``"3 months"``, ``"lead"``, ``true``) to a typed value."""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import UnionType
from typing import Any, get_args, get_origin

from huiyin.rulebook.model import MonthDay, Period, Unit
from huiyin.rulebook.parameters import Parameter
from huiyin.rulebook.schemes import (
    CLASS_SCHEMES,
    DIMENSIONS,
    REASONS,
    SCALES,
    ClassScheme,
    Dimension,
    Reason,
    Scale,
)
from huiyin.rulebook.words import Words

# Longer than any rule read, short enough that no date can run off the calendar.
LONGEST = {Unit.MONTHS: 60, Unit.DAYS: 1830, Unit.WORKING_DAYS: 1250}
_LENGTH = re.compile(r"([1-9]\d{0,3}) (month|day|working day)s?")
_MONTH_DAY = re.compile(r"(\d\d)-(\d\d)", re.ASCII)
_COMMON_YEAR = 2023
_NAMED: dict[type, Mapping[str, object]] = {
    ClassScheme: CLASS_SCHEMES,
    Scale: SCALES,
    Dimension: DIMENSIONS,
    Reason: REASONS,
}


@dataclass(frozen=True, slots=True)
class Length:
    """A period before it is known what it is counted from."""

    count: int
    unit: Unit


class Refused(ValueError):
    """A raw value that does not suit its key; says what would."""

    def __init__(self, message: Words, remedy: Words) -> None:
        self.message, self.remedy = message, remedy
        super().__init__(message, remedy)


def parse(raw: object, parameter: Parameter) -> object:
    """The typed value of ``raw``. Periods come back as ``Length``; ``"none"`` as ``None``.

    Raises ``Refused`` for a wrong type or a value the key cannot have.
    """
    kind, optional = plain_type(parameter.type)
    if optional and raw == "none":
        return None
    value = _parse_as(raw, kind)
    if value is None or (parameter.among and value not in parameter.among):
        may_be = _may_be(kind, optional=optional, among=parameter.among)
        raise Refused(
            Words(
                zh=f"{parameter.key} 不能取值 {raw!r}。", en=f"{parameter.key} cannot be {raw!r}."
            ),
            Words(zh=f"应为{may_be.zh}。", en=f"Write {may_be.en}."),
        )
    return value


def written(value: object) -> object:
    """A typed value as a pack writes it: the way back from ``parse``.

    >>> written(MonthDay(8, 31))
    '08-31'
    """
    if value is None:
        return "none"
    if isinstance(value, Period):
        unit = value.unit.value.replace("_", " ")
        return f"{value.count} {unit.removesuffix('s') if value.count == 1 else unit}"
    if isinstance(value, MonthDay):
        return str(value)
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [written(each) for each in value]
    if isinstance(value, ClassScheme | Scale | Dimension | Reason):
        return value.code
    return value


def plain_type(kind: Any) -> tuple[Any, bool]:
    """The type without ``| None``, and whether it had it."""
    if get_origin(kind) is UnionType:
        inner = next(each for each in get_args(kind) if each is not type(None))
        return inner, True
    return kind, False


def _parse_as(raw: object, kind: Any) -> object:
    """``raw`` as ``kind``, or ``None`` when it is not one."""
    if kind is Period:
        return _length(raw)
    if kind is MonthDay:
        return _month_day(raw)
    if kind in (bool, int):
        return raw if type(raw) is kind else None
    if get_origin(kind) is tuple:
        return _several(raw, get_args(kind)[0])
    return named(kind).get(raw) if isinstance(raw, str) else None


def _length(raw: object) -> Length | None:
    written = _LENGTH.fullmatch(raw) if isinstance(raw, str) else None
    if written is None:
        return None
    unit = Unit(written[2].replace(" ", "_") + "s")
    count = int(written[1])
    return Length(count, unit) if count <= LONGEST[unit] else None


def _month_day(raw: object) -> MonthDay | None:
    """``"08-31"`` as a day of every year; 29 February is none."""
    written = _MONTH_DAY.fullmatch(raw) if isinstance(raw, str) else None
    if written is None:
        return None
    month, day = int(written[1]), int(written[2])
    exists = 1 <= month <= 12 and 1 <= day <= monthrange(_COMMON_YEAR, month)[1]
    return MonthDay(month, day) if exists else None


def _several(raw: object, kind: Any) -> tuple[object, ...] | None:
    names = named(kind)
    if not isinstance(raw, list) or not raw or len(set(map(str, raw))) < len(raw):
        return None
    if not all(isinstance(each, str) and each in names for each in raw):
        return None
    return tuple(names[each] for each in raw)


def named(kind: Any) -> Mapping[str, object]:
    """What a value of ``kind`` may be called in a pack → the value."""
    if issubclass(kind, StrEnum):
        return {each.value: each for each in kind}
    return _NAMED[kind]


def _may_be(kind: Any, *, optional: bool, among: tuple[object, ...]) -> Words:
    """What the key takes, for a remedy."""
    if kind is Period:
        example = '"3 months", "10 days", "7 working days"' + (', "none"' if optional else "")
        return Words(zh=f"期限，例如 {example}", en=f"a period, such as {example}")
    if kind is MonthDay:
        return Words(
            zh='每年的一日，例如 "08-31"，或 "none"',
            en='a day of the year, such as "08-31", or "none"',
        )
    if kind is bool:
        return Words(zh="开关值，true 或 false", en="true or false")
    if kind is int:
        return Words(
            zh=f"整数，{among[0]} 至 {among[-1]}",
            en=f"a whole number from {among[0]} to {among[-1]}",
        )
    if get_origin(kind) is tuple:
        choices = ", ".join(f'"{each}"' for each in named(get_args(kind)[0]))
        return Words(
            zh=f"列表，取自 {choices}，不可为空或重复",
            en=f"a list, neither empty nor repeating, out of {choices}",
        )
    choices = ", ".join(f'"{each}"' for each in among or named(kind))
    return Words(zh=f"下列之一：{choices}", en=f"one of {choices}")
