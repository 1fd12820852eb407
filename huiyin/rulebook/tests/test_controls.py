"""How each parameter is asked for, where it stands in the work, and decisions one upon another."""

from datetime import date

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
from huiyin.rulebook.schemes import CLASS_SCHEMES
from huiyin.rulebook.steps import STEPS
from huiyin.rulebook.values import Length, written
from huiyin.rulebook.wording import length, said, with_names

ON = date(2026, 3, 2)


def test_every_parameter_stands_at_one_step_of_the_work() -> None:
    assert sorted(key for step in STEPS for key in step.keys) == sorted(PARAMETERS)


@pytest.mark.parametrize("pack", available())
def test_what_is_in_force_is_among_what_may_be_chosen(pack: str) -> None:
    rules = load(pack, on=ON)

    for key, parameter in PARAMETERS.items():
        now = written(rules.cite(key).value)
        if control(parameter) is Control.ONE:
            assert now in choices(parameter)
        elif control(parameter) is Control.SEVERAL:
            assert isinstance(now, list)
            assert set(now) <= set(choices(parameter))
        else:
            assert choices(parameter) == {}


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("reply.limit", (Control.PERIOD, False)),
        ("contact.limit", (Control.PERIOD, True)),
        ("return.written", (Control.YES_NO, False)),
        ("lights.near_due_days", (Control.NUMBER, False)),
        ("session.organ_report_by", (Control.MONTH_DAY, True)),
        ("return.counts_from", (Control.ONE, False)),
        ("classes.scheme", (Control.ONE, False)),
        ("feedback.dimensions", (Control.SEVERAL, False)),
    ],
)
def test_by_what_a_value_is_asked_for(key: str, expected: tuple[Control, bool]) -> None:
    assert (control(PARAMETERS[key]), optional(PARAMETERS[key])) == expected


def test_only_what_the_key_may_be_is_offered() -> None:
    assert list(choices(PARAMETERS["return.counts_from"])) == ["assignment", "receipt"]
    assert list(choices(PARAMETERS["classes.scheme"])) == list(CLASS_SCHEMES)


def test_a_length_is_said_without_its_start() -> None:
    assert said(Length(1, Unit.WORKING_DAYS)) == Words(zh="1个工作日", en="1 working day")
    period = Period(2, Unit.MONTHS, StartEvent.RECEIPT)
    assert length(period) == Words(zh="2个月", en="2 months")


def test_a_complaint_names_parameters_as_pages_do() -> None:
    complaint = Words(zh="reply.limit_wide 短于 reply.limit。", en="reply.limit is short.")

    assert with_names(complaint) == Words(
        zh="“涉及面广、处理难度大的答复期限”短于“答复期限”。",
        en="“Time for the reply” is short.",
    )


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
    own: dict[str, object] = {"reply.limit": "2 months", "reply.signer": "main_head"}
    first = _decision(own, by="第一次会议", since=date(2020, 1, 1))
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
