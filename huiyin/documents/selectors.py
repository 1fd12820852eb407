"""Which files belong to a case. Whether somebody may see them, the case knows."""

from __future__ import annotations

import hashlib

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from huiyin.documents import storage
from huiyin.documents.models import Attachment
from huiyin.kernel.errors import NotFound


def for_case(case: tuple[str, str]) -> QuerySet[Attachment]:
    """The attachments of a case, given its type and key, in the order they were added."""
    case_type, case_key = case
    return Attachment.objects.filter(case_type=case_type, case_key=case_key).order_by("at", "pk")


def find(case: tuple[str, str], key: str) -> Attachment:
    """The attachment ``key`` of this case; ``NotFound`` also for another case's."""
    # PostgreSQL does not even look for NUL.
    attachment = None if "\x00" in key else for_case(case).filter(key=key).first()
    if attachment is None:
        raise NotFound(_("There is no such attachment."))
    return attachment


def digest_now(attachment: Attachment) -> str:
    """The digest of the bytes as they lie on disk now; nothing when they are gone."""
    path = storage.path_of(attachment.stored_as)
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
