"""Every list that is not taken is refused in words: what, where, and what to do."""

from __future__ import annotations

import io
import struct
import zipfile
from dataclasses import replace

import pytest
from django.utils.translation import override

from huiyin.documents import workbooks
from huiyin.documents.tests.files import (
    LIST,
    docx,
    raw_xlsx,
    repacked,
    sheet_xml,
    xlsx,
    zipped,
)
from huiyin.documents.workbooks import LIMITS
from huiyin.kernel.errors import Invalid, TooLarge

ONE_CELL = '<row r="1"><c r="A1" t="str"><v>{}</v></c></row>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


def refusal(file, name="list.xlsx", *, kind=Invalid, **options):
    """The message and the remedy with which the list is refused."""
    source = io.BytesIO(file) if isinstance(file, bytes) else file
    with pytest.raises(kind) as caught:
        workbooks.read(source, name=name, **options)
    assert type(caught.value) is kind
    assert caught.value.remedy
    return str(caught.value), str(caught.value.remedy)


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv", "a.jsonl", "a.zip", "a.docx"])
def test_an_empty_file(name):
    assert refusal(b"", name) == (
        f"“{name}” is empty.",
        "Check that you have chosen the right file.",
    )


@pytest.mark.parametrize(
    ("content", "name"),
    [(xlsx([]).getvalue(), "a.xlsx"), (b"\r\n\r\n", "a.csv"), (b"\n\n", "a.jsonl")],
)
def test_a_file_with_nothing_in_it(content, name):
    assert refusal(content, name)[0] == f"“{name}” is empty."


def test_headings_without_rows():
    assert refusal(xlsx(LIST[:1]))[0] == "“list.xlsx” has headings but no rows below them."


def test_no_headings():
    message, remedy = refusal(xlsx([["标题：关于饮水"], [1, 2, 3], [4, 5, 6]]))
    assert message == "No row of headings was found in the first 30 rows of “list.xlsx”."
    assert remedy == "Give every column a short heading in one row above the list."


def test_a_row_of_headings_that_is_not_there():
    assert refusal(xlsx(), header_row=9)[0] == (
        "Row 9 of “list.xlsx” is empty and cannot be the row of headings."
    )


def test_a_sheet_that_is_not_there():
    assert refusal(xlsx(), sheet="乙")[0] == "“list.xlsx” has no worksheet called “乙”."


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9, 0.99])
def test_a_truncated_workbook(part):
    content = xlsx().getvalue()
    message, remedy = refusal(content[: int(len(content) * part)])
    assert message == "“list.xlsx” is damaged or was cut off on its way."
    assert remedy == "Open it on your computer, save it again, and send the new file."


def test_no_byte_of_a_workbook_can_be_altered_into_a_crash():
    """Either the altered file is read or it is refused in words; nothing else comes out."""
    content = bytearray(xlsx().getvalue())
    for at in range(0, len(content), 7):
        altered = bytearray(content)
        altered[at] ^= 0xFF
        try:
            workbooks.read(io.BytesIO(altered), name="list.xlsx")
        except (Invalid, TooLarge) as error:
            assert error.remedy


def test_a_password():
    locked = OLE + "EncryptedPackage".encode("utf-16-le")
    assert refusal(locked) == (
        "“list.xlsx” is protected by a password.",
        "Remove the password, save the file, and send it again.",
    )


def test_a_password_on_a_zip_file():
    file = bytearray(zipped({"a.docx": docx().getvalue()}).getvalue())
    for magic, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        file[file.index(magic) + flags] |= 1
    assert refusal(bytes(file), "a.zip")[0] == "“a.zip” is protected by a password."


@pytest.mark.parametrize(
    "add",
    [
        {"xl/vbaProject.bin": b"program"},
        {"XL/VBAPROJECT.BIN": b"program"},
        {"[Content_Types].xml": "<Types><Override ContentType='x.macroEnabled.main+xml'/></Types>"},
    ],
)
def test_macros_under_a_harmless_name(add):
    assert refusal(repacked(xlsx(), add=add)) == (
        "“list.xlsx” contains macros, that is, a program.",
        "Save it without macros, as .xlsx or .docx.",
    )


