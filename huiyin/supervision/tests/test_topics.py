"""Key topics: proposed, decided, led, reported, voted on until they are closed."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from huiyin.accounts.tests.town import NOW, TODAY, Town
from huiyin.kernel.errors import Conflict, DomainError, Invalid, NotFound, NotPermitted
from huiyin.ledger.verify import verify_chain
from huiyin.organisations.models import RuleChoice
from huiyin.outbox.models import Notice
from huiyin.supervision import services
from huiyin.supervision.lifecycle import TOPIC
from huiyin.supervision.models import TopicStep, TopicVote
from huiyin.supervision.services import Count, Led
from huiyin.supervision.stages import PassedBy, TopicStage
from huiyin.supervision.tests.room import Reader, Topic, assigned, said
from huiyin.supervision.topics import topic_for, topics_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings: Any) -> Town:
    settings.HUIYIN_TODAY = TODAY
    return Town()


def test_the_table_has_no_dead_end_and_reaches_every_stage() -> None:
    assert TOPIC.dead_ends() == set()
    assert TOPIC.unreachable() == set()


def test_from_the_proposal_to_the_vote_that_closes_it(town: Town) -> None:
    topic = (
        Topic(town, assigned(town), assigned(town, "关于校车管理的建议")).supervised().reported()
    )

    vote = topic.voted(31, against=10, abstained=9)

    assert vote.passed
    assert topic.stage == TopicStage.CLOSED
    assert verify_chain(town.congress.key) == []
    told = Notice.objects.filter(event="topic.send_letter").values_list("person__login", flat=True)
    assert list(told) == ["edu_liaison"]


def test_half_is_not_more_than_half_and_the_topic_goes_on_next_year(town: Town) -> None:
    """61 members: 30 in favour are no majority of all, though they are of the 50 present."""
    topic = Topic(town).supervised().reported()

    assert not topic.voted(30).passed
    assert topic.stage == TopicStage.CONTINUED
    topic.reported()
    assert topic.voted(31).passed
    assert topic.stage == TopicStage.CLOSED
    assert TopicVote.objects.count() == 2


def test_of_those_present_where_the_congress_decided_so(town: Town) -> None:
    RuleChoice.objects.create(
        congress=town.congress,
        pack="national",
        valid_from=TODAY.replace(month=1, day=1),
        overrides={"key_topic.passed_by": "present"},
        decided_by="省人大常委会主任会议",
        decided_on=TODAY,
        basis="岳常办发〔2020〕3号",
    )
    topic = Topic(town).supervised().reported()

    assert not topic.voted(25).passed
    topic.reported()
    assert topic.voted(26).passed


@pytest.mark.parametrize(
    ("base", "in_favour", "passed"),
    [
        (PassedBy.ALL_MEMBERS, 30, True),
        (PassedBy.ALL_MEMBERS, 31, False),
        (PassedBy.PRESENT, 25, True),
        (PassedBy.PRESENT, 26, False),
    ],
)
def test_the_database_refuses_a_result_the_numbers_do_not_say(town, base, in_favour, passed):
    Topic(town)
    topic = topics_for(town.actor("clerk")).get()
    step = TopicStep.objects.create(
        topic=topic, name="report", on=TODAY, post=town.post("clerk"), at=NOW
    )
    counts = {"members": 61, "present": 50, "in_favour": in_favour, "against": 0, "abstained": 0}
    with transaction.atomic(), pytest.raises(IntegrityError, match="vote_result"):
        TopicVote.objects.create(step=step, base=base, passed=passed, **counts)
    TopicVote.objects.create(step=step, base=base, passed=not passed, **counts)


@pytest.mark.parametrize(
    "count",
    [
        Count(members=61, present=62, in_favour=1, against=0, abstained=0),
        Count(members=61, present=50, in_favour=30, against=20, abstained=1),
    ],
)
def test_numbers_that_cannot_be_are_refused(town: Town, count: Count) -> None:
    topic = Topic(town).supervised().reported()
    with pytest.raises(Invalid):
        services.record_vote(
            topic=topic.topic, actor=town.actor("clerk"), at=NOW, count=count, said=said("纪要")
        )
    assert not TopicVote.objects.exists()


def test_no_report_without_a_plan_of_its_own_where_the_rules_want_one(town: Town) -> None:
    topic = Topic(town).decided().led().sent()
    with pytest.raises(Conflict, match="单独办理方案"):
        topic.reported()
    topic.planned().reported()


def test_a_township_knows_no_key_topics(town: Town) -> None:
    RuleChoice.objects.create(
        congress=town.congress,
        pack="shandong-township",
        valid_from=TODAY.replace(year=2019),
        overrides={},
        decided_by="主席团",
        decided_on=TODAY,
        basis="试用",
    )
    # The committee that proposes is there all the same: only the rules stand against it.
    RuleChoice.objects.create(
        congress=town.congress,
        pack="national",
        valid_from=TODAY.replace(year=2019),
        overrides={"key_topic.used": False},
        decided_by="主席团",
        decided_on=TODAY,
        basis="试用",
    )
    with pytest.raises(Conflict, match="不确定重点处理建议"):
        Topic(town)


def test_a_suggestion_stands_in_one_open_topic(town: Town) -> None:
    case = assigned(town)
    first = Topic(town, case)
    with pytest.raises(Conflict, match="已列入"):
        Topic(town, case)
    first.declined()
    Topic(town, case)


def test_who_leads_and_who_supervises_are_both_named(town: Town) -> None:
    topic = Topic(town).decided()
    with pytest.raises(Invalid, match="至少"):
        services.name_leaders(
            topic=topic.topic,
            actor=town.actor("clerk"),
            at=NOW,
            leaders=[Led(part="leads", name="周明")],
            said=said(),
        )


# --- Who. Stated by hand, beside the rules.

MAY = {
    "propose": {"clerk", "second_clerk", "committee"},
    "give_opinion": {"clerk", "second_clerk", "committee", "government_clerk"},
    "decide": {"clerk", "second_clerk"},
    "plan": {"clerk", "second_clerk", "edu_liaison"},
    "report": {"clerk", "second_clerk"},
    "vote": {"clerk", "second_clerk"},
}
SEE_PROPOSED = {"clerk", "second_clerk", "committee", "government_clerk", "leader"}
SEE_DECIDED = SEE_PROPOSED | {
    *("lin", "zhao", "edu_liaison", "edu_handler", "edu_checker", "edu_head"),
    *("fin_liaison", "fin_handler", "fin_head"),
}


def _try(town: Town, topic: Topic, act: str, who: str, case: Any = None) -> None:
    given: dict[str, Any] = {"topic": topic.topic, "actor": town.actor(who), "at": NOW}
    if act == "give_opinion":
        services.give_topic_opinion(
            **given, organ=town.finance, view="agrees", said=said(text="同意。")
        )
    elif act == "decide":
        services.decide_topic(**given, said=said("纪要"))
    elif act == "plan":
        services.plan_topic(**given, said=said(text="方案。"))
    elif act == "report":
        services.report_topic(**given, said=said(text="报告。"))
    elif act == "vote":
        count = Count(members=9, present=9, in_favour=9, against=0, abstained=0)
        services.record_vote(**given, count=count, said=said("纪要"))
    else:
        services.propose_topic(
            actor=town.actor(who),
            at=NOW,
            session=town.session,
            title="题目",
            criteria=["many"],
            reasons="",
            cases=[case],
        )


@pytest.mark.parametrize("act", MAY)
def test_who_may_take_each_step(town: Town, act: str) -> None:
    case = assigned(town, "关于另一件事的建议")
    topic = Topic(town)
    if act not in ("propose", "give_opinion", "decide"):
        topic.supervised()
    if act == "vote":
        topic.reported()
    allowed = set()
    for who in town.everyone():
        try:
            with transaction.atomic():
                _try(town, topic, act, who, case)
                allowed.add(who)
                raise _Undone
        except (_Undone, NotPermitted):
            continue
    assert allowed == MAY[act]


class _Undone(Exception):
    pass


def test_who_sees_a_topic_before_and_after_the_decision(town: Town) -> None:
    topic = Topic(town)
    assert _seers(town, topic) == SEE_PROPOSED
    topic.decided()
    assert _seers(town, topic) == SEE_DECIDED


def _seers(town: Town, topic: Topic) -> set[str]:
    found = set()
    for who, actor in town.everyone().items():
        try:
            topic_for(actor, topic.topic.key)
            found.add(who)
        except NotFound:
            continue
    return found


def test_another_congress_s_topic_is_not_there(town: Town) -> None:
    topic = Topic(town).decided()
    town.neighbour()
    assert Reader(town, "neighbour_clerk").get("topic", topic.topic.key).status_code == 404


# --- Pages


def test_the_whole_way_on_the_pages(town: Town) -> None:
    case = assigned(town)
    committee, clerk = Reader(town, "committee"), Reader(town, "clerk")
    answer = committee.post(
        "topic_new",
        given={
            "session": town.session.key,
            "title": "提升校园安全水平",
            "numbers": str(case.number),
            "criteria": ["many"],
            "reasons": "多名代表提出。",
        },
    )
    topic = topics_for(town.actor("clerk")).get()
    assert answer["Location"].endswith(f"/key-topics/{topic.key}/")
    day = TODAY.isoformat()
    steps: list[tuple[Reader, str, dict[str, Any]]] = [
        (clerk, "give_opinion", {"on": day, "organ": "省财政厅", "view": "agrees", "text": "可行"}),
        (clerk, "decide", {"on": day, "number": "第66次主任会议纪要"}),
        (clerk, "name_leaders", {"on": day, "leads": "周明 副省长", "supervises": "沈国栋 副主任"}),
        (clerk, "send_letter", {"on": day, "number": "岳常联函〔2020〕7号"}),
        (Reader(town, "edu_liaison"), "plan", {"on": day, "text": "十月底前完成整改。"}),
        (clerk, "report", {"on": day, "text": "已完成排查。"}),
        (
            clerk,
            "vote",
            {
                "on": day,
                "number": "纪要18",
                "members": 61,
                "present": 50,
                "in_favour": 40,
                "against": 5,
                "abstained": 5,
            },
        ),
    ]
    for reader, name, given in steps:
        answer = reader.post("topic_step", topic.key, name, given=given)
        assert answer.status_code == 302, (name, answer.content.decode())
    page = clerk.get("topic", topic.key).content.decode()
    assert "表决" in page
    assert "沈国栋" in page
    letter = clerk.get("topic_letter", topic.key, "docx")
    assert b"".join(letter.streaming_content)[:2] == b"PK"
    assert "提升校园安全水平" in clerk.get("topic_list").content.decode()


def test_what_was_typed_survives_a_refusal(town: Town) -> None:
    topic = Topic(town).supervised().reported()
    given = {
        "on": TODAY.isoformat(),
        "number": "纪要18",
        "members": 61,
        "present": 50,
        "in_favour": 40,
        "against": 50,
        "abstained": 5,
        "text": "请继续跟踪。",
    }
    answer = Reader(town, "clerk").post("topic_step", topic.topic.key, "vote", given=given)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "请继续跟踪。" in page
    assert "到会" in page
    assert topic.stage == TopicStage.REPORTED


def test_the_same_form_twice_is_one_topic(town: Town) -> None:
    case = assigned(town)
    given = {
        "once": "k" * 22,
        "session": town.session.key,
        "title": "题目",
        "numbers": str(case.number),
        "criteria": ["many"],
    }
    reader = Reader(town, "committee")
    first, second = (reader.post("topic_new", given=given) for _ in range(2))
    assert first["Location"] == second["Location"]


def test_an_unknown_number_is_named(town: Town) -> None:
    given = {"session": town.session.key, "title": "题目", "numbers": "8、9", "criteria": ["many"]}
    answer = Reader(town, "committee").post("topic_new", given=given)
    assert answer.status_code == 422
    assert "8、9" in answer.content.decode()


def test_the_list_asks_as_much_for_many_as_for_one(town: Town) -> None:
    reader = Reader(town, "clerk")
    Topic(town, title="一")
    reader.get("topic_list")
    counts = []
    for title in ("二", "三"):
        with CaptureQueriesContext(
            connection,
        ) as caught:
            reader.get("topic_list")
        counts.append(len(caught))
        Topic(town, assigned(town, f"关于{title}的建议"), title=title)
    assert counts[0] == counts[1]


def test_every_refusal_is_one_of_ours(town: Town) -> None:
    """A step out of its turn says so and changes nothing."""
    topic = Topic(town)
    for act in ("plan", "report", "vote"):
        with pytest.raises(DomainError):
            _try(town, topic, act, "clerk")
    assert topic.stage == TopicStage.PROPOSED


def test_the_suggestion_s_own_page_names_its_topic(town: Town) -> None:
    case = assigned(town)
    Topic(town, case, title="提升校园安全水平").decided()
    page = Reader(town, "lin").client.get(f"/suggestions/{case.key}/").content.decode()
    assert "提升校园安全水平" in page
    assert "2020年度重点处理建议" in page
