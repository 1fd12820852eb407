"""Noticing a clock that was set: a wrong day must not make a thousand cases overdue at once.

Between two ticks the clock of the day and the machine's own count of seconds since it was started
have to agree. Where the clock went ahead by more than ``FORWARD`` the tick stands still until a
person says that the day is right; where it went back, until it has caught up. After the machine was
started anew, or on another machine, there is nothing to compare with: then only going back shows.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from huiyin.kernel.errors import Words
from huiyin.outbox.models import Pulse

NAME = "tick"
FORWARD = timedelta(minutes=5)
BACK = timedelta(seconds=2)
_BOOT = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True, slots=True)
class Count:
    """The seconds a machine has counted since the start that ``boot`` names."""

    boot: str
    seconds: float

    @classmethod
    def now(cls) -> Self:
        """Sleep counts too where the system can say it."""
        clock = getattr(time, "CLOCK_BOOTTIME", None)
        boot = _BOOT.read_text().strip() if _BOOT.exists() else ""
        return cls(boot, time.monotonic() if clock is None else time.clock_gettime(clock))


def trouble(*, at: datetime, count: Count) -> Words | None:
    """Say what is wrong with the time ``at``, or None when it may be believed."""
    last = Pulse.objects.filter(name=NAME).first()
    if last is None:
        return None
    passed = at - last.at
    if passed < -BACK:
        return _(
            "The clock went back: it is earlier than at the last run (%(moment)s). "
            "The work waits until that time, or for: huiyin tick --clock-is-right"
        ) % {"moment": _moment(last.at)}
    if not count.boot or count.boot != last.boot:
        return None
    counted = timedelta(seconds=max(0.0, count.seconds - last.counted))
    if passed - counted > FORWARD:
        return _(
            "The clock was set ahead since the last run (%(moment)s). So that nothing is overdue "
            "by mistake, the work waits. If the time is right: huiyin tick --clock-is-right"
        ) % {"moment": _moment(last.at)}
    return None


def beat(*, at: datetime, count: Count) -> None:
    """Keep this run's time; from here on it is the one that is believed."""
    Pulse.objects.update_or_create(
        name=NAME, defaults={"at": at, "boot": count.boot, "counted": count.seconds}
    )


def _moment(at: datetime) -> str:
    return date_format(at, "DATETIME_FORMAT")
