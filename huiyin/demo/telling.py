"""What the tellers of a case share: the world, the shelf, who acts, and numbers given out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import models

from huiyin.accounts.models import Post
from huiyin.demo import wording
from huiyin.demo.chance import key_of
from huiyin.demo.fates import Fate
from huiyin.demo.timetable import Times
from huiyin.demo.wording import Written
from huiyin.demo.world import World
from huiyin.ledger.models import Fact
from huiyin.suggestions.history import History, Told
from huiyin.suggestions.models import (
    Act,
    Contact,
    MergeGroup,
    Reply,
    ReplyFile,
    RequestItem,
    Version,
)
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.services.turn import Subject

Row = TypeVar("Row", bound=models.Model)


@dataclass(slots=True, kw_only=True)
class Book:
    """The demo while it is being told."""

    world: World
    seed: str
    history: History = field(default_factory=lambda: History(via="demo"))
    # Genuine records of contact so far, and those that were made up.
    contacts: int = 0
    next_made_up: int = 1
    made_up: list[Contact] = field(default_factory=list)
    _letters: Counter[str] = field(default_factory=Counter)
    _rows: Counter[str] = field(default_factory=Counter)

    def row(self, model: type[Row], **columns: Any) -> Row:
        """Return a new row of ``model``, not stored, with the key it bears every time."""
        return model(key=self.next_key(model), **columns)

    def next_key(self, model: type[models.Model]) -> str:
        name = model.__name__
        self._rows[name] += 1
        return key_of(name, self._rows[name], seed=self.seed)

    def next_letter(self, organ: str, on: date) -> str:
        """Return the next number of the organ's letters."""
        self._letters[organ] += 1
        return wording.document_number(organ, self._letters[organ], on)

    def clerk(self, number: int) -> Post:
        """Return the clerk who looks after the case of that number."""
        return self.world.clerks[number % len(self.world.clerks)]


@dataclass(slots=True, kw_only=True)
class Tale:
    """One case being told."""

    book: Book
    fate: Fate
    times: Times
    text: Written
    told: Told
    # Its place among all, by which work is shared out; and its label in the session.
    serial: int
    number: str = ""
    versions: list[Version] = field(default_factory=list)
    requests: list[RequestItem] = field(default_factory=list)
    # By assignment the file, by file the texts that went to be checked.
    files: dict[int, ReplyFile] = field(default_factory=dict)
    replies: dict[int, list[Reply]] = field(default_factory=dict)
    # Numbers of its letters, by round and organ.
    letters: dict[tuple[int, str], str] = field(default_factory=dict)

    def take(
        self,
        name: str,
        subject: Subject | None = None,
        *,
        by: Post,
        at: datetime,
        why: str = "",
        reason_code: str = "",
        data: dict[str, Any] | None = None,
        facts: Sequence[Fact] = (),
        merge_group: MergeGroup | None = None,
        via: str = Via.PAGE,
        on: date | None = None,
        on_behalf_of: Post | None = None,
    ) -> None:
        """Tell one step. Raises ``ReplayError`` when no table allows it from where it stands."""
        self.told.take(
            name,
            post=by,
            at=at,
            subject=subject,
            on=on,
            why=why,
            reason_code=reason_code,
            data=data,
            facts=facts,
            merge_group=merge_group,
            on_behalf_of=on_behalf_of,
            via=str(via),
            key=self.book.next_key(Act),
        )

    def signers(self) -> list[Post]:
        """Return the deputies whose names stand under it: the lead, then those who confirmed."""
        confirmed = {
            act.post_id for act, _facts in self.told.acts if act.move == "confirm_signature"
        }
        deputies = [each.deputy for each in self.told.signatures]
        return [self.fate.lead, *(post for post in deputies if post.pk in confirmed)]
