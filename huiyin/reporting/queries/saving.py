"""Queries under a name: kept, shared within the congress, opened, forgotten."""

from __future__ import annotations

import unicodedata
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from huiyin.accounts.actor import Actor
from huiyin.kernel.errors import Conflict, Invalid, NotFound
from huiyin.reporting.models import SavedQuery
from huiyin.reporting.queries.tree import VERSION, Group, plain

MOST = 50
LONGEST_NAME = 60


def queries_for(actor: Actor) -> QuerySet[SavedQuery]:
    """His own, and what colleagues in the congress share."""
    mine = Q(owner=actor.person_id) | Q(shared=True)
    rows = SavedQuery.objects.filter(mine, congress=actor.congress_id)
    return rows.select_related("owner")


def query_for(actor: Actor, key: str) -> SavedQuery:
    """``NotFound`` alike for another's that is not shared and for none at all."""
    found = queries_for(actor).filter(key=key).first()
    if found is None:
        raise NotFound(key)
    return found


@transaction.atomic
def save(*, actor: Actor, at: datetime, name: str, group: Group, shared: bool) -> SavedQuery:
    """Keep a query; the same name again replaces what was kept under it."""
    cleaned = _clean(name)
    if not group.nodes:
        raise Invalid(
            _("There is no condition to keep."), remedy=_("Add one, then give the query a name.")
        )
    own = SavedQuery.objects.filter(owner=actor.person_id, congress=actor.congress_id)
    if own.exclude(name=cleaned).count() >= MOST:
        raise Conflict(
            _("You already keep %(most)s queries.") % {"most": MOST},
            remedy=_("Delete a query that you no longer need."),
        )
    kept, _made = SavedQuery.objects.update_or_create(
        owner_id=actor.person_id,
        congress_id=actor.congress_id,
        name=cleaned,
        defaults={"tree": plain(group), "version": VERSION, "shared": shared, "saved_at": at},
    )
    return kept


@transaction.atomic
def forget(*, actor: Actor, key: str) -> None:
    """Only its owner deletes a query; for anybody else there is none to delete."""
    own = SavedQuery.objects.filter(owner=actor.person_id, congress=actor.congress_id, key=key)
    if not own.exists():
        raise NotFound(key)
    own.delete()


def _clean(name: str) -> str:
    cleaned = " ".join(unicodedata.normalize("NFC", name).split())
    if not cleaned or len(cleaned) > LONGEST_NAME or not cleaned.isprintable():
        said = _("Give the query a name of at most %(most)s characters.") % {"most": LONGEST_NAME}
        raise Invalid(said, fields={"name": [said]})
    return cleaned
