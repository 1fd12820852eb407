"""Percentages of real yearly reports, to the printed digit."""

import json
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.rulebook import Residual, Rounding, percent, percents


def printed(shares: Sequence[Decimal | None]) -> list[str]:
    return [str(share) for share in shares]


def test_the_hunan_report_of_2020() -> None:
    assert printed(percents([1016, 261, 165], base=1442)) == ["70.5", "18.1", "11.4"]
    assert str(percent(1016 + 261, base=1442)) == "88.6"
    assert str(percent(1037, base=1438)) == "72.1"
    assert printed(percents([979, 58], base=1037)) == ["94.4", "5.6"]
    assert printed(percents([930, 107], base=1037)) == ["89.7", "10.3"]


def test_the_feedback_rate_needs_its_own_base() -> None:
    assert str(percent(1037, base=1442)) == "71.9"
    assert str(percent(1037, base=1448)) == "71.6"


@pytest.mark.parametrize(
    ("residual", "largest", "total"),
    [(Residual.LARGEST, "34.73", "100.00"), (Residual.NONE, "34.74", "100.01")],
)
def test_the_beijing_report_of_2025(residual: Residual, largest: str, total: str) -> None:
    counts = [320, 338, 215, 49, 36, 15]
    shares = percents(counts, base=973, decimals=2, residual=residual)
    assert printed(shares) == ["32.89", largest, "22.10", "5.04", "3.70", "1.54"]
    assert str(sum(share for share in shares if share is not None)) == total


def test_the_gongliu_report_of_2024() -> None:
    shares = percents([33, 14, 5], base=52, residual=Residual.LARGEST)
    assert shares == (Decimal("63.5"), Decimal("26.9"), Decimal("9.6"))
    truncated = percents([33, 14, 5], base=52, rounding=Rounding.TRUNCATE)
    assert printed(truncated) == ["63.4", "26.9", "9.6"]


@pytest.mark.realdata
def test_every_table_of_the_real_reports_that_is_rounded_half_up(real_data: Path) -> None:
    reports = json.loads((real_data / "annual_reports.json").read_text("utf-8"))["reports"]
    checked = 0
    for report in reports:
        for table in report["tables"]:
            for row in table["items"]:
                checked += _check_row(row, table["denominator"])
    assert checked > 50


def _check_row(row: dict[str, Any], base: int) -> bool:
    """Whether the row was printed with a percentage and agrees with plain half-up rounding."""
    if not row.get("published_equals_half_up"):
        return False
    as_printed = row["published_pct"]
    decimals = len(as_printed.partition(".")[2])
    assert percent(row["count"], base=base, decimals=decimals) == Decimal(as_printed), row
    return True


@pytest.mark.realdata
def test_the_beijing_table_as_it_is_in_the_folder(real_data: Path) -> None:
    reports = json.loads((real_data / "annual_reports.json").read_text("utf-8"))["reports"]
    (report,) = (each for each in reports if each["id"] == "beijing-2025")
    rows = report["tables"][0]["items"]
    shares = percents(
        [row["count"] for row in rows], base=973, decimals=2, residual=Residual.LARGEST
    )
    assert printed(shares) == [row["published_pct"] for row in rows]


def test_an_organ_with_nothing_has_no_percentage() -> None:
    assert percent(0, base=0) is None
    assert percents([0, 0], base=0, residual=Residual.LARGEST) == (None, None)
    assert percents([], base=0, residual=Residual.LARGEST) == ()


@pytest.mark.parametrize(("count", "base"), [(-1, 10), (1, -10)])
def test_negative_numbers_are_a_mistake(count: int, base: int) -> None:
    with pytest.raises(ValueError, match="never negative"):
        percent(count, base=base)


@pytest.mark.parametrize(
    ("count", "rounding", "expected"),
    [
        (1, Rounding.HALF_UP, "13"),  # 12.5: exactly half goes up, not to the even neighbour
        (1, Rounding.TRUNCATE, "12"),
        (3, Rounding.HALF_UP, "38"),  # 37.5
        (8, Rounding.HALF_UP, "100"),
        (0, Rounding.HALF_UP, "0"),
    ],
)
def test_exactly_half(count: int, rounding: Rounding, expected: str) -> None:
    assert str(percent(count, base=8, decimals=0, rounding=rounding)) == expected


def test_what_is_not_a_whole_is_not_forced_to_a_hundred() -> None:
    parts = percents([1, 1], base=3, residual=Residual.LARGEST)
    assert printed(parts) == ["33.3", "33.3"]


def test_of_equals_the_first_takes_the_rest() -> None:
    shares = percents([1, 1, 1], base=3, residual=Residual.LARGEST)
    assert printed(shares) == ["33.4", "33.3", "33.3"]


@given(
    counts=st.lists(st.integers(0, 5000), min_size=1, max_size=12).filter(any),
    decimals=st.integers(0, 4),
    rounding=st.sampled_from(Rounding),
)
def test_a_whole_adds_up_and_no_row_is_far_from_its_true_share(
    counts: list[int], decimals: int, rounding: Rounding
) -> None:
    base = sum(counts)
    plain = percents(counts, base=base, decimals=decimals, rounding=rounding)
    step = Fraction(1, 10**decimals)
    for count, share in zip(counts, plain, strict=True):
        assert share is not None
        off = Fraction(share) - Fraction(100 * count, base)
        assert -step / 2 < off <= step / 2 if rounding is Rounding.HALF_UP else -step < off <= 0
    settled = percents(
        counts, base=base, decimals=decimals, rounding=rounding, residual=Residual.LARGEST
    )
    assert sum(share for share in settled if share is not None) == 100
