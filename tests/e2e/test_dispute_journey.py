"""A dispute of four rounds that ends as in source 004: it stays, and everybody knows why.

《关于建立精神障碍肇事救助保险机制的建议》: the political and legal commission of the party is
charged, applies for the health commission, then for civil affairs; both decline and it is told to
go on. The congress office asks public security too, consults the staffing office, and decides.
"""

from __future__ import annotations

import html
import io
from collections.abc import Callable

import pytest
from docx import Document

from huiyin.accounts.models import Role
from huiyin.accounts.tests.town import NOW, Town
from huiyin.ledger.verify import verify_chain
from huiyin.organisations.models import MandateClause, Organ
from huiyin.suggestions import services
from huiyin.suggestions.models import ReturnDecision, ReturnRequest, Suggestion
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.services.assigning import Charge
from huiyin.suggestions.stages import ReturnStanding
from huiyin.suggestions.tests.situations import Story
from tests.e2e.conftest import DESK, PHONE, Desk
from tests.e2e.office import Office, press

pytestmark = [pytest.mark.browser]

TITLE = "关于建立精神障碍肇事救助保险机制的建议"
SITUATION = "精神障碍患者肇事后，受害人往往得不到赔偿，监护人也无力承担，基层反映强烈。"
REQUESTS = ("建立省级统筹的救助保险", "明确牵头单位和经费渠道")
ORGANS = (
    ("law", "省委政法委员会", "party", "lawyer", "罗衡"),
    ("health", "省卫生健康委员会", "government", "doctor", "吕康"),
    ("civil", "省民政厅", "government", "civil", "和安"),
    ("police", "省公安厅", "government", "police", "穆守"),
)
VIEWS = [
    pytest.param({"viewport": DESK}, id="desk"),
    pytest.param({"viewport": PHONE, "scripts": False}, id="phone, without scripts"),
]


@pytest.fixture
def organs(town: Town) -> dict[str, Organ]:
    made = {}
    for key, name, system, who, person in ORGANS:
        made[key] = Organ.objects.create(congress=town.congress, system=system, name=name)
        town.hire(who, name=person, role=Role.LIAISON, organ=made[key])
    MandateClause.objects.create(
        organ=made["health"],
        source="省卫生健康委员会职能配置规定",
        article="第三条第（九）项",
        text="负责精神卫生和严重精神障碍患者的治疗管理。",
        since="2018-11-01",
    )
    return made


def charged_with(town: Town, organ: Organ) -> Suggestion:
    """Handed to the commission, as it was before the dispute began."""
    story = Story(town, title=TITLE, situation=SITUATION, requests=list(REQUESTS))
    story.submitted().registered()
    charge = Charge(organ=organ, role="sole")
    services.assign(case=story.case, actor=town.actor("clerk"), at=NOW, organs=[charge])
    return story.case


@pytest.mark.parametrize("view", VIEWS)
def test_four_rounds_and_it_stays(
    town: Town, organs: dict[str, Organ], seat: Callable[..., Desk], view: dict[str, object]
) -> None:
    office = Office(town, lambda who: seat(who, **view))
    case = charged_with(town, organs["law"])

    _enter_duties(office, organs["law"])
    # The first round: the health commission is named, its duties are looked up, and it declines.
    _ask(office, organs["health"], "机构改革时撤销了综治办，精神障碍患者管理归卫生健康部门。")
    office.take("doctor", "decline_it", reason="我委负责治疗管理，不负责肇事后的救助保险。")
    office.take("clerk", "refuse_return", reason="保险机制涉及多部门，请继续牵头研究。")
    # The second: civil affairs. After this refusal nobody but the office can act.
    _ask(office, organs["civil"], "救助属于民政部门职责。")
    office.take("civil", "decline_it", reason="临时救助不包括肇事赔偿。")
    office.take("clerk", "refuse_return", reason="救助保险不是社会救助。")
    assert "申请退回" not in office.at_case("lawyer").locator("#panel").inner_text()
    assert "最终确定" in office.at_case("leader").locator("main").inner_text()
    # The third: the office itself asks public security.
    office.take("clerk", "ask_another", named=organs["police"].key, reason="请提出承办意见。")
    office.take("police", "decline_it", reason="我厅负责处置，不负责保险机制建设。")
    # The fourth: final, with its ground.
    office.take(
        "clerk",
        "uphold",
        reason="平安建设协调职责由省委政法委承担，由其牵头最为适宜。",
        ground="《省委政法委员会职能配置规定》第四条；机构改革“三定”方案",
        consulted="省委编办",
    )

    part = case.assignments.get()
    assert (part.organ, part.returning, part.return_round) == (
        organs["law"],
        ReturnStanding.DECIDED,
        4,
    )
    assert ReturnRequest.objects.count() == 3
    assert [each.final for each in ReturnDecision.objects.order_by("pk")] == [False, False, True]
    _everybody_reads_it(office)
    _the_papers_say_it(office, organs)
    assert list(differences()) == []
    assert verify_chain(town.congress.key) == []


