"""What the tick runs: work that falls due by the clock, one runner at a time."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from huiyin.kernel.clock import ZONE
from huiyin.outbox.locks import only_runner
from huiyin.outbox.models import Run

Job = Callable[[datetime], object]

# When the work of a day is done: nobody is told at night what can wait for the morning. What adds
# to the digests comes before them, even where both are made up for at noon.
EARLY, MORNING = 7, 8


@dataclass(frozen=True, slots=True)
class _Daily:
    """A job that is done once a day, from ``hour`` on."""

    job: Job
    hour: int


_jobs: dict[str, Job] = {}
_daily: dict[str, _Daily] = {}
_log = logging.getLogger(__name__)


def register(name: str, job: Job) -> None:
    """Have ``job`` run at every tick; it is told the time. It must be safe to run twice."""
    _jobs[name] = job


def register_daily(name: str, job: Job, *, hour: int = EARLY) -> None:
    """Have ``job`` run once a day, at the first tick after ``hour``.

    A run that dies or fails is repeated at the next tick: it must be safe to run twice. Days on
    which nothing ticked are not made up for.
    """
    _daily[name] = _Daily(job, hour)


def run_all(*, at: datetime) -> dict[str, object] | None:
    """Run what is due, and return what each came to; None when another runner is at it.

    A job that fails is logged and does not keep the others from running. The work of the day
    comes first: what it tells is sent in the same run.
    """
    with only_runner() as held:
        if not held:
            return None
        outcomes = {name: _once_a_day(name, each, at=at) for name, each in _due(at)}
        return outcomes | {name: _outcome(name, job, at=at) for name, job in _jobs.items()}


def _due(at: datetime) -> list[tuple[str, _Daily]]:
    local = at.astimezone(ZONE)
    due = {name: each for name, each in _daily.items() if local.hour >= each.hour}
    done = set(Run.objects.filter(job__in=due, on=local.date()).values_list("job", flat=True))
    left = [(name, each) for name, each in due.items() if name not in done]
    return sorted(left, key=lambda pair: pair[1].hour)


def _once_a_day(name: str, daily: _Daily, *, at: datetime) -> object:
    outcome = _outcome(name, daily.job, at=at)
    if not isinstance(outcome, Exception):
        run = Run(job=name, on=at.astimezone(ZONE).date(), at=at)
        Run.objects.bulk_create([run], ignore_conflicts=True)
    return outcome


def _outcome(name: str, job: Job, *, at: datetime) -> object:
    try:
        return job(at)
    except Exception as fault:  # noqa: BLE001 - logged with its trace, and tried again
        _log.exception("the job %s failed", name)
        return fault