def test_macros_under_their_own_name():
    assert "contains macros" in refusal(xlsx(), "list.xlsm")[0]


@pytest.mark.parametrize("name", ["list.xls", "list.xlsx", "list.et"])
def test_an_old_workbook(name):
    message, remedy = refusal(OLE + "Workbook".encode("utf-16-le"), name)
    assert message == f"“{name}” is in an old Office or WPS format."
    assert remedy == "Open it in Office or WPS and save it as .xlsx or .docx."


@pytest.mark.parametrize("name", ["list.xlsb", "list.ods"])
def test_a_workbook_of_another_format(name):
    assert refusal(xlsx(), name)[0] == f"“{name}” is a workbook of an older or another format."


@pytest.mark.parametrize("name", ["list.txt", "list", "list.pdf", "list.xlsx.exe"])
def test_a_file_that_is_no_list(name):
    message, remedy = refusal(b"%PDF-1.7", name)
    assert message.endswith(f"“{name}” is none of these.")
    assert remedy == "Open the list in Excel or WPS and save it as .xlsx."


@pytest.mark.parametrize(
    ("content", "name", "ending"),
    [
        (b"1,2\n3,4\n", "a.xlsx", ".xlsx"),
        (xlsx().getvalue(), "a.csv", ".csv"),
        (docx().getvalue(), "a.xlsx", ".xlsx"),
        (zipped({"a.txt": "a"}).getvalue(), "a.xlsx", ".xlsx"),
        (xlsx().getvalue(), "a.zip", ".zip"),
        (xlsx().getvalue(), "a.docx", ".docx"),
    ],
)
def test_a_name_that_promises_something_else(content, name, ending):
    message, remedy = refusal(content, name)
    assert message == f"What is inside “{name}” is not a {ending} file."
    assert remedy.startswith("Changing the name does not change the file.")


@pytest.mark.parametrize("name", ["list.xls", "list.xlsx", "list.csv"])
def test_a_web_page_called_a_workbook(name):
    page = b"\xef\xbb\xbf\r\n<html><table><tr><td>1</td></tr></table></html>"
    assert refusal(page, name)[0] == (
        f"“{name}” is a web page that was given the name of a workbook."
    )


def test_more_than_twenty_megabytes():
    message, remedy = refusal(bytes(LIMITS.size + 1), kind=TooLarge)
    assert message == "“list.xlsx” is larger than 20 MB."
    assert remedy == "Divide the list into several files. Pictures in it are not needed."


@pytest.mark.parametrize("name", ["list.xlsx", "list.csv", "list.jsonl"])
def test_more_than_twenty_thousand_rows(name):
    def rows(count):
        if name.endswith("xlsx"):
            return xlsx([["a", "b"], *([n, n] for n in range(count))]).getvalue()
        if name.endswith("csv"):
            return ("a,b\n" + "1,2\n" * count).encode()
        return b'{"a": 1}\n' * count

    message, _remedy = refusal(rows(LIMITS.rows + 1), name, kind=TooLarge)
    assert message == f"“{name}” has more than 20000 rows."
    table = workbooks.read(io.BytesIO(rows(LIMITS.rows)), name=name)
    assert len(table.rows) == LIMITS.rows


@pytest.mark.parametrize("name", ["list.xlsx", "list.csv", "list.jsonl"])
def test_more_than_a_million_cells(name):
    def rows(count):
        if name.endswith("xlsx"):
            return xlsx([["a", "b"], *([n, n] for n in range(count))]).getvalue()
        if name.endswith("csv"):
            return ("a,b\n" + "1,2\n" * count).encode()
        return b'{"a": 1, "b": 2}\n' * count

    few = replace(LIMITS, cells=22)
    message, _remedy = refusal(rows(12), name, kind=TooLarge, limits=few)
    assert message == f"“{name}” has more than 22 filled cells."
    assert workbooks.read(io.BytesIO(rows(10)), name=name, limits=few).rows


