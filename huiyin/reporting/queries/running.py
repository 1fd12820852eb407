"""Asking the database: within what the reader may see, and for no longer than people wait."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from huiyin.kernel.errors import DomainError
from huiyin.reporting.queries.conditions import Asking
from huiyin.reporting.queries.tree import Group
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.selectors import visible_to

# Seconds. A query over every suggestion of ten years takes two on a small machine.
LONGEST = 10.0
# Instructions of SQLite between two looks at the clock: about a millisecond.
_STEPS = 20_000


class TookTooLong(DomainError):
    """The query was broken off; nothing is wrong with it but its size."""

    status, code = 422, "took_too_long"


def suggestions(group: Group, asking: Asking) -> QuerySet[Suggestion]:
    """The suggestions that fit, of those the reader may see. Raises ``BadQuery``."""
    actor = asking.context.actor
    if actor is None:
        return Suggestion.objects.none()
    rows = visible_to(actor).select_related(None)
    return rows.filter(asking.q(group)) if group.nodes else rows


@contextmanager
def bounded(*, seconds: float = LONGEST) -> Iterator[None]:
    """Break off whatever inside takes longer. Raises ``TookTooLong``, which says what helps."""
    limit = _on_postgresql if connection.vendor == "postgresql" else _on_sqlite
    try:
        with limit(seconds):
            yield
    except OperationalError as broken:
        if "interrupted" in str(broken) or "statement timeout" in str(broken):
            raise TookTooLong(
                _("The query was broken off after %(seconds)s seconds.")
                % {"seconds": f"{seconds:g}"},
                remedy=_(
                    "Narrow it: name a session or a span of days first, or take away conditions on "
                    "names, contacts and promises joined by “or”."
                ),
            ) from broken
        raise


@contextmanager
def _on_postgresql(seconds: float) -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('statement_timeout', %s, true)", [f"{seconds * 1000:.0f}"]
        )
        yield


@contextmanager
def _on_sqlite(seconds: float) -> Iterator[None]:
    connection.ensure_connection()
    driver: Any = connection.connection
    until = time.monotonic() + seconds
    driver.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
    try:
        yield
    finally:
        driver.set_progress_handler(None, 0)
