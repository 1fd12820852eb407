"""One suggestion from the first word to the end, in every way it can go."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from huiyin.accounts.tests.town import NOW, Town
from huiyin.ledger.models import Entry
from huiyin.ledger.verify import verify_chain
from huiyin.organisations.models import RuleChoice
from huiyin.suggestions import services
from huiyin.suggestions.models import Rating, Suggestion
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.ruling import ruling_for
from huiyin.suggestions.services.assigning import Charge
from huiyin.suggestions.services.replying import ReplyText
from huiyin.suggestions.stages import AssignmentStage, HandlingRole, Stage
from huiyin.suggestions.standing import derive, load
from huiyin.suggestions.tests.situations import claim_for

pytestmark = pytest.mark.django_db

TEXT = {
    "title": "关于在县城新区增设公办幼儿园的建议",
    "situation": "新区三年间入住一万二千人，只有一所公办幼儿园，每年有两百多名幼儿要到老城区入园。",
    "requests": ["在新区规划两所公办幼儿园", "今年秋季前开通接送专线"],
}


@pytest.fixture
def town(db: None) -> Town:
    town = Town()
    RuleChoice.objects.create(
        congress=town.congress,
        pack="hunan",
        valid_from=date(2020, 1, 1),
        decided_by="省人大常委会主任会议",
        decided_on=date(2019, 12, 20),
        basis="湘常办发〔2020〕12号",
    )
    return town


@pytest.fixture
def case(town: Town) -> Suggestion:
    return services.start(session=town.session, actor=town.actor("lin"), at=NOW, content=TEXT)


def registered(town: Town, case: Suggestion) -> Suggestion:
    services.submit(case=case, actor=town.actor("lin"), at=NOW)
    services.register(case=case, actor=town.actor("clerk"), at=NOW, category="education")
    case.refresh_from_db()
    return case


def assigned(town: Town, case: Suggestion) -> Suggestion:
    registered(town, case)
    services.assign(
        case=case,
        actor=town.actor("clerk"),
        at=NOW,
        organs=[
            Charge(organ=town.education, role=HandlingRole.LEAD),
            Charge(organ=town.finance, role=HandlingRole.CO),
        ],
    )
    case.refresh_from_db()
    return case


def replied(town: Town, case: Suggestion, *, outcome_class: str = "A1") -> Suggestion:
    part = case.assignments.get(round=case.round, organ=town.education)
    services.acknowledge(assignment=part, actor=town.actor("edu_liaison"), at=NOW)
    services.plan(
        assignment=part,
        actor=town.actor("edu_handler"),
        at=NOW,
        responsible_leader="周副厅长",
        division="基础教育处",
        handler="何晓",
        requirement="逐条答复",
        feedback_on=NOW.date() + timedelta(days=60),
    )
    services.record_contact(
        assignment=part,
        actor=town.actor("edu_handler"),
        at=NOW,
        phase="during",
        form="visit",
        held_on=NOW.date(),
        gist="当面听取意见。",
    )
    contact = part.contacts.latest("pk")
    services.answer_contact(contact=contact, actor=town.actor("lin"), at=NOW, confirmed=True)
    answers = {
        item.key: "已列入今年计划。" for item in case.versions.latest("ordinal").requests.all()
    }
    services.send_to_check(
        assignment=part,
        actor=town.actor("edu_handler"),
        at=NOW,
        text=ReplyText(
            outcome_class=outcome_class,
            letter_on=NOW.date(),
            answers=answers,
            claim=claim_for(
                outcome_class, rules=ruling_for(case, on=NOW.date()).rules, on=NOW.date()
            ),
        ),
    )
    services.pass_check(assignment=part, actor=town.actor("edu_checker"), at=NOW)
    services.sign(assignment=part, actor=town.actor("edu_head"), at=NOW)
    services.deliver(assignment=part, actor=town.actor("edu_liaison"), at=NOW)
    case.refresh_from_db()
    return case


def test_from_draft_to_closed(town: Town, case: Suggestion) -> None:
    replied(town, assigned(town, case))
    assert case.stage == Stage.REPLIED
    assert case.outcome_class == "A1"

    services.rate(case=case, actor=town.actor("lin"), at=NOW, attitude="VS", result="S")

    case.refresh_from_db()
    assert case.stage == Stage.CLOSED
    assert (case.attitude, case.result) == ("VS", "S")
    assert case.closed_on == NOW.date()
    stages = set(case.assignments.values_list("organ__name", "stage"))
    assert stages == {
        (town.education.name, AssignmentStage.DONE),
        (town.finance.name, AssignmentStage.STOPPED),
    }
    assert Entry.objects.filter(subject_key=case.key).count() == case.acts.count()
    assert verify_chain(town.congress.key) == []


def test_not_satisfied_opens_the_new_round_at_once(town: Town, case: Suggestion) -> None:
    replied(town, assigned(town, case))
    services.rate(
        case=case,
        actor=town.actor("lin"),
        at=NOW,
        attitude="S",
        result="NS",
        comment="专线没有开通。",
    )

    case.refresh_from_db()
    assert (case.stage, case.round) == (Stage.IN_HANDLING, 2)
    assert (case.first_result, case.result) == ("NS", "")
    assert case.assignments.filter(round=2, organ=town.education).exists()

    replied(town, case, outcome_class="A2")
    services.rate(case=case, actor=town.actor("lin"), at=NOW, attitude="S", result="S")
    case.refresh_from_db()
    assert (case.stage, case.first_result, case.result) == (Stage.CLOSED, "NS", "S")
    assert case.outcome_class == "A2"
    assert Rating.objects.filter(suggestion=case).count() == 2


def test_the_derived_columns_are_the_facts_replayed(town: Town, case: Suggestion) -> None:
    replied(town, assigned(town, case))
    standing = derive(load(case), ruling=ruling_for(case, on=NOW.date()))
    assert standing.stage == case.stage
    assert standing.replied_on == case.replied_on == NOW.date()


def test_rebuild_finds_no_difference_and_then_finds_one(town: Town, case: Suggestion) -> None:
    replied(town, assigned(town, case))
    assert list(differences()) == []

    Suggestion.objects.filter(pk=case.pk).update(replied_on=date(2019, 1, 1))

    [found] = differences(repair=True)
    assert (found.column, found.stored) == ("replied_on", date(2019, 1, 1))
    assert list(differences()) == []
