"""Zip files from outside, read without trusting a word they say about themselves.

The list of entries is checked before anything is unpacked: their number, their declared sizes,
entries that lie over one another, links, passwords. What is then unpacked comes in small pieces
and stops at the declared size. Entry names are texts to show, never paths.
"""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from django.utils.translation import gettext as _

from huiyin.documents.limits import ARCHIVE, ArchiveLimits
from huiyin.kernel.errors import Invalid, TooLarge

MAGIC = b"PK\x03\x04"
ENCRYPTED = 0x1
UTF8_NAME = 0x800
PIECE = 64 * 1024

# What zipfile raises over damaged input, found by altering bytes at random.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ValueError,
    EOFError,
    OverflowError,
    NotImplementedError,
    OSError,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One file in the archive: its name as text and where its bytes lie."""

    name: str
    size: int
    packed: int
    start: int
    crc: int
    deflated: bool


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive whose list of entries has been checked."""

    name: str
    file: IO[bytes]
    entries: tuple[Entry, ...]
    _by_name: dict[str, Entry] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        named = {entry.name.lower(): entry for entry in self.entries}
        object.__setattr__(self, "_by_name", named)

    def find(self, name: str) -> Entry | None:
        """The entry called ``name``. Office programs differ in the case they write."""
        return self._by_name.get(name.lower())

    def pieces(self, entry: Entry) -> Iterator[bytes]:
        """Unpack in pieces of 64 KB at most; ``Invalid`` when it is not what was declared."""
        produced = crc = 0
        try:
            for piece in _unpacked(self.file, entry):
                produced += len(piece)
                if produced > entry.size:
                    raise damaged(self.name)
                crc = zlib.crc32(piece, crc)
                yield piece
        except (zlib.error, OSError) as error:
            raise damaged(self.name) from error
        if (produced, crc) != (entry.size, entry.crc):
            raise damaged(self.name)

    def read(self, entry: Entry) -> bytes:
        return b"".join(self.pieces(entry))

    def beginning(self, entry: Entry) -> bytes:
        """The first bytes of ``entry``, 64 KB at most."""
        return next(self.pieces(entry), b"")


def open_archive(file: IO[bytes], *, name: str, limits: ArchiveLimits = ARCHIVE) -> Archive:
    """Check the list of entries of ``file`` and return the archive.

    Raises ``Invalid`` or ``TooLarge``. The file stays open and is the caller's.
    """
    _check_directory(file, name=name, limits=limits)
    try:
        with zipfile.ZipFile(file) as listing:
            found = listing.infolist()
            entries = tuple(_entry(file, each, name=name) for each in found)
    except DAMAGE as error:
        raise damaged(name) from error
    _check_sizes(entries, name=name, limits=limits)
    _check_places(entries, name=name)
    return Archive(name=name, file=file, entries=entries)


def ends_like_archive(tail: bytes) -> bool:
    """Whether a file with this ``tail`` (64 KB suffice) could be opened as a zip file."""
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        return False
    comment = int.from_bytes(tail[at + 20 : at + 22], "little")
    return at + 22 + comment == len(tail)


def _check_directory(file: IO[bytes], *, name: str, limits: ArchiveLimits) -> None:
    """Refuse too long a list before ``zipfile`` reads it whole into memory."""
    size = file.seek(0, 2)
    file.seek(max(size - 22 - 0xFFFF, 0))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise damaged(name)
    count, length = struct.unpack_from("<HI", tail, at + 10)
    if at >= 20 and tail[at - 20 : at - 16] == b"PK\x06\x07":
        count, length = _wide_directory(file, tail[at - 20 : at], name=name)
    if count > limits.entries or length > limits.directory_bytes:
        raise _too_many(name, limits)


def _wide_directory(file: IO[bytes], locator: bytes, *, name: str) -> tuple[int, int]:
    file.seek(struct.unpack_from("<Q", locator, 8)[0] & 0x7FFF_FFFF)
    record = file.read(56)
    if len(record) < 56 or not record.startswith(b"PK\x06\x06"):
        raise damaged(name)
    count, length = struct.unpack_from("<QQ", record, 32)
    return count, length


def _entry(file: IO[bytes], info: zipfile.ZipInfo, *, name: str) -> Entry:
    if info.flag_bits & ENCRYPTED:
        raise locked(name)
    stored_or_deflated = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    if info.compress_type not in stored_or_deflated or stat.S_ISLNK(info.external_attr >> 16):
        raise Invalid(
            _("“%(name)s” holds a link or is packed in an uncommon way.") % {"name": name},
            remedy=_("Pack the files themselves as an ordinary zip file."),
        )
    file.seek(info.header_offset)
    header = file.read(30)
    if len(header) < 30 or not header.startswith(MAGIC):
        raise damaged(name)
    name_length, extra_length = struct.unpack_from("<HH", header, 26)
    return Entry(
        name=_entry_name(info),
        size=info.file_size,
        packed=info.compress_size,
        start=info.header_offset + 30 + name_length + extra_length,
        crc=info.CRC,
        deflated=info.compress_type == zipfile.ZIP_DEFLATED,
    )


def _entry_name(info: zipfile.ZipInfo) -> str:
    """The name as text. Programs in China write GBK without saying so."""
    name = info.orig_filename
    if not info.flag_bits & UTF8_NAME:
        raw = name.encode("cp437", "replace")
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            name = raw.decode("gb18030", "replace")
    return name.replace("\\", "/").replace("\x00", "\N{REPLACEMENT CHARACTER}")


def _check_sizes(entries: tuple[Entry, ...], *, name: str, limits: ArchiveLimits) -> None:
    if len(entries) > limits.entries:
        raise _too_many(name, limits)
    bomb = any(
        entry.size > max(limits.ratio_counts_from, entry.packed * limits.ratio) for entry in entries
    )
    if bomb or sum(entry.size for entry in entries) > limits.expanded:
        raise swells(name)


def _check_places(entries: tuple[Entry, ...], *, name: str) -> None:
    """No two entries may share bytes or a name: programs would read them differently."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.start):
        if entry.start < end:
            raise damaged(name)
        end = entry.start + entry.packed
    if len({entry.name.lower() for entry in entries}) < len(entries):
        raise damaged(name)


def _unpacked(file: IO[bytes], entry: Entry) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    at, left = entry.start, entry.packed
    while left:
        # Somebody else may have moved in the file since the last piece.
        file.seek(at)
        packed = file.read(min(PIECE, left))
        if not packed:
            return
        at, left = at + len(packed), left - len(packed)
        if not entry.deflated:
            yield packed
            continue
        while packed:
            yield inflater.decompress(packed, PIECE)
            packed = inflater.unconsumed_tail


def damaged(name: str) -> Invalid:
    return Invalid(
        _("“%(name)s” is damaged or was cut off on its way.") % {"name": name},
        remedy=_("Open it on your computer, save it again, and send the new file."),
    )


def locked(name: str) -> Invalid:
    return Invalid(
        _("“%(name)s” is protected by a password.") % {"name": name},
        remedy=_("Remove the password, save the file, and send it again."),
    )


def swells(name: str) -> TooLarge:
    return TooLarge(
        _("“%(name)s” would unpack to far more than it should.") % {"name": name},
        remedy=_("Check where the file comes from, or divide it into smaller files."),
    )


def _too_many(name: str, limits: ArchiveLimits) -> TooLarge:
    return TooLarge(
        _("“%(name)s” holds more than %(limit)d files.") % {"name": name, "limit": limits.entries},
        remedy=_("Divide it into smaller zip files."),
    )
