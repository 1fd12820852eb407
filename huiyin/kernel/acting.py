"""Who does something: a person in a post, seen from the floors that know neither model."""

from __future__ import annotations

from typing import Protocol


class Acting(Protocol):
    """What the record needs to know of an actor: opaque keys and the role in use."""

    @property
    def person_key(self) -> str: ...

    @property
    def post_key(self) -> str: ...

    @property
    def role(self) -> str: ...
