"""Every page of every post: nothing grave for axe, nothing sticking out, at desk and phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from huiyin.accounts.tests.town import Town
from huiyin.suggestions.lifecycle import SUGGESTION
from huiyin.suggestions.tests.situations import SITUATIONS, Story
from tests.e2e.conftest import DESK, PHONE, Desk

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Who opens what beside the workbench and the list.
SHOWN = (
    "draft, a co-signer invited",
    "submitted, others asked to review",
    "submitted, a wording waits",
    "in handling, both acknowledged",
    "reply checked",
    "replied, not satisfied",
    "closed",
)
PEOPLE = {
    "lin": ("/suggestions/new/",),
    "clerk": (
        "/overview/",
        "/suggestions/new/",
        "/settings/rules/",
        "/settings/rules/history/",
        "/settings/rules/pack/",
        "/settings/rules/open-cases/",
        "/settings/rules/value/reply.limit/",
        "/organs/",
        "/organs/reform/",
        "/terms/",
        "/suggestions/alike/",
        "/statistics/",
        "/statistics/tables/T03/",
        "/statistics/R001/rows/",
    ),
    "government_clerk": ("/overview/",),
    "committee": ("/overview/", "/key-topics/new/", "/supervision/acts/new/"),
    "leader": (
        *("/overview/", "/settings/rules/", "/minute/", "/progress-board/", "/key-topics/"),
        '/queries/?tree={"all":[["stage","is","closed"],{"any":[["due_on","from"]]}]}',
        "/queries/cross/?down=organ&across=stage",
        "/statistics/years/",
    ),
    "electing_liaison": (),
    "edu_liaison": (),
    "edu_handler": (),
    "edu_checker": (),
    "edu_head": (),
}
VIEWS = [
    pytest.param({"viewport": DESK, "language": "zh-hans"}, id="desk-zh"),
    pytest.param({"viewport": PHONE, "language": "en"}, id="phone-en"),
]


@pytest.fixture
def stories(town: Town) -> list[Story]:
    return [
        SITUATIONS[name](Story(town, title=f"关于第{place}项民生工程的建议"))
        for place, name in enumerate(SHOWN, start=1)
    ]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("who", PEOPLE)
def test_pages_of(
    town: Town,
    seat: Callable[..., Desk],
    stories: list[Story],
    who: str,
    view: dict[str, object],
) -> None:
    desk = seat(who, **view)
    actor = town.actor(who)
    paths = [
        "/",
        "/suggestions/",
        "/notices/",
        "/notices/wishes/",
        "/account/",
        "/calendar/?month=2020-06",
    ]
    paths += PEOPLE[who]
    for story in stories:
        story.case.refresh_from_db()
        story.case.forget_cached()
        page = desk.open(f"/suggestions/{story.case.key}/")
        if page.title().startswith(("404", "找不到")):
            continue
        paths.append(f"/suggestions/{story.case.key}/")
        if story.case.due_on:
            paths.append(f"/suggestions/{story.case.key}/deadline/reply/")
        paths += [
            f"/suggestions/{story.case.key}/step/{row.name}/"
            for row in SUGGESTION.open_to(actor, story.case)
        ]
    for path in paths:
        desk.open(path)
        desk.is_clean()
        desk.fits()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_text_at_twice_its_size_and_large_type_that_stays(
    town: Town, seat: Callable[..., Desk], stories: list[Story], language: str
) -> None:
    desk = seat("lin", viewport=PHONE, large=True, language=language)
    for path in ("/", "/suggestions/", f"/suggestions/{stories[-1].case.key}/"):
        page = desk.open(path)
        assert page.locator("html").get_attribute("data-type") == "large"
        desk.is_clean()
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        desk.fits()
        # Nor does what lies folded away, filters and menus, once it is opened.
        page.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")
        desk.fits()