@pytest.mark.parametrize(("name", "place"), [("list.xlsx", "GS2"), ("list.csv", "GS2")])
def test_more_than_two_hundred_columns(name, place):
    def row(width):
        if name.endswith("xlsx"):
            return xlsx([["a"] * 200, list(range(width))]).getvalue()
        return (",".join(["a"] * 200) + "\n" + ",".join("1" * width) + "\n").encode()

    message, _remedy = refusal(row(201), name, kind=TooLarge)
    assert message == f"“{name}” has more than 200 columns: there is something in {place}."
    assert len(workbooks.read(io.BytesIO(row(200)), name=name).columns) == 200


@pytest.mark.parametrize(
    ("name", "place"),
    [("list.xlsx", "B2"), ("list.csv", "B2"), ("list.jsonl", "line 1, “b”")],
)
def test_a_text_that_is_too_long(name, place):
    def with_text(length):
        if name.endswith("xlsx"):
            return xlsx([["a", "b"], [1, "长" * length]]).getvalue()
        if name.endswith("csv"):
            return f"a,b\n1,{'长' * length}\n".encode()
        return f'{{"a": 1, "b": "{"长" * length}"}}'.encode()

    message, _remedy = refusal(with_text(20_001), name, kind=TooLarge)
    assert message == f"The text in {place} of “{name}” is longer than 20000 characters."
    assert len(workbooks.read(io.BytesIO(with_text(20_000)), name=name).rows) == 1


def test_a_document_that_is_too_long():
    paragraphs = ["长" * 5_000] * 5
    message, _remedy = refusal(docx("标题", *paragraphs), "a.docx", kind=TooLarge)
    assert message == "The text of “a.docx” is longer than 20000 characters."


@pytest.mark.parametrize(
    ("content", "name", "place"),
    [
        (raw_xlsx(sheet_xml(ONE_CELL.format("_x0000_"))), "a.xlsx", "A1"),
        (raw_xlsx(sheet_xml(ONE_CELL.format("_xD800_"))), "a.xlsx", "A1"),
        (b"a,b\n1,\x00\n", "a.csv", "B2"),
        (b'{"a": "\\u0000"}', "a.jsonl", "line 1, “a”"),
        (b'{"a": "\\ud800"}', "a.jsonl", "line 1, “a”"),
    ],
)  # fmt: skip
def test_a_character_that_is_no_text(content, name, place):
    assert refusal(content, name)[0] == f"{place} of “{name}” contains a character that is no text."


def test_a_formula_that_was_never_calculated():
    rows = '<row r="1"><c r="B1"><f>1+1</f></c></row>'
    assert refusal(raw_xlsx(sheet_xml(rows)))[0] == (
        "The formula in B1 of “list.xlsx” has never been calculated."
    )


MIXED = "编号,标题\n1,关于饮水的建议\n".encode("gbk") + "2,关于医疗的建议\n".encode()


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (MIXED, 3),
        (MIXED + "3,关于教育的建议\n4,关于交通的建议\n".encode(), 1),
        (MIXED.replace(b"\n", b"\r\n"), 3),
    ],
)
def test_two_encodings_in_one_list(content, line):
    message, remedy = refusal(content, "list.csv")
    assert message == (
        f"Line {line} of “list.csv” is written in another encoding than the other lines."
    )
    assert remedy.startswith("Texts of two origins were put together.")


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"a,b\n1,\xff\xff\n", 2),
        ("编号,标题\n".encode("utf-16"), 1),
        (b'{"a": 1}\n{"a": "\xd6\xd0"}\n', 2),
    ],
)
def test_an_encoding_that_nobody_knows(content, line):
    name = "a.jsonl" if content.startswith(b"{") else "a.csv"
    assert refusal(content, name)[0] == (
        f"Line {line} of “{name}” can be read neither as UTF-8 nor as GBK."
    )


