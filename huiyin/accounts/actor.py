"""Who acts: a person in the post in use. Every service and every scope is told one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from huiyin.accounts.models import Person, Post
from huiyin.organisations.models import Congress


@dataclass(frozen=True, slots=True)
class Actor:
    """A person and the one post he acts in. Satisfies ``kernel.acting.Acting``."""

    person: Person
    post: Post

    def __post_init__(self) -> None:
        if self.post.person_id != self.person.pk:
            raise ValueError("an actor acts in his own post")

    @classmethod
    def of(cls, post: Post) -> Self:
        return cls(person=post.person, post=post)

    @property
    def person_key(self) -> str:
        return str(self.person.key)

    @property
    def post_key(self) -> str:
        return str(self.post.key)

    @property
    def role(self) -> str:
        return self.post.role

    @property
    def congress(self) -> Congress:
        return self.post.congress

    @property
    def congress_id(self) -> int:
        return self.post.congress_id

    @property
    def organ_id(self) -> int | None:
        return self.post.organ_id

    @property
    def person_id(self) -> int:
        return self.person.pk

    @property
    def post_id(self) -> int:
        return self.post.pk
