"""What a list names and the register does not know: entered with the list when it is confirmed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from huiyin.organisations.models import Assembly
from huiyin.organisations.session_names import write_number


@dataclass(frozen=True, slots=True)
class ProposedOrgan:
    """An organ by the first way its name is written, with the system the name points to."""

    name: str
    system: str

    def __str__(self) -> str:
        return self.name


# The ordinal of a term that no text states; no congress has sat so often.
UNSTATED = 99


@dataclass(frozen=True, slots=True)
class ProposedSession:
    """A session by its ordinals, or by its year under the term ``UNSTATED``."""

    assembly: str
    term: int
    ordinal: int
    name: str = field(default="", compare=False)

    def __str__(self) -> str:
        if self.name:
            return self.name
        body = {Assembly.CONGRESS: "人大", Assembly.CPPCC: "政协", Assembly.PARTY: "党代会"}
        term, ordinal = write_number(self.term), write_number(self.ordinal)
        return f"{body[Assembly(self.assembly)]}{term}届{ordinal}次"


@dataclass(frozen=True, slots=True)
class ProposedDeputy:
    """A deputy by name; the term is that of the first session he appears in."""

    name: str
    card_no: str
    delegation: str
    assembly: str
    term: int = field(compare=False)
    since: date = field(compare=False)

    def __str__(self) -> str:
        return f"{self.name}（{self.delegation}）" if self.delegation else self.name


Proposed = ProposedOrgan | ProposedSession | ProposedDeputy


def year_session(*, place: str, assembly: str, year: int | None) -> ProposedSession:
    """Return the session under which a year's rows stand whose text gives no ordinals."""
    body = {Assembly.CONGRESS: "人大", Assembly.CPPCC: "政协", Assembly.PARTY: "党代会"}
    said = f"{year}年会议（届次未载明）" if year else "会议（届次、年份未载明）"
    name = f"{place}{body[Assembly(assembly)]}{said}"
    return ProposedSession(assembly, UNSTATED, (year or 0) % 100 or UNSTATED, name)
