"""What time it is, and the rehearsal clock.

Only the middleware, commands and tests ask; a rule is told the day as an argument. With
``HUIYIN_TODAY`` set (demo, rehearsal of an assignment day) the date is that day and the time of
day goes on as usual, so that two acts still follow one another.
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

ZONE = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return the present moment in China's time zone, or the rehearsed one."""
    real = datetime.now(tz=ZONE)
    rehearsed: date | None = settings.HUIYIN_TODAY
    if rehearsed is None:
        return real
    return real.replace(year=rehearsed.year, month=rehearsed.month, day=rehearsed.day)


def today() -> date:
    """Return the present day in China, or the rehearsed one."""
    return now().date()
