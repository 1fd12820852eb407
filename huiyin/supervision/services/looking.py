"""Marking what a leader has seen."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from huiyin.accounts.actor import Actor
from huiyin.accounts.rules import require_as_read
from huiyin.kernel.errors import NotPermitted
from huiyin.supervision.models import MinuteLook
from huiyin.supervision.rules import OVERSEERS


@transaction.atomic
def mark_looked(*, actor: Actor, at: datetime) -> None:
    """From now on only what changes later is shown as changed. A mark of reading, no act."""
    require_as_read(actor)
    if actor.role not in OVERSEERS:
        raise NotPermitted(_("This page is kept for those who oversee the handling."))
    MinuteLook.objects.update_or_create(post=actor.post, defaults={"at": at})
