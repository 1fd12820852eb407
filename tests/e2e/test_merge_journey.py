"""Three like suggestions: merged, worked on as one, answered singly, and one taken out again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from huiyin.accounts.tests.town import TODAY, Town
from huiyin.ledger.verify import verify_chain
from huiyin.suggestions.models import Delivery, Suggestion
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.stages import Stage
from huiyin.suggestions.tests.test_merging import registered
from tests.e2e.conftest import DESK, PHONE, Desk
from tests.e2e.office import ANSWER, Office, fill, press

pytestmark = [pytest.mark.browser]

VIEWS = [
    pytest.param({"viewport": DESK, "language": "zh-hans"}, id="desk, Chinese"),
    pytest.param({"viewport": PHONE, "scripts": False}, id="phone, without scripts"),
]
PLAN = {
    "responsible_leader": "周副厅长",
    "division": "基础教育处",
    "handler": "钱学文",
    "requirement": "逐条答复",
    "feedback_on": "2020-05-06",
}


class Group(Office):
    """The office with several cases on its table."""

    def __init__(self, town: Town, seat: Callable[[str], Desk]) -> None:
        super().__init__(town, seat)
        self.stories = registered(town)

    @property
    def case(self) -> Suggestion:
        return Suggestion.objects.get(pk=self.stories[0].case.pk)

    def for_all(self, who: str, name: str, **fields: str) -> None:
        """Take a step for the whole group, from the link on the case's page."""
        page = self.at_case(who)
        page.locator(f"a[href$='/group/{name}/']").first.click()
        self.desk(who).is_clean()
        self.desk(who).fits()
        form = page.locator("main form").first
        assert form.locator("[name=member]:checked").count() == len(self.stories)
        fill(form, **fields)
        press(page, form.locator(".button-primary").last)
        assert page.locator(".error-summary").count() == 0, page.url

    def merge(self) -> None:
        third = self.stories[2].case
        page = self._at("clerk", "/suggestions/alike/")
        page.locator(f"main form [name=chosen][value='{third.key}']").uncheck()
        page.locator("main form button").first.click()
        press(page, page.locator("[name=act][value=do]"))
        # One that is thought of later is joined by its number.
        self.take("clerk", "merge", number=str(third.number))

    def assign_all(self) -> None:
        page = self.at_case("clerk")
        page.locator("form[action$='/suggestions/assign/'] button").first.click()
        page.locator("[name=organ_1]").fill("省教育厅")
        page.locator("[name=role_1]").select_option("sole")
        page.locator("[name=act][value=preview]").click()
        press(page, page.locator("[name=act][value=do]"))

    def write_one_text(self) -> None:
        part = self.case.assignments.get()
        page = self._at("edu_handler", f"/suggestions/part/{part.key}/reply/")
        page.locator("[name=outcome_class][value=A2]").check(force=True)
        page.locator("[name=promised_on]").fill(f"{TODAY.year}-12-31")
        for box in page.locator("textarea[name^=answer_]").all():
            box.fill(ANSWER)
        page.locator("[name=opening]").fill(f"您提出的第{self.case.number}号建议收悉。")
        press(page, page.locator("[name=act][value=preview]"))
        page = self._at("edu_handler", f"/suggestions/part/{part.key}/reply/group/")
        press(page, page.locator("[name=act][value=spread]"))
        for box in page.locator("[name=member]").all():
            box.check()
        press(page, page.locator("[name=act][value=send]"))


@pytest.mark.parametrize("view", VIEWS)
def test_merged_worked_on_as_one_and_answered_one_by_one(
    town: Town, seat: Callable[..., Desk], view: dict[str, Any]
) -> None:
    office = Group(town, lambda who: seat(who, **view))
    office.merge()
    assert len({case.merge_group_id for case in Suggestion.objects.all()}) == 1
    office.assign_all()
    office.for_all("edu_liaison", "acknowledge")
    office.for_all("edu_handler", "plan", **PLAN)
    for story in office.stories:
        story.spoken()
    office.write_one_text()
    office.for_all("edu_checker", "pass_check")
    office.for_all("edu_head", "sign")
    office.for_all("edu_liaison", "deliver")
    assert {case.stage for case in Suggestion.objects.all()} == {Stage.REPLIED}
    assert Delivery.objects.values("deputy").distinct().count() == len(office.stories)
    number = office.stories[1].case.number
    page = office._at("zhao", f"/suggestions/{office.stories[1].case.key}/")
    assert f"第{number}号" in page.content()

    # One is taken out, and the other two go on together.
    office.take("clerk", "unmerge", reason="事项不同。")
    left = Suggestion.objects.exclude(merge_group=None)
    assert {case.pk for case in left} == {story.case.pk for story in office.stories[1:]}
    office.rate(attitude="S", result="S")
    assert office.case.stage == Stage.CLOSED
    assert list(differences()) == []
    assert verify_chain(town.congress.key) == []
