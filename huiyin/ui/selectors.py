"""Which saved views a reader finds above a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from huiyin.ui.models import SavedView

if TYPE_CHECKING:
    from huiyin.accounts.actor import Actor


def views_for(actor: Actor, *, list_name: str) -> QuerySet[SavedView]:
    """His own, and those that colleagues in the same role and congress share."""
    shared = Q(congress_id=actor.congress_id, shared_with_role=actor.role)
    mine = Q(person_key=actor.person_key)
    return SavedView.objects.filter(mine | shared, list_name=list_name)


def own_view(actor: Actor, *, key: str) -> SavedView | None:
    """Only its owner changes a view; for anybody else it does not exist."""
    return SavedView.objects.filter(person_key=actor.person_key, key=key).first()
