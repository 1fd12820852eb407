"""What an attachment really is, by its bytes; its name only has to agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.documents import pictures
from huiyin.documents.archives import (
    MAGIC,
    Archive,
    damaged,
    ends_like_archive,
    open_archive,
    swells,
)
from huiyin.documents.limits import PICTURE_PIXELS
from huiyin.documents.office import OLE_MAGIC, ole_refusal, refuse_macros
from huiyin.documents.xml_parts import Attributes, Enough, Listener, parse
from huiyin.kernel.errors import Invalid, TooLarge, Words

PIECE = 64 * 1024
_XML_ENDINGS = (".xml", ".rels", ".vml")
_PDF = b"%PDF-"
_JPEG, _PNG = "image/jpeg", "image/png"
_OFFICE = "application/vnd.openxmlformats-officedocument"

TYPES = {
    ".pdf": "application/pdf",
    ".docx": f"{_OFFICE}.wordprocessingml.document",
    ".xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    ".ofd": "application/ofd",
    ".jpg": _JPEG,
    ".jpeg": _JPEG,
    ".png": _PNG,
}
ACCEPTED = tuple(TYPES)

# The part that makes a zip file one of these.
_MAIN_PARTS = {"word/document.xml": ".docx", "xl/workbook.xml": ".xlsx", "OFD.xml": ".ofd"}

_WEB_PAGE = gettext_lazy("a web page or a drawing that can carry a program")
_PROGRAM = gettext_lazy("a program")
_PACKED = gettext_lazy("a packed file")
_KNOWN: tuple[tuple[bytes, Words], ...] = (
    (b"<", _WEB_PAGE),
    (b"MZ", _PROGRAM),
    (b"\x7fELF", _PROGRAM),
    (b"#!", _PROGRAM),
    (b"\xca\xfe\xba\xbe", _PROGRAM),
    (MAGIC, _PACKED),
    (b"Rar!", _PACKED),
    (b"7z\xbc\xaf", _PACKED),
    (b"\x1f\x8b", _PACKED),
    (_PDF, gettext_lazy("a PDF document")),
    (pictures.JPEG_MAGIC, gettext_lazy("a picture")),
    (pictures.PNG_MAGIC, gettext_lazy("a picture")),
)


@dataclass(frozen=True, slots=True)
class Content:
    """What will be kept: its type, and its bytes without what a picture betrays."""

    content_type: str
    file: IO[bytes]

    def pieces(self) -> Iterator[bytes]:
        self.file.seek(0)
        while piece := self.file.read(PIECE):
            yield piece


def examined(file: IO[bytes], *, name: str) -> Content:
    """Return what ``file`` is and what of it will be kept.

    Raises ``Invalid`` or ``TooLarge`` with the reason. ``file`` stays the caller's.
    """
    ending = PurePath(name).suffix.lower()
    if ending not in TYPES:
        raise _not_accepted(name)
    file.seek(0)
    head = file.read(512)
    if head.startswith(OLE_MAGIC):
        raise ole_refusal(file, name=name)
    # Telephones and chat programs give PNG the name .jpg; a picture is a picture.
    if TYPES[ending] in {_JPEG, _PNG}:
        return _picture(file, head=head, name=name)
    if ending == ".pdf":
        _check_pdf(file, head=head, name=name)
    else:
        _check_packed(file, head=head, name=name, ending=ending)
    return Content(TYPES[ending], file)


def _picture(file: IO[bytes], *, head: bytes, name: str) -> Content:
    is_png = head.startswith(pictures.PNG_MAGIC)
    if not is_png and not head.startswith(pictures.JPEG_MAGIC):
        raise _something_else(name, head, wanted=_("a picture"))
    clean = pictures.clean_png if is_png else pictures.clean_jpeg
    file.seek(0)
    try:
        picture = clean(file.read())
    except pictures.Broken as error:
        raise damaged(name) from error
    if picture.pixels > PICTURE_PIXELS:
        raise TooLarge(
            _("“%(name)s” has %(width)d × %(height)d points; the most is %(limit)d million.")
            % {
                "name": name,
                "width": picture.width,
                "height": picture.height,
                "limit": PICTURE_PIXELS // 1_000_000,
            },
            remedy=_("Make the picture smaller and attach it again."),
        )
    return Content(_PNG if is_png else _JPEG, BytesIO(picture.content))


def _check_pdf(file: IO[bytes], *, head: bytes, name: str) -> None:
    if not head.startswith(_PDF):
        raise _something_else(name, head, wanted=_("a PDF document"))
    size = file.seek(0, 2)
    file.seek(max(size - 2 * PIECE, 0))
    tail = file.read()
    if ends_like_archive(tail):
        raise Invalid(
            _("“%(name)s” hides a second file behind the first.") % {"name": name},
            remedy=_("Print the document to a new PDF file and attach that."),
        )
    if b"%%EOF" not in tail:
        raise damaged(name)


def _check_packed(file: IO[bytes], *, head: bytes, name: str, ending: str) -> None:
    if not head.startswith(MAGIC):
        raise _something_else(name, head, wanted=_("a %(ending)s file") % {"ending": ending})
    archive = open_archive(file, name=name)
    found = next((end for part, end in _MAIN_PARTS.items() if archive.find(part)), None)
    if found != ending:
        raise _something_else(name, head, wanted=_("a %(ending)s file") % {"ending": ending})
    refuse_macros(archive)
    _check_parts(archive, depth=1)


def _check_parts(archive: Archive, *, depth: int) -> None:
    """Every part unpacks to what it declares, defines no entities, and packs no packed file."""
    for entry in archive.entries:
        beginning = b""
        for piece in archive.pieces(entry):
            beginning = beginning or piece
        if entry.name.lower().endswith(_XML_ENDINGS):
            parse(archive, entry, _Prolog())
        if beginning.startswith(MAGIC):
            if not depth:
                raise swells(archive.name)
            inner = open_archive(BytesIO(archive.read(entry)), name=archive.name)
            _check_parts(inner, depth=depth - 1)


class _Prolog(Listener):
    """Needs no more than what stands before the first element: there entities are defined."""

    def start(self, _name: str, _attributes: Attributes, /) -> None:
        raise Enough


def _not_accepted(name: str) -> Invalid:
    return Invalid(
        _("“%(name)s” is of a kind that cannot be attached.") % {"name": name},
        remedy=_("Attach one of these: %(kinds)s.") % {"kinds": "、".join(ACCEPTED)},
    )


def _something_else(name: str, head: bytes, *, wanted: str) -> Invalid:
    """Say what the bytes are, if that is known, instead of what the name promised."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    words = {"name": name, "wanted": wanted}
    for magic, kind in _KNOWN:
        if start.startswith(magic):
            message = _("“%(name)s” is not %(wanted)s but %(kind)s.") % {**words, "kind": kind}
            break
    else:
        message = _("“%(name)s” is not %(wanted)s.") % words
    return Invalid(
        message,
        remedy=_("Changing the name does not change the file. Attach one of these: %(kinds)s.")
        % {"kinds": "、".join(ACCEPTED)},
    )
