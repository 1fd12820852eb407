"""Tables as others print them: shapes, slips, and what arithmetic can and cannot tell."""

from __future__ import annotations

import json
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

import pytest
import xlsxwriter
from django.core.management import CommandError, call_command
from django.utils.translation import override
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from huiyin.kernel.errors import Invalid
from huiyin.reporting.checking import annual, pasted, reading
from huiyin.reporting.checking.findings import Checked, CheckedPaper, Weight
from huiyin.reporting.checking.judging import check
from huiyin.rulebook import Residual, Rounding, percents


def checked(text: str) -> CheckedPaper:
    with override("en"):
        return check(pasted.read(text)[0])


def only(text: str) -> Checked:
    (table,) = checked(text).tables
    return table


def codes(table: Checked, weight: Weight | None = None) -> set[str]:
    return {each.code for each in table.findings if weight in {None, each.weight}}


def said(paper: CheckedPaper) -> str:
    findings = [each for table in paper.tables for each in table.findings]
    return "\n".join(each.said for each in [*findings, *paper.findings])


# --- Tables known to be wrong

SHANGHAI = "交办\t件数\n人大机关\t4\n市政府\t778\n法检两院\t32\n其他\t46\n合计\t838\n"


def test_parts_that_are_more_than_their_total() -> None:
    table = only(SHANGHAI)
    assert not table.adds_up
    assert "4 + 778 + 32 + 46 = 860 ≠ 838, 22 (2.6%) too many" in table.findings[0].said


def test_the_same_in_a_sentence_of_a_report() -> None:
    text = "会议共收到建议838件，其中交人大机关4件、市政府778件、法检两院32件、其他单位46件。"
    assert "860 ≠ 838" in said(checked(text))


def test_a_truncated_table_is_explained_and_its_rows_named() -> None:
    """100 × 11/41 is 26.829: 26.8 cut off and rounded; 48.78 is 48.7 only when cut off."""
    table = only("类,件数,占比\n甲,20,48.7%\n乙,11,26.8%\n丙,10,24.3%\n合计,41,\n")
    assert table.adds_up
    assert {each.rounding for each in table.columns[0].declared} == {Rounding.TRUNCATE}  # type: ignore[union-attr]
    assert "甲: prints 48.7%; rounded half up it would be 48.8%." in table.findings[3].said
    assert "add up to 99.8%; truncation loses the rest" in "\n".join(
        each.said for each in table.findings
    )


def test_the_largest_row_that_makes_the_hundred() -> None:
    """36/62 is 58.0645, printed 58.07 since 58.06 + 27.42 + 14.51 … would lack a hundredth."""
    counts = [36, 17, 9]
    plain = percents(counts, base=62, decimals=2)
    moved = percents(counts, base=62, decimals=2, residual=Residual.LARGEST)
    assert (plain[0], moved[0]) == (Decimal("58.06"), Decimal("58.06"))
    rows = "\n".join(
        f"{label},{n},{p}%" for label, n, p in zip("甲乙丙", counts, plain, strict=True)
    )
    wrong = only(f"类,件数,占比\n{rows}\n合计,62,100%\n".replace("58.06", "58.07"))
    assert not wrong.adds_up
    assert "甲: prints 58.07%, would be 58.06%." in said(checked_of(wrong))


def checked_of(table: Checked) -> CheckedPaper:
    return CheckedPaper(paper=pasted.read("甲,1\n")[0], tables=(table,))


def test_two_digits_that_changed_places_are_named_as_such() -> None:
    text = "甲,320,32.98%\n乙,338,34.74%\n丙,215,22.10%\n丁,100,10.28%\n合计,973,100%"
    table = only(text)
    (wrong,) = [each for each in table.findings if each.code == "misprint"]
    assert (wrong.row, wrong.expected) == (0, "32.89%")
    assert "changed places" in wrong.said


def test_what_stands_on_another_base_names_it() -> None:
    """1037 is 72.1 % of 1438 = 1442 − 4, which no report prints."""
    text = "项目,件数,占比\n分类答复,1442,\n仍在办理,4,\n已反馈,1037,72.1%\n"
    assert "1,438 = 1,442 (分类答复) − 4 (仍在办理)" in said(checked(text))


def test_days_that_do_not_exist() -> None:
    figures = "城乡建设320件，占32.0%；社会发展680件，占68.0%。"
    text = f"2008年9月31日以前，{figures}二〇一九年十三月一日。2月30日。"
    found = said(checked(text))
    assert "“2008年9月31日” is no day: month 9 has 30 days." in found
    assert "there is no month 13" in found
    assert "2月30日" in found
    assert "no day" not in said(checked("2020年2月29日，甲3件，占30%；乙7件，占70%。"))


