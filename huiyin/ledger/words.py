"""What each action on record is called. The room that writes it registers the words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from huiyin.kernel.errors import Words

_words: dict[str, Words] = {}


def register(words: Mapping[str, Words]) -> None:
    """Add the words of a room's actions. Raises ``ValueError`` when an action has other words."""
    for action, said in words.items():
        if action in _words and _words[action] != said:
            raise ValueError(f"{action} already has words: {_words[action]}")
        _words[action] = said


def require(action: str) -> None:
    """Raise ``LookupError`` for an action without words: nobody could read its line."""
    if action not in _words:
        raise LookupError(f"no words are registered for the action {action!r}")


def of(action: str) -> str:
    """Return the words in the active language. Raises ``LookupError`` for an unknown action."""
    require(action)
    return str(_words[action])


def actions() -> Iterator[str]:
    """Yield every registered action, in order."""
    yield from sorted(_words)
