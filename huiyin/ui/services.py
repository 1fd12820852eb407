"""Keeping, renaming and forgetting saved views."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from huiyin.kernel.errors import Conflict, Invalid, NotFound
from huiyin.ui import selectors
from huiyin.ui.lists.spec import NAME
from huiyin.ui.models import SavedView

if TYPE_CHECKING:
    from huiyin.accounts.actor import Actor

MOST = 20


@transaction.atomic
def save_view(
    *, actor: Actor, list_name: str, name: str, query: str, shared: bool = False
) -> SavedView:
    """Keep ``query`` under ``name``; the same name again replaces what it led to."""
    if not NAME.fullmatch(list_name) or len(query) > 2000 or not query.isprintable():
        raise Invalid(_("This view cannot be kept."))
    mine = SavedView.objects.filter(person_key=actor.person_key, list_name=list_name)
    cleaned = _clean_name(name)
    if mine.exclude(name=cleaned).count() >= MOST:
        raise Conflict(
            _("You already keep %(most)s views of this list.") % {"most": MOST},
            remedy=_("Delete one that you no longer need."),
        )
    view, _made = SavedView.objects.update_or_create(
        person_key=actor.person_key,
        list_name=list_name,
        name=cleaned,
        defaults={
            "query": query,
            "congress_id": actor.congress_id,
            "shared_with_role": actor.role if shared else "",
        },
        create_defaults={
            "query": query,
            "congress_id": actor.congress_id,
            "shared_with_role": actor.role if shared else "",
            "position": mine.count(),
        },
    )
    return view


@transaction.atomic
def rename_view(*, actor: Actor, key: str, name: str) -> SavedView:
    view = _own(actor, key)
    cleaned = _clean_name(name)
    others = SavedView.objects.filter(
        person_key=actor.person_key, list_name=view.list_name, name=cleaned
    )
    if others.exclude(pk=view.pk).exists():
        raise Conflict(_("You already keep a view called “%(name)s”.") % {"name": cleaned})
    view.name = cleaned
    view.save(update_fields=["name"])
    return view


@transaction.atomic
def delete_view(*, actor: Actor, key: str) -> None:
    _own(actor, key).delete()


def _own(actor: Actor, key: str) -> SavedView:
    view = selectors.own_view(actor, key=key)
    if view is None:
        raise NotFound(_("This view no longer exists."))
    return view


def _clean_name(name: str) -> str:
    cleaned = " ".join(unicodedata.normalize("NFC", name).split())
    if not cleaned or len(cleaned) > 40 or not cleaned.isprintable():
        said = _("Give the view a name of at most 40 characters.")
        raise Invalid(said, fields={"name": [said]})
    return cleaned
