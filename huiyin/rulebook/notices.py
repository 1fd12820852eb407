"""Notices of the State Council on days off: what one says, and the form in which it is kept."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from huiyin.rulebook.words import Words

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """Days off in a row, both ends included."""

    name: Words
    first: date
    last: date

    @property
    def days(self) -> Iterator[date]:
        return (self.first + _DAY * at for at in range((self.last - self.first).days + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One notice: the days off it announces, and the weekend days it has worked instead.

    ``number`` is empty when nobody could read it; ``number_unread`` then says why.
    """

    number: str
    number_unread: str
    title: str
    issued: date
    year: int
    rests: tuple[Rest, ...]
    work: tuple[date, ...]

    @property
    def cited(self) -> Words:
        """How a trace or a page names it: the document number, or the title without one."""
        if self.number:
            return Words(zh=self.number, en=self.number)
        return Words(zh=f"《{self.title}》（文号未核实）", en=f"{self.title} (number not verified)")


def already_among(known: Iterable[Notice], notice: Notice) -> Notice | None:
    """The one of ``known`` that has the same number, or announces the same days."""
    for other in known:
        if notice.number and notice.number == other.number:
            return other
        if (notice.year, notice.rests, notice.work) == (other.year, other.rests, other.work):
            return other
    return None


def as_content(notice: Notice) -> dict[str, Any]:
    """The notice as JSON can keep it. ``of_content`` is the inverse."""
    return {
        "number": notice.number,
        "number_unread": notice.number_unread,
        "title": notice.title,
        "issued": notice.issued.isoformat(),
        "year": notice.year,
        "rest": [
            {
                "zh": rest.name.zh,
                "en": rest.name.en,
                "from": rest.first.isoformat(),
                "to": rest.last.isoformat(),
            }
            for rest in notice.rests
        ],
        "work": [day.isoformat() for day in notice.work],
    }


def of_content(content: Mapping[str, Any]) -> Notice:
    """The notice that ``as_content`` made ``content`` of."""
    day = date.fromisoformat
    return Notice(
        number=content["number"],
        number_unread=content["number_unread"],
        title=content["title"],
        issued=day(content["issued"]),
        year=content["year"],
        rests=tuple(
            Rest(
                name=Words(zh=rest["zh"], en=rest["en"]),
                first=day(rest["from"]),
                last=day(rest["to"]),
            )
            for rest in content["rest"]
        ),
        work=tuple(day(each) for each in content["work"]),
    )
