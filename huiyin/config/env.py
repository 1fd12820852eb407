"""Reading ``HUIYIN_*`` variables: typed, and loud when a value makes no sense."""

from __future__ import annotations

import os
import re
import secrets
from datetime import date
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off"})
_SITE = re.compile(r"https?://([\w.-]+|\[[0-9a-fA-F:.]+\])(:\d{1,5})?")


def text(name: str, default: str = "") -> str:
    """An empty variable counts as unset, so that ``NAME= command`` switches it off."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    value = text(name).lower()
    if not value:
        return default
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} is neither yes nor no; use 1 or 0.")


def whole(name: str, default: int) -> int:
    value = text(name)
    if not value:
        return default
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number.") from None


def words(name: str) -> list[str]:
    """Values separated by commas or spaces."""
    return text(name).replace(",", " ").split()


def day(name: str) -> date | None:
    value = text(name)
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name}={value!r} is not a day like 2020-09-10.") from None


def site(name: str) -> str:
    """The address of a site, as ``https://suggestions.example``: nothing behind the host."""
    value = text(name)
    site = value.removesuffix("/")
    if not value:
        return ""
    if _SITE.fullmatch(site):
        return site
    raise ImproperlyConfigured(
        f"{name}={value!r} is no address of a site like https://suggestions.example."
    )


def folder(name: str, default: Path | None = None) -> Path | None:
    value = text(name)
    return Path(value).expanduser().resolve() if value else default


def secret_key(name: str, *, kept_in: Path) -> str:
    """The variable if set, else a random key made once and kept in a file only its owner can read.

    Two processes may start at the same moment: the file is created exclusively, and the one that
    comes second reads the key of the first.
    """
    if given := text(name):
        return given
    if not kept_in.exists():
        _keep_new_key(kept_in)
    key = kept_in.read_text(encoding="ascii").strip()
    if not key:
        raise ImproperlyConfigured(f"{kept_in} is empty; delete it and a new key will be made.")
    return key


def _keep_new_key(kept_in: Path) -> None:
    kept_in.parent.mkdir(parents=True, exist_ok=True)
    # Written aside and linked into place: no reader ever sees a half-written key.
    aside = kept_in.with_name(f"{kept_in.name}.{secrets.token_hex(8)}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64) + "\n")
        try:
            os.link(aside, kept_in)
        except FileExistsError:
            return
    finally:
        aside.unlink()
