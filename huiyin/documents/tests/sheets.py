"""Sheets of paper as a ruler finds them, and as an office program opens them."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from docx import Document

MM = 25.4 / 72
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@dataclass(frozen=True, slots=True)
class Line:
    """What stands beside one another: its ink from the upper and left edges, in millimetres."""

    text: str
    top: float
    bottom: float
    left: float
    right: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page."""

    width: float
    height: float
    lines: list[Line]
    # Lower edge, left and right of what is drawn and is no letter, from above.
    strokes: list[tuple[float, float, float]]

    def line(self, holding: str) -> Line:
        return next(line for line in self.lines if holding in line.text)


def sheets(pdf: bytes) -> list[Sheet]:
    document = pypdfium2.PdfDocument(pdf)
    return [_sheet(page) for page in document]


def text_of(pdf: bytes) -> str:
    """Everything that is printed, without spaces and line ends."""
    return "".join(line.text for sheet in sheets(pdf) for line in sheet.lines)


def _sheet(page: Any) -> Sheet:
    width, height = page.get_size()
    texts = page.get_textpage()
    rows: dict[int, list[tuple[str, Any]]] = {}
    for at in range(texts.count_chars()):
        letter = texts.get_text_range(at, 1)
        if letter.strip():
            # The loose box of a letter stands on its line, whatever its ink.
            bottom = texts.get_charbox(at, loose=True)[1]
            rows.setdefault(round(bottom / 4), []).append((letter, texts.get_charbox(at)))
    lines = [_line(found, height) for _at, found in sorted(rows.items(), reverse=True)]
    strokes = []
    for drawn in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, _top = drawn.get_bounds()
        strokes.append(((height - bottom) * MM, left * MM, right * MM))
    return Sheet(width * MM, height * MM, lines, sorted(strokes))


def _line(found: list[tuple[str, Any]], height: float) -> Line:
    found.sort(key=lambda each: each[1][0])
    boxes = [box for _letter, box in found]
    return Line(
        text="".join(letter for letter, _box in found),
        top=(height - max(box[3] for box in boxes)) * MM,
        bottom=(height - min(box[1] for box in boxes)) * MM,
        left=min(box[0] for box in boxes) * MM,
        right=max(box[2] for box in boxes) * MM,
    )


# --- LibreOffice


def opened(files: Mapping[str, bytes], *, folder: Path) -> dict[str, bytes]:
    """Word files as LibreOffice prints them. What it cannot open fails the test.

    It repairs nothing without asking, and asked nobody here: a file that needs it is not opened.
    """
    if SOFFICE is None or not _writes():
        pytest.skip("no LibreOffice Writer on this machine")
    names = []
    for name, content in files.items():
        names.append(folder / f"{name}.docx")
        names[-1].write_bytes(content)
    _convert(names, folder)
    return {name: (folder / f"{name}.pdf").read_bytes() for name in files}


@cache
def _writes() -> bool:
    """Whether the program there is can open Word files: Calc alone cannot."""
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.docx"
        document = Document()
        document.add_paragraph("可")
        document.save(str(plain))
        _convert([plain], Path(folder))
        return plain.with_suffix(".pdf").exists()


def _convert(files: list[Path], folder: Path) -> None:
    command = [
        *(str(SOFFICE), f"-env:UserInstallation=file://{folder}/profile", "--headless"),
        *("--convert-to", "pdf", "--outdir", str(folder), *map(str, files)),
    ]
    subprocess.run(command, capture_output=True, timeout=300, check=False)  # noqa: S603
