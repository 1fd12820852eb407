"""The tick: one runner at a time, and one failing job does not stop the others."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import connection
from django.utils import translation

from huiyin.accounts.tests.town import NOW, Town
from huiyin.outbox import jobs, pulse
from huiyin.outbox.locks import only_runner
from huiyin.outbox.tests.conftest import told, with_address

pytestmark = pytest.mark.django_db


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The times at which the only registered job has run."""
    times: list[datetime] = []
    monkeypatch.setattr(jobs, "_jobs", {})
    monkeypatch.setattr(jobs, "_daily", {})
    jobs.register("sample", times.append)
    return times


def test_every_job_is_run_and_told_the_time(ran: list[datetime]) -> None:
    assert jobs.run_all(at=NOW) == {"sample": None}
    assert jobs.run_all(at=NOW + timedelta(seconds=1)) == {"sample": None}
    assert ran == [NOW, NOW + timedelta(seconds=1)]


def test_while_one_runs_another_does_not(ran: list[datetime]) -> None:
    jobs.register("inner", lambda at: jobs.run_all(at=at))

    assert jobs.run_all(at=NOW) == {"sample": None, "inner": None}
    assert ran == [NOW]


def test_control_without_the_lock_both_run(
    ran: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "only_runner", lambda: nullcontext(enter_result=True))
    jobs.register("inner", lambda at: len(ran) > 1 or jobs.run_all(at=at))

    jobs.run_all(at=NOW)
    assert ran == [NOW, NOW]


def test_a_job_that_fails_is_reported_and_the_others_run(
    ran: list[datetime], caplog: pytest.LogCaptureFixture
) -> None:
    def broken(at: datetime) -> None:
        raise RuntimeError("broken")

    jobs._jobs = {"broken": broken, **jobs._jobs}

    outcomes = jobs.run_all(at=NOW)

    assert outcomes is not None
    assert str(outcomes["broken"]) == "broken"
    assert ran == [NOW]
    assert "the job broken failed" in caplog.text


def test_a_job_of_the_day_is_done_once_and_not_before_its_hour(ran: list[datetime]) -> None:
    morning = NOW.replace(hour=7, minute=0)
    jobs.register_daily("late", lambda _at: "late", hour=8)
    jobs.register_daily("early", lambda _at: "early", hour=7)

    assert jobs.run_all(at=morning - timedelta(minutes=1)) == {"sample": None}
    assert jobs.run_all(at=morning) == {"early": "early", "sample": None}
    assert jobs.run_all(at=morning.replace(hour=9)) == {"late": "late", "sample": None}
    assert jobs.run_all(at=morning.replace(hour=23)) == {"sample": None}
    # Back over the same hours, and on to the next day, of which both are made up for in order.
    assert jobs.run_all(at=morning) == {"sample": None}
    next_day = jobs.run_all(at=morning.replace(hour=15) + timedelta(days=1))
    assert list(next_day or {}) == ["early", "late", "sample"]


def test_a_job_of_the_day_that_fails_is_done_at_the_next_tick(ran: list[datetime]) -> None:
    tries: list[datetime] = []

    def fails_once(at: datetime) -> int:
        tries.append(at)
        if len(tries) == 1:
            raise RuntimeError("once")
        return len(tries)

    jobs.register_daily("failing", fails_once)

    assert str((jobs.run_all(at=NOW) or {})["failing"]) == "once"
    assert jobs.run_all(at=NOW) == {"failing": 2, "sample": None}
    assert jobs.run_all(at=NOW) == {"sample": None}


@pytest.mark.django_db(transaction=True)
def test_of_two_processes_one_runs_and_a_dead_one_holds_nothing() -> None:
    """The lock is asked for by a process of its own, which is killed while it holds it."""
    ready, say_ready = os.pipe()
    connection.close()
    child = os.fork()
    if not child:
        with only_runner() as held:
            os.write(say_ready, b"1" if held else b"0")
            time.sleep(60)
        os._exit(0)
    assert os.read(ready, 1) == b"1"
    try:
        assert jobs.run_all(at=NOW) is None
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    # PostgreSQL notices a moment later that nobody is there any more.
    for _each in range(100):
        if jobs.run_all(at=NOW) is not None:
            break
        time.sleep(0.05)
    else:
        pytest.fail("the dead runner still holds the lock")


def beating(at: datetime, seconds: float, boot: str = "this start") -> None:
    pulse.beat(at=at, count=pulse.Count(boot, seconds))


def wrong(at: datetime, seconds: float, boot: str = "this start") -> bool:
    return pulse.trouble(at=at, count=pulse.Count(boot, seconds)) is not None


@pytest.mark.parametrize(
    ("moved", "counted", "is_wrong"),
    [
        (timedelta(minutes=1), 60.0, False),
        (timedelta(hours=70), 70 * 3600.0, False),
        (timedelta(days=1), 60.0, True),
        (timedelta(minutes=7), 60.0, True),
        (timedelta(minutes=-10), 60.0, True),
        (timedelta(seconds=-1), 60.0, False),
    ],
)
def test_a_clock_that_was_set_stops_the_work(
    moved: timedelta, counted: float, *, is_wrong: bool
) -> None:
    assert not wrong(NOW, 0.0)
    beating(NOW, 1000.0)
    assert wrong(NOW + moved, 1000.0 + counted) is is_wrong


def test_after_another_start_of_the_machine_only_going_back_shows() -> None:
    beating(NOW, 1000.0)
    assert not wrong(NOW + timedelta(days=3), 5.0, boot="another start")
    assert wrong(NOW - timedelta(days=3), 5.0, boot="another start")


def test_the_command_waits_until_somebody_says_the_clock_is_right(ran: list[datetime]) -> None:
    beating(datetime.max.replace(tzinfo=NOW.tzinfo, year=9000), 0.0)
    said = StringIO()

    call_command("tick", stdout=StringIO(), stderr=said)
    assert ran == []
    assert "--clock-is-right" in said.getvalue()

    call_command("tick", "--clock-is-right", stdout=StringIO())
    assert len(ran) == 1
    call_command("tick", stdout=StringIO(), stderr=said)
    assert len(ran) == 2


def test_the_command_sends_what_is_due(town: Town, mailoutbox: list[EmailMessage]) -> None:
    with_address(town, "lin")
    told(town, "lin")
    out = StringIO()

    call_command("tick", stdout=out)

    assert "letters: Tally(sent=1, postponed=0, failed=0, unsure=0)" in out.getvalue()
    assert len(mailoutbox) == 1


def test_a_rehearsed_day_may_begin_anew(ran: list[datetime], settings: Any) -> None:
    beating(datetime.max.replace(tzinfo=NOW.tzinfo, year=9000), 0.0)
    settings.HUIYIN_TODAY = NOW.date()

    call_command("tick", stdout=StringIO())
    assert len(ran) == 1


def test_the_command_says_so_when_another_is_at_it() -> None:
    out = StringIO()

    with translation.override("en"), only_runner() as held:
        assert held
        call_command("tick", stdout=out)

    assert out.getvalue() == "Another runner is at work.\n"


def test_the_command_goes_on_until_it_is_stopped(
    ran: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    def pauses() -> Iterator[None]:
        yield None
        yield None
        raise KeyboardInterrupt

    slept: list[int] = []
    pause = pauses()

    def sleep(seconds: int) -> None:
        slept.append(seconds)
        next(pause)

    monkeypatch.setattr("huiyin.outbox.management.commands.tick.time.sleep", sleep)
    call_command("tick", "--every", "5", stdout=StringIO())

    assert slept == [5, 5, 5]
    assert len(ran) == 3
