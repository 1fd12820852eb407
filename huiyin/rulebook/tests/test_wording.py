"""Every parameter and every value of every pack can be said, and written back, in words."""

import tomllib
from pathlib import Path

import pytest

import huiyin.rulebook
from huiyin.rulebook import (
    DIMENSIONS,
    PARAMETERS,
    SCALES,
    Confidence,
    MonthDay,
    Period,
    RatedBy,
    StartEvent,
    Unit,
    available,
    choices,
)
from huiyin.rulebook.load import PACKS
from huiyin.rulebook.pack import read_pack
from huiyin.rulebook.values import Length, parse, written
from huiyin.rulebook.wording import label, said

WORDING = tomllib.loads(Path(huiyin.rulebook.__file__).with_name("wording.toml").read_text("utf-8"))
VALUES = [
    pytest.param(key, entry.value, id=f"{name}:{entry.line}")
    for name in available()
    for key, entries in read_pack(PACKS / f"{name}.toml").entries.items()
    for entry in entries
]


def test_every_parameter_has_a_name_of_its_own() -> None:
    names = [label(key) for key in PARAMETERS]
    assert set(WORDING["key"]) == set(PARAMETERS)
    assert len({name.zh for name in names}) == len({name.en for name in names}) == len(names)
    for name in names:
        assert not name.zh.isascii()
        assert name.en.isascii()


def test_every_choice_is_said_in_both_languages() -> None:
    kinds = {name: kind for name, kind in vars(choices).items() if name in WORDING["choice"]}
    assert set(WORDING["choice"]) == set(kinds) | {"StartEvent", "Confidence", "Unit"}
    for kind in (*kinds.values(), StartEvent, Confidence, Unit):
        assert set(WORDING["choice"][kind.__name__]) == {each.value for each in kind}
        for each in kind:
            assert not said(each).zh.isascii()
            assert said(each).en.isascii()


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (
            Period(3, Unit.MONTHS, StartEvent.ASSIGNMENT),
            "3个月（自交办之日起）",
            "3 months from assignment",
        ),
        (Period(1, Unit.DAYS, StartEvent.RECEIPT), "1日（自收到之日起）", "1 day from receipt"),
        (
            Period(7, Unit.WORKING_DAYS, StartEvent.ORDER),
            "7个工作日（自提出要求之日起）",
            "7 working days from being asked",
        ),
        (True, "是", "yes"),
        (False, "否", "no"),
        (None, "未定", "not set"),
        (15, "15", "15"),
        (MonthDay(8, 31), "8月31日", "08-31"),
        (RatedBy.LEAD, "领衔代表", "the lead deputy"),
        (
            tuple(DIMENSIONS[code] for code in ("attitude", "result")),
            "办理态度；办理结果",
            "Attitude; Result",
        ),
        (SCALES["three-grades"], "三档（满意、基本满意、不满意）", "Three grades"),
    ],
)
def test_a_value_in_words(value: object, zh: str, en: str) -> None:
    assert (said(value).zh, said(value).en) == (zh, en)


@pytest.mark.parametrize(("key", "value"), VALUES)
def test_what_a_pack_writes_is_read_back_the_same(key: str, value: object) -> None:
    parameter = PARAMETERS[key]
    if isinstance(value, Length):
        value = Period(value.count, value.unit, StartEvent.RECEIPT)
        again = parse(written(value), parameter)
        assert isinstance(again, Length)
        assert (again.count, again.unit) == (value.count, value.unit)
    else:
        assert parse(written(value), parameter) == value
