"""The leader's one page and the progress board: every number leads to exactly its rows."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from huiyin.accounts.tests.town import NOW, TODAY, Town
from huiyin.suggestions.tests.situations import Story
from huiyin.supervision import services
from huiyin.supervision.minute import by_city, by_organ
from huiyin.supervision.tests.room import Reader, Topic, assigned

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings: Any) -> Town:
    settings.HUIYIN_TODAY = TODAY
    return Town()


def test_one_page_for_a_leader(town: Town) -> None:
    case = assigned(town)
    Topic(town, case, title="提升校园安全水平").decided().led()
    Topic(town, assigned(town, "关于别的事的建议"), title="别的题目").decided()
    leader = Reader(town, "leader")

    page = leader.get("minute").content.decode()

    assert "提升校园安全水平" in page
    assert "别的题目" not in page
    assert case.title in page
    assert leader.post("looked").status_code == 302
    # The rehearsed clock follows the machine's time of day: the case may lie later in it.
    services.mark_looked(actor=town.actor("leader"), at=NOW + timedelta(minutes=1))
    assert case.title not in leader.get("minute").content.decode()


def test_it_is_kept_for_those_who_oversee(town: Town) -> None:
    answers = {who: Reader(town, who).get("minute").status_code for who in town.everyone()}
    assert {who for who, status in answers.items() if status == 200} == {
        *("clerk", "second_clerk", "committee", "government_clerk", "leader")
    }


def test_a_tile_of_the_board_counts_exactly_its_rows(town: Town) -> None:
    assigned(town)
    Story(town, title="关于已答复的建议").replied()
    Story(town, title="关于未交办的建议").submitted().registered()
    page = Reader(town, "leader").get("board").content.decode()
    tiles = re.findall(r'figure-number"><a href="([^"]+)">(\d+)</a>', page)
    assert len(tiles) == 2
    client = Reader(town, "leader").client
    for url, number in tiles:
        listed = client.get(url.replace("&amp;", "&")).content.decode()
        assert listed.count("data-row") == int(number) or f">{number}<" in listed


def test_each_suggestion_counts_once_in_a_tile(town: Town) -> None:
    assigned(town)
    Story(town, title="关于已答复的建议").replied()
    given: dict[str, Any] = {"on": TODAY, "near_days": 10}
    leader = town.actor("leader")
    (organ,) = by_organ(leader, town.session, **given)
    (city,) = by_city(leader, town.session, **given)
    assert (organ.name, organ.received, organ.answered) == ("省教育厅", 2, 1)
    assert (city.name, city.received, city.answered) == ("岳北代表团", 2, 1)
