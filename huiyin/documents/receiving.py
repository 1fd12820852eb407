"""What stands at the door when files are sent: no form brings more than this house takes.

Each file is weighed again where it is kept (``limits``). Here it is only a matter of not filling
disk and memory with what will be refused anyhow.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from huiyin.documents.limits import MEGABYTE

# A browser shows the answer only when most of what it sends has been taken from it: so much again
# is read and thrown away, then the line is cut.
_PATIENCE = 2


class BoundedUpload(FileUploadHandler):
    """Lets the files of one form pass up to ``HUIYIN_UPLOAD_MEGABYTES`` together, and no further.

    ``request.upload_refused`` then says so; the fields that came before are read as ever. It must
    stand first among the handlers, and what was let through of the file that was cut off must not
    be used.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._room = settings.HUIYIN_UPLOAD_MEGABYTES * MEGABYTE
        self._come = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:  # noqa: ARG002 - Django's names
        self._come += len(raw_data)
        if self._come <= self._room:
            return raw_data
        request: Any = self.request
        if request is not None:
            request.upload_refused = True
        if self._come > _PATIENCE * self._room:
            raise StopUpload(connection_reset=True)
        return None

    def file_complete(self, file_size: int) -> None:
        """The handlers behind keep the file."""
