"""Responsibility inside one organ, the one whose liaison officer the sign-in page offers.

The others have not taken it up: the offices' tables show both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post
from huiyin.demo import material, quotas
from huiyin.demo.chance import Chance
from huiyin.demo.days import in_office, on_or_before, worked
from huiyin.demo.organ_part import Part
from huiyin.demo.shelf import Shelf
from huiyin.demo.telling import Book, Tale
from huiyin.demo.world import SET_UP, World
from huiyin.kernel.clock import ZONE
from huiyin.ledger import services as ledger
from huiyin.suggestions.models import (
    HandlingPlan,
    LeaderAct,
    LeaderActCase,
    Milestone,
    OrganLeader,
    ResponsibilitySystem,
    SubAssignment,
)
from huiyin.suggestions.models.responsibility import LeaderActKind, Mark
from huiyin.suggestions.stages import ANSWERING

CODE = "jyt"
# What came in later still waits to be shared out.
_SHARED_UNTIL = quotas.TODAY - timedelta(days=9)
# How many of each kind its leaders held: source 003 counts six and more than twenty.
_HELD = {
    LeaderActKind.ASSIGNED: 1,
    LeaderActKind.STUDIED: 6,
    LeaderActKind.MET: 21,
    LeaderActKind.VISITED: 10,
}


def _texts() -> dict[str, Any]:
    return material.texts("responsibility")


# --- What is there before the year begins


def set_up(shelf: Shelf, world: World) -> None:
    """Its system, its leaders; one of them will have no item."""
    organ, staff, said = world.organs[CODE], world.staff[CODE], _texts()
    system = shelf.new(
        ResponsibilitySystem,
        organ=organ,
        levels=said["system"]["levels"],
        six_fixed=True,
        shares_out=True,
        post=staff.liaison,
        at=SET_UP,
    )
    world.lines.append(
        ledger.Line(
            at=SET_UP,
            actor=Actor.of(staff.liaison),
            action="responsibility.system",
            subject=("organ", organ.key),
            facts=[system],
            via="demo",
        )
    )
    idle, office = said["leaders"]["idle"]
    listed = [
        (staff.head.person.name, said["leaders"]["main"], staff.head),
        *((name, said["leaders"]["deputy"], None) for name in staff.deputy_heads),
        (idle, office, None),
    ]
    for name, title, post in listed:
        leader = shelf.new(
            OrganLeader,
            organ=organ,
            name=name,
            title=title,
            is_main=post is not None,
            post=post,
            since=SET_UP.date(),
        )
        world.leaders[name] = leader
        world.note("leader.add", "organ", organ, when=SET_UP, after=str(leader))


# --- What is done with each case


def steps(part: Part) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """Sharing it out and marking it, after it was acknowledged."""
    acknowledged = part.times.acknowledged
    if part.code != CODE or acknowledged is None or acknowledged.date() > _SHARED_UNTIL:
        return
    yield acknowledged, lambda: _share_out(part, acknowledged)
    if _marks(part):
        yield acknowledged, lambda: _mark(part, acknowledged)


def _share_out(part: Part, at: datetime) -> None:
    chance = Chance("shared", part.tale.fate.name, part.round)
    given = part.book.row(
        SubAssignment,
        assignment=part.row,
        division=part.handler.inner_division,
        handler=part.handler,
        note=chance.pick(_texts()["notes"]["shared"]),
        at=at,
    )
    liaison = part.staff.liaison
    data = {"given": given.key}
    part.tale.take("sub_assign", part.row, by=liaison, at=at, data=data, facts=[given])


def _marks(part: Part) -> list[str]:
    """One item in six bears a mark; the second round keeps those of the first."""
    if part.round > 1 or part.row.role not in ANSWERING:
        return []
    chance = Chance("marked", part.tale.fate.name)
    if not chance.falls(1 / 6):
        return []
    marks = list(Mark.values)
    return chance.some(marks, 2 if chance.falls(0.2) else 1)


def _mark(part: Part, at: datetime) -> None:
    why = Chance("why marked", part.tale.fate.name).pick(_texts()["notes"]["marked"])
    named = [mark for mark in Mark.values if mark in _marks(part)]
    part.tale.take("mark", part.row, by=part.staff.liaison, at=at, why=why, data={"marks": named})


def planned(part: Part, named: str) -> dict[str, Any]:
    """What the plan says beyond the five items; key items go mostly to the main leader."""
    if part.code != CODE:
        return {"responsible_leader": named}
    chance = Chance("six", part.tale.fate.name, part.round)
    is_key = part.row.wide or bool(_marks(part))
    leader = part.book.world.leaders[named]
    if is_key and chance.falls(0.7):
        leader = part.book.world.leaders[part.staff.head.person.name]
    return {
        "responsible_leader": leader.name,
        "leader": leader,
        "goal": chance.pick(_texts()["plan"]["goals"]),
    }


def milestones(part: Part, plan: HandlingPlan, at: datetime) -> list[Milestone]:
    """Two or three days between the plan and the day of feedback."""
    if part.code != CODE:
        return []
    begun, texts = at.astimezone(ZONE).date(), _texts()["plan"]
    length = (plan.feedback_on - begun).days
    chance = Chance("milestones", part.tale.fate.name, part.round)
    whats = [*texts["steps"][: chance.between(1, 2)], texts["last"]]
    return [
        part.book.row(
            Milestone,
            plan=plan,
            due_on=begun + timedelta(days=length * number // (len(whats) + 1)),
            what=what,
        )
        for number, what in enumerate(whats, start=1)
    ]


# --- What its leaders did


def hold(book: Book, tales: Sequence[Tale]) -> None:
    """Leaders' meetings and visits, each with its line on record."""
    parts = [
        row
        for tale in tales
        for row in tale.told.assignments
        if row.organ_id == book.world.organs[CODE].pk and row.role in ANSWERING and row.round == 1
    ]
    lines = []
    for kind, count in _HELD.items():
        for number in range(count):
            lines.append(_held(book, kind, number, parts))
    ledger.record_many(chain=book.world.congress.key, lines=lines)