def test_quotation_marks_that_do_not_match():
    message, remedy = refusal('标题,正文\n甲,乙\n丙,"丁\n'.encode(), "list.csv")
    assert message == "From row 3 on, the quotation marks in “list.csv” do not match."
    assert remedy.startswith("The file may have been cut off.")


@pytest.mark.parametrize(
    "line", ["{", "[1]", '"a"', "{'a': 1}", '{"a": NaN}', '{"a": 1e999}', "[" * 9999]
)
def test_a_line_that_is_no_json_object(line):
    content = f'{{"a": 1}}\n{line}\n'.encode()
    assert refusal(content, "a.jsonl")[0] == "Line 2 of “a.jsonl” is not a complete JSON object."


def test_a_key_given_twice():
    message, _remedy = refusal(b'{"a": 1, "b": 2, "a": 3}', "a.jsonl")
    assert message == "Line 1 of “a.jsonl” gives “a” twice."


@pytest.mark.parametrize("value", ['{"c": 1}', "[[1]]", '[{"c": 1}]'])
def test_an_object_within_a_line(value):
    message, _remedy = refusal(f'{{"b": {value}}}'.encode(), "a.jsonl")
    assert message == "In line 1 of “a.jsonl”, “b” holds another object."


def test_other_files_among_the_documents():
    file = zipped({"a.docx": docx().getvalue(), "b.doc": OLE, "c.pdf": "x"})
    with pytest.raises(Invalid) as caught:
        workbooks.read(file, name="a.zip")
    assert str(caught.value) == (
        "“a.zip” holds 2 files that are not .docx documents, first “b.doc”."
    )
    assert caught.value.fields == {name: ["Not a .docx document."] for name in ("b.doc", "c.pdf")}


def test_a_damaged_document_among_others_is_named():
    file = zipped({"a.docx": docx().getvalue(), "b.docx": docx().getvalue()[:900]})
    assert refusal(file, "a.zip")[0] == "“b.docx” is damaged or was cut off on its way."


def test_an_old_document_among_others_is_named():
    file = zipped({"a.docx": docx().getvalue(), "b.docx": OLE})
    assert refusal(file, "a.zip")[0] == "“b.docx” is in an old Office or WPS format."


def test_a_link_in_a_zip_file():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        link = zipfile.ZipInfo("a.docx")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert refusal(file, "a.zip")[0] == ("“a.zip” holds a link or is packed in an uncommon way.")


@pytest.mark.parametrize("how", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_uncommon_way_of_packing(how):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", how) as archive:
        archive.writestr("a.docx", bytes(1000))
    assert "packed in an uncommon way" in refusal(file, "a.zip")[0]


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE a [<!ENTITY b "c">]>',
        '<!DOCTYPE a SYSTEM "http://203.0.113.9/a.dtd">',
        '<!DOCTYPE a [<!ENTITY % b SYSTEM "file:///etc/passwd"> %b;]>',
    ],
)
@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_definitions_outside_the_text(prolog, part, encoding):
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{prolog}<sst>&b;</sst>'.encode(encoding)
    message, _remedy = refusal(repacked(xlsx(), add={part: xml}))
    assert message == (
        "“list.xlsx” refers to definitions outside itself, which office files never do."
    )


def test_two_entries_of_one_name_or_one_place():
    content = zipped({"a.docx": "1", "b.docx": "2"}).getvalue()
    same_name = content.replace(b"b.docx", b"A.docx")
    assert "is damaged" in refusal(same_name, "a.zip")[0]
    directory = content.index(b"PK\x01\x02", content.index(b"PK\x01\x02") + 1)
    same_place = content[: directory + 42] + struct.pack("<I", 0) + content[directory + 46 :]
    assert "is damaged" in refusal(same_place, "a.zip")[0]


def test_the_words_are_chinese_for_who_reads_chinese():
    with override("zh-hans"):
        assert refusal(MIXED, "清单.csv") == (
            "“清单.csv”第 3 行的编码与其他行不同。",
            "可能是把两处来源的文字拼在了一起。请用 Excel 或 WPS 打开，改正这一行，另存为 .xlsx。",
        )
