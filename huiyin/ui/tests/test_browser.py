"""What only a browser can tell: accessibility, keys, saving while somebody writes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from huiyin.ui.styleguide.views import ARCHETYPES

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("huiyin.ui.tests.pages"),
]

PAGES = ["", *(f"{name}/" for name in ARCHETYPES if name != "error")]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window of its own; the plugin's page asks for a fixed address of the site."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


def show(page: Page, live_server: Any, name: str, query: str = "") -> None:
    page.goto(f"{live_server.url}/styleguide/{name}?{query}")


def faults(page: Page) -> list[str]:
    """What axe finds serious, in words short enough for a failed test."""
    found = Axe().run(page).response["violations"]
    return [
        f"{fault['id']}: {node['target']}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize(
    ("width", "query"),
    [
        (1440, "language=zh-hans"),
        (390, "language=en"),
        (1440, "language=en&theme=dark"),
        (390, "language=zh-hans&theme=dark&type=large"),
    ],
)
def test_axe_finds_nothing_serious_and_nothing_breaks_the_policy(page, live_server, width, query):
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_viewport_size({"width": width, "height": 900})
    found = {}
    for name in PAGES:
        show(page, live_server, name, query)
        if bad := faults(page):
            found[name] = bad
    assert found == {}
    assert said == []


@pytest.mark.parametrize("query", ["language=zh-hans", "language=en"])
def test_nothing_is_wider_than_the_smallest_screen_in_large_type(page, live_server, query):
    page.set_viewport_size({"width": 320, "height": 800})
    wide = {}
    for name in PAGES:
        show(page, live_server, name, f"{query}&type=large")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide[name] = width
    assert wide == {}


def test_large_type_is_twenty_pixels_everywhere(page, live_server):
    small = """() => [...document.querySelectorAll("body *")]
        .filter(one => one.checkVisibility() && !one.closest(".away") &&
            [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()) &&
            parseFloat(getComputedStyle(one).fontSize) < 20)
        .map(one => one.className || one.tagName)"""
    found = {}
    for name in PAGES:
        show(page, live_server, name, "type=large")
        if tiny := page.evaluate(small):
            found[name] = tiny
    assert found == {}


def test_a_list_is_worked_by_keys_alone(page, live_server):
    show(page, live_server, "list/", "language=en")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("tbody tr.at")).to_have_count(1)
    expect(page.locator("tbody tr").nth(1).locator(".pick")).to_be_checked()
    expect(page.locator(".bulk-count")).to_have_text("1 chosen")
    page.keyboard.press("/")
    expect(page.locator(".list-search input")).to_be_focused()
    page.keyboard.type("j/x")
    expect(page.locator(".list-search input")).to_have_value("j/x")


def test_all_rows_of_a_page_are_chosen_at_once(page, live_server):
    show(page, live_server, "list/", "language=en")
    bar = page.locator(".bulk-bar")
    expect(bar).to_be_hidden()
    page.get_by_label("Choose all on this page").check()
    expect(bar).to_be_visible()
    expect(page.locator(".bulk-count")).to_have_text("6 chosen")


def test_keys_can_be_switched_off(page, live_server):
    show(page, live_server, "list/", "language=en")
    page.keyboard.press("?")
    page.get_by_label("Use these keys").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.locator("tbody tr.at")).to_have_count(0)


def test_a_question_is_asked_before_a_dangerous_act(page, live_server):
    sent = []
    show(page, live_server, "case/", "language=en")
    page.on("request", lambda request: sent.append(request.method))
    page.get_by_role("button", name="Ask to return it").click()
    expect(page.get_by_role("dialog")).to_contain_text("Handling stops until")
    expect(page.get_by_role("button", name="Not yet")).to_be_focused()
    page.keyboard.press("Escape")
    assert "POST" not in sent


def test_a_form_is_sent_only_once(page, live_server):
    show(page, live_server, "confirm/", "language=en")
    through = page.locator(".form-foot button").evaluate("""button => {
        let through = 0;
        addEventListener("submit", event => {
            if (!event.defaultPrevented) through += 1;
            event.preventDefault();
        });
        button.click();
        button.click();
        return through;
    }""")
    assert through == 1


def writing(page: Page, live_server: Any, person: str) -> None:
    """A page with a form that is saved, loaded as the script finds it on its own."""

    def rewrite(route: Route) -> None:
        answer = route.fetch()
        form = (
            '<main id="main"><form method="post" data-autosave="/draft/"><textarea name="body">'
            '</textarea><span class="saved" data-saved></span></form></main>'
        )
        text = re.sub(r"<main.*</main>", form, answer.text(), flags=re.DOTALL)
        text = re.sub(r'data-person="[^"]*"', f'data-person="{person}"', text)
        route.fulfill(response=answer, body=text)

    page.route("**/styleguide/workbench/**", rewrite)
    show(page, live_server, "workbench/", "language=en")


def answer_with(page: Page, status: int, **body: str) -> list[str]:
    """Answer the saving of drafts; the texts that arrived."""
    arrived: list[str] = []

    def fulfil(route: Route) -> None:
        arrived.append(route.request.post_data or "")
        route.fulfill(status=status, content_type="application/json", body=json.dumps(body))

    page.route("**/draft/", fulfil)
    return arrived


def test_what_is_written_is_saved_without_asking(page, live_server):
    writing(page, live_server, "lin")
    arrived = answer_with(page, 200, saved_at="10:32")
    page.locator("textarea").fill("村里的路")
    expect(page.locator(".saved")).to_have_text("Saved automatically at 10:32", timeout=8000)
    assert "村里的路" in arrived[0]
    assert page.evaluate("sessionStorage.length") == 0


def test_text_survives_the_end_of_a_session_and_is_given_to_its_writer_alone(page, live_server):
    writing(page, live_server, "lin")
    answer_with(page, 401, code="signed_out")
    page.locator("textarea").fill("村里的路")
    expect(page.locator(".saved")).to_contain_text("you are signed out", timeout=8000)
    page.on("dialog", lambda dialog: dialog.accept())
    page.unroute("**/styleguide/workbench/**")
    page.unroute("**/draft/")

    answer_with(page, 200, saved_at="10:40")
    writing(page, live_server, "lin")
    expect(page.locator("textarea")).to_have_value("村里的路")
    expect(page.locator(".saved")).to_have_text("Saved automatically at 10:40", timeout=8000)
    assert page.evaluate("sessionStorage.length") == 0


def test_the_next_person_at_the_machine_finds_nothing(page, live_server):
    writing(page, live_server, "lin")
    answer_with(page, 401, code="signed_out")
    page.locator("textarea").fill("村里的路")
    expect(page.locator(".saved")).to_contain_text("you are signed out", timeout=8000)
    page.on("dialog", lambda dialog: dialog.accept())
    page.unroute("**/styleguide/workbench/**")

    writing(page, live_server, "zhou")
    expect(page.locator("textarea")).to_have_value("")
    assert page.evaluate("sessionStorage.length") == 0


def unsaved(page: Page, live_server: Any) -> None:
    """A page with a form nobody saves meanwhile, an hour of its session ahead."""

    def rewrite(route: Route) -> None:
        answer = route.fetch()
        form = (
            '<main id="main"><form method="post" data-guard>'
            '<textarea aria-label="text"></textarea></form></main>'
        )
        text = re.sub(r"<main.*</main>", form, answer.text(), flags=re.DOTALL)
        text = re.sub(r'data-idle="[^"]*"', 'data-idle="3600"', text)
        route.fulfill(response=answer, body=text)

    page.clock.install()
    page.route("**/styleguide/workbench/**", rewrite)
    show(page, live_server, "workbench/", "language=en")


def test_who_writes_unsaved_is_told_before_the_session_ends_and_may_stay(page, live_server):
    unsaved(page, live_server)
    asked: list[str] = []

    def still_here(route: Route) -> None:
        asked.append(route.request.method)
        route.fulfill(status=200 if len(asked) == 1 else 401)

    page.route(f"{live_server.url}/", still_here)
    page.clock.fast_forward(58 * 60 * 1000)
    expect(page.locator(".ending")).to_have_count(0)
    page.locator("textarea").fill("村里的路")
    page.clock.fast_forward(5000)
    expect(page.locator(".ending")).to_contain_text("You will be signed out at")
    assert faults(page) == []

    page.get_by_role("button", name="Stay signed in").click()
    expect(page.locator(".ending")).to_have_count(0)
    page.clock.fast_forward(57 * 60 * 1000)
    expect(page.locator(".ending")).to_have_count(0)
    page.clock.fast_forward(60 * 1000)
    page.get_by_role("button", name="Stay signed in").click()
    expect(page.locator(".ending")).to_contain_text("what you typed comes back")
    assert asked == ["HEAD", "HEAD"]


def test_everything_is_there_without_a_script(browser, live_server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    show(page, live_server, "list/", "language=en")
    page.locator(".masthead .menu > summary").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.locator(".masthead .menu > summary").click()
    page.locator(".pick").first.check()
    expect(page.locator(".bulk-bar")).to_be_visible()
    show(page, live_server, "case/", "language=en")
    page.locator(".act > summary").first.click()
    expect(page.get_by_label("What was said")).to_be_visible()
    context.close()


def test_preferences_are_seen_at_once(page, live_server):
    show(page, live_server, "workbench/", "language=en")
    page.locator(".masthead .menu > summary").click()
    page.get_by_role("button", name="Dark", exact=True).click()
    page.get_by_role("button", name="Large type").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("html")).to_have_attribute("data-type", "large")
    page.get_by_role("button", name="Large type").click()
    expect(page.locator("html")).not_to_have_attribute("data-type", "large")
