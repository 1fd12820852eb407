"""What is measured, and how: each measure is one page as one reader asks for it."""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from huiyin.accounts.models import Role
from huiyin.organisations.models import Session
from tests.bench.inside import Heard, asked_by, bare_seconds, listening, reader
from tests.bench.supply import Supply
from tests.bench.visitor import Answer, Times, Visitor, alone, together

CLIENTS = 8
BULK = 100
BULKS = 3
WARMING = 24
WORDS = ("油茶", "幼儿园", "断头路", "慈利推进湖区", "量子计算", "王建国", "1234", "老旧小区")
Figures = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How long to measure."""

    visits: int
    seconds: float


THOROUGH = Pace(visits=120, seconds=8)
QUICK = Pace(visits=30, seconds=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page that is read, under one or several addresses in turn."""

    name: str
    said: str
    role: str
    paths: Sequence[str]
    crowd: bool = False


def pages(supply: Supply) -> list[Page]:
    """The pages with goals, then the same pages as others see them."""
    clerk = Role.CLERK.value
    organs = [f"/suggestions/?organ={organ.key}" for organ in supply.organs]
    return [
        Page(
            name="list",
            said="clerk: list, default order, first page",
            role=clerk,
            paths=["/suggestions/"],
            crowd=True,
        ),
        Page(
            name="filtered list",
            said="clerk: of one organ, in handling, by due date",
            role=clerk,
            paths=[f"{path}&stage=in_handling&sort=due" for path in organs],
            crowd=True,
        ),
        Page(
            name="session list",
            said="clerk: of the present session, by number",
            role=clerk,
            paths=[f"/suggestions/?session={supply.sessions[-1]}&sort=number"],
        ),
        Page(
            name="search",
            said="clerk: one to six characters of title, number or name",
            role=clerk,
            paths=[f"/suggestions/?q={quote(word)}" for word in WORDS],
            crowd=True,
        ),
        Page(
            name="case",
            said="clerk: one of 200 answered cases",
            role=clerk,
            paths=[f"/suggestions/{key}/" for key in supply.cases],
            crowd=True,
        ),
        Page(
            name="overview",
            said="clerk: the present session",
            role=clerk,
            paths=["/overview/"],
            crowd=True,
        ),
        *_statistics(clerk),
        Page(name="workbench", said="clerk: duties and news", role=clerk, paths=["/"], crowd=True),
        *_as_others_see_them(),
    ]


def _statistics(clerk: str) -> Iterator[Page]:
    yield Page(
        name="statistics",
        said="clerk: all statistics of the present session",
        role=clerk,
        paths=["/statistics/"],
    )
    yield Page(
        name="statistics table",
        said="clerk: the present session by organ, the slowest table",
        role=clerk,
        paths=["/statistics/tables/T07/"],
    )


def _as_others_see_them() -> Iterator[Page]:
    roles = (Role.DEPUTY, Role.LIAISON, Role.GOVERNMENT_CLERK, Role.COMMITTEE, Role.LEADER)
    for role in roles:
        name = role.value.replace("_", " ")
        yield Page(
            name=f"list, {name}", said=f"{name}: list", role=role.value, paths=["/suggestions/"]
        )
        yield Page(
            name=f"workbench, {name}", said=f"{name}: workbench", role=role.value, paths=["/"]
        )


# --- Over the network


def read_page(page: Page, visitor: Visitor, *, pace: Pace) -> Figures:
    """Time a page for one client, and for eight where many come at once."""
    # A connection of its own: the server has closed one that lay idle during another measure.
    visitor = visitor.copy()
    paths = itertools.cycle(page.paths)
    visit = _visiting(paths)
    alone(visitor, visit, times=max(WARMING, min(len(page.paths), WARMING)))
    figures = _alone(alone(visitor, visit, times=pace.visits))
    if page.crowd:
        figures |= _crowd(together(visitor, visit, clients=CLIENTS, seconds=pace.seconds))
    return figures


# Pages of which what they counted is kept: how long they take the first time is another question.
COUNTED = ("overview", "statistics", "statistics table")


def first_visits(supply: Supply, page: Page, visitor: Visitor) -> Figures:
    """The page of sessions that nobody has looked at since the server started."""
    paths = [f"{page.paths[0]}?session={key}" for key in supply.sessions]
    return _alone(alone(visitor.copy(), _visiting(iter(paths)), times=len(paths)))


