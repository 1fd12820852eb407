"""A notice on days off that moves 50,000 running clocks: ``python -m tests.bench.rederiving``.

The congress counts in working days, so that every date moves and every change is written, put on
record and told. A fresh SQLite database is made for it and removed afterwards.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from huiyin.rulebook import Notice
    from tests.bench.ground import Ground

# With 2.2 organs a case: more than 50,000 clocks.
CASES = 23_000
AT_ONCE = 2_000
IN_WORKING_DAYS = {
    "reply.limit": "60 working days",
    "reply.limit_wide": "120 working days",
    "cohandle.limit": "40 working days",
    "acknowledge.limit": "7 working days",
}


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "huiyin.config.settings",
            "HUIYIN_HOME": home,
            "HUIYIN_TODAY": "2020-05-20",
            "HUIYIN_LOG_LEVEL": "WARNING",
        }
        django.setup()
        json.dump(measure(int(sys.argv[1]) if sys.argv[1:] else CASES), sys.stdout, indent=1)
        sys.stdout.write("\n")


def measure(cases: int) -> dict[str, object]:
    """Fill, load one notice, and prove afterwards that nothing differs from its facts."""
    from huiyin.suggestions.rebuild import differences
    from huiyin.suggestions.services.calendar import load_notice, preview_notice

    began = time.perf_counter()
    _fill(cases)
    filled = time.perf_counter()
    notice = _notice()
    foretold = len(preview_notice(notice))
    previewed, worked = time.perf_counter(), time.process_time()
    at = datetime.fromisoformat("2020-05-20T09:00:00+08:00")
    _kept, changed = load_notice(notice=notice, actor=None, at=at, via="command")
    loaded, worked = time.perf_counter(), time.process_time() - worked
    assert foretold == len(changed) >= 2 * cases
    return {
        "cases": len({each.case.pk for each in changed}),
        "changed clocks": len(changed),
        "posts told": len({post for each in changed for post in each.told}),
        "preview_s": round(previewed - filled, 1),
        "load_s": round(loaded - previewed, 1),
        "load_cpu_s": round(worked, 1),
        "differences": sum(1 for _each in differences()),
        "filled_s": round(filled - began, 1),
        "load_average": [round(load, 2) for load in os.getloadavg()],
    }


def _fill(cases: int) -> None:
    from django.core.management import call_command

    from tests.bench.ground import lay

    call_command("migrate", verbosity=0)
    ground = lay(**IN_WORKING_DAYS)
    for begin in range(0, cases, AT_ONCE):
        _write(ground, range(begin, min(begin + AT_ONCE, cases)))
        sys.stderr.write(f"  {begin + AT_ONCE:,}\r")


def _write(ground: Ground, numbers: Sequence[int]) -> None:
    """Cases of one to four organs, as the deck has them; half of them acknowledged."""
    from huiyin.suggestions.history import History
    from huiyin.suggestions.models.acts import Via
    from tests.bench.deck import Life

    history = History(via=Via.PAGE)
    for number in numbers:
        life = Life(
            history=history,
            ground=ground,
            session=ground.sessions[-1],
            number=number,
            day=70 + number % 40,
        )
        life.submitted().registered().assigned()
        if number % 2:
            life.acknowledged()
    history.write()


def _notice() -> Notice:
    from huiyin.rulebook import Notice, Words
    from huiyin.rulebook.notices import Rest

    return Notice(
        number="国办发明电〔2020〕99号",
        number_unread="",
        title="国务院办公厅关于2020年夏季放假安排的通知",
        issued=date(2020, 5, 19),
        year=2020,
        rests=(
            Rest(name=Words(zh="放假", en="off"), first=date(2020, 5, 25), last=date(2020, 5, 27)),
        ),
        work=(),
    )


if __name__ == "__main__":
    main()
