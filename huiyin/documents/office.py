"""What office files may not be: locked, of the old formats, or carriers of programs."""

from __future__ import annotations

import posixpath
from typing import IO

from django.utils.translation import gettext as _

from huiyin.documents.archives import Archive, locked
from huiyin.kernel.errors import Invalid

# Old office formats, and what a password makes of the new ones.
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED_WITHIN = "EncryptedPackage".encode("utf-16-le")
PIECE = 1024 * 1024


def ole_refusal(file: IO[bytes], *, name: str) -> Invalid:
    """Why a file that begins with ``OLE_MAGIC`` is not taken: locked, or of an old format."""
    if _contains(file, _LOCKED_WITHIN):
        return locked(name)
    return Invalid(
        _("“%(name)s” is in an old Office or WPS format.") % {"name": name},
        remedy=_("Open it in Office or WPS and save it as .xlsx or .docx."),
    )


def refuse_macros(archive: Archive) -> None:
    """Raise ``Invalid`` when an office file carries a program, whatever its name says."""
    types = archive.find("[Content_Types].xml")
    if _has_program(archive) or (types and b"macroenabled" in archive.beginning(types).lower()):
        raise carries_program(archive.name)


def carries_program(name: str) -> Invalid:
    return Invalid(
        _("“%(name)s” contains macros, that is, a program.") % {"name": name},
        remedy=_("Save it without macros, as .xlsx or .docx."),
    )


def _has_program(archive: Archive) -> bool:
    names = (posixpath.basename(entry.name).lower() for entry in archive.entries)
    return any(name.startswith("vba") for name in names)


def _contains(file: IO[bytes], wanted: bytes) -> bool:
    file.seek(0)
    end = b""
    while piece := file.read(PIECE):
        if wanted in end + piece:
            return True
        end = piece[-len(wanted) :]
    return False
