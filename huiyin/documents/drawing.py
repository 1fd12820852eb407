"""Draws the pages of a file and prints the texts of the codes on them, as JSON.

Run by ``scanned`` as a program of its own; nothing else imports it, and it imports nothing of ours.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

import pypdfium2
import typst
import zxingcpp

# As offices scan; where that shows nothing, once finer, for a code that was printed small.
_POINTS_PER_INCH = (200, 300)
# A sheet may be larger than A4, but not so large that drawing it fills the memory.
_MOST_PIXELS = 40_000_000
_MEMORY, _SECONDS = 2 << 30, 25
_PDF = b"%PDF-"
_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
# A picture is laid on a sheet of its own: so there is one way to draw, without a picture library.
_SHEET = (
    "#set page(width: 210mm, height: auto, margin: 0pt)\n"
    '#image("/scan", width: 210mm, format: "{kind}")'
)


def main() -> None:
    _limit()
    content = sys.stdin.buffer.read()
    pdf = content if _PDF in content[:1024] else _on_a_sheet(content)
    document = pypdfium2.PdfDocument(pdf)
    texts = [
        text for at in range(min(len(document), int(sys.argv[1]))) for text in _texts(document[at])
    ]
    sys.stdout.write(json.dumps(texts))


def _limit() -> None:
    """Where the system knows limits. Elsewhere whoever started this ends it after a while."""
    with suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))


def _on_a_sheet(picture: bytes) -> bytes:
    kind = "png" if picture.startswith(b"\x89PNG") else "jpg"
    with tempfile.TemporaryDirectory(prefix="huiyin-scan-") as folder:
        (Path(folder) / "scan").write_bytes(picture)
        compiler = typst.Compiler(root=folder, ignore_system_fonts=True)
        made = compiler.compile(input=_SHEET.format(kind=kind).encode(), format="pdf")
        return cast(bytes, made)


def _texts(page: Any) -> list[str]:
    for fineness in _POINTS_PER_INCH:
        found = list(_read(page, fineness))
        if found:
            return found
    return []


def _read(page: Any, fineness: int) -> Iterator[str]:
    width, height = page.get_size()
    scale = min(fineness / 72, (_MOST_PIXELS / max(width * height, 1)) ** 0.5)
    drawn = page.render(scale=scale, grayscale=True)
    pixels = memoryview(bytes(drawn.buffer)).cast("B", shape=[drawn.height, drawn.stride])
    for code in zxingcpp.read_barcodes(pixels, formats=_QR):
        yield code.text


if __name__ == "__main__":
    main()
