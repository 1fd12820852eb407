"""The tick: one runner at a time, and one failing job does not stop the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from io import StringIO
from threading import Barrier

import pytest
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import connection
from django.utils import translation

from huiyin.accounts.tests.town import NOW, Town
from huiyin.outbox import jobs
from huiyin.outbox.models import Lease
from huiyin.outbox.tests.conftest import told, with_address

pytestmark = pytest.mark.django_db


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The times at which the only registered job has run."""
    times: list[datetime] = []
    monkeypatch.setattr(jobs, "_jobs", {})
    jobs.register("sample", times.append)
    return times


def test_every_job_is_run_and_told_the_time(ran: list[datetime]) -> None:
    assert jobs.run_all(at=NOW) == {"sample": None}
    assert jobs.run_all(at=NOW + timedelta(seconds=1)) == {"sample": None}
    assert ran == [NOW, NOW + timedelta(seconds=1)]
    assert str(Lease.objects.get()).startswith("tick ")


def test_while_one_runs_another_does_not(ran: list[datetime]) -> None:
    jobs.register("inner", lambda at: jobs.run_all(at=at + timedelta(minutes=9)))

    assert jobs.run_all(at=NOW) == {"sample": None, "inner": None}
    assert ran == [NOW]


def test_a_runner_that_died_is_replaced(ran: list[datetime]) -> None:
    Lease.objects.create(name=jobs.LEASE, holder="dead", until=NOW + jobs.LASTS)

    assert jobs.run_all(at=NOW + jobs.LASTS - timedelta(seconds=1)) is None
    assert jobs.run_all(at=NOW + jobs.LASTS) == {"sample": None}


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


def two_together(leased: Callable[[str], bool]) -> list[bool]:
    """Two runners that begin in the same instant: which of them runs (T116)."""
    together = Barrier(2, timeout=20)

    def run(nth: int) -> bool:
        try:
            together.wait()
            return leased(f"runner-{nth}")
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(run, range(2)))


@pytest.mark.django_db(transaction=True)
def test_of_two_that_begin_together_one_runs() -> None:
    assert two_together(lambda holder: jobs._is_leased(holder, at=NOW)) == [False, True]


@pytest.mark.django_db(transaction=True)
def test_control_who_looks_before_he_takes_runs_beside_the_other() -> None:
    Lease.objects.create(name=jobs.LEASE, holder="", until=NOW)
    looked = Barrier(2, timeout=20)

    def leased(holder: str) -> bool:
        free = Lease.objects.filter(name=jobs.LEASE, until__lte=NOW).exists()
        looked.wait()
        if free:
            Lease.objects.filter(name=jobs.LEASE).update(holder=holder, until=NOW + jobs.LASTS)
        return free

    assert two_together(leased) == [True, True]


def test_the_command_sends_what_is_due(town: Town, mailoutbox: list[EmailMessage]) -> None:
    with_address(town, "lin")
    told(town, "lin")
    out = StringIO()

    call_command("tick", stdout=out)

    assert "letters: Tally(sent=1, postponed=0, failed=0)" in out.getvalue()
    assert len(mailoutbox) == 1


def test_the_command_says_so_when_another_is_at_it() -> None:
    Lease.objects.create(
        name=jobs.LEASE, holder="other", until=datetime.max.replace(tzinfo=NOW.tzinfo, year=9000)
    )
    out = StringIO()

    with translation.override("en"):
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
