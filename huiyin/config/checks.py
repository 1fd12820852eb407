"""What must hold before anyone is served. Each finding is an error, and an error stops the start.

They guard what no page would ever show: a key that can be guessed, a page that prints its
settings, a database that forgets an acknowledged act when the power fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error
from django.db import connections
from django.utils.translation import gettext as _

SettingsCheck = Callable[..., list[CheckMessage]]

SHORTEST_KEY = 50
FEWEST_CHARACTERS = 10
# SQLite answers with numbers: 0 OFF, 1 NORMAL, 2 FULL, 3 EXTRA.
FULL = 2


def beyond_loopback() -> bool:
    """Whether somebody at another machine can reach this instance by one of its names."""
    return not set(settings.ALLOWED_HOSTS) <= set(settings.LOOPBACK)


def debug_stays_at_home(**_asked: Any) -> list[CheckMessage]:
    if not (settings.DEBUG and beyond_loopback()):
        return []
    return [
        Error(
            _("HUIYIN_DEBUG is on and HUIYIN_HOSTS names more than this machine."),
            hint=_("Error pages would show settings and texts. Unset HUIYIN_DEBUG."),
            id="huiyin.E001",
        )
    ]


def key_is_strong(**_asked: Any) -> list[CheckMessage]:
    key = settings.SECRET_KEY
    if len(key) >= SHORTEST_KEY and len(set(key)) >= FEWEST_CHARACTERS:
        return []
    return [
        Error(
            _("The secret key is too weak: whoever guesses it can sign in as anybody."),
            hint=_("Unset HUIYIN_SECRET_KEY and delete .secret-key: a new key will be made."),
            id="huiyin.E002",
        )
    ]


def hosts_are_named(**_asked: Any) -> list[CheckMessage]:
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    return [
        Error(
            _("HUIYIN_HOSTS is *: links in letters could lead anywhere."),
            hint=_("Name the hosts people type, separated by commas."),
            id="huiyin.E003",
        )
    ]


def beyond_loopback_is_encrypted(**_asked: Any) -> list[CheckMessage]:
    if settings.HUIYIN_HTTPS or not beyond_loopback():
        return []
    return [
        Error(
            _("HUIYIN_HTTPS is off and HUIYIN_HOSTS names more than this machine."),
            hint=_("Passwords would cross the network in clear. Put a TLS proxy in front."),
            id="huiyin.E005",
        )
    ]


def demo_stays_at_home(**_asked: Any) -> list[CheckMessage]:
    if not (settings.HUIYIN_DEMO and beyond_loopback()):
        return []
    return [
        Error(
            _("HUIYIN_DEMO is on and HUIYIN_HOSTS names more than this machine."),
            hint=_("Anyone could sign in by one click. Unset HUIYIN_DEMO or HUIYIN_HOSTS."),
            id="huiyin.E006",
        )
    ]


def commits_are_durable(
    *, databases: Iterable[str] | None = None, **_asked: Any
) -> list[CheckMessage]:
    """Ask the open connection, not the settings: only what the database says counts."""
    return [
        Error(said, hint=_("An acknowledged act could be lost when the power fails."), id=number)
        for alias in databases or ()
        for said, number in _shortcomings(alias)
    ]


def _shortcomings(alias: str) -> Iterable[tuple[str, str]]:
    connection = connections[alias]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            if _answer(cursor, "PRAGMA synchronous") < FULL:
                yield _("SQLite does not run with synchronous=FULL."), "huiyin.E004"
            if _answer(cursor, "PRAGMA journal_mode") != "wal":
                yield _("SQLite does not run with journal_mode=WAL."), "huiyin.E007"
        elif _answer(cursor, "SHOW synchronous_commit") == "off":
            yield _("PostgreSQL runs with synchronous_commit=off."), "huiyin.E004"


def _answer(cursor: Any, question: str) -> Any:
    cursor.execute(question)
    return cursor.fetchone()[0]


SETTINGS: tuple[SettingsCheck, ...] = (
    debug_stays_at_home,
    key_is_strong,
    hosts_are_named,
    beyond_loopback_is_encrypted,
    demo_stays_at_home,
)
DATABASE: SettingsCheck = commits_are_durable


def refuse_unsafe_start() -> None:
    """Leave, saying why, when a check finds an error. For servers, which run no command."""
    found = checks.run_checks(tags=["huiyin"], databases=["default"])
    if errors := [one for one in found if one.is_serious()]:
        raise SystemExit("\n".join(f"{one.id}: {one.msg} {one.hint}" for one in errors))
