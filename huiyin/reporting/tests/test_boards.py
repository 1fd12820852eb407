"""The page of charts and the board on the wall: every number opens its rows, for who may look."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huiyin.accounts.tests.town import TODAY, Town
from huiyin.reporting.boards import flow
from huiyin.suggestions.tests.attempts import PEOPLE
from huiyin.suggestions.tests.situations import SITUATIONS, Story, follow_hunan
from tests.walking import Walk, links_of

pytestmark = pytest.mark.django_db

PAGES = ("/charts/", "/board/")
OVERSEERS = {"clerk", "second_clerk", "government_clerk", "committee", "leader"}
SHOWN = (
    "submitted, others asked to review",
    "in handling, both acknowledged",
    "reply checked",
    "replied",
    "closed",
)


@pytest.fixture
def town(settings: Any) -> Town:
    settings.HUIYIN_TODAY = TODAY
    town = Town()
    follow_hunan(town)
    for place, situation in enumerate(SHOWN, start=1):
        SITUATIONS[situation](Story(town, title=f"关于第{place}项工程的建议"))
    return town


def test_who_oversees_finds_them_and_nobody_else(town: Town) -> None:
    for who in (each for each in PEOPLE if each != "neighbour_clerk"):
        client = town.signed_in(Client(), who)
        status = {client.get(page).status_code for page in PAGES}
        assert status == {200 if who in OVERSEERS else 403}, who


def test_every_number_opens_its_rows(town: Town) -> None:
    walk = Walk("leader", town.signed_in(Client(), "leader"), each=0)
    for page in PAGES:
        walk.go(start=page)
    assert walk.numbers > 30
    assert walk.differences == []


def test_every_drawing_has_its_numbers_in_a_table(town: Town) -> None:
    page = town.signed_in(Client(), "leader").get("/charts/").content.decode()
    assert page.count("<figure") == page.count("</figure>") == 4
    assert page.count("<summary>数据表") == 4
    for drawing in page.split("<svg")[1:]:
        assert 'aria-hidden="true"' in drawing.partition(">")[0]


def test_the_wall_asks_again_by_itself_and_says_day_and_time(town: Town) -> None:
    answer = town.signed_in(Client(), "leader").get("/board/")
    page = answer.content.decode()
    assert answer["Refresh"] == "60"
    assert "截至" in page
    assert "更新" in page
    assert "<script" not in page.partition("</head>")[2]


def test_the_same_queries_whatever_the_number_of_rows(town: Town) -> None:
    client = town.signed_in(Client(), "leader")

    def asked(page: str) -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            client.get(page)
        return len(queries)

    before = {page: asked(page) for page in PAGES}
    for place in range(3):
        SITUATIONS["replied"](Story(town, title=f"关于另外第{place}项工程的建议"))
    assert {page: asked(page) for page in PAGES} == before
    # What was counted is kept: only who reads, his session and his rules are asked again.
    with CaptureQueriesContext(connection) as queries:
        client.get("/charts/")
    assert len(queries) < before["/charts/"]


def test_without_a_session_nothing_is_counted(settings: Any) -> None:
    settings.HUIYIN_TODAY = TODAY
    town = Town()
    town.session.delete()
    client = town.signed_in(Client(), "leader")
    for page in PAGES:
        answer = client.get(page)
        assert answer.status_code == 200
        assert "还没有召开会议" in answer.content.decode()


def test_a_strange_session_is_not_found(town: Town) -> None:
    client = town.signed_in(Client(), "leader")
    assert client.get("/charts/?session=AAAAAAAAAAAAAAAAAAAAAA").status_code == 404


# --- The drawing of the way


def _node(name: str, value: int, column: int) -> flow.Node:
    return flow.Node(name=name, label=name, value=value, column=column)


def test_boxes_are_as_high_as_their_numbers_and_stay_within() -> None:
    nodes = [_node("a", 90, 0), _node("b", 60, 1), _node("c", 30, 1), _node("d", 0, 1)]
    bands = [
        flow.Band(source="a", target=each, value=value) for each, value in (("b", 60), ("c", 30))
    ]
    drawn = flow.drawn(nodes, bands, ("x", "y"))
    height = {box.node.name: box.height for box in drawn.boxes}
    assert set(height) == {"a", "b", "c"}
    assert height["a"] == pytest.approx(height["b"] + height["c"], abs=0.2)
    assert all(box.y >= 0 and box.y + box.height <= drawn.height for box in drawn.boxes)
    assert len(drawn.paths) == 2


@pytest.mark.parametrize("values", [(0, 0), (1, 0)])
def test_what_carries_nothing_is_not_drawn(values: tuple[int, int]) -> None:
    nodes = [_node("a", values[0], 0), _node("b", values[1], 1)]
    drawn = flow.drawn(nodes, [flow.Band(source="a", target="b", value=values[1])], ("x", "y"))
    assert len(drawn.boxes) == sum(values)
    assert drawn.paths == []


def test_a_number_is_known_by_where_it_stands() -> None:
    """The control of the walk: marked, in a cell of numbers, a case's number, a page size."""
    html = (
        '<td class="num"><a href="/suggestions/?a=1">1,442</a></td>'
        '<a href="/suggestions/?b=1" data-count="7">go</a>'
        '<td class="key"><a href="/suggestions/AAAAAAAAAAAAAAAAAAAAAA/">17</a></td>'
        '<div class="sizes"><a href="?size=50">50</a></div>'
    )
    assert [each.number for each in links_of(html)] == [1442, 7, None, None]
