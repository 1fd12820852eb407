"""Keeping files."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import IO

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from huiyin.accounts.actor import Actor
from huiyin.documents import selectors, storage
from huiyin.documents.content import Content, examined
from huiyin.documents.limits import (
    ATTACHED_BYTES_PER_DAY,
    ATTACHMENT_BYTES,
    ATTACHMENTS_PER_PART,
    MEGABYTE,
    NAME_CHARACTERS,
)
from huiyin.documents.models import Attachment
from huiyin.kernel.errors import Conflict, Invalid, TooLarge


@transaction.atomic
def keep(
    *, file: IO[bytes], name: str, actor: Actor, at: datetime, case: tuple[str, str], part: str
) -> Attachment:
    """Add ``file`` to ``part`` of ``case``, which is given as its type and key.

    Whether ``actor`` may, and the line of record that names the attachment, are the case's. Raises
    ``Invalid``, ``TooLarge`` or ``Conflict`` with the reason; nothing is kept then, nor when
    the transaction around does not commit.
    """
    name = _storable(name)
    size = file.seek(0, 2)
    _check_size(size, name=name)
    _check_room(case, part)
    _check_day(size, owner=actor.person_key, at=at)
    content = examined(file, name=name)
    sha256, kept_size = _measured(content)
    return Attachment.objects.create(
        sha256=sha256,
        size=kept_size,
        content_type=content.content_type,
        original_name=name,
        stored_as=_stored_before(sha256) or storage.store(content.pieces()),
        owner_person_key=actor.person_key,
        congress_key=actor.congress.key,
        case_type=case[0],
        case_key=case[1],
        part=part,
        at=at,
    )


def _storable(name: str) -> str:
    """``name`` as it came, short of what no database holds; too long a name keeps its ending."""
    name = name.replace("\x00", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()
    ending = PurePath(name).suffix
    if len(name) <= NAME_CHARACTERS or len(ending) > 10:
        return name[:NAME_CHARACTERS]
    return name[: NAME_CHARACTERS - len(ending) - 1] + "…" + ending


def _check_size(size: int, *, name: str) -> None:
    if size == 0:
        raise Invalid(
            _("“%(name)s” is empty.") % {"name": name},
            remedy=_("Check that you have chosen the right file."),
        )
    if size > ATTACHMENT_BYTES:
        raise TooLarge(
            _("“%(name)s” is larger than %(limit)d MB.")
            % {"name": name, "limit": ATTACHMENT_BYTES // MEGABYTE},
            remedy=_("Make it smaller or divide it, and attach it again."),
        )


def _check_room(case: tuple[str, str], part: str) -> None:
    if selectors.for_case(case).filter(part=part).count() >= ATTACHMENTS_PER_PART:
        raise Conflict(
            _("There are already %(limit)d attachments.") % {"limit": ATTACHMENTS_PER_PART},
            remedy=_("Put several documents into one PDF file."),
        )


def _check_day(size: int, *, owner: str, at: datetime) -> None:
    today = Attachment.objects.filter(owner_person_key=owner, at__gt=at - timedelta(days=1))
    spent = today.aggregate(total=Sum("size"))["total"] or 0
    if spent + size > ATTACHED_BYTES_PER_DAY:
        raise TooLarge(
            _("You have attached %(limit)d MB within a day, which is the most.")
            % {"limit": ATTACHED_BYTES_PER_DAY // MEGABYTE},
            remedy=_("Attach the file tomorrow, or ask the office to take it from you."),
        )


def _measured(content: Content) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for piece in content.pieces():
        digest.update(piece)
        size += len(piece)
    return digest.hexdigest(), size


def _stored_before(sha256: str) -> str | None:
    """The name under which the same bytes lie already, if they are still there."""
    same = Attachment.objects.filter(sha256=sha256).values_list("stored_as", flat=True)
    return next((name for name in same[:1] if storage.path_of(name).is_file()), None)
