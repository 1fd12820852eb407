"""Lists that leave the house: harmless in every spreadsheet, complete, and readable again."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tempfile
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from django.utils.functional import lazystr
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from huiyin.documents import workbooks
from huiyin.documents.tests.files import opened, xlsx
from huiyin.documents.workbooks import Heading, Problem
from huiyin.documents.workbooks.neutral import (
    neutralise,
    neutralise_for_csv,
    restore,
    restore_from_csv,
)

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
HEADINGS = [Heading("标题", 40), Heading("=日期"), Heading(lazystr("代表证号"))]

COMMAND = "cmd|' /C calc'!A0"
FORMULAS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\x00=1", "＝1", "＋1", "－1",
    "＠SUM(A1)", "-1+1", f"={COMMAND}", f"+{COMMAND}", f"-{COMMAND}", f"@{COMMAND}",
    " =1+1", "\u200b=1+1", "\ufeff=1+1", "'=1+1", "''=1+1", '"=1+1"', '"";=1+1', '",=1+1',
    '";"=1+1', "a;=1+1", "a;+1", "a\t=1+1", "a\n=1+1", "a\r\n-1+1", "a;=1+1;b", "_x003D_1+1",
    '=HYPERLINK("http://203.0.113.9","a")', '=WEBSERVICE("http://203.0.113.9")', "=IMPORTXML(A1)",
    "=DDE(1;2;3)", "%0A=1+1", "=1+1\n=2+2", '"\n=1+1',
]  # fmt: skip


def csv_of(rows, headings=HEADINGS):
    out = io.BytesIO()
    workbooks.write_csv(headings, rows, out=out)
    return out.getvalue()


def xlsx_of(rows, headings=HEADINGS):
    out = io.BytesIO()
    workbooks.write_xlsx(headings, rows, out=out, sheet_title="清单")
    out.seek(0)
    return out


@given(st.text())
def test_harmless_text_gives_the_text_back(text):
    assert restore(neutralise(text)) == text
    assert restore_from_csv(neutralise_for_csv(text)) == text


@given(st.text(alphabet="=+-@＝'; \t\n\u200b1"))
def test_text_of_signs_and_apostrophes_gives_the_text_back(text):
    assert restore_from_csv(neutralise_for_csv(text)) == text
    assert not neutralise(text).startswith(("=", "+", "-", "@", "\t", "\n", "＝", "\u200b="))


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_is_a_formula_in_a_workbook(text):
    sheet = opened(xlsx_of([[text, text, text]]))
    for cell in (*sheet[1], *sheet[2]):
        assert cell.data_type == "s"
        assert not str(cell.value).startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


def test_long_runs_of_signs_cost_no_more_than_their_length():
    for text in ("'" * 1_000_000, "\n" * 1_000_000, " " * 1_000_000 + "=", ";" * 1_000_000 + "="):
        assert restore_from_csv(neutralise_for_csv(text)) == text


def test_numbers_and_days_stay_numbers_and_days():
    moment = datetime(2020, 9, 10, 16, 30, tzinfo=UTC)
    rows = [[-1, date(2020, 9, 10), Decimal("2.5")], [True, moment, 1.25]]
    sheet = opened(xlsx_of(rows))
    assert [cell.data_type for cell in sheet[2]] == ["n", "d", "n"]
    assert [cell.data_type for cell in sheet[3]] == ["b", "d", "n"]

    table = workbooks.read(xlsx_of(rows), name="a.xlsx")
    assert [row.values for row in table.rows] == [
        (-1, date(2020, 9, 10), 2.5),
        # Half past midnight in China.
        (True, datetime.fromisoformat("2020-09-11T00:30"), 1.25),
    ]
    assert csv_of(rows).decode("utf-8-sig").splitlines()[1:] == [
        '"-1","2020-09-10","2.5"',
        '"TRUE","2020-09-11 00:30","1.25"',
    ]


def test_what_a_sheet_cannot_hold_as_a_number_or_day_is_text():
    rows = [[430102196501010011, date(1899, 12, 31), "a\ud800b"]]
    table = workbooks.read(xlsx_of(rows), name="a.xlsx")
    assert table.rows[0].values == ("430102196501010011", "1899-12-31", "a?b")


def test_a_text_longer_than_a_cell_is_cut_where_one_sees_it():
    sheet = opened(xlsx_of([["长" * 40_000]]))
    assert sheet["A2"].value == "长" * 32_000 + "…"


def test_a_workbook_is_laid_out_for_reading():
    sheet = opened(xlsx_of([["关于饮水的建议", date(2020, 9, 10), "007"]]))
    assert (sheet.title, sheet.freeze_panes, sheet.auto_filter.ref) == ("清单", "A2", "A1:C2")
    assert sheet["A1"].font.bold
    assert sheet.column_dimensions["A"].width > sheet.column_dimensions["B"].width
    assert sheet["B2"].number_format == "yyyy-mm-dd"


@pytest.mark.parametrize(
    ("title", "name"),
    [("a/b:c", "a／b：c"), ("'=1'", "=1"), ("长" * 40, "长" * 31), ("", "1"), ("[]", "（）")],
)
def test_any_title_gives_a_sheet_a_name(title, name):
    out = io.BytesIO()
    workbooks.write_xlsx(HEADINGS, [], out=out, sheet_title=title)
    assert openpyxl.load_workbook(out).sheetnames == [name]


def test_csv_is_what_excel_reads_as_chinese():
    content = csv_of([["关于“饮水”的建议", None, 'a"b']])
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig") == (
        '"标题","\'=日期","代表证号"\r\n"关于“饮水”的建议","","a""b"\r\n'
    )


def test_csv_comes_in_pieces_while_the_rows_are_made():
    made = []

    def rows():
        for number in range(1000):
            made.append(number)
            yield [number]

    lines = workbooks.csv_lines(HEADINGS[:1], rows())
    next(lines)
    assert made == []
    next(lines)
    assert len(made) == 200
    assert b"".join(lines).count(b"\r\n") == 800


def test_progress_is_told_and_the_rows_are_counted(tmp_path):
    told: list[int] = []
    out = tmp_path / "list.xlsx"
    rows = ([number] for number in range(450))
    count = workbooks.write_xlsx(
        HEADINGS[:1], rows, out=out, sheet_title="清单", progress=told.append
    )
    assert (count, told) == (450, [200, 400, 450])
    assert len(workbooks.read(out, name="list.xlsx").rows) == 450
    assert workbooks.write_csv(HEADINGS[:1], ([n] for n in range(450)), out=io.BytesIO()) == 450


def test_a_list_that_fails_half_way_leaves_nothing(tmp_path, monkeypatch):
    def rows():
        yield ["关于饮水的建议"]
        raise LookupError("the database has gone")

    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    out = tmp_path / "list.xlsx"
    with pytest.raises(LookupError):
        workbooks.write_xlsx(HEADINGS, rows(), out=out, sheet_title="清单")
    with pytest.raises(LookupError):
        workbooks.xlsx_file(HEADINGS, rows(), sheet_title="清单")
    assert not out.exists()
    assert list(scratch.iterdir()) == []


# --- Rows that could not be taken.

PROBLEMS = [
    Problem(3, "没有这一天。", column=1, remedy="请改正日期。"),
    Problem(3, "编号重复。"),
    Problem(3, "没有这个单位。", column=2),
    Problem(3, "单位也已撤销。", column=2),
]
IMPORT = [
    ["编号", "日期", "单位"],
    ["001", date(2020, 2, 1), "省水利厅"],
    ["=001", "9月31日", None],
    ["003", 2020, "省财政厅"],
]


def test_rows_not_taken_come_back_with_the_reason_beside_them():
    table = workbooks.read(xlsx(IMPORT), name="清单.xlsx")
    with workbooks.failed_rows_file(table, PROBLEMS) as file:
        sheet = opened(file)

    assert sheet.max_row == 2
    assert [cell.value for cell in sheet[1]] == ["编号", "日期", "单位", "未导入原因"]
    assert [cell.value for cell in sheet[2]][:3] == ["'=001", "9月31日", None]
    assert sheet["D2"].value == (
        "“清单”B3（日期）: 没有这一天。 请改正日期。\n“清单”第 3 行: 编号重复。\n"
        "“清单”C3（单位）: 没有这个单位。\n“清单”C3（单位）: 单位也已撤销。"
    )
    assert sheet["A2"].comment is None
    assert sheet["B2"].comment.text == "没有这一天。 请改正日期。"
    assert sheet["C2"].comment.text == "没有这个单位。\n单位也已撤销。"
    assert sheet["A2"].fill.fgColor.rgb != sheet["B2"].fill.fgColor.rgb
    assert sheet["B2"].fill.fgColor.rgb == sheet["C2"].fill.fgColor.rgb == "FFFCE8E6"


def test_rows_given_back_can_be_sent_again_as_often_as_needed():
    table = workbooks.read(xlsx(IMPORT), name="清单.xlsx")
    for _round in range(2):
        problem = Problem(table.rows[-1].number, "编号重复。")
        with workbooks.failed_rows_file(table, [problem]) as file:
            table = workbooks.read(file, name="清单.xlsx")
        assert [column.name for column in table.columns] == ["编号", "日期", "单位", "未导入原因"]
        assert table.rows[0].values[:3] == ("003", 2020, "省财政厅")
        assert workbooks.is_reason(table.columns[-1].name)


def test_the_column_of_reasons_is_known_in_both_languages():
    assert workbooks.is_reason("未导入原因")
    with override("zh-hans"):
        assert workbooks.is_reason("Why this row was not taken")
    assert not workbooks.is_reason("原因")


# --- In a real office program.


@pytest.mark.slow
@pytest.mark.parametrize(
    ("written", "separators"),
    [("xlsx", ""), ("csv", "44"), ("csv", "44/59/9"), ("csv", "59")],
    ids=["xlsx", "comma", "all separators", "semicolon"],
)
def test_an_office_program_finds_no_formula(tmp_path, written, separators):
    """Opened and saved anew, as CSV once more as well: no formula, and every text as it was."""
    headings = [Heading(name) for name in ("甲", "乙", "丙")]
    rows = [[text, f"第{number}件", text] for number, text in enumerate(FORMULAS)]
    content = csv_of(rows, headings) if written == "csv" else xlsx_of(rows, headings).getvalue()
    source = tmp_path / f"list.{written}"
    source.write_bytes(content)

    first = converted(source, "ods", tmp_path / "1", separators=separators)
    assert b"table:formula" not in content_of(first)
    again = converted(first, "csv", tmp_path / "2")
    # A workbook is not written for every separator, only for the one it is saved with.
    second = separators if written == "csv" else "44"
    assert b"table:formula" not in content_of(
        converted(again, "ods", tmp_path / "3", separators=second)
    )
    if separators != "59" or written == "xlsx":
        table = workbooks.read(converted(first, "xlsx", tmp_path / "4"), name="list.xlsx")
        assert [same(str(row.values[0])) for row in table.rows] == [same(text) for text in FORMULAS]


@pytest.mark.slow
def test_the_same_texts_unprotected_are_formulas(tmp_path):
    """The positive control: the office program does calculate what it takes for a formula."""
    source = tmp_path / "list.csv"
    source.write_text("a,b\r\n=1+1,2\r\n", encoding="utf-8")
    assert b"table:formula" in content_of(converted(source, "ods", tmp_path, separators="44"))


def same(text: str) -> str:
    """Blanks and line ends are the office program's affair, apostrophes ours, NUL nobody's."""
    return re.sub(r"[\s'\ufeff]", "", text.replace("\x00", "\ufffd"))


def converted(source: Path, kind: str, folder: Path, *, separators: str = "") -> Path:
    if SOFFICE is None:
        pytest.skip("no LibreOffice on this machine")
    reading = [f"--infilter=CSV:{separators},34,76,1,,0,false,true,false,false,false"]
    subprocess.run(  # noqa: S603 - a program of the machine over our own file
        [
            str(SOFFICE), f"-env:UserInstallation=file://{folder}/profile", "--headless",
            *(reading if separators and source.suffix == ".csv" else []),
            "--convert-to", kind, "--outdir", str(folder), str(source),
        ],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return folder / f"{source.stem}.{kind}"


def content_of(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read("content.xml")
