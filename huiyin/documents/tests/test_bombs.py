"""Files that would take the machine down: refused within a second and 64 MB.

Each is read in a process of its own, which may grow by no more: asking for more memory fails
there, and the refusal with it.
"""

from __future__ import annotations

import io
import subprocess
import sys
import textwrap
import zipfile
from pathlib import Path

import pytest

from huiyin.documents.archives import open_archive
from huiyin.documents.tests.files import docx, raw_xlsx, sheet_xml, xlsx, zipped
from huiyin.kernel.errors import Invalid

MEGABYTE = 1024 * 1024

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="no /proc on this machine to measure by"
)

READER = textwrap.dedent("""
    import os, sys, time, zipfile
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django
    django.setup()
    from pathlib import Path
    from django.utils.translation import override
    from huiyin.documents import workbooks
    from huiyin.documents.content import examined
    from huiyin.kernel.errors import DomainError

    def peak():
        # Not ru_maxrss: that begins with what the parent used.
        lines = Path("/proc/self/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))

    def take(path):
        if sys.argv[1] == "trust":
            archive = zipfile.ZipFile(path)
            print(sum(len(archive.read(name)) for name in archive.namelist()))
        elif sys.argv[1] == "attach":
            with path.open("rb") as file:
                examined(file, name=path.name)
        else:
            workbooks.read(path, name=path.name)

    with override("en"):
        before, began = peak(), time.process_time()
        try:
            take(Path(sys.argv[2]))
        except DomainError as error:
            print(error)
        print(peak() - before, time.process_time() - began)
""")


def with_size(file, name, size):
    """``file`` with ``name`` declaring another size than it has, in both places."""
    content = bytearray(file.getvalue())
    declared = size.to_bytes(4, "little")
    for magic, at, name_at in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        start = 0
        while (start := content.find(magic, start)) >= 0:
            if content[start + name_at :].startswith(name.encode()):
                content[start + at : start + at + 4] = declared
            start += 4
    return bytes(content)


def a_sheet_of_blanks():
    return raw_xlsx(sheet_xml(" " * 150 * MEGABYTE)).getvalue()


def a_sheet_that_lies_about_its_size():
    file = raw_xlsx(sheet_xml(" " * 150 * MEGABYTE))
    return with_size(file, "xl/worksheets/sheet1.xml", 1000)


def two_cells_far_apart():
    row = '<row r="{0}"><c r="{1}{0}" t="str"><v>a</v></c></row>'
    return raw_xlsx(sheet_xml(row.format(1, "A") + row.format(1_048_576, "XFD"))).getvalue()


def one_text_named_often():
    cell = '<c r="{}{}" t="s"><v>0</v></c>'
    rows = "".join(
        f'<row r="{row}">{"".join(cell.format(column, row) for column in "ABCDEFGHIJ")}</row>'
        for row in range(1, 10_001)
    )
    shared = f"<sst><si><t>{'建议' * 10_000}</t></si></sst>"
    return raw_xlsx(sheet_xml(rows), shared=shared).getvalue()


def a_hundred_thousand_entries():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for number in range(100_000):
            archive.writestr(f"{number}.docx", b"")
    return file.getvalue()


def as_many_behind_a_small_number():
    """The count at the end of the list says two; the list is as long as before."""
    content = bytearray(a_hundred_thousand_entries())
    at = content.rindex(b"PK\x05\x06")
    content[at + 8 : at + 12] = (2).to_bytes(2, "little") * 2
    wide = content.rindex(b"PK\x06\x07")
    del content[content.rindex(b"PK\x06\x06") : wide + 20]
    return bytes(content)


def entries_over_one_another():
    """Every name shows the same packed bytes: small file, endless content."""
    content = bytearray(zipped({f"{n}.docx": bytes(900_000) for n in range(100)}).getvalue())
    start = 0
    while (start := content.find(b"PK\x01\x02", start)) >= 0:
        content[start + 42 : start + 46] = bytes(4)
        start += 4
    return bytes(content)


def a_bomb_within_a_document():
    body = f"<w:document><w:body>{'<w:p/>' * 20_000_000}</w:body></w:document>"
    return zipped({"a.docx": zipped({"word/document.xml": body}).getvalue()}).getvalue()


