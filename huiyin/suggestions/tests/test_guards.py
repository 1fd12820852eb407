"""What stands against a step, in words, and that the step goes through once it is put right."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from huiyin.accounts.models import Standing
from huiyin.accounts.tests.town import NOW, TODAY, Town
from huiyin.kernel.errors import Conflict, NotPermitted
from huiyin.organisations.models import RuleChoice
from huiyin.suggestions import services
from huiyin.suggestions.services.assigning import Charge
from huiyin.suggestions.services.replying import ReplyText
from huiyin.suggestions.stages import HandlingRole, Signing, Stage
from huiyin.suggestions.tests.situations import Story, follow_hunan, follow_national

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return Town()


def refused(words: str) -> Any:
    return pytest.raises(Conflict, match=words)


# --- Writing


@pytest.mark.parametrize(
    ("lacking", "words"),
    [
        ({"title": " "}, "标题"),
        ({"situation": "  "}, "情况"),
        ({"requests": ["", " "]}, "具体"),
    ],
)
def test_a_text_that_lacks_something_is_not_submitted(
    town: Town, lacking: dict[str, Any], words: str
) -> None:
    story = Story(town, **lacking)
    with refused(words):
        services.submit(case=story.case, actor=town.actor("lin"), at=NOW)
    story.case.refresh_from_db()
    assert story.case.stage == Stage.DRAFT
    assert story.case.draft is not None


def test_a_paper_typed_in_needs_its_scan(town: Town) -> None:
    case = services.start(
        session=town.session,
        actor=town.actor("clerk"),
        at=NOW,
        lead=town.post("lin"),
        content={"title": "关于修桥的建议", "situation": "桥断了。", "requests": ["修桥"]},
    )
    with refused("扫描"):
        services.submit(case=case, actor=town.actor("clerk"), at=NOW)


def test_who_can_be_asked_to_sign(town: Town) -> None:
    story = Story(town)
    lin = town.actor("lin")
    zhao, zhou = town.post("zhao"), town.post("zhou")

    def invite(deputy: Any) -> None:
        services.invite(case=story.case, actor=lin, at=NOW, deputy=deputy)

    with refused("已经"):
        invite(town.post("lin"))
    zhao.standing = Standing.SUSPENDED
    zhao.save()
    with refused("暂停"):
        invite(zhao)
    zhao.standing, zhao.until = Standing.ENDED, TODAY - timedelta(days=1)
    zhao.save()
    with refused("终止|结束"):
        invite(zhao)
    town.neighbour()
    with refused("不是"):
        invite(town.post("neighbour_clerk"))
    invite(zhou)
    with refused("已经"):
        invite(zhou)
    services.decline_signature(case=story.case, actor=town.actor("zhou"), at=NOW)
    invite(zhou)
    assert story.case.signatures.get(deputy=zhou).standing == Signing.INVITED


def test_a_suspended_deputy_writes_nothing_and_one_whose_mandate_ended_still_rates(
    town: Town,
) -> None:
    story = Story(town)
    lead = town.post("lin")
    lead.standing = Standing.SUSPENDED
    lead.save()
    with pytest.raises(NotPermitted):
        services.submit(case=story.case, actor=town.actor("lin"), at=NOW)
    lead.standing = Standing.ACTIVE
    lead.save()
    story.replied()
    lead.standing, lead.until = Standing.ENDED, TODAY
    lead.save()
    story.rated("S")
    story.case.refresh_from_db()
    assert story.case.stage == Stage.CLOSED


def test_a_suspended_deputy_does_not_rate(town: Town) -> None:
    story = Story(town).replied()
    lead = town.post("lin")
    lead.standing = Standing.SUSPENDED
    lead.save()
    with pytest.raises(NotPermitted):
        story.rated("S")


def test_withdrawal_under_rules_that_end_it_at_assignment(town: Town) -> None:
    RuleChoice.objects.create(
        congress=town.congress,
        pack="national",
        valid_from=date(2020, 1, 1),
        overrides={"withdrawal.until": "assigned", "withdrawal.joint_requires_all": False},
        decided_by="主任会议",
        decided_on=date(2019, 12, 1),
        basis="试验",
    )
    lin = town.actor("lin")
    story = Story(town).submitted().registered().assigned()
    with refused("交办"):
        services.withdraw(case=story.case, actor=lin, at=NOW, why="已解决。")
    other = Story(town, title="关于修路的建议").submitted().registered()
    services.withdraw(case=other.case, actor=lin, at=NOW, why="已解决。")
    other.case.refresh_from_db()
    assert other.case.stage == Stage.WITHDRAWN


def test_withdrawal_needs_a_reason_and_stops_every_part(town: Town) -> None:
    lin = town.actor("lin")
    story = Story(town).submitted().registered().assigned().agreed_to_withdraw()
    with refused("理由"):
        services.withdraw(case=story.case, actor=lin, at=NOW, why="  ")
    services.withdraw(case=story.case, actor=lin, at=NOW, why="已解决。")
    assert set(story.case.assignments.values_list("stage", flat=True)) == {"stopped"}


# --- Review


def test_a_verdict_is_given_once_for_each_version_and_awaited_before_registration(
    town: Town,
) -> None:
    story = Story(town).submitted().asked()
    clerk = town.actor("clerk")

    def verdict(who: str) -> None:
        services.give_verdict(case=story.case, actor=town.actor(who), at=NOW, opinion="register")

    verdict("government_clerk")
    with refused("已"):
        verdict("government_clerk")
    with refused("联审|意见"):
        services.register(case=story.case, actor=clerk, at=NOW, category="education")
    verdict("committee")
    services.register(case=story.case, actor=clerk, at=NOW, category="education")


def test_reasons_are_those_of_the_rulebook(town: Town) -> None:
    story = Story(town).submitted()
    clerk = town.actor("clerk")
    with refused("理由"):
        services.refuse(case=story.case, actor=clerk, at=NOW, reason_code="", why="不行。")
    with refused("规则|理由"):
        services.refuse(case=story.case, actor=clerk, at=NOW, reason_code="DISLIKE", why="不行。")
    with refused("修改"):
        services.refuse(case=story.case, actor=clerk, at=NOW, reason_code="VAGUE", why="不行。")
    services.return_for_revision(
        case=story.case, actor=clerk, at=NOW, reason_code="VAGUE", why="请写明数量。"
    )


def test_a_wording_is_answered_once_and_both_texts_stay(town: Town) -> None:
    story = Story(town).submitted()
    clerk, lin = town.actor("clerk"), town.actor("lin")
    with refused("没有|无"):
        services.accept_wording(case=story.case, actor=lin, at=NOW)
    services.propose_wording(
        case=story.case,
        actor=clerk,
        at=NOW,
        title="关于新区增设两所公办幼儿园的建议",
        situation="新区只有一所公办幼儿园。",
        requests=["规划两所公办幼儿园"],
    )
    with refused("代表"):
        services.register(case=story.case, actor=clerk, at=NOW, category="education")
    with refused("代表"):
        services.return_for_revision(
            case=story.case, actor=clerk, at=NOW, reason_code="VAGUE", why="请修改。"
        )
    services.accept_wording(case=story.case, actor=lin, at=NOW)
    story.case.refresh_from_db()
    first, second = story.case.versions.all()
    assert story.case.title == second.title == "关于新区增设两所公办幼儿园的建议"
    assert [item.text for item in second.requests.all()] == ["规划两所公办幼儿园"]
    assert first.title != second.title


def test_a_number_is_given_once_in_a_session(town: Town) -> None:
    clerk = town.actor("clerk")
    one = Story(town).submitted()
    services.register(case=one.case, actor=clerk, at=NOW, category="education", number="17")
    other = Story(town, title="关于修路的建议").submitted()
    with refused("17"):
        services.register(case=other.case, actor=clerk, at=NOW, category="other", number="17")
    services.register(case=other.case, actor=clerk, at=NOW, category="other")
    other.case.refresh_from_db()
    assert (other.case.number, other.case.number_order) == ("18", 18)


def test_what_can_be_merged(town: Town) -> None:
    clerk = town.actor("clerk")
    story = Story(town).submitted().registered()
    other = Story(town, title="关于修路的建议").submitted().registered()
    closed = Story(town, title="关于修桥的建议").replied().rated("S")
    for each in (story, other, closed):
        each.case.refresh_from_db()

    def merge(partner: Any) -> None:
        services.merge(case=story.case, other=partner, actor=clerk, at=NOW)

    with refused("另一件"):
        merge(story.case)
    with refused("不在办理"):
        merge(closed.case)
    with refused("合并|并案"):
        services.unmerge(case=story.case, actor=clerk, at=NOW, why="内容不同。")
    merge(other.case)
    story.case.refresh_from_db()
    other.case.refresh_from_db()
    assert story.case.merge_group_id == other.case.merge_group_id is not None
    with refused("合并|并案"):
        merge(other.case)
    services.unmerge(case=story.case, actor=clerk, at=NOW, why="内容不同。")
    story.case.refresh_from_db()
    assert story.case.merge_group_id is None


# --- Assignment


@pytest.mark.parametrize(
    "named",
    [
        [],
        [("education", "co", "")],
        [("education", "lead", ""), ("finance", "lead", "")],
        [("education", "lead", ""), ("education", "co", "")],
        [("education", "sole", ""), ("finance", "co", "")],
        [("education", "separate", "办学")],
        [("education", "separate", "办学"), ("finance", "separate", " ")],
        [("education", "separate", "办学"), ("finance", "co", "")],
        [("education", "lead", ""), ("finance", "reference", "")],
    ],
)
def test_organs_named_wrongly(town: Town, named: list[tuple[str, str, str]]) -> None:
    story = Story(town).submitted().registered()
    charges = [
        Charge(organ=getattr(town, organ), role=role, part=part) for organ, role, part in named
    ]
    with pytest.raises(Conflict):
        services.assign(case=story.case, actor=town.actor("clerk"), at=NOW, organs=charges)
    assert not story.case.assignments.exists()


def test_separate_organs_each_answer_and_then_it_is_replied(town: Town) -> None:
    story = Story(town).submitted().registered()
    services.assign(
        case=story.case,
        actor=town.actor("clerk"),
        at=NOW,
        organs=[
            Charge(organ=town.education, role=HandlingRole.SEPARATE, part="办学"),
            Charge(organ=town.finance, role=HandlingRole.SEPARATE, part="经费"),
        ],
    )
    story.acknowledged().sent_to_check().checked().signed().delivered()
    story.case.refresh_from_db()
    assert story.case.stage == Stage.IN_HANDLING
    story.co_acknowledged()
    story.spoken("finance")
    part = story.part("finance")
    services.send_to_check(
        assignment=part, actor=town.actor("fin_handler"), at=NOW, text=story.reply_text()
    )
    services.sign(assignment=part, actor=town.actor("fin_head"), at=NOW)
    services.deliver(assignment=part, actor=town.actor("fin_liaison"), at=NOW)
    story.case.refresh_from_db()
    assert story.case.stage == Stage.REPLIED


def test_an_organ_that_is_gone_or_of_another_congress_gets_nothing(town: Town) -> None:
    story = Story(town).submitted().registered()
    town.neighbour()
    town.finance.until = TODAY - timedelta(days=1)
    town.finance.save()
    for organ in (town.finance, town.neighbour_organ):
        with pytest.raises(Conflict):
            services.assign(
                case=story.case,
                actor=town.actor("clerk"),
                at=NOW,
                organs=[Charge(organ=organ, role="sole")],
            )


def test_circulated_only_by_the_deputy_s_wish(town: Town) -> None:
    clerk = town.actor("clerk")
    story = Story(town).submitted().registered()
    with refused("代表"):
        services.circulate(case=story.case, actor=clerk, at=NOW, organs=[town.education])
    wished = Story(town, title="关于研究的建议", wants_no_reply=True).submitted().registered()
    with pytest.raises(Conflict):
        services.circulate(case=wished.case, actor=clerk, at=NOW, organs=[])
    services.circulate(case=wished.case, actor=clerk, at=NOW, organs=[town.education])
    wished.case.refresh_from_db()
    assert wished.case.stage == Stage.REFERENCE_ONLY
    assert wished.case.assignments.get().stage == "done"


# --- Handling and replying


def test_a_contact_is_not_recorded_before_it_is_held(town: Town) -> None:
    story = Story(town).submitted().registered().assigned().acknowledged()

    def record(day: date) -> None:
        services.record_contact(
            assignment=story.part(),
            actor=town.actor("edu_handler"),
            at=NOW,
            phase="during",
            form="phone",
            held_on=day,
            gist="听取意见。",
        )

    with refused("之后|以后"):
        record(TODAY + timedelta(days=1))
    record(TODAY)


def test_a_reply_answers_every_request_in_a_class_of_the_scheme(town: Town) -> None:
    story = Story(town).submitted().registered().assigned()
    text = story.reply_text()
    handler = town.actor("edu_handler")

    def send(**changed: Any) -> None:
        said = {
            "outcome_class": text.outcome_class,
            "letter_on": text.letter_on,
            "answers": text.answers,
            "claim": text.claim,
            **changed,
        }
        services.send_to_check(
            assignment=story.part(), actor=handler, at=NOW, text=ReplyText(**said)
        )

    with refused("签收"):
        send()
    story.acknowledged()
    with refused("先沟通后答复"):
        send()
    story.spoken()
    [first, second] = text.answers
    with refused("2"):
        send(answers={first: "已办。", second: "  "})
    with refused("类别"):
        send(outcome_class="Z9")
    send()
    with refused("下一环节"):
        send()


def test_a_text_is_checked_once_and_anew_after_it_was_sent_back(town: Town) -> None:
    story = Story(town).submitted().registered().assigned().acknowledged().sent_to_check()
    with refused("核稿"):
        story.signed()
    story.checked()
    with refused("核"):
        story.checked()
    services.send_back(
        assignment=story.part(), actor=town.actor("edu_head"), at=NOW, why="请补充数据。"
    )
    story.sent_to_check()
    with refused("核稿"):
        story.signed()
    story.checked().signed().delivered()
    assert [reply.ordinal for reply in story.part().reply_file.replies.all()] == [1, 2]


# --- Feedback


def test_dissatisfaction_says_why_and_grades_are_of_the_scale(town: Town) -> None:
    follow_national(town, {"feedback.reason": "not_satisfied"})
    story = Story(town).replied()
    lin = town.actor("lin")

    def rate(attitude: str, result: str, comment: str = "") -> None:
        services.rate(
            case=story.case,
            actor=lin,
            at=NOW,
            attitude=attitude,
            result=result,
            comment=comment,
        )

    with refused("评定"):
        rate("S", "")
    with refused("不满意"):
        rate("NS", "S", "  ")
    rate("NS", "S", "态度生硬。")
    story.case.refresh_from_db()
    # Only what the rulebook names calls for handling again: here the result.
    assert story.case.stage == Stage.CLOSED


def test_closing_without_feedback_waits_for_the_limit(town: Town) -> None:
    follow_hunan(town)
    story = Story(town).replied()
    clerk = town.actor("clerk")
    # Ten days from delivery (rule pack): until the last of them the deputy may rate.
    for days in (0, 10):
        with refused("之前|截止|仍可"):
            services.close_without_feedback(
                case=story.case, actor=clerk, at=NOW + timedelta(days=days)
            )
    services.close_without_feedback(case=story.case, actor=clerk, at=NOW + timedelta(days=11))
    story.case.refresh_from_db()
    assert (story.case.stage, story.case.result) == (Stage.CLOSED, "")


def test_a_round_is_rated_once(town: Town) -> None:
    story = Story(town).replied().rated("NS")
    with refused("已"):
        story.rated("S")
    clerk = town.actor("clerk")
    with refused("已"):
        services.close_without_feedback(case=story.case, actor=clerk, at=NOW)


def test_handling_again_is_ordered_only_for_dissatisfaction(town: Town) -> None:
    story = Story(town).replied()
    clerk = town.actor("clerk")
    with refused("不满意|没有"):
        services.order_rehandling(case=story.case, actor=clerk, at=NOW, why="请再办。")
    story.rated("NS")
    services.order_rehandling(case=story.case, actor=clerk, at=NOW, why="请再办。")
    story.case.refresh_from_db()
    assert (story.case.stage, story.case.round) == (Stage.IN_HANDLING, 2)