def _held(book: Book, kind: LeaderActKind, number: int, parts: Sequence[Any]) -> ledger.Line:
    """One of them: a meeting is about all items, a talk or a visit about one or two."""
    world, chance = book.world, Chance("held", kind, number)
    liaison: Post = world.staff[CODE].liaison
    busy = [each for each in world.leaders.values() if each.title != _texts()["leaders"]["idle"][1]]
    about_all = kind in (LeaderActKind.STUDIED, LeaderActKind.ASSIGNED)
    first, last = quotas.ASSIGNED_ON + timedelta(days=3), quotas.TODAY - timedelta(days=2)
    if kind == LeaderActKind.ASSIGNED:
        last = first + timedelta(days=10)
    held = in_office(chance, chance.pick(worked(first, on_or_before(last))))
    act = book.row(
        LeaderAct,
        organ=world.organs[CODE],
        kind=kind.value,
        held_on=held.date(),
        leader=busy[0] if about_all else chance.pick(busy),
        gist=_gist(kind, number, chance),
        post=liaison,
        at=held,
    )
    act.save()
    about = [] if about_all else chance.some(parts, chance.between(1, 2))
    cases = [book.row(LeaderActCase, act=act, suggestion=row.suggestion) for row in about]
    for case in cases:
        case.save()
    return ledger.Line(
        at=held,
        actor=Actor.of(liaison),
        action="leader_act.record",
        subject=("organ", act.organ.key),
        facts=[act, *cases],
        via="demo",
        back_dated=True,
    )


def _gist(kind: LeaderActKind, number: int, chance: Chance) -> str:
    said: list[str] = _texts()["acts"][kind.value]
    return said[number] if number < len(said) else chance.pick(said)