def _enter_duties(office: Office, organ: Organ) -> None:
    """The clerk enters an article of the commission's mandate on its page."""
    page = office._at("clerk", f"/duties-of-organs/{organ.key}/")
    page.locator("[name=source]").fill("省委政法委员会职能配置规定")
    page.locator("[name=article]").fill("第四条")
    page.locator("[name=text]").fill("统筹协调平安建设，综治督导工作随机构改革调整。")
    page.locator("[name=since]").last.fill("2018-11-01")
    press(page, page.locator("main form .button-primary"))
    assert "《省委政法委员会职能配置规定》第四条" in page.locator("main").inner_text()


def _ask(office: Office, named: Organ, reason: str) -> None:
    """The commission asks on the step's own page: duties ticked, the other's looked up."""
    case = Suggestion.objects.get(title=TITLE)
    part = case.assignments.get()
    page = office._at("lawyer", f"/suggestions/part/{part.key}/step/ask_return/")
    page.locator("[name=clauses]").first.check(force=True)
    page.locator("[name=named]").select_option(named.key)
    page.locator("[name=reason]").fill(reason)
    press(page, page.locator("button[name=act][value=more]"))
    # What was typed has stayed.
    assert page.locator("[name=reason]").input_value() == reason
    assert page.locator("[name=clauses]").first.is_checked()
    if named.mandate_clauses.exists():
        page.locator("[name=named_clauses]").first.check(force=True)
    office.desk("lawyer").is_clean()
    office.desk("lawyer").fits()
    press(page, page.locator("form[action$='/step/ask_return/'] .button-primary"))
    assert page.locator(".error-summary").count() == 0, page.url


def _everybody_reads_it(office: Office) -> None:
    """Offices and organs read every round; the deputy reads what was decided, and no quarrel."""
    for who in ("clerk", "lawyer", "doctor", "leader"):
        said = office.at_case(who).locator("main").inner_text()
        for words in ("第 1 回合", "第 4 回合", "我委负责治疗管理", "省委编办", "承办单位未落实"):
            assert words in said, (who, words)
    said = office.at_case("lin").locator("main").inner_text()
    assert "最终确定：由省委政法委员会承办" in said
    assert "我委负责治疗管理" not in said
    page = office._at("clerk", "/disputes/?tab=all")
    said = page.locator("main").inner_text()
    assert "省委政法委员会" in said
    assert "省公安厅" in said
    assert "已最终确定" in said


def _the_papers_say_it(office: Office, organs: dict[str, Organ]) -> None:
    """The return application is filled from the record of the commission's own last round."""
    desk = office.desk("lawyer")
    part = Suggestion.objects.get(title=TITLE).assignments.get()
    answer = desk.page.request.get(f"{desk.base}/suggestions/part/{part.key}/document/return.docx")
    assert answer.ok
    said = "\n".join(each.text for each in Document(io.BytesIO(answer.body())).paragraphs)
    for words in ("统筹协调平安建设", "省民政厅", "救助属于民政部门职责", "不同意承办"):
        assert words in html.unescape(said)
    assert organs["health"].name not in said
