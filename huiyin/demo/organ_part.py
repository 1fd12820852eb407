"""One organ at work on one case in one round: its row, its hands, its times."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.accounts.models import Post
from huiyin.demo import breakdown, material
from huiyin.demo.chance import Chance
from huiyin.demo.telling import Book, Tale
from huiyin.demo.timetable import PartTimes
from huiyin.demo.world import Staff
from huiyin.suggestions.models import Assignment, ReplyFile, RequestItem


@dataclass(slots=True, kw_only=True)
class Part:
    """What an organ's steps are told from."""

    book: Book
    tale: Tale
    row: Assignment
    code: str
    times: PartTimes
    round: int

    @property
    def staff(self) -> Staff:
        return self.book.world.staff[self.code]

    @property
    def items(self) -> list[RequestItem]:
        """The requests the organ answers."""
        charges = self.tale.fate.charges
        charge = next((each for each in charges if each.organ == self.code), None)
        return breakdown.items_for(self.tale, charge) if charge else self.tale.requests

    @property
    def handler(self) -> Post:
        handlers = self.staff.handlers
        return handlers[_division(self.tale, self.code)]

    @property
    def file(self) -> ReplyFile:
        files = self.tale.files
        if self.row.pk not in files:
            opened = self.times.sent or self.times.planned or self.times.acknowledged
            if opened is None:
                raise ValueError("an organ that has not acknowledged writes nothing")
            file = self.book.history.open_file(self.tale.told, self.row, at=opened)
            file.key = self.book.next_key(ReplyFile)
            files[self.row.pk] = file
        return files[self.row.pk]


def _division(tale: Tale, code: str) -> int:
    """Which inner division of the organ it falls to: the one whose name the topic speaks of."""
    topic = tale.fate.topic
    said = "".join(part for title in topic.titles for part in (title.text, *title.asks))
    names = material.organ(code).divisions
    fit = [sum(name[at : at + 2] in said for at in range(len(name) - 2)) for name in names]
    if max(fit) > 0:
        return fit.index(max(fit))
    return Chance("division", topic.name, code).below(len(names))
