"""The pages of disputes: asking with the duties quoted, answering, deciding, the list, the day."""

from __future__ import annotations

import html
import io
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.accounts.models import Role
from huiyin.accounts.tests.town import NOW, Town
from huiyin.documents.tests.files import opened
from huiyin.organisations.models import MandateClause, Organ, RuleChoice
from huiyin.suggestions import services
from huiyin.suggestions.models import Assignment, ReturnCutoff
from huiyin.suggestions.tests.cases import Reader, town_of_pages
from huiyin.suggestions.tests.situations import Story

pytestmark = pytest.mark.django_db

REASON = "主要诉求是资金安排，不在我厅职责范围内。"


@pytest.fixture
def town(db: None, settings: Any) -> Town:
    return town_of_pages(settings, **{"arbitration.by": "by_system"})


def said(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def handled(town: Town, **text: object) -> Story:
    return Story(town, **text).submitted().registered().assigned()


def page(town: Town, who: str, story: Story) -> str:
    return said(Reader(town, who).get("case", story.case.key))


def clause(organ: Organ, text: str, *, article: str = "第三条", **days: Any) -> MandateClause:
    return MandateClause.objects.create(
        organ=organ,
        source=f"{organ.name}职能配置规定",
        article=article,
        text=text,
        **{"since": date(2018, 1, 1), **days},
    )


# --- Asking


def test_the_form_offers_duties_in_force_and_keeps_what_was_typed(town: Town) -> None:
    own = clause(town.education, "统筹管理基础教育。")
    clause(town.education, "已经废止。", article="第九条", until=date(2019, 1, 1))
    clause(town.finance, "负责安排财政资金。")
    story = handled(town)
    reader, part = Reader(town, "edu_liaison"), story.part()
    shown = said(reader.get("part_step", part.key, "ask_return"))
    assert "统筹管理基础教育。" in shown
    assert "已经废止。" not in shown
    assert "负责安排财政资金。" not in shown
    typed = {"clauses": own.key, "named": town.finance.key, "reason": REASON, "mandate": ""}
    more = reader.post("part_step", part.key, "ask_return", said={**typed, "act": "more"})
    assert more.status_code == 200
    assert "负责安排财政资金。" in said(more)
    assert REASON in said(more)
    assert story.part().returning == ""

    bare = {"named": town.finance.key, "reason": REASON, "mandate": ""}
    refused = reader.takes_on(part, "ask_return", **bare)
    assert refused.status_code == 422
    assert "请引用作为依据的本单位职责条款。" in said(refused)
    assert REASON in said(refused)

    assert reader.takes_on(part, "ask_return", **typed).status_code == 302
    request = part.return_requests.get()
    assert request.mandate == "《省教育厅职能配置规定》第三条：“统筹管理基础教育。”"


def test_no_duties_entered_they_are_written_by_hand(town: Town) -> None:
    story = handled(town)
    reader = Reader(town, "edu_liaison")
    typed = {"named": town.finance.key, "reason": REASON, "mandate": ""}
    more = reader.post("part_step", story.part().key, "ask_return", said={**typed, "act": "more"})
    assert "该单位尚未录入职责条款。" in said(more)
    refused = reader.takes_on(story.part(), "ask_return", **typed)
    assert refused.status_code == 422
    answer = reader.takes_on(story.part(), "ask_return", **{**typed, "mandate": "《规定》第三条"})
    assert answer.status_code == 302


def test_too_late_it_is_not_offered_and_a_page_left_open_is_told_why(
    town: Town, settings: Any
) -> None:
    story = handled(town)
    reader, part = Reader(town, "edu_liaison"), story.part()
    typed = {"named": town.finance.key, "reason": REASON, "mandate": "《规定》第三条"}
    assert "申请退回" in page(town, "edu_liaison", story)
    settings.HUIYIN_TODAY = date(2020, 3, 16)
    assert "申请退回" not in page(town, "edu_liaison", story)
    late = reader.takes_on(part, "ask_return", **typed)
    assert late.status_code == 409
    assert "逾期未提出退办申请的，不作调整" in said(late)
    assert REASON in said(late)
    until = {"until": "2020-03-31", "decided_by": "联工委", "decided_on": "2020-03-02"}
    clerk = Reader(town, "clerk")
    assert clerk.post("cutoff", said={**until, "basis": "疫情影响"}).status_code == 302
    assert "申请退回" in page(town, "edu_liaison", story)
    assert reader.takes_on(part, "ask_return", **typed).status_code == 302


@pytest.mark.parametrize("named", ["", "none-such"])
def test_an_organ_that_is_none_is_refused_in_words(town: Town, named: str) -> None:
    story = handled(town)
    typed = {"named": named, "reason": REASON, "mandate": "《规定》第三条"}
    answer = Reader(town, "edu_liaison").takes_on(story.part(), "ask_return", **typed)
    assert answer.status_code == 422
    assert REASON in said(answer)
    foreign = {**typed, "named": town.education.key}
    assert Reader(town, "edu_liaison").takes_on(story.part(), "ask_return", **foreign).status_code


def test_the_lead_deputy_objects_on_the_page_and_his_colleague_cannot(town: Town) -> None:
    story = handled(town)
    assert "对承办单位提出意见" in page(town, "lin", story)
    assert "对承办单位提出意见" not in page(town, "zhao", story)
    typed = {"named": town.finance.key, "reason": "经费归财政厅管。"}
    answer = Reader(town, "lin").takes_on(story.part(), "object_to_organ", **typed)
    assert answer.status_code == 302
    assert "领衔代表对省教育厅承办提出意见，建议由省财政厅承办" in page(town, "lin", story)
    services.refuse_return(
        assignment=story.part(), actor=town.actor("government_clerk"), at=NOW, why="职责在教育厅。"
    )
    assert "未同意省教育厅退回，继续办理" in page(town, "lin", story)


# --- Answering and deciding


def test_the_organ_asked_answers_in_two_taps_and_the_office_decides(town: Town) -> None:
    story = handled(town).return_asked()
    shown = page(town, "fin_liaison", story)
    assert "同意承办" in shown
    assert "不属于本单位职责" in shown
    assert "有分歧" in page(town, "clerk", story)
    empty = Reader(town, "fin_liaison").takes_on(story.part(), "decline_it", reason=" ")
    assert empty.status_code == 422
    assert Reader(town, "fin_liaison").takes_on(story.part(), "take_it_on").status_code == 302
    office = Reader(town, "government_clerk")
    chosen = {"organ": town.finance.key, "reason": "资金归财政厅。", "ground": "", "consulted": ""}
    assert office.takes_on(story.part(), "reassign", **chosen).status_code == 302
    shown = page(town, "lin", story)
    assert "改交省财政厅承办（原承办单位：省教育厅）" in shown
    assert "原承办单位：省教育厅" in shown
    assert "已改交" in shown
    # The relieved organ still reads its part of the story, and has nothing to do.
    own = page(town, "edu_liaison", story)
    assert "省教育厅不再承办" in own
    assert "/step/" not in own


def test_a_final_decision_without_its_ground_is_refused_with_everything_kept(town: Town) -> None:
    story = handled(town).return_asked().return_declined().return_refused()
    story.return_asked("organisation_department").return_refused()
    typed = {"reason": "由教育厅牵头最为适宜。", "ground": " ", "consulted": "省委编办"}
    answer = Reader(town, "clerk").takes_on(story.part(), "uphold", **typed)
    assert answer.status_code == 422
    for kept in ("由教育厅牵头最为适宜。", "省委编办"):
        assert kept in said(answer)


def test_the_office_sees_its_clock_where_the_rules_set_one(town: Town) -> None:
    RuleChoice.objects.create(
        congress=town.congress,
        pack="henan",
        valid_from=date(2020, 2, 1),
        decided_by="主任会议",
        decided_on=date(2020, 1, 20),
        basis="会议纪要",
    )
    story = handled(town).return_asked()
    assert "确定承办单位" in page(town, "clerk", story)
    answer = Reader(town, "clerk").get("part_deadline", story.part().key, "decision")
    assert "2020年3月16日" in said(answer)
    assert Reader(town, "lin").get("part_deadline", story.part().key, "decision").status_code == 404


def test_the_papers_of_the_asking_organ_are_for_those_concerned(town: Town) -> None:
    story = handled(town).return_asked()
    key = story.part().key
    for who, status in (
        ("edu_liaison", 200),
        ("fin_liaison", 200),
        ("clerk", 200),
        ("government_clerk", 200),
        ("lin", 404),
        ("leader", 404),
    ):
        answer = Reader(town, who).get("document", key, "return", "docx")
        assert answer.status_code == status, who
    before = handled(town, title="关于修路的建议")
    assert (
        Reader(town, "clerk").get("document", before.part().key, "return", "docx").status_code
        == 404
    )


# --- The list


def many_disputes(town: Town, count: int) -> None:
    for number in range(count):
        handled(town, title=f"关于第{number}条河的建议").return_asked()


def test_the_list_says_who_contests_how_long_and_sums_it(town: Town, settings: Any) -> None:
    many_disputes(town, 2)
    settings.HUIYIN_TODAY = date(2020, 3, 9)
    clerk = Reader(town, "clerk")
    shown = said(clerk.get("disputes"))
    assert "合计 10 个工作日" in shown
    assert "省教育厅" in shown
    assert "省财政厅" in shown
    assert "合计 0 个工作日" in said(clerk.get("disputes", organ=town.finance.key))
    assert "合计 10 个工作日" in said(clerk.get("disputes", named=town.finance.key, round="1"))
    assert "合计 10 个工作日" in said(Reader(town, "government_clerk").get("disputes", tab="mine"))
    assert "合计 0 个工作日" in said(clerk.get("disputes", tab="final"))
    answer = clerk.get("disputes", export="xlsx", tab="all")
    sheet = opened(io.BytesIO(b"".join(answer.streaming_content)))
    lines = list(sheet.iter_rows(values_only=True))
    for close in answer._resource_closers:
        close()
    assert len(lines) == 3
    assert "省教育厅" in lines[1]
    assert Reader(town, "edu_liaison").get("disputes").status_code == 404


def test_the_list_takes_no_more_queries_for_more_rows(town: Town) -> None:
    clerk, counted = Reader(town, "clerk"), []
    for more in (1, 4):
        many_disputes(town, more)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert clerk.get("disputes").status_code == 200
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_the_page_of_a_disputed_case_takes_a_handful_of_queries_more(town: Town) -> None:
    plain, contested = handled(town), handled(town, title="关于修路的建议").return_asked()
    committee, counted = Reader(town, "committee"), []
    for story in (plain, contested):
        committee.get("case", story.case.key)
        with CaptureQueriesContext(connection) as asked:
            committee.get("case", story.case.key)
        counted.append(len(asked))
    # The rounds and their decisions, and nothing for a case without.
    assert counted[1] - counted[0] == 2


# --- The day for adjustments, and the duties of organs


@pytest.mark.parametrize(
    "wrong",
    [
        {"until": ""},
        {"until": "2020-02-31"},
        {"decided_by": ""},
        {"basis": " "},
        {"decided_on": "2020-03-09"},
    ],
)
def test_a_decision_that_lacks_something_is_refused_and_kept(
    town: Town, wrong: dict[str, str]
) -> None:
    typed = {
        "until": "2020-03-31",
        "decided_by": "省人大常委会联工委",
        "decided_on": "2020-03-02",
        "basis": "充分考虑疫情影响",
    }
    answer = Reader(town, "clerk").post("cutoff", said={**typed, **wrong})
    assert answer.status_code == 422
    assert not ReturnCutoff.objects.exists()
    if "basis" not in wrong:
        assert "充分考虑疫情影响" in said(answer)


def test_an_earlier_day_is_refused_and_the_decisions_stand_below(town: Town) -> None:
    typed = {"decided_by": "联工委", "decided_on": "2020-03-02", "basis": "疫情影响"}
    clerk = Reader(town, "clerk")
    assert clerk.post("cutoff", said={**typed, "until": "2020-03-31"}).status_code == 302
    refused = clerk.post("cutoff", said={**typed, "until": "2020-03-20"})
    assert refused.status_code == 409
    assert "调整截止时间只能延后" in said(refused)
    assert "疫情影响" in said(clerk.get("cutoff"))
    assert "受理至2020年3月31日" in said(clerk.get("disputes"))


def test_an_article_is_entered_once_and_ended_and_both_wordings_stay(town: Town) -> None:
    clerk, key = Reader(town, "clerk"), town.education.key
    typed = {
        "source": "省教育厅职能配置规定",
        "article": "第三条",
        "text": "统筹管理基础教育。",
        "since": "2018-01-01",
    }
    assert clerk.post("mandate", key, said={**typed, "text": " "}).status_code == 422
    assert clerk.post("mandate", key, said={**typed, "until": "2017-01-01"}).status_code == 422
    assert clerk.post("mandate", key, said=typed).status_code == 302
    twice = clerk.post("mandate", key, said={**typed, "text": "统筹管理各级教育。"})
    assert twice.status_code == 409
    assert "统筹管理各级教育。" in said(twice)
    entered = MandateClause.objects.get()
    assert (
        clerk.post("mandate", key, said={"clause": entered.key, "until": "2017-01-01"}).status_code
        == 422
    )
    ending = {"clause": entered.key, "until": "2020-02-29"}
    assert clerk.post("mandate", key, said=ending).status_code == 302
    assert clerk.post("mandate", key, said=ending).status_code == 409
    assert (
        clerk.post("mandate", key, said={**typed, "text": "统筹管理各级教育。"}).status_code == 302
    )
    shown = said(Reader(town, "lin").get("mandate", key))
    assert "统筹管理各级教育。" in shown
    assert "统筹管理基础教育。" in shown
    assert "录入条款" not in shown
    other = clause(town.finance, "安排资金。")
    gone = clerk.post("mandate", key, said={"clause": other.key, "until": "2020-02-29"})
    assert gone.status_code == 404
    assert "现行 1 条" in said(clerk.get("mandates"))


def test_who_was_asked_and_declined_keeps_reading(town: Town) -> None:
    """What an organ answered stays open to it; a third organ's people know of nothing."""
    story = Story(town).submitted().registered()
    services.assign(
        case=story.case,
        actor=town.actor("clerk"),
        at=NOW,
        organs=[services.assigning.Charge(organ=town.education, role="sole")],
    )
    town.hire("party_liaison", name="秦守正", role=Role.LIAISON, organ=town.organisation_department)
    story.return_asked().return_declined()
    assert Reader(town, "fin_liaison").get("case", story.case.key).status_code == 200
    assert Reader(town, "party_liaison").get("case", story.case.key).status_code == 404
    assert Assignment.objects.get().return_round == 1
