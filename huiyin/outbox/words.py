"""What a notice says. The room in which the event happens registers subject and body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from huiyin.kernel.errors import Words

Said = tuple[Words, Words]

_words: dict[str, Said] = {}


def register(words: Mapping[str, Said]) -> None:
    """Add subject and body of a room's events.

    Both may use ``%(title)s`` and the event's own params. Raises ``ValueError`` when an event
    has other words already.
    """
    for event, said in words.items():
        if event in _words and _words[event] != said:
            raise ValueError(f"{event} already has words: {_words[event]}")
        _words[event] = said


def require(event: str) -> None:
    """Raise ``LookupError`` for an event without words: nobody could read the notice."""
    if event not in _words:
        raise LookupError(f"no words are registered for the event {event!r}")


def subject(event: str, values: Mapping[str, object]) -> str:
    """Return the subject in the active language. Values stand as they are, never interpreted."""
    require(event)
    return str(_words[event][0]) % values


def body(event: str, values: Mapping[str, object]) -> str:
    """Return the body in the active language. Values stand as they are, never interpreted."""
    require(event)
    return str(_words[event][1]) % values


def label(event: str) -> Words:
    """What the event is called where no case is named: its subject up to the first colon."""
    require(event)
    said = str(_words[event][0])
    return re.split("[:：]", said, maxsplit=1)[0]


def events() -> Iterator[str]:
    """Yield every registered event, in order."""
    yield from sorted(_words)
