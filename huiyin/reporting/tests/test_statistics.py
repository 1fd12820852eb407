"""The catalogue: its words are on file, its tables add up, nothing divides by nothing."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

import huiyin
from huiyin.accounts.tests.town import TODAY, Town
from huiyin.organisations.selectors import rulebook_for
from huiyin.reporting.standpoint import Standpoint, standpoint
from huiyin.reporting.statistics import classes, pages
from huiyin.reporting.statistics.catalogue import ALL_RATES, STATISTICS
from huiyin.reporting.statistics.papers import statistics_page
from huiyin.reporting.statistics.tables import (
    TABLES,
    CountedTable,
    Grouped,
    Listed,
    counted_table,
)
from huiyin.rulebook import CLASS_SCHEMES, Rulebook
from huiyin.suggestions.tests.situations import SITUATIONS, Story, follow_hunan

DOCS = Path(huiyin.__file__).resolve().parent.parent / "docs" / "domain"
SHOWN = ("in handling, both acknowledged", "replied", "closed", "withdrawn", "registered")


def rules_of(town: Town) -> Rulebook:
    return rulebook_for(congress=town.congress, session=town.session, on=TODAY)


def here(town: Town, who: str = "clerk") -> Standpoint:
    return standpoint(actor=town.actor(who), session=town.session, as_of=TODAY)


def every_table(town: Town) -> list[CountedTable]:
    rules, at = rules_of(town), here(town)
    found = [counted_table(each, at, rules=rules) for each in TABLES.values()]
    others = [classes.mapped(at, rules=rules, into=each) for each in classes.other_schemes(rules)]
    return [*found, classes.in_force(at, rules=rules), *others]


def assert_sound(found: CountedTable) -> None:
    """Lines add up to the whole where the table says so; the pages can be made."""
    if isinstance(found.table, Grouped):
        if found.table.adds_up:
            first = found.table.columns[0]
            lines = sum(line.counted.numbers[first] for line in found.lines)
            assert lines == found.total.numbers[first], found.table.code
    elif found.table.adds_up:
        for of in found.table.of:
            own = [code for code in found.table.rows if found.belongs(code, of)]
            assert sum(found.total.numbers[code] for code in own) == found.total.numbers[of]
    pages.shown(found)
    pages.chart(found)


def test_the_page_on_file_is_that_of_the_catalogue() -> None:
    assert (DOCS / "statistics.md").read_text(encoding="utf-8") == statistics_page(), "make docs"


def test_numbers_name_one_thing_each() -> None:
    assert not set(STATISTICS) & set(ALL_RATES)
    for rate in ALL_RATES.values():
        assert {*rate.parts, rate.of} <= set(STATISTICS), rate.code
    for table in TABLES.values():
        assert set(table.needs) <= set(STATISTICS), table.code


@pytest.mark.parametrize("scheme", CLASS_SCHEMES.values(), ids=CLASS_SCHEMES)
def test_a_scheme_told_in_another_loses_no_class_and_counts_none_twice(scheme: Any) -> None:
    for into in CLASS_SCHEMES.values():
        held = [code for _label, codes in classes.told_in(scheme, into) for code in codes]
        assert sorted(held) == sorted(scheme.codes), (scheme.code, into.code)


@pytest.mark.django_db
def test_of_nothing_there_is_a_dash_and_why() -> None:
    town = Town()
    for found in every_table(town):
        assert_sound(found)
        shown = pages.shown(found)
        shares = [cell for row in shown.rows for cell in row if str(cell.text) == pages.DASH]
        assert not any("%" in str(cell.text) for row in shown.rows for cell in row)
        assert bool(shares) == (pages.DASH in str(shown.caption)), found.table.code


@pytest.fixture
def town(settings: Any) -> Town:
    settings.HUIYIN_TODAY = TODAY
    town = Town()
    follow_hunan(town)
    for place, situation in enumerate(SHOWN, start=1):
        SITUATIONS[situation](Story(town, title=f"关于第{place}项工程的建议"))
    SITUATIONS["replied"](Story(town, title="关于再次办理的建议")).rated("NS")
    return town


@pytest.mark.django_db
def test_every_table_adds_up_and_every_page_opens(town: Town) -> None:
    for found in every_table(town):
        assert_sound(found)
    client = town.signed_in(Client(), "leader")
    for code in (*TABLES, "T10", "T11"):
        assert client.get(f"/statistics/tables/{code}/").status_code == 200
    for address in ("", "years/", "?as_of=2020-01-20"):
        assert client.get(f"/statistics/{address}").status_code == 200
    for address in ("?as_of=2030-01-01", "?as_of=never", "?known=-1", "tables/T11/?into=nowhere"):
        assert client.get(f"/statistics/{address}").status_code == 400
    for address in ("?session=nothing", "tables/T99/", "R999/rows/"):
        assert client.get(f"/statistics/{address}").status_code == 404
    assert client.get("/statistics/R001/rows/?category=nothing").status_code == 400


@pytest.mark.django_db
def test_who_is_no_overseer_is_not_told_what_is_pressed(town: Town) -> None:
    client = town.signed_in(Client(), "lin")
    for address in ("tables/T41/", "R072/rows/", "R073/rows/"):
        assert client.get(f"/statistics/{address}").status_code == 404
    assert "R072" not in client.get("/statistics/").content.decode()


@pytest.mark.django_db
def test_no_answer_is_in_one_base_and_never_satisfied(town: Town) -> None:
    """T067: both bases stand side by side."""
    found = counted_table(TABLES["T21"], here(town), rules=rules_of(town))
    assert isinstance(found.table, Listed)
    assert found.table.of == ("R030", "R031")
    numbers = found.total.numbers
    assert (numbers["R030"], numbers["R031"], numbers["R032"]) == (2, 1, 1)
    assert [str(each) for each in found.shares("R030")] == ["0.0", "50.0", "0.0", "0.0", "50.0"]
    assert [str(each) for each in found.shares("R031")][-1] == "None"


def told(*arguments: str) -> str:
    out = io.StringIO()
    call_command("count", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_the_command_prints_number_base_and_day(town: Town) -> None:
    said = told("R001").splitlines()
    assert said[0] == "R001 接收建议: 5"
    assert said[1] == "已登记且未撤回；并案件按件计"
    assert said[3].startswith("截至2020-03-02 · 记录至第 ")
    assert "—：基数为零，无法计算" in told("R131", "--as-of", "2020-01-20")
    assert "As of" in told("R131", "--language", "en").replace("as of", "As of")
    for wrong in (("R999",), ("R001", "--session", "x"), ("R001", "--as-of", "2030-01-01")):
        with pytest.raises(CommandError):
            told(*wrong)


@pytest.mark.django_db
def test_a_day_before_anything_happened_counts_nothing(town: Town) -> None:
    at = standpoint(actor=town.actor("clerk"), session=town.session, as_of=date(2019, 1, 1))
    assert (at.line, at.cases.count(), at.parts.count()) == (0, 0, 0)
