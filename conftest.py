"""What holds for every test: no way out of the machine, and no test skipped in silence."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from pytest_django import DjangoDbBlocker

# Playwright runs an event loop in the thread of the test; Django would refuse its own database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# Lets Django empty the test database, which the triggers of the facts would refuse.
pytest_plugins = ["huiyin.ledger.testing"]

CHROMIUM = os.environ.get("HUIYIN_CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
ON_POSTGRES = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
# Set where everything is there: what would be skipped elsewhere fails.
NO_SKIP = os.environ.get("HUIYIN_NO_SKIP") == "1"
# How often a process is killed in the middle of its work.
KILLS = int(os.environ.get("HUIYIN_KILLS", "12"))
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1", ""})


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test of the other database has nothing to say here; .ci/run comes back with that one."""
    if not NO_SKIP:
        return
    other = "sqlite" if ON_POSTGRES else "postgres"
    here = [item for item in items if not item.get_closest_marker(other)]
    if elsewhere := [item for item in items if item.get_closest_marker(other)]:
        config.hook.pytest_deselected(items=elsewhere)
    items[:] = here


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") and CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    if item.get_closest_marker("postgres") and not ON_POSTGRES:
        pytest.skip("not on PostgreSQL: name one with HUIYIN_DB_HOST")
    if item.get_closest_marker("sqlite") and ON_POSTGRES:
        pytest.skip("not on SQLite")
    if item.get_closest_marker("realdata") and settings.HUIYIN_REAL_DATA is None:
        pytest.skip("no real rows: name their folder with HUIYIN_REAL_DATA")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    lacking = item.get_closest_marker("realdata") and settings.HUIYIN_REAL_DATA is None
    if NO_SKIP and report.skipped and not hasattr(report, "wasxfail") and not lacking:
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped where nothing may be: {report.longrepr}"
    return report


@pytest.fixture(autouse=True)
def _no_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only this machine answers: a test that reaches further fails on the spot."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def connect_nearby(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in _LOOPBACK:
            raise AssertionError(f"a test tried to reach {address[0]}")
        connect(self, address)

    def look_up_nearby(host: Any, *arguments: Any, **options: Any) -> Any:
        if host is not None and str(host) not in _LOOPBACK:
            raise AssertionError(f"a test tried to find {host}")
        return look_up(host, *arguments, **options)

    monkeypatch.setattr(socket.socket, "connect", connect_nearby)
    monkeypatch.setattr(socket, "getaddrinfo", look_up_nearby)


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> None:
    """The database as Django makes it; for scripts/mutants.py made once and copied ever after."""
    named = os.environ.get("HUIYIN_PREPARED_DATABASE")
    if named and Path(named).exists():
        own = settings.HUIYIN_HOME / f"{os.getpid()}.sqlite3"
        shutil.copyfile(named, own)
        connection.settings_dict["NAME"] = own
        return
    request.getfixturevalue("django_db_setup")
    if named:
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [named])


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The machine's own Chromium, kept from telephoning home."""
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-gpu"]
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        # Chromium refuses its sandbox to root, and containers run as root.
        "args": [*quiet, "--no-sandbox"] if os.geteuid() == 0 else quiet,
    }
