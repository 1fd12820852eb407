"""Telling other rooms, after the fact and after the commit.

``wiring.py`` alone knows who listens. A listener that fails is logged with its event and never
undoes the step that was announced: what must not be lost is written in the step's own
transaction (ledger, outbox), not told by an event.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from django.db import transaction

Listener = Callable[[Any], None]
Subscribers = Mapping[type, Sequence[Listener]]

_subscribers: dict[type, tuple[Listener, ...]] = {}
_log = logging.getLogger(__name__)


def subscribe(table: Subscribers) -> None:
    """Take over the table of listeners, replacing what was there before."""
    _subscribers.clear()
    _subscribers.update({event: tuple(listeners) for event, listeners in table.items()})


def publish(event: object) -> None:
    """Tell the listeners of ``event`` once the running transaction has been committed."""
    for listener in _subscribers.get(type(event), ()):
        transaction.on_commit(partial(_tell, listener, event))


def _tell(listener: Listener, event: object) -> None:
    try:
        listener(event)
    except Exception:  # noqa: BLE001
        # The change it speaks of is committed; the fault is for the operator, not the reader.
        _log.exception("listener %s failed on %s", listener, event)
