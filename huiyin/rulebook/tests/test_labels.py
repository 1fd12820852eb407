"""Every parameter and every choice has a name, every value words, every control its inverse."""

import re
from datetime import date
from enum import StrEnum
from typing import get_args

import pytest

from huiyin.rulebook import (
    PARAMETERS,
    Decision,
    Period,
    RulebookError,
    StartEvent,
    Unit,
    Words,
    available,
    load,
)
from huiyin.rulebook.controls import Control, choices, control, optional
from huiyin.rulebook.labels import CHOICES, LABELS, STEPS, in_words, with_names
from huiyin.rulebook.model import MonthDay
from huiyin.rulebook.schemes import CLASS_SCHEMES
from huiyin.rulebook.values import Length, parse, plain_type, written

CHINESE = re.compile(r"[\u4e00-\u9fff]")
ON = date(2026, 3, 2)

CLOSED = {
    kind
    for each in PARAMETERS.values()
    for kind in (plain_type(each.type)[0], *get_args(plain_type(each.type)[0]))
    if isinstance(kind, type) and issubclass(kind, StrEnum)
} | {Unit, StartEvent}


def test_every_parameter_has_one_name_and_every_name_a_parameter() -> None:
    named = [key for step in STEPS for key in step.keys]

    assert sorted(named) == sorted(PARAMETERS)
    assert set(LABELS) == set(PARAMETERS)


@pytest.mark.parametrize("kind", sorted(CLOSED, key=str))
def test_every_choice_has_words(kind: type[StrEnum]) -> None:
    assert set(CHOICES[kind.__name__]) == {member.value for member in kind}


def test_no_name_is_given_to_a_choice_that_is_not_there() -> None:
    assert set(CHOICES) == {kind.__name__ for kind in CLOSED}


def test_names_are_chinese_in_chinese_and_not_in_english() -> None:
    said = [*LABELS.values(), *(step.title for step in STEPS)]
    said += [words for members in CHOICES.values() for words in members.values()]

    assert [words for words in said if not CHINESE.search(words.zh)] == []
    assert [words for words in said if CHINESE.search(words.en) or not words.en] == []


@pytest.mark.parametrize("pack", available())
@pytest.mark.parametrize("key", PARAMETERS)
def test_what_is_in_force_can_be_said_and_written_again(pack: str, key: str) -> None:
    citation = load(pack, on=ON).cite(key)
    parameter = PARAMETERS[key]

    said = in_words(citation.value)
    again = parse(written(citation.value), parameter)

    assert said.zh and said.en and "<" not in said.en
    if isinstance(citation.value, Period):
        assert again == Length(citation.value.count, citation.value.unit)
    else:
        assert again == citation.value
    if control(parameter) is Control.ONE:
        assert written(citation.value) in choices(parameter)


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (None, "不作规定", "Not laid down"),
        (True, "是", "Yes"),
        (False, "否", "No"),
        (15, "15", "15"),
        (Length(1, Unit.WORKING_DAYS), "1个工作日", "1 working day"),
        (MonthDay(8, 31), "每年8月31日", "31 August"),
        (
            Period(1, Unit.MONTHS, StartEvent.ORDER),
            "1个月，自提出要求之日起",
            "1 calendar month from the day it is asked for",
        ),
        (
            Period(10, Unit.DAYS, StartEvent.RECEIPT),
            "10日，自收到之日起",
            "10 calendar days from the day of receipt",
        ),
    ],
)
def test_a_value_in_words(value: object, zh: str, en: str) -> None:
    said = in_words(value)

    assert (said.zh, said.en) == (zh, en)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("reply.limit", (Control.PERIOD, False, [])),
        ("contact.limit", (Control.PERIOD, True, [])),
        ("return.written", (Control.YES_NO, False, [])),
        ("lights.near_due_days", (Control.NUMBER, False, [])),
        ("session.organ_report_by", (Control.MONTH_DAY, True, [])),
        ("return.counts_from", (Control.ONE, False, ["assignment", "receipt"])),
        ("classes.scheme", (Control.ONE, False, list(CLASS_SCHEMES))),
        ("feedback.dimensions", (Control.SEVERAL, False, None)),
    ],
)
def test_by_what_a_value_is_asked_for(
    key: str, expected: tuple[Control, bool, list[str] | None]
) -> None:
    parameter = PARAMETERS[key]
    offered = list(choices(parameter))
    wanted = expected[2]

    assert (control(parameter), optional(parameter)) == expected[:2]
    assert offered == wanted if wanted is not None else "attitude" in offered


def test_a_complaint_names_parameters_as_pages_do() -> None:
    said = with_names(Words(zh="reply.limit_wide 短于 reply.limit。", en="reply.limit is short."))

    assert said.zh == "“涉及面广、处理难度大的建议的答复期限”短于“答复期限”。"
    assert said.en == "“Time for the reply” is short."


# --- Decisions one upon another


def _decision(values: dict[str, object], *, by: str, since: date, **rest: object) -> Decision:
    return Decision(
        values=values,
        decided_by=by,
        decided_on=date(2019, 12, 1),
        since=since,
        basis=f"{by}纪要",
        **rest,  # type: ignore[arg-type]
    )


def test_what_was_decided_before_keeps_its_source() -> None:
    first = _decision(
        {"reply.limit": "2 months", "reply.signer": "main_head"},
        by="第一次会议",
        since=date(2020, 1, 1),
    )
    second = _decision(
        {"reply.limit": "1 month"}, by="第二次会议", since=date(2021, 1, 1), before=first
    )

    rules = load("hunan", on=date(2021, 1, 1), decision=second)
    earlier = load("hunan", on=date(2020, 12, 31), decision=second)

    assert (rules.reply.limit.count, rules.cite("reply.limit").origin) == (1, "第二次会议")
    assert rules.cite("reply.signer").origin == "第一次会议"
    assert rules.cite("reply.signer").since == date(2020, 1, 1)
    assert earlier.reply.limit.count == 2


def test_an_earlier_decision_that_cannot_be_used_is_refused_too() -> None:
    first = _decision({"reply.limit": "soon"}, by="第一次会议", since=date(2020, 1, 1))
    second = _decision({}, by="第二次会议", since=date(2021, 1, 1), before=first)

    with pytest.raises(RulebookError) as refused:
        load("hunan", on=date(2021, 1, 1), decision=second)

    assert refused.value.file == "第一次会议"
