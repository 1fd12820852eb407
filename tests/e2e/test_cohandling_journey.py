"""A lead organ and three that help it: one opinion returned, one text sent back, every name given.

However many levels of checking an organ has, whatever checking step is offered is pressed until
only the signature is left.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from huiyin.accounts.models import Role
from huiyin.accounts.tests.town import TODAY, Town
from huiyin.ledger.verify import verify_chain
from huiyin.organisations.models import Organ, RuleChoice
from huiyin.suggestions.models import Assignment, CountersignLapse, Reply
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.stages import Stage
from tests.e2e.conftest import DESK, PHONE, Desk
from tests.e2e.office import Office, fill, press, unfold

pytestmark = [pytest.mark.browser]

VIEWS = [
    pytest.param({"viewport": DESK, "language": "zh-hans"}, id="desk, Chinese"),
    pytest.param({"viewport": PHONE, "scripts": False}, id="phone, without scripts"),
]
HELPERS = {"fin": "省财政厅", "hou": "省住房城乡建设厅", "org": "省委编办"}
PEOPLE = {
    "hou_liaison": ("申时雨", Role.LIAISON),
    "hou_head": ("郭筑成", Role.HEAD),
    "org_liaison": ("汪定一", Role.LIAISON),
    "org_head": ("程守正", Role.HEAD),
}
# Two names at most for one level: whoever of them is offered a check takes it.
CHECKERS = ("edu_handler", "edu_liaison", "edu_checker", "edu_head")
MOST_LEVELS = 5


def settle(town: Town) -> None:
    """Two more organs with their people, and a decision that the final text is countersigned."""
    for short in ("hou", "org"):
        organ = Organ.objects.create(
            congress=town.congress, system="government", name=HELPERS[short]
        )
        for who, (name, role) in PEOPLE.items():
            if who.startswith(short):
                town.hire(who, name=name, role=role, organ=organ)
    RuleChoice.objects.create(
        congress=town.congress,
        pack="hunan",
        valid_from=date(2020, 1, 2),
        overrides={"cohandle.countersign": True, "cohandle.awaited": True},
        decided_by="省人大常委会主任会议",
        decided_on=date(2019, 12, 30),
        basis="湘常办发〔2019〕40号",
    )


def part(office: Office, short: str) -> Assignment:
    return office.case.assignments.get(organ__name=HELPERS[short])


def opinion_page(office: Office, short: str) -> str:
    return f"/suggestions/part/{part(office, short).key}/opinion/"


def give(office: Office, who: str, short: str, text: str) -> None:
    office.take_at(
        who,
        opinion_page(office, short),
        "give_opinion",
        text=text,
        will_do="九月底前完成。",
        advice="建议写明完成时间。",
        signed_by="主管负责人",
    )


def written(office: Office, answer: str) -> None:
    """Write each answer and send the text to be checked."""
    own = office.case.assignments.get(organ=office.town.education)
    desk = office.desk("edu_handler")
    page = desk.open(f"/suggestions/part/{own.key}/reply/")
    desk.is_clean()
    desk.fits()
    page.locator("[name=outcome_class][value=A2]").check(force=True)
    page.locator("[name=promised_on]").fill(f"{TODAY.year}-12-31")
    for box in page.locator("textarea[name^=answer_]").all():
        box.fill(answer)
    press(page, page.locator("[name=act][value=send]"))
    assert page.locator(".error-summary").count() == 0


def on_reply(office: Office, who: str, step: str, **fields: str) -> bool:
    """Take a step under the text, if it is offered there; say whether it was."""
    own = office.case.assignments.get(organ=office.town.education)
    page = office.desk(who).open(f"/suggestions/part/{own.key}/reply/")
    form = page.locator(f"form[action$='/step/{step}/']").first
    if not form.count():
        return False
    unfold(form)
    fill(form, **fields)
    press(page, form.locator("button:not([name=act])").last)
    return True


def checked(office: Office) -> None:
    """Every level passes the text, in whatever order they are offered it."""
    for _level in range(MOST_LEVELS):
        if not any(on_reply(office, who, "pass_check") for who in CHECKERS):
            return


def countersigned(office: Office) -> None:
    for who, short in (("fin_head", "fin"), ("hou_head", "hou"), ("org_head", "org")):
        office.take_at(who, opinion_page(office, short), "countersign")


def handed_out(office: Office) -> None:
    """One leads, three help, all of them sign for it."""
    office.write_and_submit()
    office.take("clerk", "register", category="education")
    organs = {f"organ_{at}": name for at, name in enumerate(HELPERS.values(), start=2)}
    roles = {f"role_{at}": "co" for at in range(2, 5)}
    office.take("clerk", "assign", organ_1="省教育厅", role_1="lead", **organs, **roles)
    for who in ("edu_liaison", "fin_liaison", "hou_liaison", "org_liaison"):
        office.take(who, "acknowledge")


def opinions_in(office: Office) -> None:
    """One opinion is returned as empty; all three are judged."""
    give(office, "fin_handler", "fin", "无意见。")
    office.take_at(
        "edu_handler", opinion_page(office, "fin"), "return_opinion", reason="没有写明金额。"
    )
    give(office, "fin_handler", "fin", "安排专项资金820万元，六月底前拨付到县。")
    give(office, "hou_liaison", "hou", "两处用地已列入新区控制性详细规划，面积合计12亩。")
    give(office, "org_liaison", "org", "核增教职工编制24名，从省级周转编制中调剂。")
    for short, mark, reason in (
        ("fin", "adopted", ""),
        ("hou", "partly", "其中一处改为2021年供地。"),
        ("org", "adopted", ""),
    ):
        office.take_at(
            "edu_handler", opinion_page(office, short), "mark_opinion", mark=mark, reason=reason
        )


@pytest.mark.parametrize("view", VIEWS)
def test_three_help_one_leads_and_every_name_is_given(
    town: Town, seat: Callable[..., Desk], view: dict[str, object]
) -> None:
    settle(town)
    office = Office(town, lambda who: seat(who, **view))
    handed_out(office)
    opinions_in(office)
    office.speaks()

    written(office, "已列入今年教育项目计划。")
    # One organ signs, another finds a mistake: the name that was given is void.
    office.take_at("fin_head", opinion_page(office, "fin"), "countersign")
    office.take_at(
        "hou_head", opinion_page(office, "hou"), "refuse_countersignature", reason="用地面积有误。"
    )
    page = office.desk("edu_liaison").open(opinion_page(office, "fin"))
    assert "已失效" in page.content() or "void" in page.content()
    written(office, "已列入今年教育项目计划，用地12亩，十二月开工。")
    assert Reply.objects.count() == 2

    checked(office)
    countersigned(office)
    assert on_reply(office, "edu_head", "sign")
    office.take("edu_liaison", "deliver")
    assert office.case.stage == Stage.REPLIED

    own = office.case.assignments.get(organ=town.education)
    letter = office.desk("lin").open(f"/suggestions/part/{own.key}/letter/")
    office.desk("lin").fits()
    for said in ("安排专项资金820万元", "其中一处改为2021年供地", "核增教职工编制24名"):
        assert said in letter.content()
    assert not CountersignLapse.objects.exists()
    listed = office.desk("clerk").open("/suggestions/co-handling/")
    office.desk("clerk").is_clean()
    office.desk("clerk").fits()
    assert listed.locator(".row-note").count() == 3
    assert list(differences()) == []
    assert verify_chain(town.congress.key) == []
