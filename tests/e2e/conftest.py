"""A real browser on a real server: 岳川省 with its cast, at desk and phone, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, ViewportSize

from conftest import CHROMIUM
from huiyin.accounts.tests.town import TODAY, Town
from huiyin.suggestions.tests.situations import follow_hunan

DESK: ViewportSize = {"width": 1440, "height": 1000}
PHONE: ViewportSize = {"width": 390, "height": 844}
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# What a person cannot get past; the lesser ones are looked at by eye.
GRAVE = {"serious", "critical"}
# Milliseconds a page may take on a busy machine.
PATIENCE = 10_000


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    running = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    yield running
    running.close()


@pytest.fixture
def town(transactional_db: None, settings: Any) -> Town:
    settings.HUIYIN_TODAY = TODAY
    town = Town()
    follow_hunan(town)
    return town


class Desk:
    """One person at a browser of his own."""

    def __init__(self, page: Page, base: str, *, scripts: bool) -> None:
        self.page, self.base = page, base
        # Measuring a page takes a script; where there are none, the work itself is the test.
        self.measurable = scripts

    def open(self, path: str) -> Page:
        self.page.goto(self.base + path)
        return self.page

    def is_clean(self) -> None:
        """Nothing a reader with a screen reader, or without colours, could not get past."""
        if not self.measurable:
            return
        found = Axe().run(self.page).response["violations"]
        grave = [
            (each["id"], each["nodes"][0]["html"][:160])
            for each in found
            if each["impact"] in GRAVE
        ]
        assert grave == [], self.page.url

    def fits(self) -> None:
        """Nothing sticks out at the side."""
        if not self.measurable:
            return
        width, window = self.page.evaluate(
            "[document.documentElement.scrollWidth, window.innerWidth]"
        )
        assert width <= window, self.page.url


@pytest.fixture
def seat(browser: Browser, live_server: Any, town: Town) -> Iterator[Callable[..., Desk]]:
    """Return a function that seats a person of the town before a signed-in browser."""
    opened: list[BrowserContext] = []

    def seated(
        who: str,
        *,
        viewport: ViewportSize = DESK,
        language: str = "zh-hans",
        large: bool = False,
        scripts: bool = True,
    ) -> Desk:
        person = town.person(who)
        person.language, person.large_type = language, large
        person.save(update_fields=["language", "large_type"])
        client = town.signed_in(Client(), who)
        client.get("/")
        context = browser.new_context(viewport=viewport, java_script_enabled=scripts)
        context.add_cookies(
            [
                {"name": name, "value": morsel.value, "url": live_server.url}
                for name, morsel in client.cookies.items()
            ]
        )
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return Desk(context.new_page(), live_server.url, scripts=scripts)

    yield seated
    for context in opened:
        context.close()
