"""Rarer shapes of lists, each seen in the wild or permitted by the formats."""

from __future__ import annotations

import io
import struct
from dataclasses import replace
from datetime import date, datetime

import pytest
from django.utils.translation import override

from huiyin.documents import workbooks
from huiyin.documents.pictures import Broken, clean_jpeg
from huiyin.documents.tests.files import (
    docx,
    jpeg,
    raw_xlsx,
    repacked,
    sheet_xml,
    xlsx,
    zipped,
)
from huiyin.documents.workbooks import LIMITS
from huiyin.kernel.errors import Invalid, TooLarge

DAMAGED = "“a.xlsx” is damaged or was cut off on its way."
W = '<w:document xmlns:w="w"><w:body>{}</w:body></w:document>'


def cells_of(rows, **options):
    """The cells under two plain headings, of a sheet written by hand."""
    head = '<row r="1"><c r="A1" t="str"><v>a</v></c><c r="B1" t="str"><v>b</v></c></row>'
    table = workbooks.read(raw_xlsx(sheet_xml(head + rows), **options), name="a.xlsx")
    return [row.values for row in table.rows]


def refused(file, name="a.xlsx", *, kind=Invalid, **limits):
    source = io.BytesIO(file) if isinstance(file, bytes) else file
    with override("en"), pytest.raises(kind) as caught:
        workbooks.read(source, name=name, limits=replace(LIMITS, **limits))
    return str(caught.value)


def test_cells_may_stand_without_their_names():
    assert cells_of("<row><c><v>1</v></c><c><v>2</v></c></row>") == [(1, 2)]


def test_days_may_be_written_by_the_calendar():
    row = '<row r="2"><c r="A2" t="d"><v>2020-09-10</v></c><c r="B2" t="d"><v>{}</v></c></row>'
    assert cells_of(row.format("2020-09-10T08:30:00Z")) == [
        (date(2020, 9, 10), datetime.fromisoformat("2020-09-10T08:30")),
    ]


def test_readings_of_characters_within_a_cell_are_left_out():
    text = "<is><t>岳川</t><rPh><t>yuechuan</t></rPh></is>"
    assert cells_of(f'<row r="2"><c r="A2" t="inlineStr">{text}</c></row>') == [("岳川", None)]


def test_a_cell_is_not_named_by_another_row():
    assert "damaged" in refused(raw_xlsx(sheet_xml('<row r="1"><c r="A2"><v>1</v></c></row>')))


@pytest.mark.parametrize("written", ["-1", "7", "x"])
def test_a_shared_text_that_is_not_there(written):
    row = f'<row r="1"><c r="A1" t="s"><v>{written}</v></c></row>'
    assert "damaged" in refused(raw_xlsx(sheet_xml(row), shared="<sst><si><t>a</t></si></sst>"))


@pytest.mark.parametrize("written", ["nan", "inf", "1_0", "0x10", "１"])
def test_a_number_that_is_none(written):
    row = f'<row r="1"><c r="A1"><v>{written}</v></c></row>'
    assert refused(raw_xlsx(sheet_xml(row))) == DAMAGED


def test_reading_stops_at_the_limits():
    text = "<sst><si><t>" + "长" * 101 + "</t></si></sst>"
    assert (
        refused(raw_xlsx(sheet_xml(""), shared=text), kind=TooLarge, characters=100)
        == "All the texts in “a.xlsx” together are too long."
    )
    rows = xlsx([[n, n] for n in range(15)])
    assert refused(rows, kind=TooLarge, rows=10, above_headings=2) == (
        "“a.xlsx” has more than 10 rows."
    )
    lines = b"1,2\n" * 15
    assert refused(lines, "a.csv", kind=TooLarge, rows=10, above_headings=2) == (
        "“a.csv” has more than 10 rows."
    )
    assert refused(b'{"a": 1, "b": 2}', "a.jsonl", kind=TooLarge, columns=1) == (
        "“a.jsonl” has more than 1 columns: there is something in line 1, “b”."
    )


def test_a_csv_cell_beyond_all_measure():
    assert refused(b"a,b\n1," + b"x" * 200_000, "a.csv", kind=TooLarge) == (
        "The text in row 2 of “a.csv” is longer than 20000 characters."
    )


