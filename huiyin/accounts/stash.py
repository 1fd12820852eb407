"""Keeping a form that was sent after its session had ended, until its writer is back.

The fields travel in the sign-in page itself, signed: nothing is stored on the server for
somebody who is not signed in, and nobody can slip foreign fields under a signature of ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core import signing

MAX_CHARACTERS = 200_000
_MAX_AGE_SECONDS = 12 * 3600
_SALT = "huiyin.accounts.stash"
_SECRETS = ("password", "passwd", "secret", "token", "code", "otp", "pin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A form to send again: where to, its fields, whose it was, and files that are lost."""

    path: str
    person_key: str
    fields: list[tuple[str, str]]
    files: list[str]

    @property
    def texts(self) -> list[str]:
        """What a person wrote himself, to show it: choices and keys are single short words."""
        return [value for _name, value in self.fields if " " in value or not value.isascii()]

    def sealed(self) -> str:
        value = [self.path, self.person_key, self.fields, self.files]
        return signing.dumps(value, salt=_SALT, compress=True)


def keep(request: Any) -> Kept | None:
    """Return the posted fields without secrets; None when there is nothing, or too much."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if not _is_secret(name)
    ]
    size = sum(len(name) + len(value) for name, value in fields)
    if not fields or size > MAX_CHARACTERS:
        return None
    return Kept(
        path=request.get_full_path(),
        person_key=request.expired_person_key,
        fields=fields,
        files=[file.name for _name, files in request.FILES.lists() for file in files],
    )


def unseal(sealed: str, *, person_key: str) -> Kept | None:
    """Return what was kept, for its own writer only.

    A form whose session had vanished altogether names nobody and goes to whoever signs in on
    that very page.
    """
    try:
        path, owner, fields, files = signing.loads(sealed, salt=_SALT, max_age=_MAX_AGE_SECONDS)
    except signing.BadSignature:
        return None
    if owner not in ("", person_key):
        return None
    pairs = [(str(name), str(value)) for name, value in fields]
    return Kept(path=path, person_key=owner, fields=pairs, files=files)


def _is_secret(name: str) -> bool:
    lowered = name.lower()
    return lowered == "csrfmiddlewaretoken" or any(word in lowered for word in _SECRETS)