def billion_laughs():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    sheet = f'<!DOCTYPE a [<!ENTITY l0 "ha">{laughs}]><a>&l9;</a>'
    return raw_xlsx(sheet).getvalue()


SWELLS = "“{}” would unpack to far more than it should."
DAMAGED = "“{}” is damaged or was cut off on its way."
BOMBS = [
    (a_sheet_of_blanks, "bomb.xlsx", SWELLS),
    (a_sheet_that_lies_about_its_size, "bomb.xlsx", DAMAGED),
    (two_cells_far_apart, "bomb.xlsx",
     "“{}” has more than 200 columns: there is something in XFD1048576."),
    (one_text_named_often, "bomb.xlsx", "All the texts in “{}” together are too long."),
    (a_hundred_thousand_entries, "bomb.zip", "“{}” holds more than 2000 files."),
    (as_many_behind_a_small_number, "bomb.zip", "“{}” holds more than 2000 files."),
    (entries_over_one_another, "bomb.zip", DAMAGED),
    (a_bomb_within_a_document, "bomb.zip", SWELLS.replace("{}", "a.docx")),
    (billion_laughs, "bomb.xlsx",
     "“{}” refers to definitions outside itself, which office files never do."),
]  # fmt: skip


def taken(path: Path, *, how: str = "read") -> tuple[str, int, float]:
    """What is said of the file, the growth in KB and the CPU seconds it cost."""
    ran = subprocess.run(  # noqa: S603 - our own program over our own file
        [sys.executable, "-c", READER, how, str(path)],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    *said, cost = ran.stdout.splitlines()
    growth, seconds = cost.split()
    return "\n".join(said), int(growth), float(seconds)


@pytest.mark.parametrize(("make", "name", "said"), BOMBS, ids=[make.__name__ for make, *_ in BOMBS])
def test_a_bomb_is_refused_at_once(tmp_path, make, name, said):
    bomb = tmp_path / name
    bomb.write_bytes(make())
    assert_cheap(bomb, said.format(name))


def test_a_hundred_megabytes_are_refused_unread(tmp_path):
    big = tmp_path / "big.xlsx"
    with big.open("wb") as file:
        file.truncate(100 * MEGABYTE)
    assert_cheap(big, "“big.xlsx” is larger than 20 MB.")


@pytest.mark.parametrize("wanted", ["docx", "xlsx"])
def test_a_bomb_is_not_attached(tmp_path, wanted):
    good = docx() if wanted == "docx" else xlsx()
    with zipfile.ZipFile(good, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("custom.bin", bytes(150 * MEGABYTE))
    bomb = tmp_path / f"bomb.{wanted}"
    bomb.write_bytes(good.getvalue())
    assert_cheap(bomb, SWELLS.format(bomb.name), how="attach")


def test_a_bomb_within_a_part_is_not_attached(tmp_path):
    inner = zipped({"a.zip": zipped({"b.zip": zipped({"c": "c"}).getvalue()}).getvalue()})
    good = docx()
    with zipfile.ZipFile(good, "a") as archive:
        archive.writestr("word/embeddings/book.xlsx", inner.getvalue())
    bomb = tmp_path / "bomb.docx"
    bomb.write_bytes(good.getvalue())
    assert_cheap(bomb, SWELLS.format("bomb.docx"), how="attach")


def assert_cheap(path: Path, said: str, *, how: str = "read") -> None:
    words, growth, seconds = taken(path, how=how)
    assert words == said
    assert growth < 64 * 1024
    assert seconds <= 1


def test_nothing_is_unpacked_beyond_its_declared_size():
    file = io.BytesIO(a_sheet_that_lies_about_its_size())
    archive = open_archive(file, name="bomb.xlsx")
    entry = archive.find("xl/worksheets/sheet1.xml")
    assert entry is not None
    seen: list[int] = []
    with pytest.raises(Invalid):
        seen.extend(map(len, archive.pieces(entry)))
    assert sum(seen) <= entry.size == 1000


def test_the_measure_sees_a_reader_that_trusts_the_file(tmp_path):
    """The positive control: unpacked in good faith, the same bomb costs what it promises."""
    bomb = tmp_path / "bomb.xlsx"
    bomb.write_bytes(a_sheet_of_blanks())
    _words, growth, _seconds = taken(bomb, how="trust")
    assert growth > 100 * 1024
