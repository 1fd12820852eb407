"""Which events press, and on whom: all others wait for the daily digest.

A person is told at once only of a new duty of his, of a deadline that is near, and of a rating that
is due; what merely happened in his cases comes together once a day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum

from django.utils.translation import pgettext_lazy

from huiyin.accounts.models import Role
from huiyin.kernel.errors import Words
from huiyin.outbox.models import When


class Pressing(Enum):
    """Why an event does not wait."""

    DUTY = "duty"
    DEADLINE = "deadline"
    RATING = "rating"

    @property
    def label(self) -> Words:
        return _LABELS[self]


_LABELS: dict[Pressing, Words] = {
    Pressing.DUTY: pgettext_lazy("telling", "A new duty"),
    Pressing.DEADLINE: pgettext_lazy("telling", "A deadline is near"),
    Pressing.RATING: pgettext_lazy("telling", "A rating is due"),
}
EVERYBODY = frozenset(Role)
# Stands for every event that presses on nobody, in what a person wishes.
REST = "rest"

# Event → why it presses, and the roles that it gives something to do.
_pressing: dict[str, tuple[Pressing, frozenset[Role]]] = {}


def register(events: Mapping[str, tuple[Pressing, frozenset[Role]]]) -> None:
    _pressing.update(events)


def pressing(event: str, role: str) -> Pressing | None:
    """Return why ``event`` presses on who holds a post of this role, or None."""
    why, roles = _pressing.get(event, (None, frozenset()))
    return why if role in roles else None


def usual(event: str, role: str) -> When:
    return When.AT_ONCE if pressing(event, role) else When.DIGEST


def choices(event: str, role: str) -> tuple[When, ...]:
    """What a person may choose: a duty can wait for the digest, but is never kept in the site."""
    if pressing(event, role):
        return (When.AT_ONCE, When.DIGEST)
    return (When.DIGEST, When.SITE)


def events() -> Iterator[tuple[str, Pressing]]:
    """Yield every event that presses on somebody."""
    yield from ((event, why) for event, (why, _roles) in _pressing.items())
