"""Workbooks as offices write them, and what is read from them."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile

from huiyin.documents import workbooks
from huiyin.documents.tests.files import LIST, opened, raw_xlsx, sheet_xml, xlsx
from huiyin.documents.workbooks import Kind

# What a sheet shows, in no time zone.
MOMENT = datetime.fromisoformat("2020-09-10T14:30")


def read(file, **options):
    return workbooks.read(file, name="清单.xlsx", **options)


def values(table):
    return [row.values for row in table.rows]


def test_a_list_is_read_with_the_place_of_every_value():
    table = read(xlsx())

    assert (table.kind, table.sheet, table.header_row) == (Kind.XLSX, "清单", 1)
    assert [column.name for column in table.columns] == ["编号", "标题", "代表"]
    assert values(table) == [(1, "关于农村饮水安全的建议", "林晓岚")]
    cell = table.cell(table.rows[0], 1)
    assert (cell.ref, cell.name, cell.value) == ("B2", "标题", "关于农村饮水安全的建议")
    assert table.place(table.rows[0], 1) == "“清单”B2（标题）"


def test_the_same_bytes_have_the_same_digest_and_other_bytes_another():
    file = xlsx()
    assert read(file).sha256 == read(io.BytesIO(file.getvalue())).sha256
    assert read(file).sha256 != read(xlsx([*LIST, [2, "另一件", "赵立新"]])).sha256


@pytest.mark.parametrize("kind", [SimpleUploadedFile, "in memory", "path"])
def test_uploads_and_paths_are_read_alike(kind, tmp_path):
    content = xlsx().getvalue()
    if kind == "path":
        source = tmp_path / "upload"
        source.write_bytes(content)
    elif kind == "in memory":
        file = io.BytesIO(content)
        source = InMemoryUploadedFile(file, "file", "x.xlsx", "x", len(content), None)
    else:
        source = kind("x.xlsx", content)
    assert len(read(source).rows) == 1


def test_titles_above_the_headings_are_skipped():
    def merge(_book, sheet):
        sheet.merge_range("A1:D1", "岳川省第十三届人民代表大会第三次会议代表建议交办清单")

    rows = [
        [],
        ["填报单位：人大联工委", None, "2020年2月"],
        ["编 号", "标\n题", "领衔代表", "主办单位"],
        ["0001", "关于农村饮水安全的建议", "林晓岚", "省水利厅"],
    ]
    table = read(xlsx(rows, also=merge))
    assert table.header_row == 3
    assert [column.name for column in table.columns] == ["编号", "标题", "领衔代表", "主办单位"]
    assert values(table) == [("0001", "关于农村饮水安全的建议", "林晓岚", "省水利厅")]


def test_a_list_of_one_column_has_its_heading_in_the_first_row():
    table = read(xlsx([["单位名称"], ["省水利厅"], ["省教育厅"]]))
    assert (table.header_row, values(table)) == (1, [("省水利厅",), ("省教育厅",)])


def test_a_person_may_name_the_row_of_headings():
    rows = [["甲", "乙"], ["编号", "标题"], ["1", "建议"]]
    assert read(xlsx(rows)).header_row == 1
    table = read(xlsx(rows), header_row=2)
    assert [column.name for column in table.columns] == ["编号", "标题"]


def test_a_column_without_heading_gets_the_name_of_its_letter():
    table = read(xlsx([["编号", "标题"], [1, "建议", "旁注"]]))
    assert [column.name for column in table.columns] == ["编号", "标题", "C列"]


def test_long_numbers_written_as_text_keep_every_digit():
    table = read(xlsx([["证件号", "代表证号"], ["430102196501010011", "007"]]))
    assert values(table) == [("430102196501010011", "007")]


def test_whole_numbers_are_whole_and_rounded_ones_stay_floats():
    """A card number typed as a number has lost digits in Excel: a float says so."""
    table = read(xlsx([["a", "b", "c", "d"], [3.0, 3.5, -7, 430102196501010011]]))
    whole, half, negative, rounded = values(table)[0]
    assert (whole, half, negative) == (3, 3.5, -7)
    assert (type(whole), type(negative), type(rounded)) == (int, int, float)


@pytest.mark.parametrize("epoch", [False, True], ids=["1900", "1904"])
@pytest.mark.parametrize(
    "code",
    ["yyyy/m/d", 'yyyy"年"m"月"d"日";@', "[$-804]yyyy年m月d日", "mm-dd-yy", "[DBNum1]yyyy年m月"],
)
def test_days_are_read_under_both_calendars_of_excel(epoch, code):
    def add(book, sheet):
        look = book.add_format({"num_format": code})
        sheet.write_datetime(1, 1, MOMENT.date(), look)
        sheet.write_datetime(2, 1, MOMENT, look)

    rows = [["编号", "日期"], [1], [2]]
    table = read(xlsx(rows, options={"date_1904": epoch}, also=add))
    assert [row.values[1] for row in table.rows] == [
        date(2020, 9, 10),
        MOMENT,
    ]


@pytest.mark.parametrize(
    ("serial", "shown"),
    [
        (1, date(1900, 1, 1)),
        (59, date(1900, 2, 28)),
        (60, "1900-02-29"),
        (61, date(1900, 3, 1)),
        (0, "1900-01-00"),
        (0.75, "18:00"),
        (-3, -3),
        (3_000_000, 3_000_000),
    ],
)
def test_days_at_the_edges_of_excels_calendar(serial, shown):
    def add(book, sheet):
        sheet.write_number(1, 1, serial, book.add_format({"num_format": "yyyy-mm-dd"}))

    assert read(xlsx([["a", "b"], [1]], also=add)).rows[0].values[1] == shown


@pytest.mark.parametrize(
    "code", ["#,##0.00", '0"元"', "[Red]0", "General", "[h]:mm", "0%", "0.00E+00"]
)
def test_numbers_that_are_no_days_stay_numbers(code):
    def add(book, sheet):
        sheet.write_number(1, 1, 43831, book.add_format({"num_format": code}))

    assert read(xlsx([["a", "b"], [1]], also=add)).rows[0].values[1] == 43831


def test_dates_written_as_text_are_left_to_the_import():
    assert values(read(xlsx([["a", "b"], ["9月31日", "2020.13.1"]]))) == [("9月31日", "2020.13.1")]


def test_formulas_give_the_value_they_were_saved_with():
    def add(_book, sheet):
        sheet.write_formula(1, 1, "=A2*2", None, 4)
        sheet.write_formula(1, 2, '="甲"&"乙"', None, "甲乙")
        sheet.write_formula(1, 3, "=1/0", None, "#DIV/0!")
        sheet.write_boolean(1, 4, 1)

    table = read(xlsx([["a", "b", "c", "d", "e"], [2]], also=add))
    assert values(table) == [(2, 4, "甲乙", "#DIV/0!", True)]


def test_blank_cells_and_rows_are_nothing():
    table = read(xlsx([["a", "b"], ["  ", "\u3000"], [], [" 建议 ", None]]))
    assert values(table) == [("建议", None)]
    assert table.rows[0].number == 4


def test_text_is_as_a_person_sees_it():
    """Rich text is joined, readings of characters are left out, line ends are alike."""

    def add(book, sheet):
        bold = book.add_format({"bold": True})
        sheet.write_rich_string(1, 0, "关于", bold, "饮水", "的建议")
        sheet.write_string(1, 1, "一\r\n二\x0b三")

    assert values(read(xlsx([["a", "b"], []], also=add))) == [("关于饮水的建议", "一\n二\n三")]


def test_readings_of_characters_are_no_part_of_the_text():
    shared = "<sst><si><t>岳川</t><rPh><t>yuechuan</t></rPh></si><si><t>b</t></si></sst>"
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    file = raw_xlsx(sheet_xml(rows + "<row><c><v>1</v></c></row>"), shared=shared)
    table = read(file)
    assert [column.name for column in table.columns] == ["岳川", "b"]
    assert table.rows[0].number == 2


def test_the_first_visible_sheet_with_anything_in_it_is_read():
    book = openpyxl.Workbook()
    empty: Any = book.active
    empty.title = "空表"
    hidden = book.create_sheet("选项")
    hidden.sheet_state = "hidden"
    hidden.append(["x", "y"])
    hidden.append([1, 2])
    wanted = book.create_sheet("建议")
    for row in LIST:
        wanted.append(row)
    file = io.BytesIO()
    book.save(file)

    table = read(file)
    assert (table.sheet, table.sheets) == ("建议", ("空表", "选项", "建议"))
    assert table.notes == ("另有 2 个工作表未读取。",)
    assert read(file, sheet="选项").rows[0].values == (1, 2)


def test_hidden_rows_and_merged_cells_are_pointed_out():
    def add(_book, sheet):
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.merge_range("C2:C3", "省水利厅")

    table = read(xlsx([["a", "b", "c"], [1, "甲"], [2, "乙"]], also=add))
    assert values(table) == [(1, "甲", "省水利厅"), (2, "乙", None)]
    assert table.notes == (
        "工作表中有 1 行被隐藏，也已读取。",
        "跨行合并的单元格只计入其中的第一行。",
    )


def test_rows_formatted_to_the_end_of_the_sheet_cost_nothing():
    head = '<row r="1"><c r="A1" t="str"><v>a</v></c><c r="B1" t="str"><v>b</v></c></row>'
    one = '<row r="2"><c r="A2"><v>1</v></c></row>'
    empty = "".join(f'<row r="{n}"><c r="ZZ{n}"/></row>' for n in range(3, 60_000))
    table = read(raw_xlsx(sheet_xml(head + one + empty)))
    assert (len(table.rows), len(table.columns)) == (1, 2)


def test_agrees_with_another_reader_on_a_book_of_many_kinds():
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["文字", "整数", "小数", "日期", "时刻", "是否", "空"])
    for n in range(50):
        sheet.append(
            [
                f"第{n}件",
                n,
                n / 7,
                date(2020, 1, 1 + n % 28),
                MOMENT.replace(hour=n % 24),
                n % 2 == 0,
                None,
            ]
        )
    file = io.BytesIO()
    book.save(file)

    theirs = opened(file)
    for row in read(file).rows:
        for place, value in enumerate(row.values):
            expected = theirs.cell(row.number, place + 1).value
            if isinstance(expected, datetime) and not (expected.hour or expected.minute):
                expected = expected.date()
            assert value == expected
