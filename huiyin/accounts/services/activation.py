"""The way to a first password, or to a new one when it is forgotten.

A clerk issues a code and hands it over on paper; he never learns or chooses the password.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Activation, Person
from huiyin.accounts.models.people import normalise_login
from huiyin.accounts.rules import require_account_keeper, require_as_read, require_not_himself
from huiyin.accounts.services.people import require_plain_login
from huiyin.kernel.canonical import digest
from huiyin.kernel.errors import Invalid
from huiyin.ledger.services import HOUSE, record

VALID_FOR = timedelta(hours=72)
# Without 0 O 1 I L: a code is read from paper and typed by hand. 28 of 31 letters are 138 bits.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_LENGTH = 28


@dataclass(frozen=True, slots=True)
class Issued:
    """A code in clear, to be handed over once; the database keeps only its digest."""

    person: Person
    code: str
    expires_at: datetime


@transaction.atomic
def issue_activation(
    *, person: Person, actor: Actor | None, at: datetime, via: str = "web"
) -> Issued:
    """Issue a code, and void those issued before."""
    require_as_read(actor)
    require_account_keeper(actor, person)
    require_not_himself(actor, person)
    Activation.objects.filter(person=person, used_at__isnull=True).delete()
    code = "".join(secrets.choice(_LETTERS) for _each in range(_LENGTH))
    expires_at = at + VALID_FOR
    Activation.objects.create(
        person=person, code_digest=_digest(code), issued_at=at, expires_at=expires_at
    )
    record(
        chain=actor.congress.key if actor else HOUSE,
        actor=actor,
        at=at,
        action="account.activation_issued",
        subject=("person", person.key),
        via=via,
    )
    return Issued(person, _in_groups(code), expires_at)


@transaction.atomic
def activate(*, code: str, login: str, password: str, at: datetime) -> Person:
    """Use a code up: its person gets this login and password, and his old sessions end.

    Raises ``Invalid`` with one and the same message for a code that is wrong, used or too old,
    and by field for a login that is taken or a password that is weak; the code is kept then.
    """
    row = (
        Activation.objects.select_for_update(of=("self",))
        .select_related("person")
        .filter(code_digest=_digest(code), used_at__isnull=True, expires_at__gt=at)
        .first()
    )
    if row is None or not row.person.is_active:
        raise Invalid(
            _("This activation code is not valid."),
            remedy=_("Codes hold for 72 hours and work once. Ask your clerk for a new one."),
            fields={"code": [_("Not valid.")]},
        )
    person = row.person
    if login or person.has_placeholder_login:
        require_plain_login(login)
        person.login = normalise_login(login)
    require_strong(password, person)
    person.set_password(password)
    person.session_epoch += 1
    try:
        with transaction.atomic():
            person.save(update_fields=["login", "password", "session_epoch"])
    except IntegrityError as clash:
        raise Invalid(
            _("This login name is taken."), fields={"login": [_("Choose another one.")]}
        ) from clash
    row.used_at = at
    row.save(update_fields=["used_at"])
    record(
        chain=HOUSE,
        actor=None,
        at=at,
        action="account.activate",
        subject=("person", person.key),
    )
    return person


def require_strong(password: str, person: Person, *, field: str = "password") -> None:
    """Raise ``Invalid`` beside ``field`` for a password that is short, common or his own name."""
    try:
        validate_password(password, person)
    except ValidationError as weak:
        said = [_weakness(each) for each in weak.error_list]
        raise Invalid(_("Choose a stronger password."), fields={field: said}) from weak


def _weakness(error: ValidationError) -> str:
    """Django's own words for it are not complete in Chinese."""
    words = {
        "password_too_short": _("Too short: at least %(min_length)d characters."),
        "password_too_similar": _("Too much like your name, login or contact."),
        "password_too_common": _("One of the passwords everybody tries first."),
        "password_entirely_numeric": _("Digits alone are guessed quickly."),
    }
    said = words.get(error.code or "")
    return said % (error.params or {}) if said else " ".join(error.messages)


def _digest(code: str) -> str:
    """A code is compared without regard to case, blanks and dashes."""
    typed = "".join(each for each in code.upper() if each.isalnum())
    return digest("accounts.activation", typed)


def _in_groups(code: str) -> str:
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