def test_shares_above_a_hundred_and_growth_that_may_be() -> None:
    assert "over_hundred" in codes(only("甲,5,105%\n乙,1,20%\n合计,6,"))
    grown = only("类别,上年,今年,同比增长\n甲,10,25,150%\n乙,20,10,-50%\n合计,30,35,16.7%")
    assert grown.adds_up
    assert "growth" in codes(grown)
    slip = only("类别,上年,今年,同比增长\n甲,10,25,150%\n乙,20,10,-50%\n合计,30,35,16.8%")
    assert "growth_wrong" in codes(slip, Weight.WRONG)


# --- Shapes

SHAPES = {
    name: text
    for part in (Path(__file__).parent / "shapes.txt").read_text("utf-8").split("=== ")[1:]
    for name, _line, text in [part.rstrip("\n").partition("\n")]
}


@pytest.mark.parametrize("shape", SHAPES)
def test_shapes_that_add_up(shape: str) -> None:
    paper = checked(SHAPES[shape])
    assert paper.tables
    assert paper.adds_up, said(paper)


# One number of each shape changed: found wherever the print gives something to compare it with.
SLIPS = {
    "full width": ("４３件", "４４件"),
    "thousands": ("261|18.1", "261|18.2"),
    "markdown": ("29.5%", "29.6%"),
    "total first": ("总数,7", "总数,8"),
    "transposed": ("22.8%", "22.9%"),
    "both in a cell": ("75.4%", "75.5%"),
    "per mille": ("228.1‰", "228.2‰"),
    "parts of one": ("0.2692", "0.2693"),
    "blank rows": ("乙,4", "乙,5"),
    "remark": ("乙\t4", "乙\t5"),
    "merged heads": ("24.6%", "24.7%"),
    "of which": ("13.1%", "13.2%"),
    "levels": ("二、法检,30", "二、法检,31"),
    "subtotals": (",小计,5", ",小计,6"),
    "shares of groups": ("66.7%", "66.8%"),
    "row by row": ("83.3%", "83.4%"),
    "side by side": ("合计,30", "合计,31"),
    "money": ("39.75%", "39.76%"),
    "semicolons": ("合计;7", "合计;8"),
    "colons": ("739", "793"),
    "prose": ("32.3%", "32.4%"),
    "spoken": ("六十", "六十一"),
    "own words json": ("8.6", "8.7"),
}


@pytest.mark.parametrize("shape", SLIPS)
def test_a_slip_in_each_shape_is_found(shape: str) -> None:
    right, wrong = SLIPS[shape]
    assert right in SHAPES[shape]
    assert not checked(SHAPES[shape].replace(right, wrong, 1)).adds_up


def test_several_tables_of_one_text_are_checked_apart() -> None:
    text = "表一\n类别,件数\n甲,3\n合计,3\n\n表二\n类别,件数\n甲,3\n乙,4\n合计,8"
    first, second = checked(text).tables
    assert (first.adds_up, second.adds_up) == (True, False)


def test_percentages_without_counts_say_which_counts_fit() -> None:
    paper = checked("满意度（共755件）\n满意,91.4%\n基本满意,8.6%\n")
    assert "91.4% of 755 would be 690" in said(paper)
    # Of 7 none is 50 %: 3 are 42.9, 4 are 57.1.
    assert "no_such_count" in codes(only("共7件\n甲,50%\n乙,50%\n"), Weight.WRONG)
    assert "not_hundred" in codes(only("满意,91.4%\n基本满意,8.4%"), Weight.WRONG)


def test_a_selection_need_not_be_the_whole_when_it_says_so() -> None:
    text = "件数较多的类别\n类别,件数,占比\n甲,317,30.7%\n乙,140,13.5%\n合计,1034,\n"
    assert only(text).adds_up
    assert not only(text.replace("件数较多的类别\n", "")).adds_up


def test_several_roundings_are_all_named() -> None:
    text = "得到解决,38,38%\n计划解决,40,40%\n暂难解决,22,22%\n合计,100,100%"
    (column,) = only(text).columns
    assert column is not None
    assert {each.rounding for each in column.declared} == set(Rounding)
    assert "arithmetic cannot tell" in said(checked(text))


# --- The engine explains what it printed itself


@settings(max_examples=120, deadline=None)
@given(
    counts=st.lists(st.integers(1, 900), min_size=2, max_size=9),
    decimals=st.integers(0, 2),
    rounding=st.sampled_from(Rounding),
    residual=st.sampled_from(Residual),
    slip=st.tuples(st.integers(0, 8), st.sampled_from([-3, -2, -1, 1, 2, 3])),
)
def test_a_table_is_explained_by_the_rounding_it_was_printed_with(
    counts: list[int],
    decimals: int,
    rounding: Rounding,
    residual: Residual,
    slip: tuple[int, int],
) -> None:
    base = sum(counts)
    shares = percents(counts, base=base, decimals=decimals, rounding=rounding, residual=residual)
    table = _printed(counts, shares, base)
    (column,) = table.columns
    assert column is not None
    assert (decimals, rounding, residual) in {
        (each.decimals, each.rounding, each.residual) for each in column.declared
    }
    assert table.adds_up

    row, steps = slip[0] % len(counts), slip[1]
    changed = list(shares)
    was = shares[row]
    assert was is not None
    slipped_to = was + Decimal(steps).scaleb(-decimals)
    assume(0 <= slipped_to <= 100)
    changed[row] = slipped_to
    slipped = _printed(counts, changed, base)
    (column,) = slipped.columns
    assert column is not None
    # Found, unless another rounding prints just that.
    assert slipped.adds_up == column.explains
    if not column.explains:
        assert row in {each.row for each in slipped.findings}


