"""Photographs lose what they betray and stay pictures."""

from __future__ import annotations

import io
import struct
import zlib

import pytest

from huiyin.documents.pictures import Broken, clean_jpeg, clean_png
from huiyin.documents.tests.files import exif, jpeg, png, zipped

ICC = (0xE2, b"ICC_PROFILE\x00\x01\x01colours")
BETRAYING = [
    (0xE1, exif()),
    (0xE1, b"http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta>GPS 28.2N</x:xmpmeta>"),
    (0xED, b"Photoshop 3.0\x00GPS 28.2N"),
    (0xE2, b"MPF\x00GPS 28.2N"),
    (0xFE, b"<script>GPS 28.2N</script>"),
]


def test_a_photograph_loses_where_it_was_taken_and_keeps_its_colours():
    picture = clean_jpeg(jpeg(640, 480, segments=[*BETRAYING, ICC, (0xEE, b"Adobe\x00d")]))
    assert (picture.width, picture.height) == (640, 480)
    assert b"GPS" not in picture.content
    assert b"colours" in picture.content
    assert b"Adobe\x00d" in picture.content
    assert picture.content == clean_jpeg(picture.content).content


@pytest.mark.parametrize("order", ["MM", "II"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_stays_the_right_way_up(orientation, order):
    block = exif(orientation=orientation)
    if order == "II":
        entry = struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0)
        block = b"Exif\x00\x00II\x2a\x00" + struct.pack("<IH", 8, 1) + entry + b"GPS 28.2N"
    content = clean_jpeg(jpeg(segments=[(0xE1, block)])).content
    upright = struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
    assert (upright in content) is (orientation != 1)
    assert b"GPS" not in content


def test_nothing_follows_the_end_of_a_photograph():
    behind = zipped({"a": "hidden"}).getvalue() + jpeg()
    assert clean_jpeg(jpeg() + behind).content == jpeg()


def test_a_progressive_photograph_is_kept_to_its_last_scan():
    more = (
        b"\xff\xc4\x00\x04\x00\xff" + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"\x77\xff\xd9"
    )
    content = jpeg()[:-2] + more
    assert clean_jpeg(content).content == content


@pytest.mark.parametrize("length", range(2, len(jpeg()) - 1))
def test_a_truncated_photograph_is_broken(length):
    with pytest.raises(Broken):
        clean_jpeg(jpeg()[:length])


@pytest.mark.parametrize("length", range(8, len(png())))
def test_a_truncated_drawing_is_broken(length):
    with pytest.raises(Broken):
        clean_png(png()[:length])


def test_a_picture_without_extent_is_broken():
    for width, height in ((0, 8), (8, 0)):
        with pytest.raises(Broken):
            clean_jpeg(jpeg(width, height))
        with pytest.raises(Broken):
            clean_png(png(width, height))


def test_a_drawing_keeps_colours_and_loses_words_and_movement():
    words = [(b"tEXt", b"Author\x00GPS"), (b"eXIf", b"GPS"), (b"zTXt", b"GPS"), (b"iTXt", b"GPS")]
    moving = [(b"acTL", struct.pack(">II", 10_000, 0)), (b"fcTL", b"GPS"), (b"fdAT", b"GPS")]
    picture = clean_png(png(3, 5, chunks=[(b"gAMA", b"\x00\x00\xb1\x8f"), *words, *moving]))
    assert (picture.width, picture.height) == (3, 5)
    assert b"GPS" not in picture.content
    assert picture.content == clean_png(png(3, 5, chunks=[(b"gAMA", b"\x00\x00\xb1\x8f")])).content


def test_nothing_follows_the_end_of_a_drawing():
    assert clean_png(png() + b"<script>hidden</script>").content == png()


def test_a_large_extent_is_read_without_drawing_it():
    assert clean_png(png(30_000, 30_000)).pixels == 900_000_000


def test_a_broken_note_on_the_way_up_is_no_note():
    for note in (
        b"Exif\x00\x00MM\x00\x2a\xff\xff\xff\xff",
        b"Exif\x00\x00XX",
        exif(orientation=77),
    ):
        assert clean_jpeg(jpeg(segments=[(0xE1, note)])).content == jpeg()


def test_the_drawings_of_the_tests_are_real():
    """What stands for a picture here is one: its packed rows unpack to its extent."""
    content = io.BytesIO(clean_png(png(3, 5)).content)
    content.seek(8)
    rows = b""
    while head := content.read(8):
        length, kind = struct.unpack(">I4s", head)
        body = content.read(length)
        assert struct.unpack(">I", content.read(4))[0] == zlib.crc32(kind + body)
        rows += body if kind == b"IDAT" else b""
    assert len(zlib.decompress(rows)) == 5 * (3 + 1)
