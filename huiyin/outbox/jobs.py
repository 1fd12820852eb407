"""What the tick runs: work that falls due by the clock, one runner at a time."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from huiyin.kernel.ids import new_key
from huiyin.outbox.models import Lease

Job = Callable[[datetime], object]

LEASE = "tick"
# Longer than any run takes; a runner that died is replaced after it.
LASTS = timedelta(minutes=10)

_jobs: dict[str, Job] = {}
_log = logging.getLogger(__name__)


def register(name: str, job: Job) -> None:
    """Have ``job`` run at every tick; it is told the time. It must be safe to run twice."""
    _jobs[name] = job


def run_all(*, at: datetime) -> dict[str, object] | None:
    """Run every job, and return what each came to; None when another runner is at it.

    A job that fails is logged and does not keep the others from running.
    """
    holder = new_key()
    if not _is_leased(holder, at=at):
        return None
    try:
        return {name: _outcome(name, job, at=at) for name, job in _jobs.items()}
    finally:
        Lease.objects.filter(name=LEASE, holder=holder).update(until=at)


def _is_leased(holder: str, *, at: datetime) -> bool:
    Lease.objects.bulk_create([Lease(name=LEASE, holder="", until=at)], ignore_conflicts=True)
    free = Lease.objects.filter(name=LEASE, until__lte=at)
    return bool(free.update(holder=holder, until=at + LASTS))


def _outcome(name: str, job: Job, *, at: datetime) -> object:
    try:
        return job(at)
    except Exception as fault:  # noqa: BLE001 - logged with its trace, and tried again
        _log.exception("the job %s failed", name)
        return fault
