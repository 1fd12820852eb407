"""A suggestion from the first word to the end, every role at its own browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from huiyin.accounts.tests.town import Town
from huiyin.ledger.verify import verify_chain
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.stages import Stage
from tests.e2e.conftest import DESK, PHONE, Desk
from tests.e2e.office import Office

pytestmark = [pytest.mark.browser]

VIEWS = [
    pytest.param({"viewport": DESK, "language": "zh-hans"}, id="desk, Chinese"),
    pytest.param({"viewport": PHONE, "language": "en"}, id="phone, English"),
    pytest.param({"viewport": PHONE, "scripts": False}, id="phone, without scripts"),
]


@pytest.mark.parametrize("view", VIEWS)
def test_from_draft_to_closed_and_through_a_second_round(
    town: Town, seat: Callable[..., Desk], view: dict[str, object]
) -> None:
    office = Office(town, lambda who: seat(who, **view))
    # A deputy writes, the others wait in turn.
    office.write_and_submit()
    assert office.case.stage == Stage.SUBMITTED
    office.take("clerk", "ask_review", party="government_office")
    office.take("government_clerk", "give_verdict", opinion="register")
    office.take("clerk", "register", category="education")
    office.take(
        "clerk",
        "assign",
        organ_1="省教育厅",
        role_1="lead",
        organ_2="省财政厅",
        role_2="co",
    )
    office.take("fin_liaison", "acknowledge")
    office.take(
        "fin_handler", "give_opinion", text="所需经费可在年初预算中安排。", signed_by="卫东升"
    )
    office.reply()
    assert office.case.stage == Stage.REPLIED

    office.rate(attitude="S", result="NS", comment="接送专线没有答复清楚。")
    assert (office.case.stage, office.case.round) == (Stage.IN_HANDLING, 2)
    office.reply()
    office.rate(attitude="VS", result="S")
    assert office.case.stage == Stage.CLOSED
    assert (office.case.first_result, office.case.result) == ("NS", "S")

    # Those who only look on see it too.
    for who in ("committee", "leader"):
        office.at_case(who)
    assert list(differences()) == []
    assert verify_chain(town.congress.key) == []
