"""Days as clerks write them, and days that never were."""

from datetime import date

import pytest

from huiyin.rulebook import BadDate, parse_date


@pytest.mark.parametrize(
    "text",
    [
        "2020-09-10",
        "2020-9-10",
        "2020/9/10",
        "2020/09/10",
        "2020.9.10",
        "2020年9月10日",
        "2020年09月10日",
        "2020 年 9 月 10 日",
        "２０２０年９月１０日",
        "２０２０／９／１０",
        "  2020-09-10\n",
    ],
)
def test_the_forms_that_are_read(text: str) -> None:
    assert parse_date(text) == date(2020, 9, 10)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "昨天",
        "9月10日",
        "20-9-10",
        "2020-09",
        "20200910",
        "2020-09/10",
        "2020年9月10",
        "2020年9-10日",
        "10/9/2020",
        "44084",
        "2020-09-10 00:00",
        "2020-009-10",
        "٢٠٢٠-٠٩-١٠",
    ],
)
def test_other_forms_are_refused_with_those_that_are_read(text: str) -> None:
    with pytest.raises(BadDate) as refusal:
        parse_date(text)
    assert refusal.value.value == text
    assert text in refusal.value.message.zh
    assert "2020年9月10日" in refusal.value.remedy.zh
    assert "2020-09-10" in refusal.value.said_in("en")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2008-09-31", "2008年9月只有30天，没有31日"),  # printed in a real city's rule
        ("2008年9月31日", "2008年9月只有30天，没有31日"),
        ("2023/2/29", "2023年2月只有28天，没有29日"),
        ("2024.2.30", "2024年2月只有29天，没有30日"),
        ("2020-9-0", "2020年9月只有30天，没有0日"),
        ("2020-12-32", "2020年12月只有31天，没有32日"),
        ("2020-13-1", "没有13月"),
        ("2020-0-1", "没有0月"),
        ("0000-1-1", "没有公元0年"),
    ],
)
def test_days_that_never_were(text: str, said: str) -> None:
    with pytest.raises(BadDate) as refusal:
        parse_date(text)
    assert f"“{text}”不存在：{said}" in refusal.value.said_in("zh-hans")
    assert "does not exist" in str(refusal.value)
    assert refusal.value.remedy.en == "Correct it against the original."


def test_a_leap_day_that_was() -> None:
    assert parse_date("2024年2月29日") == date(2024, 2, 29)
