"""Entering people, keeping their particulars, closing and opening their accounts."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Person
from huiyin.accounts.models.people import PLACEHOLDER, is_plain_login, normalise_login
from huiyin.accounts.rules import require_account_keeper, require_as_read, require_not_himself
from huiyin.kernel.errors import Conflict, Invalid
from huiyin.ledger.services import HOUSE, record

_CHANGEABLE = frozenset({"name", "name_sort", "phone", "email"})


def placeholder_login() -> str:
    """A login nobody types, until its person chooses one."""
    return f"{PLACEHOLDER}{secrets.token_hex(8)}"


def require_plain_login(login: str) -> None:
    """Raise ``Invalid`` for a login that could be mistaken for another."""
    if not is_plain_login(login) or login.startswith(PLACEHOLDER):
        rule = _("Use 2 to 60 letters a–z, digits, Chinese characters or . _ @ + -.")
        raise Invalid(_("This cannot be a login name."), fields={"login": [rule]})


@transaction.atomic
def enter_person(
    *,
    name: str,
    login: str = "",
    phone: str = "",
    email: str = "",
    actor: Actor | None,
    at: datetime,
    via: str = "web",
) -> Person:
    """Enter a person without a password; he sets one himself with an activation code.

    Without a login he gets a random one, to be replaced when he is activated. Raises
    ``Conflict`` when the login is taken in any way of writing it.
    """
    if not name.strip():
        raise Invalid(_("A person needs a name."), fields={"name": [_("Give a name.")]})
    if login:
        require_plain_login(login)
    person = Person(login=login or placeholder_login(), name=name.strip(), phone=phone, email=email)
    person.set_unusable_password()
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as clash:
        raise Conflict(
            _("The login name “%(login)s” is taken.") % {"login": normalise_login(login)},
            remedy=_("Choose another one; case and width of letters make no difference."),
        ) from clash
    record(
        chain=actor.congress.key if actor else HOUSE,
        actor=actor,
        at=at,
        action="person.enter",
        subject=("person", person.key),
        via=via,
    )
    return person


@transaction.atomic
def change_person(
    *, person: Person, actor: Actor | None, at: datetime, via: str = "web", **particulars: Any
) -> Person:
    """Change name or contact. The record names the columns, not the personal details."""
    require_as_read(actor)
    require_account_keeper(actor, person)
    if unknown := particulars.keys() - _CHANGEABLE:
        raise TypeError(f"a person has no particulars {sorted(unknown)} to change here")
    row = Person.objects.select_for_update().get(pk=person.pk)
    changed = {name: value for name, value in particulars.items() if getattr(row, name) != value}
    if not changed:
        return row
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(update_fields=list(changed))
    record(
        chain=actor.congress.key if actor else HOUSE,
        actor=actor,
        at=at,
        action="person.change",
        subject=("person", row.key),
        after=", ".join(sorted(changed)),
        via=via,
    )
    return row


def disable_person(*, person: Person, actor: Actor | None, at: datetime, why: str) -> Person:
    """Close an account. Its sessions end at their next request; nothing is deleted."""
    return _switch(person, actor=actor, at=at, why=why, active=False)


def enable_person(*, person: Person, actor: Actor | None, at: datetime, why: str) -> Person:
    """Open an account again. Sessions from before stay ended."""
    return _switch(person, actor=actor, at=at, why=why, active=True)


@transaction.atomic
def end_sessions(*, person: Person, actor: Actor | None, at: datetime) -> None:
    """End every session of a person at once; he may sign in again."""
    require_as_read(actor)
    require_account_keeper(actor, person)
    Person.objects.filter(pk=person.pk).update(session_epoch=F("session_epoch") + 1)
    record(
        chain=actor.congress.key if actor else HOUSE,
        actor=actor,
        at=at,
        action="account.end_sessions",
        subject=("person", person.key),
    )


@transaction.atomic
def _switch(person: Person, *, actor: Actor | None, at: datetime, why: str, active: bool) -> Person:
    require_as_read(actor)
    require_account_keeper(actor, person)
    require_not_himself(actor, person)
    row = Person.objects.select_for_update().get(pk=person.pk)
    if row.is_active is active:
        return row
    row.is_active = active
    row.session_epoch += 1
    row.save(update_fields=["is_active", "session_epoch"])
    record(
        chain=actor.congress.key if actor else HOUSE,
        actor=actor,
        at=at,
        action="account.enable" if active else "account.disable",
        subject=("person", row.key),
        why=why,
    )
    return row
