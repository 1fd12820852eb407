"""The rules a place follows, and ``huiyin rulebook``."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

import huiyin
from huiyin.organisations import selectors, services
from huiyin.organisations.models import Congress, Level, RuleChoice
from huiyin.rulebook import PARAMETERS
from huiyin.rulebook.load import PACKS
from huiyin.rulebook.papers import rulebooks_page
from huiyin.rulebook.wording import said

pytestmark = pytest.mark.django_db

ON = date(2024, 3, 1)


def congress(code: str | None, level: Level, **rest: Any) -> Congress:
    division = services.ensure_division(code) if code else None
    name = f"{division.name if division else '某镇'}人民代表大会"
    values = {"slug": f"c{code or 0}", "name": name, "short_name": name[:6], "level": level}
    return Congress.objects.create(**{**values, "division": division, **rest})


def decide(place: Congress, **overrides: object) -> RuleChoice:
    return RuleChoice.objects.create(
        congress=place,
        pack="shandong",
        valid_from=date(2024, 2, 1),
        overrides={key.replace("__", "."): value for key, value in overrides.items()},
        decided_by="历下区人大常委会",
        decided_on=date(2024, 1, 20),
        basis="主任会议第3次会议决定",
    )


def told(*words: str) -> str:
    out = StringIO()
    call_command("rulebook", *words, stdout=out)
    return out.getvalue()


# --- Which pack


@pytest.mark.parametrize(
    ("code", "level", "pack"),
    [
        ("430000", Level.PROVINCE, "hunan"),
        ("431123", Level.COUNTY, "hunan"),
        ("110101", Level.COUNTY, "beijing"),
        ("370102", Level.COUNTY, "shandong"),
        ("370200", Level.CITY, "qingdao"),
        ("440100", Level.CITY, "national"),
        ("000000", Level.NATIONAL, "national"),
    ],
)
def test_a_congress_follows_the_pack_of_its_place(code: str, level: Level, pack: str) -> None:
    assert selectors.rulebook_for(congress=congress(code, level), on=ON).pack == pack


def test_a_township_takes_the_rules_of_townships_from_its_place_or_the_one_above() -> None:
    county = congress("370102", Level.COUNTY)
    town = congress(None, Level.TOWNSHIP, parent=county)
    rules = selectors.rulebook_for(congress=town, on=ON)
    assert (rules.pack, rules.reply.limit.count) == ("shandong-township", 2)


def test_a_congress_that_stands_nowhere_follows_the_nation() -> None:
    assert selectors.rulebook_for(congress=congress(None, Level.COUNTY), on=ON).pack == "national"


def test_a_county_takes_its_provinces_values_unless_it_has_its_own() -> None:
    place = congress("370102", Level.COUNTY)
    assert selectors.default_pack(place) == "shandong"
    decide(place, return__limit="3 days")
    before = selectors.rulebook_for(congress=place, on=date(2024, 1, 31))
    after = selectors.rulebook_for(congress=place, on=ON)
    assert [str(said(rules.return_.limit)) for rules in (before, after)] == [
        "5日（自收到之日起）",
        "3日（自收到之日起）",
    ]
    assert after.cite("return.limit").origin == "历下区人大常委会"
    assert after.cite("cohandle.limit").origin == "shandong"
    assert after.cite("acknowledge.limit").origin == "national"


# --- The command


def test_every_value_is_shown_in_chinese_with_its_source_and_origin() -> None:
    decide(congress("370102", Level.COUNTY), return__limit="3 days")
    text = told("show", "历下区", "--on", "2024-03-01")
    first, *blocks = text.strip().split("\n\n")
    assert first == "历下区人民代表大会　2024-03-01 适用的规则（规则包 shandong）"
    assert len(blocks) == len(PARAMETERS)
    assert (
        "申请退回期限  return.limit\n"
        "    3日（自收到之日起）\n"
        "    历下区人大常委会 · 2024-01-20 决定 · 自 2024-02-01 起\n"
        "    理由：主任会议第3次会议决定"
    ) in blocks
    assert (
        "会办意见期限  cohandle.limit\n"
        "    1个月（自收到之日起）\n"
        "    《山东省人民代表大会代表建议、批评和意见办理工作条例》第二十一条"
        " · 2017-05-19 版本 · 已读全文 · 规则包 shandong · 自 2017-05-19 起\n"
        "    “协办单位应当在收到代表建议、批评和意见之日起一个月内将处理意见告主办单位”"
    ) in blocks


def test_the_same_in_english_and_of_a_pack() -> None:
    text = told("show", "chongqing", "--on", "2024/3/1", "--language", "en")
    assert text.startswith("Chongqing: rules in force on 2024-03-01 (pack chongqing)\n")
    assert (
        "First contact with the deputy  contact.limit\n    20 working days from receipt\n"
        "    Chongqing Regulation on Deputies' Suggestions, art. 18 · version 2017-11-30"
        " · read in full · pack chongqing · since 2018-01-01\n"
    ) in text
    assert "Reason: The Deputies Law sets no limit for acknowledging" in text


def test_two_are_compared() -> None:
    congress("310101", Level.COUNTY)
    text = told("diff", "c310101", "henan", "--on", "2024-03-01")
    head, *blocks = text.strip().split("\n\n")
    assert head.startswith("黄浦区人民代表大会 与 河南省　2024-03-01：")
    keys = {block.splitlines()[0].split()[-1] for block in blocks}
    assert {"return.limit", "cohandle.limit", "reply.counts_from"} <= keys
    assert "acknowledge.limit" not in keys
    assert f"{len(keys)} 项不同，{len(PARAMETERS) - len(keys)} 项相同" in head
    (block,) = (each for each in blocks if each.startswith("会办意见期限  cohandle.limit\n"))
    assert "黄浦区人民代表大会: 1个月（自收到之日起）" in block
    assert "河南省: 2个月（自收到之日起）" in block


def test_a_pack_and_itself_are_the_same() -> None:
    text = told("diff", "hunan", "hunan", "--on", "2024-03-01", "--language", "en")
    assert text.strip().endswith("All values are the same.")


def test_other_programs_read_it_as_json() -> None:
    shown = json.loads(told("show", "beijing", "--on", "2024-03-01", "--json"))
    assert (shown["of"], shown["pack"], shown["on"]) == ("北京市", "beijing", "2024-03-01")
    values = {each["key"]: each for each in shown["values"]}
    assert list(values) == list(PARAMETERS)
    feedback = values["feedback.limit"]
    assert feedback["value"] == "15 working days"
    assert feedback["article"] == {"zh": "第二十三条第一款", "en": "art. 23, para. 1"}
    assert (feedback["from"], feedback["since"], feedback["until"]) == (
        "beijing", "2014-01-22", None
    )  # fmt: skip
    assert feedback["confidence"] == "read"

    found = json.loads(told("diff", "beijing", "henan", "--on", "2024-03-01", "--json"))
    assert found["same"] + len(found["differences"]) == len(PARAMETERS)
    changed = {each["a"]["key"]: each["b"]["value"] for each in found["differences"]}
    assert changed["feedback.limit"] == "10 working days"


def test_packs_are_compared_where_nothing_is_set_up_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection.introspection, "table_names", list)
    text = told("diff", "chongqing", "chongqing-township", "--on", "2024-03-01")
    assert text.startswith("重庆市 与 重庆市乡镇　2024-03-01：")


def test_without_a_day_it_is_today(settings: Any) -> None:
    settings.HUIYIN_TODAY = date(2016, 1, 1)
    assert json.loads(told("show", "national", "--json"))["on"] == "2016-01-01"


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["show", "亚特兰蒂斯"], "“亚特兰蒂斯”既不是人大，也不是规则包。规则包有：beijing"),
        (["show", "亚特兰蒂斯", "--language", "en"], "is neither a congress nor a pack."),
        (["show", "hunan", "--on", "2015-08-28"], "请选 2015-08-29 以后的日期"),
        (["diff", "hunan", "nowhere"], "“nowhere”既不是人大"),
        (["show", "hunan", "--on", "2023-02-29"], "2023-02 has 28 days"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_a_remedy(words: list[str], complaint: str) -> None:
    with pytest.raises(CommandError, match=complaint):
        told(*words)


# --- Checking, and the page


def test_our_own_packs_have_no_fault() -> None:
    assert told("check").strip() == "共 11 个规则包，未发现问题。"


def test_a_bad_folder_is_refused_with_file_and_line(tmp_path: Path) -> None:
    for path in PACKS.glob("*.toml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    bad = (PACKS / "hunan.toml").read_text("utf-8").replace('"four-grades"', '"five-grades"')
    (tmp_path / "hunan.toml").write_text(bad, "utf-8")
    at = next(n for n, line in enumerate(bad.splitlines(), 1) if "five-grades" in line)
    err = StringIO()
    with pytest.raises(CommandError, match="现行规则保持不变"):
        call_command("rulebook", "check", str(tmp_path), stderr=err)
    assert f"hunan.toml:{at}: feedback.scale 不能取值 'five-grades'。" in err.getvalue()
    assert selectors.rulebook_for(congress=congress("430000", Level.PROVINCE), on=ON).pack == (
        "hunan"
    )


def test_a_folder_without_packs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="没有规则包"):
        told("check", str(tmp_path))


def test_the_page_on_file_is_the_page_of_the_packs(tmp_path: Path) -> None:
    docs = Path(huiyin.__file__).resolve().parent.parent / "docs" / "domain"
    page = (docs / "rulebooks.md").read_text(encoding="utf-8")
    assert page == rulebooks_page(), "run: make docs"
    assert told("docs").strip() == page.strip()
    told("docs", "--write", str(tmp_path / "new"))
    assert (tmp_path / "new" / "rulebooks.md").read_text(encoding="utf-8") == page
