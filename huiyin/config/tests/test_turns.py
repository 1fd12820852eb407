"""Who writes next on SQLite (T115)."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection, transaction

from huiyin.config.sqlite.turns import Turns, turns_at

# A process that takes a turn, says so, and keeps it until it is told to end.
HOLDER = """
import sys
from pathlib import Path
from huiyin.config.sqlite.turns import Turns
assert Turns(Path(sys.argv[1])).take(5)
print("mine", flush=True)
sys.stdin.read()
"""


def test_who_came_first_is_next(tmp_path: Path) -> None:
    turns, order = Turns(tmp_path / "db"), []
    assert turns.take(1)

    def wait(number: int) -> None:
        assert turns.take(10)
        order.append(number)
        turns.give()

    waiting = [threading.Thread(target=wait, args=[number]) for number in range(12)]
    for place, thread in enumerate(waiting):
        thread.start()
        while len(turns._waiting) <= place:
            sleep(0.001)
    turns.give()
    for thread in waiting:
        thread.join()
    assert order == list(range(12))


def test_who_waited_in_vain_is_told_and_forgotten(tmp_path: Path) -> None:
    turns = Turns(tmp_path / "db")
    assert turns.take(1)
    assert not turns.take(0.01)
    turns.give()
    assert turns.take(0)


@contextmanager
def holder(database: Path) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(  # noqa: S603 - a program of this file
        [sys.executable, "-c", HOLDER, str(database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == b"mine\n"
        yield running


def test_control_another_process_keeps_its_turn_while_it_lives(tmp_path: Path) -> None:
    turns = Turns(tmp_path / "db")
    with holder(tmp_path / "db"):
        assert not turns.take(0.05)


def test_a_killed_process_loses_its_turn(tmp_path: Path) -> None:
    turns = Turns(tmp_path / "db")
    with holder(tmp_path / "db") as running:
        running.kill()
        running.wait()
        assert turns.take(5)


def test_a_busy_process_lets_another_in(tmp_path: Path) -> None:
    """Two that write without a pause: each stands first in line for its own process."""
    path = tmp_path / "db"
    until = monotonic() + 0.5
    took = [0, 0]

    def write(place: int) -> None:
        turns = Turns(path)
        while monotonic() < until:
            assert turns.take(5)
            sleep(0.003)
            turns.give()
            took[place] += 1

    both = [threading.Thread(target=write, args=[place]) for place in (0, 1)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert min(took) > 0.3 * sum(took), took


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("end", ["commit", "refusal", "close"])
def test_a_transaction_gives_its_turn_back_however_it_ends(end: str) -> None:
    turns = turns_at(Path(connection.settings_dict["NAME"]))

    def work() -> None:
        with transaction.atomic():
            Session.objects.create(session_key="huiyin", expire_date=datetime.now(UTC))
            assert not turns.take(0)
            if end == "refusal":
                raise RuntimeError
            if end == "close":
                connection.close()

    if end == "refusal":
        with pytest.raises(RuntimeError):
            work()
    else:
        work()
    assert turns.take(0)
    turns.give()
    assert Session.objects.filter(session_key="huiyin").exists() == (end == "commit")


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_who_waits_too_long_reads_what_sqlite_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.01)
    turns = turns_at(Path(connection.settings_dict["NAME"]))
    assert turns.take(1)
    with pytest.raises(OperationalError, match="database is locked"), transaction.atomic():
        pass
    turns.give()
    with transaction.atomic():
        assert not Session.objects.filter(session_key="huiyin").exists()
