"""A rulebook as text and as data. The command's own tests show the whole of it."""

import json
from datetime import date

from huiyin.rulebook import PARAMETERS, Decision, Words, load
from huiyin.rulebook.papers import rulebooks_page
from huiyin.rulebook.tables import as_data, compared, differences, shown

ON = date(2024, 3, 1)
PLACE = Words(zh="岳川省", en="Yuechuan")
DECIDED = Decision(
    values={"feedback.limit": "5 days"},
    decided_by="岳川省人大常委会",
    decided_on=date(2024, 1, 20),
    since=date(2024, 2, 1),
    basis="主任会议第3次会议决定",
)


def test_each_kind_of_source_is_told_apart() -> None:
    text = shown(load("hunan", on=ON, decision=DECIDED), title=PLACE, language="en")
    assert "岳川省人大常委会 · decided 2024-01-20 · since 2024-02-01" in text
    assert "Huiyin's own default · pack national · since 2015-08-29\n    Reason: " in text
    assert "part 3 (3) · version 2020-09-14 · read in full · pack hunan · since 2020-01-01" in text
    assert "part 2 · version 2007-11-14 · read in excerpt · pack national" in text


def test_a_value_that_has_ended_says_when() -> None:
    text = shown(load("national", on=ON), title=PLACE, language="zh-hans")
    assert "《代表法》第四十二条第一款 · 2015-08-29 版本 · 已读全文 · 规则包 national" in text
    assert "自 2015-08-29 起，2025-03-12 前" in text


def test_only_values_that_differ_are_compared() -> None:
    before, after = load("national", on=date(2025, 3, 11)), load("national", on=date(2025, 3, 12))
    assert before.cite("reply.limit").source != after.cite("reply.limit").source
    assert differences(before, after) == []
    decided = load("national", on=ON, decision=DECIDED)
    ((left, right),) = differences(load("national", on=ON), decided)
    assert (left.key, right.key) == ("feedback.limit", "feedback.limit")
    text = compared(load("national", on=ON), decided, titles=(PLACE, PLACE), language="en")
    assert text.startswith(f"Yuechuan and Yuechuan on 2024-03-01: 1 differ, {len(PARAMETERS) - 1} ")


def test_every_value_of_every_kind_goes_into_json() -> None:
    data = [as_data(each) for each in load("henan", on=ON).citations]
    again = json.loads(json.dumps(data))
    values = {each["key"]: each["value"] for each in again}
    assert values["return.limit"] == "10 working days"
    assert values["session.organ_report_by"] == "08-31"
    assert values["acceptance.notice"] == "none"
    assert values["return.written"] is True
    assert values["percent.decimals"] == 1
    assert values["classes.scheme"] == "henan-5"
    assert values["feedback.dimensions"] == ["attitude", "result"]


def test_the_page_names_every_parameter_once_and_its_article() -> None:
    page = rulebooks_page()
    for key in PARAMETERS:
        assert page.count(f"\n| `{key}` |") == 1
    assert "| 10 working days<br>第十四条 |" in page
    assert "| written<br>第（二）部分 *excerpt* |" in page
    assert "| henan | `rehandle.limit` | 30 days | " in page
    assert "| `OWN_INTEREST` | 与本人利益相关或影响公平竞争 |" in page
