"""Where a day ends on the record of a congress."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from huiyin.kernel.clock import ZONE
from huiyin.ledger.models import Entry
from huiyin.suggestions.services.turn import CASE_TYPE
from huiyin.suggestions.standing import Moment


def end_of(day: date) -> datetime:
    """The first moment after the day; the clock is China's."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=ZONE)


def last_line(chain: str, *, end: datetime, after: int, upto: int) -> int | None:
    """The last line after one and up to another that speaks of a time before ``end``, if any does.

    Later lines speak of later times, but for those that an import brings in back-dated.
    """
    lines = Entry.objects.filter(chain=chain, seq__gt=after, seq__lte=upto, at__lt=end)
    return lines.order_by("-seq").values_list("seq", flat=True).first()


def moment_at(chain: str, *, end: datetime, line: int) -> tuple[Moment, list[str]]:
    """What was known up to ``line`` of the time before ``end``, and of which cases more is known.

    What a later line says of that time was not known when the earlier one was written.
    """
    later = Entry.objects.filter(chain=chain, seq__gt=line, at__lt=end, subject_type=CASE_TYPE)
    unknown: set[str] = set()
    cases: dict[str, None] = {}
    for case, facts in later.values_list("subject_key", "facts").iterator():
        unknown.update(key for _label, key, _digest in facts)
        cases[case] = None
    return Moment(end=end, unknown=frozenset(unknown)), list(cases)