def first_picture(supply: Supply, visitor: Visitor) -> Figures:
    """All statistics of the present session on days of which there is no picture yet."""
    opened = Session.objects.get(key=supply.sessions[-1]).opens_on
    assert opened is not None, "the bench's sessions have their days"
    days = [opened + timedelta(days=after) for after in (30, 60, 90)]
    paths = [f"/statistics/?session={supply.sessions[-1]}&as_of={day}" for day in days]
    return _alone(alone(visitor.copy(), _visiting(iter(paths)), times=len(paths)))


def _visiting(paths: Iterator[str]) -> Callable[[Visitor], Answer | None]:
    def visit(visitor: Visitor) -> Answer | None:
        path = next(paths, None)
        return None if path is None else visitor.get(path)

    return visit


def begin(visitor: Visitor, *, pace: Pace) -> Figures:
    """Beginning a suggestion: the form with the title is sent."""

    def visit(own: Visitor) -> Answer:
        fields = {"title": "关于完善基准测试的建议", "once": secrets.token_urlsafe(16)}
        return own.post("/suggestions/new/", fields)

    return _written(visitor, visit, pace=pace)


def submit(supply: Supply, visitor: Visitor, *, pace: Pace) -> Figures:
    """Submitting a finished draft: text fixed, act, record, office told, letters queued."""
    keys = iter(supply.drafts)

    def visit(own: Visitor) -> Answer | None:
        # One thread at a time takes a key: ``next`` of a list's iterator is one instruction.
        key = next(keys, None)
        if key is None:
            return None
        fields = {"revision": "0", "seen": "0", "once": secrets.token_urlsafe(16)}
        return own.post(f"/suggestions/{key}/step/submit/", fields)

    return _written(visitor, visit, pace=pace)


def _written(visitor: Visitor, visit: Callable[[Visitor], Answer | None], *, pace: Pace) -> Figures:
    visitor = visitor.copy()
    alone(visitor, visit, times=WARMING)
    figures = _alone(alone(visitor, visit, times=pace.visits))
    return figures | _crowd(together(visitor, visit, clients=CLIENTS, seconds=pace.seconds))


def assign_in_bulk(supply: Supply, visitor: Visitor) -> Figures:
    """Assigning a hundred suggestions to a lead and a co-handling organ with one button."""
    keys = iter(supply.registered)
    lead, other = supply.organs[:2]

    def visit(own: Visitor) -> Answer:
        fields = [("chosen", key) for key in itertools.islice(keys, BULK)]
        fields += [("organ_1", lead.name), ("role_1", "lead")]
        fields += [("organ_2", other.name), ("role_2", "co")]
        fields += [("act", "do"), ("once", secrets.token_urlsafe(16))]
        return own.post("/suggestions/assign/", fields)

    return _alone(alone(visitor.copy(), visit, times=BULKS))


def _alone(times: Times) -> Figures:
    return {
        "p50_ms": _ms(times.percentile(0.50)),
        "p95_ms": _ms(times.percentile(0.95)),
        "per_second_1": round(times.per_second, 1),
        "visits": len(times.seconds),
    }


def _crowd(times: Times) -> Figures:
    return {
        "per_second_8": round(times.per_second, 1),
        "p50_ms_8": _ms(times.percentile(0.50)),
        "p95_ms_8": _ms(times.percentile(0.95)),
    }


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)


# --- Within this process


def look_inside(page: Page, supply: Supply) -> Figures:
    """Statements a page sends, and how long they take by themselves."""
    client = reader(supply.login(page.role))
    heard = [asked_by(client, path) for path in page.paths[:8]]
    bare = sorted(bare_seconds(each) for each in heard)[len(heard) // 2]
    return {"queries": max(each.count for each in heard), "bare_sql_ms": _fine(bare)}


def count_submitting(supply: Supply) -> Figures:
    """Statements of submitting one draft."""
    client = reader(supply.writer.person.login)
    key = supply.drafts[-1]
    fields = {"revision": "0", "seen": "0", "once": secrets.token_urlsafe(16)}
    with listening() as heard:
        answer = client.post(f"/suggestions/{key}/step/submit/", fields)
    assert answer.status_code == 302, answer.status_code
    return {"queries": _counted(heard)}


def _counted(heard: Heard) -> int:
    return heard.count


def _fine(seconds: float) -> float:
    return round(seconds * 1000, 2)


def look_inside_cold(supply: Supply) -> Figures:
    """Statements of an overview of which nothing is kept yet."""
    client = reader(supply.login(Role.CLERK))
    client.get("/")
    with listening() as heard:
        client.get(f"/overview/?session={supply.sessions[-1]}")
    return {"queries": heard.count, "bare_sql_ms": _fine(bare_seconds(heard))}