def _printed(counts: list[int], shares: object, base: int) -> Checked:
    rows = [
        {"label": f"第{at}类", "count": count, "published_pct": str(share)}
        for at, (count, share) in enumerate(zip(counts, shares, strict=True))  # type: ignore[call-overload]
    ]
    data = {"name": "class", "denominator": base, "items": rows}
    with override("en"):
        (table,) = check(annual.papers(data)[0]).tables
    return table


# --- Files


def workbook() -> BytesIO:
    """Percentages as formulas leave them: a fraction, shown with two decimals."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file)
    shown = book.add_format({"num_format": "0.00%"})
    for name, total in (("类别", 973), ("重复", 974)):
        sheet = book.add_worksheet(name)
        sheet.merge_range("A1:C1", "建议分类")
        sheet.write_row(1, 0, ["类别", "件数", "占比"])
        for row, (label, count) in enumerate((("甲", 320), ("乙", 338), ("丙", 315)), start=2):
            sheet.write_row(row, 0, [label, count])
            sheet.write_number(row, 2, count / 973, shown)
        sheet.write_row(5, 0, ["合计", total])
    book.add_worksheet("空表")
    book.close()
    file.seek(0)
    return file


def test_a_workbook_is_read_as_it_is_shown_every_sheet_of_it() -> None:
    with override("en"):
        right, wrong = (check(each) for each in reading.read(workbook(), name="分类.xlsx"))
    assert (right.paper.name, right.adds_up) == ("类别", True)
    assert right.tables[0].table.rows[0].shares[0].written == "32.89%"  # type: ignore[union-attr]
    assert "973 ≠ 974" in said(wrong)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("照片.png", b"\x89PNG"),
        ("空.csv", b""),
        ("信.txt", "今天开会。".encode()),
        ("半.json", b'{"reports": ['),
        ("别的.json", b'{"name": 1}'),
        ("乱.csv", b"\x00\x01\x02"),
        ("假.xlsx", b"a,1\nb,2"),
        ("深.json", b"[" * 100_000),
    ],
)
def test_what_is_no_table_is_refused_with_a_remedy(name: str, content: bytes) -> None:
    with override("en"), pytest.raises(Invalid) as refused:
        reading.read(BytesIO(content), name=name)
    assert refused.value.remedy


def test_a_csv_in_gbk_is_read() -> None:
    papers = reading.read(BytesIO("类别,件数\n甲,3\n合计,3\n".encode("gb18030")), name="a.csv")
    assert papers[0].tables[0].rows[0].label == "甲"


# --- The command


def run(path: Path, *options: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("check-table", str(path), *options, stdout=out)
    except SystemExit as ended:
        return int(ended.code or 0), out.getvalue()
    except CommandError as refused:
        return refused.returncode, str(refused)
    return 0, out.getvalue()


def test_the_command_ends_with_0_1_and_2(tmp_path: Path) -> None:
    right, wrong, other = (tmp_path / name for name in ("对.csv", "错.csv", "图.png"))
    right.write_text("甲,3\n乙,4\n合计,7\n", "utf-8")
    wrong.write_text("甲,3\n乙,4\n合计,8\n", "utf-8")
    other.write_bytes(b"\x89PNG")
    assert run(right)[0] == 0
    code, text = run(wrong)
    assert code == 1
    assert "各项之和不等于总数：3 + 4 = 7 ≠ 8" in text
    assert "3 + 4 = 7 ≠ 8. 1 (12.5%) are in no row" in run(wrong, "--language", "en")[1]
    assert run(wrong, "--selection")[0] == 0
    assert run(other)[0] == 2
    assert run(tmp_path / "没有.csv")[0] == 2


def test_the_command_prints_data(tmp_path: Path) -> None:
    path = tmp_path / "错.csv"
    path.write_text("甲,3,30%\n乙,7,71%\n合计,10,\n", "utf-8")
    code, text = run(path, "--json", "--language", "en")
    result = json.loads(text)
    assert (code, result["adds_up"]) == (1, False)
    (table,) = result["reports"][0]["tables"]
    (wrong,) = [each for each in table["findings"] if each["code"] == "misprint"]
    assert (wrong["row"], wrong["expected"]) == (1, "70%")
    assert table["shares"][0]["base"]["source"] == "total"
