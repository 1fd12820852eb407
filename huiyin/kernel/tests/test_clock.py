"""The rehearsal clock changes the day and lets the hours run."""

from __future__ import annotations

from datetime import date
from typing import Any

from huiyin.kernel import clock


def test_the_real_day_is_china_s(settings: Any) -> None:
    settings.HUIYIN_TODAY = None
    assert str(clock.now().tzinfo) == "Asia/Shanghai"
    assert clock.today() == clock.now().date()


def test_the_rehearsed_day(settings: Any) -> None:
    settings.HUIYIN_TODAY = date(2020, 9, 10)
    first, second = clock.now(), clock.now()
    assert clock.today() == date(2020, 9, 10)
    assert first <= second
