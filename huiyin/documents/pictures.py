"""Photographs without what they betray: place, camera, names, earlier pictures, a second file.

Pure functions over the bytes of JPEG and PNG. Nothing is decoded; parts that do not draw are left
out, and everything after the picture's end.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass

PNG_MAGIC = b"\x89PNG\r\n\x1a\n"
JPEG_MAGIC = b"\xff\xd8\xff"

_JPEG_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_JPEG_END, _JPEG_SCAN, _JPEG_COMMENT = 0xD9, 0xDA, 0xFE
# What colours need: JFIF, the ICC profile, Adobe's note on them. All other APPn goes.
_JPEG_KEPT = {0xE0: b"JFIF\x00", 0xE2: b"ICC_PROFILE\x00", 0xEE: b"Adobe"}
# In coded data a marker is FF and neither 00 (stuffing), a restart, nor more FF.
_JPEG_MARKER = re.compile(rb"\xff([^\x00\xd0-\xd7\xff])")
_EXIF = b"Exif\x00\x00"
_ORIENTATION = 0x0112

# Chunks that draw or colour. Animation (acTL, fcTL, fdAT) goes: the first picture stays.
_PNG_KEPT = frozenset(b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs".split())


class Broken(Exception):
    """The bytes are no whole picture."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's bytes without metadata, and its size in pixels."""

    content: bytes
    width: int
    height: int

    @property
    def pixels(self) -> int:
        return self.width * self.height


def clean_jpeg(raw: bytes) -> Picture:
    """Return the picture alone; which way is up stays. Raises ``Broken``."""
    return _guarded(_clean_jpeg, raw)


def clean_png(raw: bytes) -> Picture:
    """Return the picture alone. Raises ``Broken``."""
    return _guarded(_clean_png, raw)


def _guarded(clean: Callable[[bytes], Picture], raw: bytes) -> Picture:
    try:
        picture = clean(raw)
    except (struct.error, IndexError) as error:
        raise Broken from error
    if not picture.pixels:
        raise Broken
    return picture


def _clean_jpeg(raw: bytes) -> Picture:
    kept: list[bytes] = []
    orientation, width, height, at = 1, 0, 0, 2
    for marker, start, end in _segments(raw):
        body = raw[start + 4 : end]
        if marker in _JPEG_FRAMES:
            height, width = struct.unpack_from(">HH", body, 1)
        if body.startswith(_EXIF):
            orientation = _orientation(body[len(_EXIF) :])
        if _is_kept(marker, body):
            kept.append(raw[start:end])
        at = end
    first = kept[:1] if kept and kept[0].startswith(b"\xff\xe0") else []
    parts = [raw[:2], *first, _upright(orientation), *kept[len(first) :]]
    return Picture(b"".join([*parts, raw[at : _end_of_jpeg(raw, at)]]), width, height)


def _segments(raw: bytes) -> Iterator[tuple[int, int, int]]:
    """Each segment before the coded data, the head of the first scan included."""
    at, marker = 2, 0
    while marker != _JPEG_SCAN:
        if raw[at] != 0xFF:
            raise Broken
        while raw[at + 1] == 0xFF:
            at += 1
        marker = raw[at + 1]
        if marker == _JPEG_END:
            raise Broken
        end = at + 2 + struct.unpack_from(">H", raw, at + 2)[0]
        yield marker, at, end
        at = end


def _is_kept(marker: int, body: bytes) -> bool:
    if 0xE0 <= marker <= 0xEF:
        return body.startswith(_JPEG_KEPT.get(marker, b"nothing"))
    return marker != _JPEG_COMMENT


def _end_of_jpeg(raw: bytes, at: int) -> int:
    """Just behind the end marker, found through the scans of a progressive picture."""
    while match := _JPEG_MARKER.search(raw, at):
        if match[1][0] == _JPEG_END:
            return match.end()
        at = match.end() + struct.unpack_from(">H", raw, match.end())[0]
    raise Broken


def _orientation(tiff: bytes) -> int:
    """Which way is up, 1 to 8, in an Exif block; 1 when it does not say."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    try:
        (at,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, at)
        for entry in range(count):
            place = at + 2 + 12 * entry
            tag, _kind, _number, value = struct.unpack_from(f"{order}HHIH", tiff, place)
            if tag == _ORIENTATION:
                return value if 1 <= value <= 8 else 1
    except struct.error:
        pass
    return 1


def _upright(orientation: int) -> bytes:
    """An Exif block that says which way is up and nothing else; none for the usual way."""
    if orientation == 1:
        return b""
    entry = struct.pack(">HHIHH", _ORIENTATION, 3, 1, orientation, 0)
    body = _EXIF + b"MM\x00\x2a" + struct.pack(">IH", 8, 1) + entry + bytes(4)
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _clean_png(raw: bytes) -> Picture:
    kept = [PNG_MAGIC]
    width = height = 0
    at, kind = len(PNG_MAGIC), b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", raw, at)
        end = at + 12 + length
        if end > len(raw) or (at == len(PNG_MAGIC)) is not (kind == b"IHDR"):
            raise Broken
        if kind == b"IHDR":
            width, height = struct.unpack_from(">II", raw, at + 8)
        if kind in _PNG_KEPT:
            kept.append(raw[at:end])
        at = end
    return Picture(b"".join(kept), width, height)
