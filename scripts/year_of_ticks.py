"""A year of ``huiyin tick`` over a built demo: how long it takes, and whether it comes out right.

    HUIYIN_DEMO=1 HUIYIN_HOME=folder python manage.py demo --no-serve
    HUIYIN_DEMO=1 HUIYIN_HOME=folder python scripts/year_of_ticks.py [DAYS]

Works on a copy of the SQLite database; letters go to nobody.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from time import monotonic, process_time

DAYS = int(sys.argv[1]) if sys.argv[1:] else 365
FIRST = date(2020, 9, 10)
NEAR, INTERVAL, WEEK = 15, 3, 7


def copied(home: Path) -> Path:
    """The demo's database in a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="huiyin-year-"))
    shutil.copyfile(home / "huiyin.sqlite3", folder / "huiyin.sqlite3")
    return folder


def expected(due_on: date, assigned_on: date, *, last: date) -> list[tuple[str, date]]:
    """The urgings of a part that nobody touches for a year, counted apart from the program."""
    found: list[tuple[str, date]] = []
    before: date | None = None
    day = max(FIRST, assigned_on + timedelta(days=1))
    while day <= last:
        rung = "overdue" if day > due_on else "due" if day == due_on else ""
        if not rung and (due_on - day).days <= NEAR and not found:
            rung = "near"
        late = bool(found) and found[-1][0] == rung == "overdue"
        pause = WEEK if late else INTERVAL
        if rung and (before is None or (day - before).days >= pause):
            found.append((rung, day))
            before = day
        day += timedelta(days=1)
    return found


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main() -> int:
    folder = copied(Path(os.environ["HUIYIN_HOME"]))
    os.environ["HUIYIN_HOME"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    import django

    django.setup()
    from django.conf import settings

    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    try:
        return run()
    finally:
        shutil.rmtree(folder)


def tell(at: datetime) -> None:
    """Something that presses on nobody happens in five cases: it belongs in the digests."""
    from django.db import transaction

    from huiyin.accounts.models import Post, Role
    from huiyin.outbox import services as outbox
    from huiyin.suggestions.models import Suggestion

    cases = Suggestion.objects.filter(number_order__gt=0).select_related("lead").order_by("pk")
    with transaction.atomic():
        for case in cases[:5]:
            clerks = Post.objects.filter(congress=case.congress_id, role=Role.CLERK)
            outbox.tell(
                posts=[case.lead, *clerks],
                event="suggestion.confirm_signature",
                case=("suggestion", case.key),
                title=case.title,
                params={"number": case.number or "", "title": case.title},
                actor=None,
                at=at,
            )


def run() -> int:
    """Tick, then compare."""
    from huiyin.kernel.clock import ZONE
    from huiyin.outbox import jobs
    from huiyin.outbox.models import Digest
    from huiyin.suggestions.models import Assignment, Urging
    from huiyin.suggestions.stages import OPEN_ASSIGNMENT, Stage

    parts = list(
        Assignment.objects.filter(
            stage__in=OPEN_ASSIGNMENT,
            suggestion__stage=Stage.IN_HANDLING,
            due_on__isnull=False,
        ).order_by("pk")
    )
    seconds = worked = 0.0
    for nth in range(DAYS):
        day = FIRST + timedelta(days=nth)
        at = datetime(day.year, day.month, day.day, 9, tzinfo=ZONE)
        tell(at)
        begun, at_work = monotonic(), process_time()
        outcomes = jobs.run_all(at=at) or {}
        seconds, worked = seconds + monotonic() - begun, worked + process_time() - at_work
        for name, outcome in outcomes.items():
            if isinstance(outcome, Exception):
                raise outcome
            if nth == 0:
                say(f"first day: {name}: {outcome}")
    last = FIRST + timedelta(days=DAYS - 1)
    wrong = 0
    for part in parts:
        rows = Urging.objects.filter(assignment=part).exclude(rung="unread").order_by("pk")
        due_on = part.due_on or FIRST
        if list(rows.values_list("rung", "on")) != expected(due_on, part.assigned_on, last=last):
            wrong += 1
            say(f"not as expected: {part.key} due {due_on}")
    a_day = Counter(Digest.objects.values_list("person", "on"))
    most = max(a_day.values(), default=0)
    say(f"{DAYS} ticks in {seconds:.1f} s, of which {worked:.1f} s at work")
    say(f"{len(parts)} open parts, {wrong} not as expected")
    say(f"{Urging.objects.count()} urgings, {len(a_day)} digests, at most {most} a person and day")
    return 1 if wrong or most > 1 else 0


if __name__ == "__main__":
    sys.exit(main())
