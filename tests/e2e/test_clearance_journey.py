"""Four levels of clearance with one send-back, three countersignatures, signature and delivery.

The office that wrote it sets its own levels; who is not yet due is offered nothing; what was
passed and countersigned before the send-back holds no longer and is gone through again.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from huiyin.accounts.models import Role
from huiyin.accounts.tests.town import NOW, Town
from huiyin.ledger.verify import verify_chain
from huiyin.organisations.models import Organ
from huiyin.suggestions import services
from huiyin.suggestions.models import Act, Countersignature, ReplyFile
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.services.assigning import Charge
from huiyin.suggestions.stages import HandlingRole, Stage
from huiyin.suggestions.tests.situations import Story
from tests.e2e.conftest import DESK, Desk
from tests.e2e.office import Office, press
from tests.e2e.test_cohandling_journey import (
    HELPERS,
    countersigned,
    on_reply,
    opinion_page,
    settle,
    written,
)

pytestmark = [pytest.mark.browser]

# 处室、办公室、分管领导、主要负责人.
LEVELS = ("edu_division", "edu_checker", "edu_deputy_head", "edu_head")
NAMES = ("处室负责人", "办公室", "分管领导", "主要负责人")


def four_levels(office: Office) -> None:
    """The liaison officer sets the levels of his organ, each held by one person."""
    organ = {"organ": office.town.education}
    office.town.hire("edu_division", name="周恒", role=Role.CHECKER, **organ)
    office.town.hire("edu_deputy_head", name="吴蔚", role=Role.HEAD, **organ)
    desk = office.desk("edu_liaison")
    page = desk.open("/settings/clearance/")
    for number, (who, name) in enumerate(zip(LEVELS, NAMES, strict=True), start=1):
        page.locator(f"[name=name_{number}]").fill(name)
        holder = page.locator(f"[name=holder_{number}]")
        holder.select_option(office.town.post(who).key)
    press(page, page.locator("form.levels-set .button-primary"))
    assert page.locator(".rung").count() == len(LEVELS)
    desk.is_clean()
    desk.fits()


def opinions_lie_there(town: Town) -> None:
    """One leads, three help, each opinion is adopted; how that goes is a journey of its own."""
    story = Story(town).submitted().registered()
    clerk, handler = town.actor("clerk"), town.actor("edu_handler")
    helping = [Organ.objects.get(name=name) for name in HELPERS.values()]
    charges = [Charge(organ=organ, role=HandlingRole.CO) for organ in helping]
    lead = Charge(organ=town.education, role=HandlingRole.LEAD)
    services.assign(case=story.case, actor=clerk, at=NOW, organs=[lead, *charges])
    story.acknowledged().spoken()
    for short, name in HELPERS.items():
        part = story.case.assignments.get(organ__name=name)
        liaison = town.actor(f"{short}_liaison")
        services.acknowledge(assignment=part, actor=liaison, at=NOW)
        services.give_opinion(
            assignment=part, actor=liaison, at=NOW, text=f"{name}已作安排。", signed_by="主管负责人"
        )
        services.mark_opinion(assignment=part, actor=handler, at=NOW, mark="adopted")


def passes_to(office: Office, last: int) -> None:
    """The levels up to ``last`` pass it, each when it is his."""
    for who in LEVELS[:last]:
        assert on_reply(office, who, "pass_check"), who


def standing(office: Office) -> tuple[str, int, int]:
    file = ReplyFile.objects.get(assignment__organ=office.town.education)
    return file.stage, file.level, file.level_count


def test_sent_back_at_the_third_of_four_levels_it_goes_through_all_again(
    town: Town, seat: Callable[..., Desk]
) -> None:
    settle(town)
    office = Office(town, lambda who: seat(who, viewport=DESK, language="zh-hans"))
    four_levels(office)
    opinions_lie_there(town)

    written(office, "已列入今年教育项目计划。")
    passes_to(office, 2)
    assert not on_reply(office, "edu_head", "sign")
    office.take_at("fin_head", opinion_page(office, "fin"), "countersign")
    assert standing(office) == ("in_clearance", 3, 4)
    assert on_reply(office, "edu_deputy_head", "send_back", reason="请写明开工时间。")
    assert standing(office) == ("drafting", 0, 0)

    page = office.desk("edu_handler").open(reply_page(office))
    assert "请写明开工时间。" in page.content()
    written(office, "已列入今年教育项目计划，十二月开工。")
    assert standing(office) == ("in_clearance", 1, 4)
    assert not on_reply(office, "edu_deputy_head", "pass_check")
    passes_to(office, 3)
    # His name stood under the other text: the head waits for all three.
    assert not on_reply(office, "edu_head", "sign")
    countersigned(office)
    assert on_reply(office, "edu_head", "sign")
    office.take("edu_liaison", "deliver")

    assert office.case.stage == Stage.REPLIED
    passed = Act.objects.filter(move="pass_check").order_by("seq")
    assert [act.post.person.name for act in passed] == ["周恒", "李慎之", "周恒", "李慎之", "吴蔚"]
    assert Countersignature.objects.count() == 4
    letter = office.desk("lin").open(reply_page(office, "letter"))
    assert "十二月开工" in letter.content()
    office.desk("lin").fits()
    assert list(differences()) == []
    assert verify_chain(town.congress.key) == []


def reply_page(office: Office, page: str = "reply") -> str:
    own = office.case.assignments.get(organ=office.town.education)
    return f"/suggestions/part/{own.key}/{page}/"
