"""Co-handling: opinions returned once, marked, awaited in their time, named in the reply (M5)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from huiyin.accounts.actor import Actor
from huiyin.accounts.tests.town import NOW, TODAY, Town
from huiyin.kernel.clock import ZONE
from huiyin.kernel.errors import Conflict, DomainError, Invalid, NotPermitted, Stale
from huiyin.ledger.verify import verify_chain
from huiyin.organisations.models import RuleChoice
from huiyin.outbox.models import Notice
from huiyin.rulebook import ClockKind
from huiyin.suggestions import clocks, co_table, duties, services
from huiyin.suggestions.hollow import hints
from huiyin.suggestions.models import (
    CoOpinion,
    CoStatement,
    OpinionDraft,
    OpinionMarked,
    StatementKind,
)
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.ruling import ruling_for
from huiyin.suggestions.tests.situations import Story

pytestmark = pytest.mark.django_db

# Two months from the receipt on 2 March 2020; five working days from the return on that day.
DUE, DUE_AGAIN = date(2020, 5, 2), date(2020, 3, 9)


@pytest.fixture
def town(db: None, settings: Any) -> Town:
    settings.HUIYIN_TODAY = TODAY
    return Town()


def follow(town: Town, **overrides: object) -> None:
    """Let the congress decide so; a name's first underscore stands for the dot."""
    RuleChoice.objects.create(
        congress=town.congress,
        pack="national",
        valid_from=date(2020, 1, 1),
        overrides={f"cohandle.{name}": value for name, value in overrides.items()},
        decided_by="主任会议",
        decided_on=date(2019, 12, 20),
        basis="岳常办发〔2020〕6号",
    )


def helped(town: Town) -> Story:
    story = Story(town).submitted().registered().assigned().acknowledged()
    return story.co_acknowledged().opinion_given()


def later(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=ZONE)


def give_back(story: Story, *, who: str = "edu_handler", why: str = "没有说明金额。") -> None:
    services.return_opinion(
        assignment=story.part("finance"), actor=story.town.actor(who), at=NOW, why=why
    )


def give(story: Story, *, text: str = "安排820万元，九月底前拨付。", at: datetime = NOW) -> None:
    services.give_opinion(
        assignment=story.part("finance"),
        actor=story.town.actor("fin_handler"),
        at=at,
        text=text,
        will_do="九月底前拨付到位。",
        advice="建议答复中写明拨付时间。",
        signed_by="方副厅长",
    )


def mark(story: Story, said: str, reason: str = "", *, who: str = "edu_handler") -> None:
    services.mark_opinion(
        assignment=story.part("finance"),
        actor=story.town.actor(who),
        at=NOW,
        mark=said,
        reason=reason,
    )


def send(story: Story, *, at: datetime = NOW) -> None:
    story.heard()
    services.send_to_check(
        assignment=story.part(),
        actor=story.town.actor("edu_handler"),
        at=at,
        text=story.reply_text(),
    )


def told(who: Actor) -> set[str]:
    return set(Notice.objects.filter(person=who.person).values_list("event", flat=True))


# --- Returned once


def test_an_opinion_is_returned_once_and_both_are_kept(town: Town) -> None:
    story = helped(town)
    give_back(story)
    part = story.part("finance")
    assert (part.due_on, part.done_on, part.opinion_returned_on) == (DUE_AGAIN, None, TODAY)
    assert "assignment.return_opinion" in told(town.actor("fin_handler"))
    assert list(differences()) == []

    give(story)
    assert story.part("finance").done_on == TODAY
    assert [each.text for each in CoOpinion.objects.order_by("pk")] == [
        "经费已列入年初预算。",
        "安排820万元，九月底前拨付。",
    ]
    with pytest.raises(Conflict, match="只能退回一次"):
        give_back(story)
    assert list(differences()) == []
    assert verify_chain(town.congress.key) == []


def test_another_clock_runs_for_the_second_opinion(town: Town) -> None:
    story = helped(town)
    give_back(story)
    part = story.part("finance")
    ruling = ruling_for(story.case, on=TODAY)
    clock = clocks.task(part, ruling=ruling, session_close=None)
    assert clock is not None
    assert (clock.kind, clock.start, clock.date) == (ClockKind.CO_OPINION_REDO, TODAY, DUE_AGAIN)
    found = clocks.of_case(story.case, ruling=ruling, on=TODAY)
    assert ClockKind.CO_OPINION_REDO in {each.clock.kind for each in found}
    give(story)
    found = clocks.of_case(story.case, ruling=ruling, on=TODAY)
    (again,) = [each for each in found if each.clock.kind is ClockKind.CO_OPINION_REDO]
    assert again.clock.met_on == TODAY