def test_a_binary_workbook_and_one_of_charts_alone():
    relation = '<Relationships><Relationship Type="x/officeDocument" Target="{}"/></Relationships>'
    binary = repacked(xlsx(), add={"_rels/.rels": relation.format("xl/workbook.bin")})
    assert refused(binary) == "“a.xlsx” is a workbook of an older or another format."
    nothing = repacked(xlsx(), add={"xl/workbook.xml": "<workbook/>"})
    assert refused(nothing) == "What is inside “a.xlsx” is not a .xlsx file."


def wide(file: io.BytesIO) -> bytes:
    """The same zip file with the list of entries told in 64 bits, as large ones have it."""
    content = file.getvalue()
    at = content.rindex(b"PK\x05\x06")
    count, length, start = struct.unpack_from("<HII", content, at + 10)
    record = b"PK\x06\x06" + struct.pack(
        "<QHHIIQQQQ", 44, 45, 45, 0, 0, count, count, length, start
    )
    locator = b"PK\x06\x07" + struct.pack("<IQI", 0, at, 1)
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 0xFFFF, 0xFFFF, 2**32 - 1, 2**32 - 1, 0)
    return content[:at] + record + locator + end


def test_a_zip_file_in_64_bits_is_read():
    content = wide(xlsx())
    assert len(workbooks.read(io.BytesIO(content), name="a.xlsx").rows) == 1
    assert refused(content.replace(b"PK\x06\x06", b"PK\x06\x00")) == DAMAGED


def test_a_zip_file_of_too_many_documents_or_none():
    few = replace(LIMITS.archive, entries=2)
    three = zipped({f"{n}.docx": "x" for n in range(3)})
    assert refused(three, "a.zip", kind=TooLarge, archive=few) == (
        "“a.zip” holds more than 2 files."
    )
    assert refused(zipped({"__MACOSX/a": "x"}), "a.zip") == "“a.zip” is empty."
    assert refused(zipped({"a.docx": ""}), "a.zip") == "“a.docx” is empty."
    swelling = zipped({"a.docx": bytes(50_000)})
    assert "far more" in refused(swelling, "a.zip", kind=TooLarge, size=20_000)


def test_a_folder_of_too_many_documents(tmp_path):
    for number in range(3):
        (tmp_path / f"{number}.docx").write_bytes(docx().getvalue())
    assert refused(tmp_path, "一组", kind=TooLarge, archive=replace(LIMITS.archive, entries=2)) == (
        "“一组” holds more than 2 files."
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r></w:p>", ["甲\t乙", None]),
        ("<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>",
         ["甲", None]),
        ("", [None, None]),
        (f"<w:p><w:r><w:t>{'长' * 130}</w:t></w:r></w:p>", [None, "长" * 130]),
        (
            "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>表内</w:t></w:r></w:p>"
            "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
            "</w:tc><w:tc><w:p/></w:tc><w:tc><w:p><w:r><w:t>余</w:t></w:r></w:p></w:tc></w:tr>"
            "</w:tbl>",
            [None, "余"],
        ),
    ],
)  # fmt: skip
def test_documents_of_other_shapes(body, expected):
    table = workbooks.read(zipped({"word/document.xml": W.format(body)}), name="a.docx")
    assert list(table.rows[0].values[1:3]) == expected


def test_limits_of_a_document():
    field = docx("题", table=[["内容", "长" * 300]])
    assert refused(field, "a.docx", kind=TooLarge, cell=200) == (
        "The text in “内容” of “a.docx” is longer than 200 characters."
    )
    assert refused(docx("题", "长" * 300), "a.docx", kind=TooLarge, characters=1000) == (
        "The text of “a.docx” is longer than 20000 characters."
    )
    fields = docx("题", table=[["甲", "1", "乙", "2"]])
    assert refused(fields, "a.docx", kind=TooLarge, columns=4) == (
        "“a.docx” has more than 4 columns: there is something in “乙”."
    )


@pytest.mark.parametrize("behind", [b"\x00\x00", b"\xff\xd9"])
def test_a_photograph_whose_segments_end_early_is_broken(behind):
    with pytest.raises(Broken):
        clean_jpeg(jpeg()[:20] + behind + jpeg()[20:])


def test_filling_between_the_segments_of_a_photograph_is_allowed():
    assert clean_jpeg(jpeg()[:20] + b"\xff\xff" + jpeg()[20:]).width == 8
