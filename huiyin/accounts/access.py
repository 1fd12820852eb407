"""How a view opts out of the closed door, and what a request carries once inside.

A view that says nothing needs a signed-in person in a usable post. ``public`` opens it to
everybody, ``without_post`` to any signed-in person (preferences, signing out).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar

from django.http import HttpRequest

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Density, Person, Theme

View = TypeVar("View", bound=Callable[..., Any])


class Access(Enum):
    PUBLIC = "public"
    SIGNED_IN = "signed in"
    IN_POST = "in post"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """How a page is shown to this reader; the defaults are for somebody not signed in."""

    language: str
    large_type: bool = False
    theme: str = Theme.AUTO.value
    density: str = Density.COMFORTABLE.value

    @classmethod
    def of(cls, person: Person) -> Preferences:
        return cls(
            language=person.language,
            large_type=person.large_type,
            theme=person.theme,
            density=person.density,
        )


class ActorRequest(HttpRequest):
    """A request as views behind the door receive it. For annotations only."""

    user: Person
    actor: Actor
    now: datetime
    today: date
    preferences: Preferences


def public(view: View) -> View:
    """Let everybody in, signed in or not. ``request.actor`` is None for a stranger."""
    view.huiyin_access = Access.PUBLIC  # type: ignore[attr-defined]
    return view


def without_post(view: View) -> View:
    """Let any signed-in person in, even one who holds no post today (``actor`` is None then)."""
    view.huiyin_access = Access.SIGNED_IN  # type: ignore[attr-defined]
    return view


def access_of(view: Callable[..., Any]) -> Access:
    """Return what a view asks for; one that is silent asks for a post."""
    access = getattr(view, "huiyin_access", Access.IN_POST)
    return access if isinstance(access, Access) else Access.IN_POST
