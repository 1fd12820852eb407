"""Writing a session's 1,465 suggestions at once, as an import does."""

from __future__ import annotations

import time
from typing import Any

from django.db import transaction

from huiyin.suggestions.history import History
from huiyin.suggestions.models import NumberSeries
from huiyin.suggestions.models.acts import Via
from tests.bench.deck import Life
from tests.bench.ground import Ground

ROWS = 1465


def import_rows(ground: Ground) -> dict[str, Any]:
    """Time the writing of answered and rated cases, record and all; nothing of it is kept."""
    history = History(via=Via.IMPORT)
    session = ground.sessions[-1]
    first = NumberSeries.objects.get(session=session).last
    for number in range(first, first + ROWS):
        life = Life(history=history, ground=ground, session=session, number=number, day=0)
        life.submitted().later(4).registered().later(26).assigned().later(2).acknowledged()
        life.later(40).in_clearance().signed().delivered().later(3).rated("S")
    began = time.perf_counter()
    with transaction.atomic():
        history.write()
        transaction.set_rollback(True)
    seconds = time.perf_counter() - began
    return {
        "said": f"{ROWS:,} cases with reply and rating, written and put on record",
        "seconds": round(seconds, 2),
    }