def test_a_congress_may_set_another_time_or_none(town: Town) -> None:
    follow(town, redo_limit="none", awaited=True)
    story = helped(town)
    give_back(story)
    assert story.part("finance").due_on is None
    # Where no day is set nobody is waited for.
    send(story)
    assert CoStatement.objects.get().kind == StatementKind.PENDING


def test_a_fixed_text_cannot_have_its_opinion_returned(town: Town) -> None:
    story = helped(town).sent_to_check()
    with pytest.raises(Conflict):
        give_back(story)


@pytest.mark.parametrize("who", ["fin_handler", "fin_head", "edu_head", "edu_checker", "clerk"])
def test_only_those_who_write_the_lead_s_reply_judge_it(town: Town, who: str) -> None:
    story = helped(town)
    with pytest.raises(NotPermitted):
        give_back(story, who=who)
    with pytest.raises(NotPermitted):
        mark(story, "adopted", who=who)


@pytest.mark.parametrize("text", ["", "   ", "\n\t　\n"])
def test_whitespace_is_no_opinion(town: Town, text: str) -> None:
    story = Story(town).submitted().registered().assigned().co_acknowledged()
    with pytest.raises(Invalid):
        give(story, text=text)
    assert not CoOpinion.objects.exists()


# --- Marked


@pytest.mark.parametrize(
    ("said", "reason"), [("partly", ""), ("not_adopted", "　 "), ("", "理由"), ("great", "理由")]
)
def test_a_mark_needs_its_reason_and_a_known_word(town: Town, said: str, reason: str) -> None:
    story = helped(town)
    with pytest.raises(Conflict):
        mark(story, said, reason)
    assert not OpinionMarked.objects.exists()


def test_the_last_mark_counts_and_all_are_kept(town: Town) -> None:
    story = helped(town)
    mark(story, "not_adopted", "与现行办法不符。")
    mark(story, "partly", "采纳资金部分。")
    assert story.part("finance").opinion_mark == "partly"
    assert list(OpinionMarked.objects.values_list("mark", flat=True)) == ["not_adopted", "partly"]
    assert "assignment.mark_opinion" in told(town.actor("fin_handler"))
    assert "assignment.mark_opinion" in told(town.actor("clerk"))
    assert "assignment.mark_opinion" not in told(town.actor("lin"))
    assert list(differences()) == []


def test_a_new_opinion_is_not_marked_by_the_old_mark(town: Town) -> None:
    story = helped(town)
    mark(story, "adopted")
    give_back(story)
    give(story)
    assert story.part("finance").opinion_mark == ""
    with pytest.raises(Conflict, match="标明省财政厅"):
        send(story)
    assert list(differences()) == []


def test_the_reply_waits_for_the_mark_unless_the_rules_do_not_ask(town: Town) -> None:
    with pytest.raises(Conflict, match="标明省财政厅"):
        send(helped(town))


def test_where_the_rules_do_not_ask_no_mark_is_needed(town: Town) -> None:
    follow(town, marked=False)
    send(helped(town))
    assert CoStatement.objects.get().marked is None


def test_the_database_refuses_a_mark_without_reason(town: Town) -> None:
    helped(town)
    opinion = CoOpinion.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        OpinionMarked(opinion=opinion, mark="partly", reason="", at=NOW).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        OpinionMarked(opinion=opinion, mark="maybe", reason="理由", at=NOW).save()


# --- Awaited in its time, never for ever


def test_where_the_reply_states_opinions_it_waits_until_the_time_is_over(town: Town) -> None:
    follow(town, awaited=True)
    story = Story(town).submitted().registered().assigned().acknowledged().co_acknowledged()
    assert story.part("finance").due_on == DUE
    for day in (TODAY, DUE):
        with pytest.raises(Conflict, match="省财政厅"):
            send(story, at=later(day))
    send(story, at=later(date(2020, 5, 3)))
    stated = CoStatement.objects.get()
    assert (stated.kind, stated.due_on) == (StatementKind.ABSENT, DUE)


def test_one_who_never_signed_for_it_is_not_waited_for_either(town: Town) -> None:
    follow(town, awaited=True)
    story = Story(town).submitted().registered().assigned().acknowledged()
    with pytest.raises(Conflict):
        send(story)
    send(story, at=later(date(2020, 5, 3)))
    assert CoStatement.objects.get().kind == StatementKind.ABSENT


