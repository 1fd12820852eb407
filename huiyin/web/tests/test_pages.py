"""The first page of every role, and the overview: each number opens exactly what it counts."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from huiyin.accounts.tests.town import TODAY, Town
from huiyin.organisations.models import Session
from huiyin.reporting.figures import FIGURES
from huiyin.suggestions.tests.attempts import PEOPLE
from huiyin.suggestions.tests.situations import SITUATIONS, Story, follow_hunan
from tests.walking import Walk

pytestmark = pytest.mark.django_db

# A link with a number in it, as tiles, bars and tables write it.
COUNTED = re.compile(r'<a href="(/suggestions/\?[^"]+)"[^>]*>([\d,]+)</a>')


@pytest.fixture
def town(settings: Any) -> Town:
    settings.HUIYIN_TODAY = TODAY
    town = Town()
    follow_hunan(town)
    for place, situation in enumerate(SITUATIONS, start=1):
        if situation != "replied, not satisfied":
            SITUATIONS[situation](Story(town, title=f"关于第{place}项工程的建议"))
    SITUATIONS["replied"](Story(town, title="关于再次办理的建议")).rated("NS")
    return town


def listed(client: Client, address: str) -> int:
    more = "&size=100" if "?" in address else ""
    page = client.get(address.replace("&amp;", "&") + more)
    assert page.status_code == 200, address
    # What organs say of having spoken with a deputy stands case by case, and not in a list.
    return len(page.context["page"].rows) if "page" in page.context else page.context["count"]


def test_the_workbench_counts_what_its_links_list(town: Town) -> None:
    for who in sorted(set(PEOPLE) - {"neighbour_clerk"}):
        client = town.signed_in(Client(), who)
        page = client.get("/")
        assert page.status_code == 200
        for duty in [*page.context["duties"], *page.context["waiting"]]:
            assert listed(client, duty.url) == duty.count, (who, duty.url)


def test_every_number_of_the_overview_opens_its_rows(town: Town) -> None:
    for who in ("clerk", "leader", "government_clerk", "committee"):
        client = town.signed_in(Client(), who)
        page = client.get("/overview/").content.decode()
        links = COUNTED.findall(page)
        assert len(links) > 20
        for address, number in links:
            assert listed(client, address) == int(number.replace(",", "")), (who, address)


def test_walking_every_page_no_number_opens_other_rows(town: Town) -> None:
    """The small walk; scripts/walk_numbers.py takes the long one, in every post of the demo."""
    walk = Walk("leader", town.signed_in(Client(), "leader"), each=1).go()
    assert (walk.differences, walk.failed) == ([], [])
    assert walk.numbers > 60


def test_a_strange_session_is_not_found(town: Town) -> None:
    client = town.signed_in(Client(), "clerk")
    assert client.get("/overview/?session=AAAAAAAAAAAAAAAAAAAAAA").status_code == 404


def test_every_session_there_has_been_is_one_click_away(town: Town) -> None:
    now = town.session
    earlier, coming = (
        Session.objects.create(
            congress=town.congress,
            term=now.term,
            ordinal=now.ordinal + step,
            name=f"第{now.ordinal + step}次会议",
            opens_on=TODAY + timedelta(days=300 * step),
        )
        for step in (-1, 1)
    )
    client = town.signed_in(Client(), "clerk")
    page = client.get("/overview/").content.decode()
    assert f'href="?session={now.key}" aria-current="page"' in page
    assert f'href="?session={earlier.key}"' in page
    assert coming.key not in page
    page = client.get(f"/overview/?session={earlier.key}").content.decode()
    assert f"<h1>{earlier.name}</h1>" in page
    assert f'href="?session={now.key}">' in page


def test_before_the_first_session_the_overview_says_so(settings: Any) -> None:
    settings.HUIYIN_TODAY = TODAY
    town = Town()
    town.session.delete()
    page = town.signed_in(Client(), "clerk").get("/overview/")
    assert page.status_code == 200
    assert "还没有召开会议" in page.content.decode()


def test_every_figure_names_a_population_and_a_base() -> None:
    for figure in FIGURES.values():
        assert str(figure.base)
        assert figure.address["set"] == figure.population
        assert figure.condition is not None
