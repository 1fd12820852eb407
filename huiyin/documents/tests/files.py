"""Real files for the tests, made by the programs' own libraries or byte by byte."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

import openpyxl
import xlsxwriter
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

LIST: list[list[Any]] = [["编号", "标题", "代表"], [1, "关于农村饮水安全的建议", "林晓岚"]]


def xlsx(
    rows: Sequence[Any] = LIST,
    *,
    options: Mapping[str, Any] | None = None,
    also: Callable[[Any, Any], None] | None = None,
) -> io.BytesIO:
    """A workbook of one sheet; ``also`` gets the workbook and the sheet."""
    file = io.BytesIO()
    usual = {"default_date_format": "yyyy/m/d", "strings_to_formulas": False}
    book = xlsxwriter.Workbook(file, {**usual, **(options or {})})
    sheet = book.add_worksheet("清单")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    if also:
        also(book, sheet)
    book.close()
    return at_start(file)


def opened(file: IO[bytes] | Path) -> Any:
    """The sheet that another program shows of the workbook."""
    return openpyxl.load_workbook(file).active


def raw_xlsx(sheet: str, *, shared: str = "<sst/>") -> io.BytesIO:
    """A workbook whose sheet is written by hand, for what no library would write."""
    contents = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships><Relationship Id="r1" Type="{OFFICE}/officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        '<sheets><sheet name="清单" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": "<Relationships>"
        f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/sharedStrings.xml": shared,
        "xl/worksheets/sheet1.xml": sheet,
    }
    return zipped(contents)


def sheet_xml(rows: str) -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def zipped(contents: Mapping[str, str | bytes]) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return at_start(file)


def repacked(
    file: io.BytesIO, *, add: Mapping[str, str | bytes] | None = None, without: str = ""
) -> io.BytesIO:
    """``file`` with entries added, replaced or left out."""
    with zipfile.ZipFile(file) as archive:
        contents = {name: archive.read(name) for name in archive.namelist() if name != without}
    return zipped({**contents, **(add or {})})


def zipped_in_gbk(contents: Mapping[str, bytes]) -> io.BytesIO:
    """A zip file as Chinese Windows writes it: names in GBK, and no word about that."""
    stand_ins = {
        f"{number:02}".ljust(len(name.encode("gb18030")), "x"): name
        for number, name in enumerate(contents)
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for stand_in, name in stand_ins.items():
            archive.writestr(stand_in, contents[name])
    raw = file.getvalue()
    for stand_in, name in stand_ins.items():
        raw = raw.replace(stand_in.encode(), name.encode("gb18030"))
    return io.BytesIO(raw)


def docx(
    title: str = "关于农村饮水安全的建议",
    *paragraphs: str,
    table: Iterable[Sequence[str]] = (),
    style: str = "",
) -> io.BytesIO:
    """A suggestion as deputies write it: centred title, text, perhaps a form."""
    document = Document()
    heading = document.add_paragraph(title, style=style or None)
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text in paragraphs:
        document.add_paragraph(text)
    rows = list(table)
    if rows:
        form = document.add_table(rows=len(rows), cols=max(map(len, rows)))
        for row, cells in zip(form.rows, rows, strict=True):
            if len(cells) == 1:
                row.cells[0].merge(row.cells[-1])
            for cell, text in zip(row.cells, cells, strict=False):
                cell.text = text
    file = io.BytesIO()
    document.save(file)
    return at_start(file)


def png(width: int = 2, height: int = 2, *, chunks: Iterable[tuple[bytes, bytes]] = ()) -> bytes:
    """A grey picture; ``chunks`` are put before the drawing."""
    rows = zlib.compress(b"".join(b"\x00" + b"\x80" * width for _row in range(min(height, 64))))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = [(b"IHDR", header), *chunks, (b"IDAT", rows), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in parts
    )
    return b"\x89PNG\r\n\x1a\n" + body


def jpeg(width: int = 8, height: int = 8, *, segments: Iterable[tuple[int, bytes]] = ()) -> bytes:
    """The skeleton of a JPEG: what a program that only looks at the parts needs."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    parts = [
        (0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"),
        *segments,
        (0xDB, bytes(65)),
        (0xC0, frame),
        (0xDA, b"\x01\x01\x00\x00\x3f\x00"),
    ]
    head = b"".join(
        b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body
        for marker, body in parts
    )
    return b"\xff\xd8" + head + b"\x12\xff\x00\x34\xff\xd0\x56" + b"\xff\xd9"


def exif(*, orientation: int = 1, place: bytes = b"GPS 28.2N 112.9E") -> bytes:
    """An Exif block that says which way is up and, in the open, where."""
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
    return b"Exif\x00\x00MM\x00\x2a" + struct.pack(">IH", 8, 1) + entry + bytes(4) + place


def pdf(text: bytes = b"") -> bytes:
    return b"%PDF-1.7\n1 0 obj<<>>endobj\n" + text + b"\ntrailer<<>>\n%%EOF\n"


def at_start(file: io.BytesIO) -> io.BytesIO:
    file.seek(0)
    return file
