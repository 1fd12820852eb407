"""Every published report of the folder of real rows, with what was found in it by hand."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from huiyin.reporting.checking import annual
from huiyin.reporting.checking.findings import CheckedPaper
from huiyin.reporting.checking.judging import check

pytestmark = pytest.mark.realdata

HALF_UP, TRUNCATE = "half_up", "truncate"


@pytest.fixture(scope="module")
def reports() -> dict[str, CheckedPaper]:
    path = Path(os.environ["HUIYIN_REAL_DATA"]) / "annual_reports.json"
    with override("en"):
        checked = [check(each) for each in annual.papers(json.loads(path.read_text("utf-8")))]
    return {each.paper.name: each for each in checked}


# For each table in the order of its report: the base of its percentages, and the settings that
# print them without anything moved; "moved" is one that only the residual explains; None: it has
# no percentages. Reckoned by hand from the printed counts.
PLAIN = frozenset({HALF_UP})
EITHER = frozenset({HALF_UP, TRUNCATE})
MOVED = frozenset({"moved"})
BY_HAND: dict[str, list[tuple[int, frozenset[str]] | None]] = {
    "hunan-2020": [None, (1442, PLAIN), (1037, PLAIN), (1037, PLAIN), None, None],
    "hunan-2021": [(1524, EITHER)],
    "hunan-2019-evaluation": [(1398, PLAIN)],
    "hunan-2014-ndrc": [None, None],
    "beijing-2021": [(933, PLAIN)],
    "beijing-2022-gov": [],
    "beijing-2023": [(774, PLAIN)],
    "beijing-2024-assignment": [None],
    "beijing-2025": [(973, MOVED), None, (973, PLAIN)],
    "shanghai-2018-gov": [],
    "sichuan-2016": [None, (1034, PLAIN), (1034, PLAIN), (755, PLAIN), None],
    "sichuan-2017-gov": [(778, PLAIN), (778, PLAIN)],
    "npc-2002": [None, (4287, EITHER)],
    "npc-2018": [(7139, PLAIN)],
    "npc-2019": [],
    "npc-2022": [None],
    "npc-2024": [],
    "state-council-2023-2025": [],
    "hunan-npc-delegation-2024": [None],
    "qinyang-2023": [None, (57, PLAIN)],
    "daqing-1991": [(100, EITHER)],
    "gongliu-2024": [(52, MOVED)],
    "qiyang-2023-2024": [],
    "yuhu-yaowan-2023-2024": [None],
    "zhenhai-2021-livelihood": [None],
    "wuhan-cppcc-2009": [(801, EITHER)],
    "hunan-cppcc-2014": [(692, PLAIN), (692, PLAIN)],
    "city-y-cppcc-2022": [(92, EITHER)],
}
# The only one whose parts are not its whole.
WRONG = {"hunan-2014-ndrc"}


def test_the_folder_holds_what_was_read_by_hand(reports: dict[str, CheckedPaper]) -> None:
    assert set(reports) == set(BY_HAND)


@pytest.mark.parametrize("name", BY_HAND)
def test_each_table_is_reproduced_by_a_declared_rounding(
    reports: dict[str, CheckedPaper], name: str
) -> None:
    report = reports[name]
    assert report.adds_up is (name not in WRONG)
    found = [_explained(each.columns) for each in report.tables]
    assert found == BY_HAND[name]


def _explained(columns: Iterable[Any]) -> tuple[int, frozenset[str]] | None:
    tried = [each for each in columns if each is not None]
    if not tried:
        return None
    assert tried[0].explains
    unmoved = {each.rounding.value for each in tried[0].declared if each.residual == "none"}
    return int(tried[0].reading.base.value), frozenset(unmoved or {"moved"})


def _said(report: CheckedPaper) -> str:
    tables = [each.said for table in report.tables for each in table.findings]
    return "\n".join([*tables, *(each.said for each in report.findings)])


# What has to be named, in the words of the finding.
NAMED = {
    "hunan-2014-ndrc": ["116 + 9 = 125 ≠ 127", "2 (1.6%) are in no row"],
    "beijing-2025": ["社会发展: prints 34.73; its own number gives 34.74%"],
    "gongliu-2024": ["prints 63.4; its own number gives 63.5%", "different numbers of decimals"],
    "city-y-cppcc-2022": ["add up to 99.99%; rounding leaves the rest"],
    "npc-2018": ["add up to 158.0%", "overlap"],
    "sichuan-2016": ["add up to 57.6%, since the rows hold 596 of 1,034"],
    "hunan-2020": [
        "1,438 = 1,442 (classified_replies) − 4 (still_rehandling)",
        "88.6 would be 1,277 (A1 + A2 + A3 + B1 + B2) of 1,442",
        "share of 928 (feedback_items), the base would be 1,355–1,357",
    ],
    "beijing-2022-gov": ["757 (government_items), the base would be 843"],
    "shanghai-2018-gov": ["15.1 would be the growth from 1,487 (prev_total) to 1,711"],
    "sichuan-2017-gov": ["91 would be 778 (government) of 856 (province_total)"],
    "npc-2019": ["Of 8,160 (total) it would be 5,817, truncated."],
    "state-council-2023-2025": ["share of 8,783 (suggestions), the base would be 9,226–9,240"],
    "wuhan-cppcc-2009": ["95.9 would be 801 (government) of 835 (total)"],
    "zhenhai-2021-livelihood": ["Every row adds up to 29 (members_present)."],
    "npc-2022": ["9,008 + 195 = 9,203"],
}


@pytest.mark.parametrize("name", NAMED)
def test_what_was_found_by_hand_is_named(reports: dict[str, CheckedPaper], name: str) -> None:
    said = _said(reports[name])
    for words in NAMED[name]:
        assert words in said


def test_a_digit_changed_in_any_table_is_noticed(reports: dict[str, CheckedPaper]) -> None:
    """The control: the same reports with one count of each table raised by one do not add up."""
    path = Path(os.environ["HUIYIN_REAL_DATA"]) / "annual_reports.json"
    data = json.loads(path.read_text("utf-8"))
    for report in data["reports"]:
        for table in report["tables"]:
            table["items"][0]["count"] += 1
    with override("en"):
        changed = [check(each) for each in annual.papers(data)]
    silent = [
        (paper.paper.name, table.table.name)
        for paper in changed
        for table in paper.tables
        if table.adds_up and not table.table.selection and table.table.stated
        if table.table.name not in {"satisfaction", "attitude", "result"}
    ]
    assert silent == []
