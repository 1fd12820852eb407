"""Each key task by keyboard alone: submit, assign, acknowledge, reply, rate (T175)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from huiyin.accounts.tests.town import Town
from huiyin.suggestions.stages import AssignmentStage, ReplyStage, Stage
from huiyin.suggestions.tests.situations import Story
from tests.e2e.conftest import Desk
from tests.e2e.office import ANSWER, REQUESTS, SITUATION, TITLE

pytestmark = [pytest.mark.browser]

# More stops than any page has; a page where the goal is never reached is a trap.
STOPS = 200

Seat = Callable[..., Desk]


class Keys:
    """Somebody who has no mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, selector: str) -> Keys:
        """Go on by Tab until the focus is on ``selector``, and see that it shows."""
        for _ in range(STOPS):
            if self.page.evaluate("s => !!document.activeElement?.matches(s)", selector):
                assert self._is_seen(), f"the focus on {selector} does not show"
                return self
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{selector} is not reached by keyboard on {self.page.url}")

    def _is_seen(self) -> bool:
        """The focused element lies within the window and bears a mark of focus."""
        return bool(
            self.page.evaluate(
                """() => {
                    const box = document.activeElement.getBoundingClientRect();
                    const drawn = (element) => {
                        const style = getComputedStyle(element);
                        return style.outlineStyle !== 'none' || style.boxShadow !== 'none';
                    };
                    const label = document.activeElement.closest('label')
                        || document.querySelector(`label[for="${document.activeElement.id}"]`);
                    const within = box.bottom > 0 && box.top < innerHeight;
                    return within && (drawn(document.activeElement) || (label && drawn(label)));
                }"""
            )
        )

    def type(self, text: str) -> Keys:
        self.page.keyboard.insert_text(text)
        return self

    def press(self, key: str) -> Keys:
        self.page.keyboard.press(key)
        return self

    def send(self) -> Keys:
        """Press the button under the focus, and wait until its answer is there.

        Nothing is asked of a page that is just going: the question might never be answered.
        """
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self


@pytest.fixture
def story(town: Town) -> Story:
    return Story(town, title=TITLE)


def test_submit(town: Town, seat: Seat) -> None:
    desk = seat("lin")
    keys = Keys(desk.open("/suggestions/new/"))
    keys.reach("[name=title]").type(TITLE).reach("main form .button-primary").send()
    keys.page.wait_for_url("**/edit/")
    keys.reach("[name=situation]").type(SITUATION)
    keys.reach("[name=request_1]").type(REQUESTS[0])
    keys.reach("[name=act][value=submit]").send()
    keys.page.wait_for_url("**/step/submit/")
    keys.reach("form[action$='/step/submit/'] .button-primary").send()
    keys.page.wait_for_url("**/suggestions/*/")
    assert town.post("lin").led_suggestions.get().stage == Stage.SUBMITTED


def test_assign(town: Town, seat: Seat, story: Story) -> None:
    story.submitted().registered()
    keys = Keys(seat("clerk").open(f"/suggestions/{story.case.key}/step/assign/"))
    keys.reach("[name=organ_1]").type("省教育厅").press("Escape")
    keys.reach("[name=role_1]").press("Home")
    keys.reach("form[action$='/step/assign/'] .button-primary").send()
    keys.page.wait_for_url("**/suggestions/*/")
    story.case.refresh_from_db()
    assert story.case.stage == Stage.IN_HANDLING


def test_acknowledge(town: Town, seat: Seat, story: Story) -> None:
    story.submitted().registered().assigned()
    keys = Keys(seat("edu_liaison").open(f"/suggestions/{story.case.key}/"))
    keys.reach("form[action$='/step/acknowledge/'] .button-primary").send()
    assert story.part().stage == AssignmentStage.ACKNOWLEDGED


def test_reply(town: Town, seat: Seat, story: Story) -> None:
    story.submitted().registered().assigned().acknowledged().heard()
    keys = Keys(seat("edu_handler").open(f"/suggestions/part/{story.part().key}/reply/"))
    keys.reach("[name=outcome_class]").press("Space")
    keys.reach("[name=evidence]").type("两所幼儿园已经开园。")
    keys.reach("[name=source]").type("岳教发〔2020〕12号")
    for item in story.case.versions.latest("ordinal").requests.all():
        keys.reach(f"[name=answer_{item.key}]").type(ANSWER)
    keys.reach("[name=contact_person]").type("钱学文")
    keys.reach("[name=contact_phone]").type("0730-0000000")
    keys.reach("[name=act][value=send]").send()
    keys.page.wait_for_url("**/suggestions/*/")
    file = story.part().reply_file
    assert file.stage == ReplyStage.IN_CLEARANCE
    assert file.replies.get().outcome_class == "A1"


def test_rate(town: Town, seat: Seat, story: Story) -> None:
    story.replied()
    keys = Keys(seat("lin").open(f"/suggestions/{story.case.key}/step/rate/"))
    keys.reach("[name=attitude]").press("Space")
    keys.reach("[name=result]").press("Space").press("ArrowDown")
    keys.reach("form[action$='/step/rate/'] .button-primary").send()
    keys.page.wait_for_url("**/suggestions/*/")
    story.case.refresh_from_db()
    assert (story.case.stage, story.case.attitude, story.case.result) == (Stage.CLOSED, "VS", "S")
