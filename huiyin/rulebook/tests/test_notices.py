"""Files of notices: a good one is read, each bad one is refused with file, line and remedy."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from huiyin.rulebook import Notice, RulebookError, parse_notices, read_notices, shipped_notices
from huiyin.rulebook.notices import as_content, of_content

# An invented notice for 2027; each fault below is put into it. ``# <--`` marks the line blamed.
GOOD = """\
[[notice]]
number = "国办发明电〔2026〕9号"
title = "国务院办公厅关于2027年部分节假日安排的通知"
issued = 2026-11-04
year = 2027
rest = [
    { zh = "元旦", en = "New Year", from = 2027-01-01, to = 2027-01-03 },
    { zh = "春节", en = "Spring Festival", from = 2027-02-05, to = 2027-02-12 },
]
work = [
    2027-01-30,
    2027-02-20,
]
"""
MARK = " # <--"


def read(text: str, known: tuple[Notice, ...] = ()) -> tuple[Notice, ...]:
    return parse_notices(text.encode(), file="2027.toml", known=known)


def test_a_good_file_is_read() -> None:
    [notice] = read(GOOD)
    assert (notice.year, notice.number) == (2027, "国办发明电〔2026〕9号")
    assert notice.rests[1].name.en == "Spring Festival"
    assert (notice.rests[1].first, notice.rests[1].last) == (date(2027, 2, 5), date(2027, 2, 12))
    assert notice.work == (date(2027, 1, 30), date(2027, 2, 20))
    assert notice.cited.zh == "国办发明电〔2026〕9号"


def test_a_file_saved_by_another_editor_is_the_same(tmp_path: Path) -> None:
    path = tmp_path / "2027.toml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert read_notices(path) == read(GOOD)


def test_a_number_nobody_could_verify_is_said_to_be_so() -> None:
    unread = GOOD.replace('number = "国办发明电〔2026〕9号"', 'number_unread = "只见到新闻稿"')
    [notice] = read(unread)
    assert (notice.number, notice.number_unread) == ("", "只见到新闻稿")
    assert notice.cited.zh == "《国务院办公厅关于2027年部分节假日安排的通知》（文号未核实）"
    assert "not verified" in notice.cited.en


def test_what_is_kept_is_what_was_read() -> None:
    for notice in (*shipped_notices(), *read(GOOD)):
        assert of_content(as_content(notice)) == notice


def swap(old: str, new: str) -> Callable[[str], str]:
    def changed(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return changed


def drop(name: str) -> Callable[[str], str]:
    """Leave a field out; its table is blamed then."""

    def changed(text: str) -> str:
        kept = [line for line in text.splitlines() if not line.startswith(f"{name} =")]
        return "\n".join(kept).replace("[[notice]]", f"[[notice]]{MARK}", 1)

    return changed


NEW_YEAR = '    { zh = "元旦", en = "New Year", from = 2027-01-01, to = 2027-01-03 },'
FAULTS: dict[str, tuple[Callable[[str], str], str]] = {
    "empty": (lambda _text: "", "没有 [[notice]]"),
    "not a list": (swap("[[notice]]", "[notice]"), "没有 [[notice]]"),
    "not tables": (lambda _text: "notice = [1]", "[[notice]]"),
    "unknown table": (lambda text: f"{text}\n[other]{MARK}\na = 1\n", "'other'"),
    "unknown key": (swap("year = 2027", f"year = 2027\nyaer = 2027{MARK}"), "'yaer'"),
    "unknown key at the head": (lambda text: f"year = 2027{MARK}\n{text}", "'year'"),
    "unknown key of a rest": (
        swap("to = 2027-02-12 },", f"till = 2027-02-12 }},{MARK}"),
        "'till'",
    ),
    "no number": (drop("number"), "缺少 number"),
    "no title": (drop("title"), "缺少 title"),
    "no issued": (drop("issued"), "缺少 issued"),
    "no year": (drop("year"), "缺少 year"),
    "blank number": (swap('"国办发明电〔2026〕9号"', f'" "{MARK}'), "number 的写法不对"),
    "number of another kind": (swap('"国办发明电〔2026〕9号"', f'"九号文件"{MARK}'), "不是2026年"),
    "number of another year": (
        swap('〔2026〕9号"', f'〔2025〕9号"{MARK}'),
        "不是2026年",
    ),
    "number given and unread": (
        swap("year = 2027", f'number_unread = "未见原文"{MARK}\nyear = 2027'),
        "又说无法核实",
    ),
    "issued as text": (swap("issued = 2026-11-04", f'issued = "2026-11-04"{MARK}'), "issued"),
    "issued with an hour": (
        swap("issued = 2026-11-04", f"issued = 2026-11-04T09:00:00{MARK}"),
        "issued",
    ),
    "issued years before": (
        swap("issued = 2026-11-04", f"issued = 2024-11-04{MARK}"),
        "不会在2024-11-04印发",
    ),
    "issued after the year": (
        swap("issued = 2026-11-04", f"issued = 2028-01-04{MARK}"),
        "不会在2028-01-04印发",
    ),
    "year as text": (swap("year = 2027", f'year = "2027"{MARK}'), "year"),
    "year that is a switch": (swap("year = 2027", f"year = true{MARK}"), "year"),
    "year far off": (swap("year = 2027", f"year = 1927{MARK}"), "year"),
    "no days off": (
        lambda text: text.replace(
            text[text.index("rest = [") : text.index("work")], f"rest = []{MARK}\n"
        ),
        "没有写明休息",
    ),
    "rest that is no list": (
        lambda text: text.replace(
            text[text.index("rest = [") : text.index("work")], f"rest = 1{MARK}\n"
        ),
        "rest 的写法不对",
    ),
    "rest that is no table": (
        lambda text: text.replace(
            text[text.index("rest = [") : text.index("work")], f"rest = [1]{MARK}\n"
        ),
        "rest 的写法不对",
    ),
    "a rest without its end": (swap(", to = 2027-01-03 },", " },"), "缺少 to"),
    "a rest without a name": (swap('zh = "元旦"', 'zh = ""'), "zh 的写法不对"),
    "a rest backwards": (
        swap(
            NEW_YEAR,
            NEW_YEAR.replace("01-03 },", f"01-01 }},{MARK}").replace("01-01, to", "01-03, to"),
        ),
        "不成其为一个假期",
    ),
    "a rest of a month": (
        swap("to = 2027-02-12 },", f"to = 2027-03-12 }},{MARK}"),
        "不成其为一个假期",
    ),
    "a rest of another year": (
        swap(
            "from = 2027-01-01, to = 2027-01-03 },", f"from = 2028-03-01, to = 2028-03-03 }},{MARK}"
        ),
        "不在2027年",
    ),
    "days off that overlap": (
        swap("from = 2027-02-05, to = 2027-02-12 },", "from = 2027-01-03, to = 2027-01-05 },"),
        "写了两次",
    ),
    "work that is no list": (
        lambda text: text[: text.index("work = [")] + f"work = 2027-01-30{MARK}\n",
        "work 的写法不对",
    ),
    "work that is no day": (swap("    2027-02-20,", f'    "2027-02-20",{MARK}'), "work"),
    "work of another year": (swap("    2027-02-20,", f"    2026-02-20,{MARK}"), "不在2027年"),
    "work named twice": (swap("    2027-02-20,", "    2027-01-30,"), "写了两次"),
    "rest and work on one day": (
        swap("    2027-02-20,", "    2027-02-06,"),
        "既放假又上班",
    ),
    "a day that does not exist": (swap("    2027-02-20,", f"    2027-02-30,{MARK}"), "TOML"),
    "not TOML": (swap("year = 2027", f"year 2027{MARK}"), "TOML"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_bad_notice_is_refused_with_line_and_remedy(name: str) -> None:
    change, said = FAULTS[name]
    text = change(GOOD)
    with pytest.raises(RulebookError) as refusal:
        read(text)
    error = refusal.value
    assert said in error.message.zh
    assert error.message.en and error.remedy.zh and error.remedy.en
    assert error.file == "2027.toml"
    marked = [at for at, line in enumerate(text.splitlines(), start=1) if MARK in line]
    if marked:
        assert error.line == marked[0]
        assert str(error).startswith(f"2027.toml:{marked[0]}: ")


def test_a_file_that_is_not_utf_8_is_refused_at_its_line() -> None:
    with pytest.raises(RulebookError) as refusal:
        parse_notices(GOOD.encode("gb18030"), file="2027.toml")
    assert refusal.value.line == 2
    assert "UTF-8" in refusal.value.message.zh


def test_a_notice_already_known_is_refused() -> None:
    known = read(GOOD)
    with pytest.raises(RulebookError, match="loaded already") as refusal:
        read(GOOD, known)
    assert refusal.value.line == 2
    # Another number with the very same days is the same notice typed anew.
    with pytest.raises(RulebookError, match="loaded already"):
        read(GOOD.replace("9号", "10号"), known)
    # The same number with other days is no correction: a correction has its own.
    with pytest.raises(RulebookError, match="loaded already"):
        read(GOOD.replace("2027-02-20", "2027-02-27"), known)
    [other] = read(GOOD.replace("9号", "10号").replace("2027-02-20", "2027-02-27"), known)
    assert replace(other, number=known[0].number, work=known[0].work) == known[0]


def test_a_notice_twice_in_one_file_is_refused_at_the_second() -> None:
    with pytest.raises(RulebookError) as refusal:
        read(f"{GOOD}\n{GOOD}")
    assert refusal.value.line == len(GOOD.splitlines()) + 3


def test_two_unread_notices_are_told_apart_by_their_days() -> None:
    unread = GOOD.replace('number = "国办发明电〔2026〕9号"', 'number_unread = "未见原文"')
    known = read(unread)
    assert read(unread.replace("2027-02-20", "2027-02-27"), known)