def test_a_returned_opinion_not_given_again_leaves_its_organ_absent(town: Town) -> None:
    follow(town, awaited=True)
    story = helped(town)
    give_back(story)
    with pytest.raises(Conflict):
        send(story, at=later(DUE_AGAIN))
    send(story, at=later(date(2020, 3, 10)))
    stated = CoStatement.objects.get()
    assert (stated.kind, stated.opinion, stated.due_on) == (StatementKind.ABSENT, None, DUE_AGAIN)


def test_elsewhere_the_reply_may_go_before_and_says_that_none_had_come(town: Town) -> None:
    story = Story(town).submitted().registered().assigned().acknowledged()
    send(story)
    assert CoStatement.objects.get().kind == StatementKind.PENDING


def test_absences_are_counted_by_organ_with_exactly_their_rows(town: Town) -> None:
    follow(town, awaited=True)
    story = Story(town).submitted().registered().assigned().acknowledged()
    send(story, at=later(date(2020, 5, 3)))
    give_back(helped(town))
    clerk, on = town.actor("clerk"), date(2020, 5, 4)
    (finance,) = co_table.by_organ(clerk, on=on)
    counts = dict(zip(co_table.COUNTED, [each.count for each in finance.numbers], strict=True))
    # The second one was returned, and its five days are over too.
    assert counts == {
        "all": 2,
        "late": 2,
        "given_late": 0,
        "returned": 1,
        "absent": 1,
        "unsigned": 0,
    }
    assert co_table.by_organ(town.actor("fin_head"), on=on) == []


# --- What the organs have to do


def test_who_has_what_to_do(town: Town) -> None:
    story = Story(town).submitted().registered().assigned().acknowledged().co_acknowledged()
    lead, helper = town.actor("edu_handler"), town.actor("fin_handler")
    assert duties.rows_of(helper, "opinion").get() == story.case
    assert duties.rows_awaited(lead, "awaiting_opinion").get() == story.case
    assert duties.rows_awaited(town.actor("clerk"), "awaiting_opinions").get() == story.case
    story.opinion_given()
    assert duties.rows_of(lead, "mark_opinion").get() == story.case
    assert not duties.rows_of(helper, "mark_opinion").exists()
    assert not duties.rows_awaited(lead, "awaiting_opinion").exists()
    mark(story, "adopted")
    assert not duties.rows_of(lead, "mark_opinion").exists()


# --- The draft


def test_a_colleague_s_draft_is_not_written_over(town: Town) -> None:
    story = Story(town).submitted().registered().assigned().co_acknowledged()

    def save(text: str, revision: int, who: str = "fin_handler") -> OpinionDraft:
        return services.save_opinion_draft(
            assignment=story.part("finance"),
            actor=town.actor(who),
            at=NOW,
            content={"text": text},
            revision=revision,
        )

    assert save("初稿", 0).revision == 1
    with pytest.raises(Stale):
        save("另一稿", 0, "fin_liaison")
    assert OpinionDraft.objects.get().content == {"text": "初稿"}
    for who in ("fin_head", "edu_handler", "lin"):
        with pytest.raises(NotPermitted):
            save("外人", 1, who)
    story.opinion_given()
    with pytest.raises(Conflict):
        save("晚了", 1)


# --- Hints decide nothing


def test_hints_name_what_reads_as_empty_and_nothing_follows(town: Town) -> None:
    assert hints("", None, "  ") == []
    hollow = hints("无意见，将积极配合主办单位。")
    assert len(hollow) == 3
    assert "“无意见”" in str(hollow[1])
    full = (
        "已安排专项资金820万元，其中园舍建设600万元、设备220万元，6月底前拨付到县；"
        "缺口180万元列入2021年预算，由县财政局配套落实，资金下达情况按季度通报。"
    )
    assert hints(full) == []
    story = Story(town).submitted().registered().assigned().co_acknowledged()
    give(story, text="无意见。")
    assert story.part("finance").done_on == TODAY


def test_a_refused_step_leaves_nothing(town: Town) -> None:
    story = helped(town)
    before = story.case.acts.count()
    for attempt in (lambda: mark(story, "partly"), lambda: give_back(story, why=" ")):
        with pytest.raises(DomainError):
            attempt()
    assert story.case.acts.count() == before
