"""What parameters and closed choices are called, and any value in words."""

import re
import tomllib
from calendar import month_name
from dataclasses import dataclass
from enum import StrEnum
from functools import singledispatch
from pathlib import Path

from huiyin.rulebook.model import MonthDay, Period
from huiyin.rulebook.schemes import ClassScheme, Dimension, Reason, Scale
from huiyin.rulebook.values import Length
from huiyin.rulebook.words import Words

_SHIPPED = tomllib.loads(Path(__file__).with_name("labels.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the work, and the parameters that rule it, in order."""

    title: Words
    keys: tuple[str, ...]


STEPS: tuple[Step, ...] = tuple(
    Step(title=Words(**raw["title"]), keys=tuple(raw["parameters"])) for raw in _SHIPPED["step"]
)
# What each parameter is called, by its key.
LABELS: dict[str, Words] = {
    key: Words(**said) for raw in _SHIPPED["step"] for key, said in raw["parameters"].items()
}
# What each member of a closed choice is called: the name of its class, then its value.
CHOICES: dict[str, dict[str, Words]] = {
    kind: {value: Words(**said) for value, said in members.items()}
    for kind, members in _SHIPPED["choice"].items()
}

_NONE = Words(zh="不作规定", en="Not laid down")
_YES, _NO = Words(zh="是", en="Yes"), Words(zh="否", en="No")


def choice(member: StrEnum) -> Words:
    """What a member of a closed choice is called."""
    return CHOICES[type(member).__name__][member.value]


def with_names(said: Words) -> Words:
    """A complaint written for the author of a pack, with its keys named as pages name them."""
    zh, en = said.zh, said.en
    # The longest first: one key may begin like another.
    for key in sorted(LABELS, key=len, reverse=True):
        zh = re.sub(rf" ?{re.escape(key)} ?", f"“{LABELS[key].zh}”", zh)
        en = en.replace(key, f"“{LABELS[key].en}”")
    return Words(zh=zh, en=en)


@singledispatch
def in_words(value: object) -> Words:
    """A typed value as a page prints it; ``None`` is a rule that leaves the matter open.

    >>> from huiyin.rulebook.model import StartEvent, Unit
    >>> in_words(Period(3, Unit.MONTHS, StartEvent.ASSIGNMENT)).en
    '3 calendar months from the day of assignment'
    """
    return _NONE if value is None else Words(zh=str(value), en=str(value))


in_words.register(StrEnum, choice)


@in_words.register
def _(value: bool) -> Words:  # noqa: FBT001 - the type is what it is chosen by
    return _YES if value else _NO


@in_words.register
def _(value: Period) -> Words:
    length, start = _length(value), choice(value.counted_from)
    return Words(zh=f"{length.zh}，自{start.zh}起", en=f"{length.en} from {start.en}")


@in_words.register(Length)
def _length(value: Length | Period) -> Words:
    unit = choice(value.unit)
    one = value.count == 1
    return Words(
        zh=f"{value.count}{unit.zh.partition('（')[0]}",
        en=f"{value.count} {unit.en.removesuffix('s') if one else unit.en}",
    )


@in_words.register
def _(value: MonthDay) -> Words:
    return Words(
        zh=f"每年{value.month}月{value.day}日", en=f"{value.day} {month_name[value.month]}"
    )


@in_words.register(ClassScheme)
@in_words.register(Scale)
def _(value: ClassScheme | Scale) -> Words:
    return value.title


@in_words.register(Dimension)
@in_words.register(Reason)
def _(value: Dimension | Reason) -> Words:
    return value.label


@in_words.register(tuple)
def _(value: tuple[object, ...]) -> Words:
    several = [in_words(each) for each in value]
    return Words(
        zh="、".join(each.zh for each in several), en=", ".join(each.en for each in several)
    )
