"""Not satisfied twice: the organ alone has its turn once, then the congress body takes it up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from huiyin.accounts.tests.town import TODAY, Town
from huiyin.ledger.verify import verify_chain
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.stages import Stage
from tests.e2e.conftest import PHONE, Desk
from tests.e2e.office import Office

pytestmark = [pytest.mark.browser]


def test_a_second_not_satisfied_goes_to_the_congress_body(
    town: Town, seat: Callable[..., Desk]
) -> None:
    views: dict[str, dict[str, Any]] = {"lin": {"viewport": PHONE}}
    office = Office(town, lambda who: seat(who, **views.get(who, {})))
    office.write_and_submit()
    office.take("clerk", "register", category="education")
    office.take("clerk", "assign", organ_1="省教育厅", role_1="sole")
    office.reply()
    office.rate(attitude="S", result="NS", comment="接送专线没有答复清楚。")
    assert (office.case.stage, office.case.round) == (Stage.IN_HANDLING, 2)

    office.reply()
    office.rate(attitude="BS", result="NS", comment="仍然没有开通的日期。")
    assert (office.case.stage, office.case.round) == (Stage.REPLIED, 2)
    page = office.at_case("edu_liaison")
    assert "等待代表工作机构研究处理" in page.locator("#panel").inner_text()
    page = office.at_case("clerk")
    assert "请先登记代表工作机构" in page.locator("#panel").inner_text()
    office.take(
        "clerk",
        "take_measure",
        kind="meeting",
        held_on=TODAY.isoformat(),
        participants="林晓岚代表、省教育厅、代表工作机构",
        minutes="双方同意：四月底前开通接送专线。",
    )
    office.take("clerk", "order_rehandling", reason="按会议纪要办理，四月底前开通。")
    assert (office.case.stage, office.case.round) == (Stage.IN_HANDLING, 3)

    office.reply()
    office.rate(attitude="S", result="S", comment="专线已开通。")
    assert office.case.stage == Stage.CLOSED
    assert (office.case.first_result, office.case.result) == ("NS", "S")
    # Every round stands with its own rating, and the minutes are open to both sides.
    for who in ("lin", "edu_handler", "leader"):
        story = office.at_case(who).locator("main").inner_text()
        for said in ("没有答复清楚", "仍然没有开通的日期", "专线已开通", "四月底前开通接送专线"):
            assert said in story, who
    assert list(differences()) == []
    assert verify_chain(town.congress.key) == []
