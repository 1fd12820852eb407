"""The province before its year begins: congress, sessions, organs, and who sits in which post."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from huiyin.accounts.models import Post
from huiyin.demo import material, quotas
from huiyin.demo.days import at
from huiyin.demo.shelf import Shelf
from huiyin.ledger import services as ledger
from huiyin.organisations.models import (
    Assembly,
    Congress,
    Delegation,
    Division,
    ElectingUnit,
    InnerDivision,
    Level,
    Organ,
    RuleChoice,
    Session,
    Term,
    UnitKind,
)
from huiyin.suggestions.models import OrganLeader

PROVINCE = "岳川省"
SLUG = "yuechuan"
TERM_BEGAN, TERM_ENDS = date(2018, 1, 24), date(2023, 1, 12)
# When the house was set up: before anything else is on record.
SET_UP = at(date(2019, 11, 25), 9)
SESSIONS = (
    (1, "一", date(2018, 1, 24), date(2018, 1, 30)),
    (2, "二", date(2019, 1, 26), date(2019, 1, 31)),
    (3, "三", quotas.SESSION_OPENS, quotas.SESSION_CLOSES),
    (4, "四", date(2021, 1, 25), date(2021, 1, 29)),
)
# 900000 is nobody's in GB/T 2260.
CODE = 900000


@dataclass(slots=True, kw_only=True)
class Staff:
    """Who works on suggestions in one organ."""

    liaison: Post
    checker: Post
    head: Post
    handlers: list[Post]
    # Named in handling plans as the leader responsible; they hold no post here.
    deputy_heads: list[str]


@dataclass(slots=True, kw_only=True)
class World:
    """Everything a case can refer to."""

    congress: Congress
    term: Term
    session: Session
    # The one before it, whose cases are long closed.
    last_session: Session
    delegations: dict[str, Delegation] = field(default_factory=dict)
    units: dict[str, ElectingUnit] = field(default_factory=dict)
    organs: dict[str, Organ] = field(default_factory=dict)
    divisions: dict[str, list[InnerDivision]] = field(default_factory=dict)
    staff: dict[str, Staff] = field(default_factory=dict)
    # Mandates that may be used, by the code of the city; the army's under ``army``.
    deputies: dict[str, list[Post]] = field(default_factory=dict)
    clerks: list[Post] = field(default_factory=list)
    government_clerks: list[Post] = field(default_factory=list)
    committees: dict[str, Post] = field(default_factory=dict)
    # The people named on the sign-in page, by login.
    cast: dict[str, Post] = field(default_factory=dict)
    # The leaders of the organ whose responsibility is told, by name.
    leaders: dict[str, OrganLeader] = field(default_factory=dict)
    lines: list[ledger.Line] = field(default_factory=list)

    def note(self, action: str, kind: str, row: Any, *, when: datetime, after: str) -> None:
        """Remember a line for the record: this has been set up."""
        line = ledger.Line(at=when, action=action, subject=(kind, row.key), after=after, via="demo")
        self.lines.append(line)


def found(shelf: Shelf) -> World:
    """Set up the province: its congress, its cities, its organs. People come later."""
    division = shelf.new(
        Division, pk=str(CODE), name=PROVINCE, level=Level.PROVINCE, parent_id=None
    )
    congress = shelf.new(
        Congress,
        slug=SLUG,
        name=f"{PROVINCE}人民代表大会",
        short_name=PROVINCE,
        level=Level.PROVINCE,
        division=division,
    )
    term = shelf.new(
        Term,
        congress=congress,
        assembly=Assembly.CONGRESS,
        ordinal=13,
        starts_on=TERM_BEGAN,
        ends_on=TERM_ENDS,
    )
    sessions = [
        shelf.new(
            Session,
            congress=congress,
            term=term,
            assembly=Assembly.CONGRESS,
            ordinal=ordinal,
            name=f"{PROVINCE}第十三届人民代表大会第{said}次会议",
            opens_on=opens,
            closes_on=closes,
        )
        for ordinal, said, opens, closes in SESSIONS
    ]
    world = World(congress=congress, term=term, session=sessions[2], last_session=sessions[1])
    world.note("congress.found", "congress", congress, when=SET_UP, after=congress.name)
    world.note("term.open", "term", term, when=SET_UP, after="congress 13")
    for session in sessions:
        world.note("session.open", "session", session, when=SET_UP, after=session.name)
    _choose_rules(shelf, world)
    _seat(shelf, world)
    _set_up_organs(shelf, world)
    return world


def _choose_rules(shelf: Shelf, world: World) -> None:
    choice = shelf.new(
        RuleChoice,
        congress=world.congress,
        session=None,
        pack="hunan",
        valid_from=date(2020, 1, 1),
        # The offices share out what is handed to them; the rest the congress office assigns itself.
        overrides={"assign.by": "by_system"},
        decided_by="省人大常委会主任会议",
        decided_on=date(2019, 12, 10),
        basis="关于做好2020年度省人大代表建议工作的意见（岳常办发〔2019〕38号）",
    )
    when = at(date(2019, 12, 10), 16, 30)
    world.note("rules.choose", "rule_choice", choice, when=when, after="hunan 2020-01-01")


def _seat(shelf: Shelf, world: World) -> None:
    """One delegation and one electing unit for each city, and the army's."""
    for at_city, city in enumerate(material.cities(), start=1):
        division = shelf.new(
            Division,
            pk=str(CODE + 100 * at_city),
            name=city.name,
            level=Level.CITY,
            parent_id=str(CODE),
        )
        for at_county, county in enumerate(city.counties, start=1):
            shelf.new(
                Division,
                pk=str(CODE + 100 * at_city + at_county),
                name=county,
                level=Level.COUNTY,
                parent_id=division.pk,
            )
        _delegation(shelf, world, city.code, f"{city.name}代表团", at_city)
        _unit(shelf, world, city.code, f"{city.name}人民代表大会", division)
    last = len(material.cities()) + 1
    _delegation(shelf, world, "army", "解放军和武警部队代表团", last)
    _unit(shelf, world, "army", "驻岳部队军人代表大会", None)


def _delegation(shelf: Shelf, world: World, code: str, name: str, ordering: int) -> None:
    row = shelf.new(
        Delegation, congress=world.congress, term=world.term, name=name, ordering=ordering
    )
    world.delegations[code] = row
    world.note("delegation.form", "delegation", row, when=SET_UP, after=name)


def _unit(shelf: Shelf, world: World, code: str, name: str, division: Division | None) -> None:
    row = shelf.new(
        ElectingUnit,
        congress=world.congress,
        name=name,
        division=division,
        kind=UnitKind.UNIT,
    )
    world.units[code] = row
    world.note("electing_unit.enter", "electing_unit", row, when=SET_UP, after=name)


def _set_up_organs(shelf: Shelf, world: World) -> None:
    for kind in (*material.organs(), *material.beside()):
        row = shelf.new(
            Organ,
            congress=world.congress,
            system=kind.system,
            name=kind.name,
            short_name=kind.short,
            code=kind.code,
            mandate_text="、".join(kind.divisions),
            is_government_office=kind.code == "szfb",
            is_party_office=kind.code == "bgt",
            is_congress_office=kind.code == "lgw",
            is_committee=kind.code in ("jkw", "nyw", "hzw", "jsw"),
        )
        world.organs[kind.code] = row
        world.note("organ.add", "organ", row, when=SET_UP, after=kind.name)
        world.divisions[kind.code] = [
            shelf.new(InnerDivision, organ=row, name=name) for name in kind.divisions
        ]
