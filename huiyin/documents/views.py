"""Handing out a file. There is no address here: the case's own page asks who is reading first."""

from __future__ import annotations

import io
import re
import unicodedata
from typing import IO

from django.http import FileResponse
from django.utils.translation import gettext as _

from huiyin.documents import storage
from huiyin.documents.models import Attachment
from huiyin.kernel.errors import NotFound

# Nothing in the file may run or load, should a browser show it after all.
_SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"
_SEPARATORS = re.compile(r'[/\\:*?"<>|]')


def serve(attachment: Attachment) -> FileResponse:
    """The file as a download. Call it only after your own check of who may see the case.

    Raises ``NotFound`` when the file is no longer on disk.
    """
    try:
        file = storage.path_of(attachment.stored_as).open("rb")
    except FileNotFoundError as error:
        raise NotFound(
            _("The file is missing from the store."),
            remedy=_("Tell the administrator; it may have to be restored from a backup."),
        ) from error
    return _handed_out(file, name=attachment.original_name, content_type=attachment.content_type)


def serve_made(content: bytes, *, name: str, content_type: str) -> FileResponse:
    """A file that was made just now, handed out in the same way."""
    return _handed_out(io.BytesIO(content), name=name, content_type=content_type)


def _handed_out(file: IO[bytes], *, name: str, content_type: str) -> FileResponse:
    response = FileResponse(
        file, as_attachment=True, filename=saved_as(name), content_type=content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store, private"
    return response


def saved_as(name: str) -> str:
    """``name`` for a download: no folders, no line breaks, nothing that is read backwards.

    >>> saved_as("a/b\\r\\nc.pdf")
    'a_b__c.pdf'
    """
    shown = (
        "_" if unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else letter
        for letter in name
    )
    return _SEPARATORS.sub("_", "".join(shown)).strip(". ") or "_"
