"""New rules reach what begins after them; open cases by a decision naming each; closed never."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from huiyin.accounts.tests.town import NOW, TODAY, Town
from huiyin.kernel.clock import ZONE
from huiyin.kernel.errors import Conflict, Invalid, NotPermitted, Stale
from huiyin.ledger.models import Entry
from huiyin.ledger.verify import verify_chain
from huiyin.organisations.models import RuleChoice
from huiyin.organisations.selectors import work_calendar
from huiyin.outbox.models import Notice
from huiyin.suggestions import services
from huiyin.suggestions.agenda import between
from huiyin.suggestions.models import (
    Assignment,
    Redated,
    RulesApplied,
    RulesDecision,
    Suggestion,
)
from huiyin.suggestions.new_rules import Plan, first_free_day, plan
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.ruling import acknowledgement_due, ruling_for
from huiyin.suggestions.tests.situations import SITUATIONS, Story, follow_hunan

pytestmark = pytest.mark.django_db

DECIDED_ON = date(2020, 3, 1)
BEGINS = date(2020, 3, 10)
LATER = datetime(2020, 3, 12, 10, 0, tzinfo=ZONE)
SHORTER = {"reply.limit": "2 months", "cohandle.limit": "20 days"}


@pytest.fixture
def town() -> Town:
    town = Town()
    follow_hunan(town)
    return town


def choose(town: Town, **rest: Any) -> RuleChoice:
    values: dict[str, Any] = {
        "congress": town.congress,
        "pack": "hunan",
        "overrides": SHORTER,
        "valid_from": BEGINS,
        "decided_by": "省人大常委会主任会议",
        "decided_on": DECIDED_ON,
        "basis": "岳常办发〔2020〕9号",
        "follows": RuleChoice.objects.order_by("-pk").first().key,  # type: ignore[union-attr]
        "actor": town.actor("clerk"),
        "at": NOW,
    }
    return services.choose_rules(**{**values, **rest})


def planned(town: Town) -> Plan:
    return plan(town.congress, on=LATER.date())


def bring(town: Town, **rest: Any) -> tuple[RulesDecision, Any]:
    values: dict[str, Any] = {
        "congress": town.congress,
        "mark": rest.pop("mark", None) or planned(town).mark,
        "why": "主任会议决定在办建议一并缩短期限",
        "actor": town.actor("clerk"),
        "at": LATER,
    }
    return services.apply_rules(**{**values, **rest})


def in_handling(town: Town, **text: object) -> Suggestion:
    case = Story(town, **text).submitted().registered().assigned().case
    return Suggestion.objects.get(pk=case.pk)


def months_to_reply(case: Suggestion) -> int:
    return ruling_for(case, on=LATER.date()).rules.reply.limit.count


def columns(case: Suggestion) -> dict[str, Any]:
    """Everything the rows of a case and its parts hold, but the count of their revisions."""
    row: dict[str, Any] = dict(Suggestion.objects.filter(pk=case.pk).values().get())
    row.pop("revision")
    return {**row, "parts": list(case.assignments.order_by("pk").values())}


# --- What comes


def test_new_rules_reach_what_is_submitted_after_they_begin(town: Town) -> None:
    before = in_handling(town)
    choose(town)
    after = Suggestion(
        congress=town.congress, session=town.session, submitted_on=BEGINS, created_at=NOW
    )

    assert (months_to_reply(before), months_to_reply(after)) == (3, 2)
    assert list(differences()) == []


def test_nothing_moves_by_itself_when_rules_change(town: Town) -> None:
    open_, closed = in_handling(town), SITUATIONS["closed"](Story(town, title="关于湖的建议")).case
    before = columns(open_), columns(closed)
    choose(town)

    assert (columns(open_), columns(closed)) == before
    assert list(differences()) == []


def test_new_rules_never_begin_on_a_day_cases_have_begun_on(town: Town) -> None:
    in_handling(town)

    assert first_free_day(town.congress, on=TODAY) == TODAY + timedelta(days=1)
    for day in (TODAY - timedelta(days=40), TODAY):
        with pytest.raises(Invalid) as refused:
            choose(town, valid_from=day)
        assert str(TODAY + timedelta(days=1)) in str(refused.value.remedy)
    choose(town, valid_from=TODAY + timedelta(days=1))


def test_a_congress_without_cases_may_choose_for_the_years_it_will_import(town: Town) -> None:
    Story(town)  # A draft has begun nothing.

    assert first_free_day(town.congress, on=TODAY) is None
    assert choose(town, valid_from=date(2020, 1, 1)).valid_from == date(2020, 1, 1)


@pytest.mark.parametrize("who", ["lin", "leader", "committee", "edu_liaison", "neighbour_clerk"])
def test_only_a_clerk_of_the_congress_decides(town: Town, who: str) -> None:
    town.neighbour()
    in_handling(town)
    with pytest.raises(NotPermitted):
        choose(town, actor=town.actor(who))
    choose(town)
    with pytest.raises(NotPermitted):
        bring(town, actor=town.actor(who))

    assert not RulesDecision.objects.exists()


# --- What is open


def test_the_plan_lists_each_open_case_with_both_dates(town: Town) -> None:
    case = in_handling(town)
    draft = Story(town, title="关于桥的建议").case
    choose(town)

    listed = planned(town)

    assert [each.case for each in listed.reached] == [case] != [draft]
    assert [(value.key, value.was, value.now) for value in listed.reached[0].values] == [
        (
            key,
            ruling_for(case, on=TODAY).rules.cite(key).value,
            ruling_for(draft, on=LATER.date()).rules.cite(key).value,
        )
        for key in ("cohandle.limit", "reply.limit")
    ]
    assert {moved.clock: (moved.was, moved.now) for moved in listed.reached[0].clocks} == {
        "reply": (date(2020, 6, 2), date(2020, 5, 2)),
        "opinion": (date(2020, 5, 2), date(2020, 3, 22)),
    }


def test_what_was_listed_is_what_changes(town: Town) -> None:
    cases = [in_handling(town, title=f"关于第{n}条路的建议") for n in range(3)]
    submitted = Story(town, title="关于桥的建议").submitted().case
    choose(town)
    listed = planned(town)
    before = {case.pk: columns(case) for case in cases}

    decision, changed = bring(town)

    moved = {(each.case.pk, each.part.pk): (each.was, each.now) for each in changed if each.part}
    assert moved == {
        (reached.case.pk, each.part.pk): (each.was, each.now)
        for reached in listed.following
        for each in reached.clocks
        if each.part
    }
    for case in cases:
        now = columns(case)
        assert {
            (case.pk, was["id"]): (was["due_on"], part["due_on"])
            for was, part in zip(before[case.pk]["parts"], now["parts"], strict=True)
            if was["due_on"] != part["due_on"]
        } == {key: days for key, days in moved.items() if key[0] == case.pk}
        differing = {name for name, value in now.items() if before[case.pk][name] != value}
        assert differing == {"due_on", "first_due_on", "ordinary_due_on", "parts"}
    applied = RulesApplied.objects.filter(decision=decision)
    assert {each.suggestion_id for each in applied} == {case.pk for case in [*cases, submitted]}
    assert list(applied[0].values) == [
        ["cohandle.limit", "2 months", "20 days"],
        ["reply.limit", "3 months", "2 months"],
    ]
    assert Redated.objects.filter(redating__cause_key=decision.key).count() == len(changed) == 6
    assert list(differences()) == []


def test_a_case_that_has_ended_is_never_touched(town: Town) -> None:
    ended = [
        SITUATIONS[name](Story(town, title=f"关于{name}的建议")).case
        for name in ("closed", "not accepted", "taken as reference", "withdrawn")
    ]
    before = [columns(case) for case in ended]
    open_ = in_handling(town)
    choose(town)

    bring(town)

    assert [columns(case) for case in ended] == before
    assert list(RulesApplied.objects.values_list("suggestion", flat=True)) == [open_.pk]
    assert list(differences()) == []


def test_a_part_that_is_done_keeps_the_rules_it_was_done_under(town: Town) -> None:
    story = SITUATIONS["in handling, both acknowledged"](Story(town))
    services.give_opinion(
        assignment=story.part("finance"),
        actor=town.actor("fin_handler"),
        at=NOW,
        text="同意增设。",
        signed_by="卫东升",
    )
    due = story.part("finance").due_on
    choose(town)

    bring(town)

    assert story.part("finance").due_on == due == date(2020, 5, 2)
    assert story.part("education").due_on == date(2020, 5, 2)
    assert list(differences()) == []


def test_steps_taken_afterwards_follow_the_rules_brought(town: Town) -> None:
    story = SITUATIONS["in handling, both acknowledged"](Story(town))
    choose(town)
    bring(town)

    services.give_opinion(
        assignment=story.part("finance"),
        actor=town.actor("fin_handler"),
        at=LATER,
        text="同意增设。",
        signed_by="卫东升",
    )

    assert story.part("finance").due_on == date(2020, 3, 22)
    assert story.case.due_on == date(2020, 5, 2)
    assert list(differences()) == []


def test_a_second_decision_brings_them_on(town: Town) -> None:
    case = in_handling(town)
    choose(town)
    bring(town)
    choose(
        town,
        overrides={"reply.limit": "1 month"},
        valid_from=date(2020, 3, 20),
        basis="岳常办发〔2020〕11号",
        at=LATER,
    )
    third = datetime(2020, 3, 20, 9, 0, tzinfo=ZONE)

    bring(town, at=third, mark=plan(town.congress, on=third.date()).mark)

    case.refresh_from_db()
    assert case.due_on == date(2020, 4, 2)
    assert RulesApplied.objects.filter(suggestion=case).count() == 2
    assert planned(town).on < third.date()
    assert list(differences()) == []


def test_a_class_the_new_rules_do_not_know_keeps_a_case_where_it_is(town: Town) -> None:
    replied = SITUATIONS["replied"](Story(town)).case
    before = columns(replied)
    choose(town, pack="national", overrides={})

    listed = planned(town)

    assert [each.case for each in listed.staying] == [replied]
    with pytest.raises(Conflict):
        bring(town)
    assert columns(replied) == before


def test_those_who_hold_the_cases_are_told_once(town: Town) -> None:
    for n in range(2):
        in_handling(town, title=f"关于第{n}条路的建议")
    Story(town, title="关于桥的建议").submitted()
    choose(town)
    Notice.objects.all().delete()

    decision, _changed = bring(town)

    told = {(notice.event, notice.person.name): notice for notice in Notice.objects.all()}
    assert ("redating.rules", "孙敏") in told
    assert told["redating.rules", "孙敏"].params["count"] == 2
    # The one whose dates stay is the deputy's own, still with the office.
    assert told["rules.apply", "林晓岚"].params["count"] == 1
    assert told["rules.apply", "林晓岚"].case == ("rules_decision", decision.key)
    assert "陈思源" not in {name for _event, name in told}


def test_the_decision_is_on_record_with_each_case(town: Town) -> None:
    case = in_handling(town)
    choose(town)
    decision, _changed = bring(town)

    lines = Entry.objects.filter(action__in=("rules.apply", "suggestion.apply_rules"))
    assert [(line.action, line.subject_key) for line in lines.order_by("seq")] == [
        ("rules.apply", decision.key),
        ("suggestion.apply_rules", case.key),
    ]
    assert verify_chain(town.congress.key) == []
    for model in (RulesDecision, RulesApplied):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.all().delete()


# --- What is refused


def test_no_decision_without_a_reason(town: Town) -> None:
    in_handling(town)
    choose(town)
    with pytest.raises(Invalid) as refused:
        bring(town, why="  ")

    assert set(refused.value.fields) == {"reason"}
    assert not RulesDecision.objects.exists()


def test_a_list_that_is_no_longer_true_is_not_confirmed(town: Town) -> None:
    story = Story(town).submitted().registered().assigned()
    choose(town)
    mark = planned(town).mark
    services.acknowledge(
        assignment=story.part("education"), actor=town.actor("edu_liaison"), at=LATER
    )

    with pytest.raises(Stale):
        bring(town, mark=mark)

    assert not RulesApplied.objects.exists()


def test_nothing_to_bring_is_said(town: Town) -> None:
    in_handling(town)

    with pytest.raises(Conflict):
        bring(town)


def test_the_calendar_of_a_post_follows_the_decision(town: Town) -> None:
    case = in_handling(town)
    choose(town, overrides={"acknowledge.limit": "20 days"})

    def receipts() -> list[date]:
        found = between(
            town.actor("edu_liaison"),
            first=TODAY,
            last=date(2020, 4, 30),
            a_day=9,
            calendar=work_calendar(),
        )
        return [on for on, due in found.shown.items() if due[0].kind.name == "receipt"]

    before = receipts()
    bring(town)

    part = case.assignments.get(organ=town.education)
    assert before != receipts()
    ruling = ruling_for(case, on=LATER.date())
    assert receipts() == [acknowledgement_due(part, ruling=ruling).date]


# --- More time that was given before


def acknowledged(town: Town) -> Suggestion:
    return Story(town).submitted().registered().assigned().acknowledged().case


def longer(town: Town, case: Suggestion, until: date, *, at: datetime = NOW) -> Assignment:
    """The organ asks for more time, and its word is enough."""
    part = case.assignments.get(organ=town.education)
    services.ask_extension(
        assignment=part, actor=town.actor("edu_liaison"), at=at, until=until, why="需要实地调研。"
    )
    return Assignment.objects.get(pk=part.pk)


@pytest.mark.parametrize(
    ("deviation", "due_on"),
    [
        pytest.param({"extension.limit": "3 months"}, date(2020, 6, 20), id="too long"),
        pytest.param(
            {"extension.needs_consent": True, "extension.granted_by": "deputies_body"},
            date(2020, 6, 20),
            id="consent lacks",
        ),
        # The eighteen days more than the three months of before are added to the five.
        pytest.param({"reply.limit": "5 days"}, date(2020, 3, 25), id="asked too late"),
    ],
)
def test_an_extension_given_before_stays_given(
    town: Town, deviation: dict[str, Any], due_on: date
) -> None:
    case = acknowledged(town)
    asked = NOW + timedelta(days=7)
    part = longer(town, case, date(2020, 6, 20), at=asked)
    choose(town, overrides=deviation, at=asked)

    bring(town)

    part.refresh_from_db()
    assert RulesApplied.objects.get().extended == {part.key: 1}
    assert (part.due_on, len(part.extensions)) == (due_on, 1)
    assert list(differences()) == []


def test_what_is_given_after_follows_the_new_rules(town: Town) -> None:
    case = acknowledged(town)
    longer(town, case, date(2020, 6, 20))
    choose(town, overrides={"extension.times": 2})
    bring(town)

    part = longer(town, case, date(2020, 6, 25), at=LATER)

    assert (part.due_on, len(part.extensions)) == (date(2020, 6, 25), 2)
    assert list(differences()) == []
    # A second decision forbids what the first allowed; both extensions stay.
    later = LATER + timedelta(days=10)
    choose(town, overrides={"extension.times": 1}, valid_from=later.date(), at=LATER)
    mark = plan(town.congress, on=later.date()).mark
    services.apply_rules(
        congress=town.congress, mark=mark, why="恢复", actor=town.actor("clerk"), at=later
    )
    assert [each.extended for each in RulesApplied.objects.order_by("pk")] == [
        {part.key: 1},
        {part.key: 2},
    ]
    part.refresh_from_db()
    assert part.due_on == date(2020, 6, 25)
    assert list(differences()) == []
    with pytest.raises(Conflict):
        longer(town, case, date(2020, 6, 28), at=later)
