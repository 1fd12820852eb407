"""The clocks of a case from its facts, and ``huiyin clocks explain``."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.accounts.tests.town import NOW, TODAY, Town
from huiyin.kernel.clock import ZONE
from huiyin.rulebook import ClockKind, Light, load, shipped_calendar
from huiyin.suggestions import clocks, services
from huiyin.suggestions.clocks import CaseClock
from huiyin.suggestions.models import Assignment, Suggestion
from huiyin.suggestions.ruling import Ruling, ruling_for
from huiyin.suggestions.tests.cases import HunanStory, town_of_pages

pytestmark = pytest.mark.django_db

ASSIGNED = date(2020, 3, 2)


@pytest.fixture
def town(db: None, settings: Any) -> Town:
    return town_of_pages(settings)


def of(story: HunanStory, on: date) -> dict[tuple[ClockKind, str, int], CaseClock]:
    case = Suggestion.objects.select_related("congress", "session").get(pk=story.case.pk)
    found = clocks.of_case(case, ruling=ruling_for(case, on=on), on=on)
    return {
        (each.clock.kind, each.part.organ.name if each.part else "", each.clock.first_on.day): each
        for each in found
    }


def explained(name: str, *options: str) -> str:
    """What is printed. A key may begin with a dash."""
    out = StringIO()
    call_command("clocks", "explain", *options, "--", name, stdout=out)
    return out.getvalue()


def kinds(found: dict[tuple[ClockKind, str, int], CaseClock]) -> list[ClockKind]:
    return [kind for kind, _organ, _day in found]


# --- From facts to events


def test_each_organ_has_the_clocks_of_its_role(town: Town) -> None:
    story = HunanStory(town).submitted().registered().assigned()
    day = story.part().assigned_on
    found = of(story, day)
    assert kinds(found) == [
        ClockKind.ACKNOWLEDGE, ClockKind.RETURN_REQUEST, ClockKind.REPLY,
        ClockKind.ACKNOWLEDGE, ClockKind.RETURN_REQUEST, ClockKind.CO_OPINION,
    ]  # fmt: skip
    assert not any(each.stopped or each.clock.met_on for each in found.values())


def test_what_is_stored_is_what_the_events_say(town: Town) -> None:
    story = HunanStory(town).submitted().registered().assigned().acknowledged()
    story.co_acknowledged().opinion_given().sent_to_check().checked().signed().delivered()
    close = story.case.session.closes_on
    parts = list(Assignment.objects.filter(suggestion=story.case).select_related("suggestion"))
    assert len(parts) == 2
    for part in parts:
        ruling = ruling_for(story.case, on=part.assigned_on)
        clock = clocks.task(part, ruling=ruling, session_close=close)
        assert clock is not None
        assert (clock.date, clock.met_on) == (part.due_on, part.done_on)
        assert clock.met_on is not None
    rating = clocks.feedback(
        Suggestion.objects.get(pk=story.case.pk).replied_on or date.min,
        ruling=ruling_for(story.case, on=close or date.min),
    )
    assert rating is not None
    assert rating.met_on is None


def test_an_organ_for_reference_owes_no_more_than_its_receipt() -> None:
    part = Assignment(role="reference", assigned_on=ASSIGNED)
    assert clocks.task_kind(part) is None


@pytest.mark.parametrize(
    ("role", "round_", "wide", "kind"),
    [
        ("co", 2, False, ClockKind.CO_OPINION),
        ("lead", 1, False, ClockKind.REPLY),
        ("sole", 1, True, ClockKind.REPLY_WIDE),
        ("separate", 2, True, ClockKind.REHANDLE),
    ],
)
def test_the_task_follows_from_role_and_round(
    role: str, round_: int, kind: ClockKind, *, wide: bool
) -> None:
    part = Assignment(role=role, round=round_, wide=wide, assigned_on=ASSIGNED)
    assert clocks.task_kind(part) == kind


@pytest.mark.parametrize("received", [None, date(2020, 3, 3), date(2020, 3, 6)])
def test_asking_for_a_return_uses_the_right_to_it(received: date | None) -> None:
    """Before or after it acknowledged; the right is then used, neither running nor lapsed."""
    ruling = Ruling(rules=load("qingdao", on=ASSIGNED), calendar=shipped_calendar())
    part = Assignment(role="lead", round=1, assigned_on=ASSIGNED, acknowledged_on=received)
    waiting = clocks.return_request(part, ruling=ruling)
    asked = clocks.return_request(part, ruling=ruling, asked_on=date(2020, 3, 4))
    assert waiting is not None and asked is not None
    assert (waiting.met_on, asked.met_on) == (None, date(2020, 3, 4))
    long_after = date(2020, 12, 1)
    assert asked.read(long_after).light is waiting.read(long_after).light is Light.GREY
    assert asked.read(date(2020, 3, 5)).light is Light.GREY


def test_where_a_place_asks_for_contact_the_first_talk_ends_that_clock() -> None:
    """重庆 art. 18: within twenty working days of receipt."""
    rules = load("chongqing", on=ASSIGNED)
    ruling = Ruling(rules=rules, calendar=shipped_calendar())
    part = Assignment(role="lead", round=1, assigned_on=ASSIGNED, acknowledged_on=date(2020, 3, 4))
    waiting = clocks.contact(part, held_on=None, ruling=ruling)
    held = clocks.contact(part, held_on=date(2020, 3, 9), ruling=ruling)
    assert waiting is not None and held is not None
    assert waiting.date == held.date == date(2020, 4, 1)
    assert (waiting.met_on, held.met_on) == (None, date(2020, 3, 9))


def test_a_receipt_on_paper_dated_before_the_assignment_counts_from_it(town: Town) -> None:
    story = HunanStory(town).submitted().registered().assigned()
    ruling = ruling_for(story.case, on=ASSIGNED)
    early = Assignment(
        role="co",
        round=1,
        assigned_on=ASSIGNED,
        acknowledged_on=ASSIGNED - timedelta(days=3),
        done_on=ASSIGNED - timedelta(days=1),
    )
    clock = clocks.task(early, ruling=ruling, session_close=None)
    assert clock is not None
    assert (clock.start, clock.met_on) == (ASSIGNED, ASSIGNED)


def test_a_day_in_the_past_knows_nothing_of_later_steps(town: Town) -> None:
    story = HunanStory(town).submitted().registered().assigned()
    day = story.part().assigned_on
    story.acknowledged()
    services.record_contact(
        assignment=story.part(),
        actor=town.actor("edu_handler"),
        at=NOW,
        phase="before",
        form="phone",
        held_on=TODAY,
        gist="已电话沟通。",
    )
    assert of(story, day - timedelta(days=1)) == {}
    reply = of(story, TODAY)[ClockKind.REPLY, story.part().organ.name, day.day]
    assert reply.clock.first_on == day


def test_the_last_moment_of_a_day_in_china_is_still_that_day(town: Town) -> None:
    """T059: what is done at 23:59:59.999 in China counts for that day, wherever the host stands."""
    for moment, day in (
        (datetime(2020, 3, 10, 15, 59, 59, 999000, tzinfo=UTC), date(2020, 3, 10)),
        (datetime(2020, 3, 10, 16, 0, tzinfo=UTC), date(2020, 3, 11)),
    ):
        story = HunanStory(town).submitted().registered().assigned()
        services.acknowledge(assignment=story.part(), actor=town.actor("edu_liaison"), at=moment)
        assert Assignment.objects.get(pk=story.part().pk).acknowledged_on == day


def test_a_withdrawn_case_has_stopped_clocks(town: Town) -> None:
    story = HunanStory(town).submitted().registered().assigned().agreed_to_withdraw()
    services.withdraw(case=story.case, actor=town.actor("lin"), at=NOW, why="情况已经变化。")
    found = of(story, TODAY)
    assert found
    assert all(each.stopped for each in found.values())
    assert "不计时" in explained(story.case.key, "--on", TODAY.isoformat())


def test_a_right_that_was_used_is_not_told_as_lapsed(town: Town) -> None:
    story = HunanStory(town).submitted().registered().assigned()
    part = story.part()
    services.ask_return(
        assignment=part,
        actor=town.actor("edu_liaison"),
        at=datetime.combine(part.assigned_on, datetime.min.time(), tzinfo=ZONE),
        named=town.finance,
        why="不属于我厅职责。",
        mandate="职能配置规定第三条。",
    )
    later = (part.assigned_on + timedelta(days=100)).isoformat()
    told = explained(story.case.key, "--on", later)
    assert f"申请退回，{part.organ.name}，第1轮：2020-03-12，已完成" in told
    # The other organ asked for nothing: its right has lapsed.
    assert f"申请退回，{town.finance.name}，第1轮：2020-03-12，已过期限" in told


# --- huiyin clocks explain


def test_it_tells_every_clock_in_both_languages(town: Town) -> None:
    story = HunanStory(town).submitted().registered().assigned()
    day = story.part().assigned_on
    on = (day + timedelta(days=100)).isoformat()
    chinese = explained(story.case.number or "", "--on", on)
    english = explained(story.case.key, "--on", on, "--language", "en")
    assert f"首次交办：{day}；至{on}历时100天" in chinese
    assert f"First assigned on {day}; until {on} that is 100 days" in english
    organ = story.part().organ.name
    assert f"答复，{organ}，第1轮：2020-" in chinese
    assert "逾期" in chinese
    assert f"申请退回，{organ}，第1轮：2020-03-12，已过期限" in chinese
    assert "剩余：-" not in chinese
    assert f"Reply, {organ}, round 1: 2020-" in english
    assert "The period is 3 calendar months. [Deputies Law, art. 42, para. 1]" in english
    assert "期限为3个月。 [《代表法》第四十二条第一款]" in chinese


def test_it_tells_the_deputys_clock_and_when_it_ended(town: Town) -> None:
    story = HunanStory(town).submitted().registered().assigned().acknowledged()
    story.co_acknowledged().opinion_given().sent_to_check().checked().signed().delivered()
    on = TODAY
    waiting = of(story, on)[ClockKind.FEEDBACK, "", on.day]
    assert waiting.clock.read(on).light is Light.AMBER
    assert "代表反馈：" in explained(story.case.key, "--on", on.isoformat())
    story.rated("S")
    rated = of(story, TODAY)[ClockKind.FEEDBACK, "", on.day]
    assert rated.clock.met_on == TODAY
    assert f"代表反馈：{rated.clock.date}，已完成" in explained(story.case.key, "--on", str(TODAY))


def test_before_it_is_assigned_no_clock_has_begun(town: Town) -> None:
    story = HunanStory(town).submitted().registered()
    assert explained(story.case.key).endswith("还没有开始计算的期限。\n")


def test_a_strange_name_or_day_is_refused(town: Town) -> None:
    with pytest.raises(CommandError, match="没有“9999”这件建议"):
        explained("9999")
    story = HunanStory(town).submitted().registered()
    with pytest.raises(CommandError, match="只有30天"):
        explained(story.case.key, "--on", "2020-09-31")


def test_a_number_of_several_asks_which(town: Town) -> None:
    first = HunanStory(town).submitted().registered()
    other = HunanStory(town).submitted().registered()
    session = first.case.session
    pk = session.pk
    session.pk, session.key, session.ordinal, session.name = None, "another", 99, "另一次会议"
    session.save()
    number = Suggestion.objects.get(pk=first.case.pk).number or ""
    Suggestion.objects.filter(pk=other.case.pk).update(session=session, number=number)
    with pytest.raises(CommandError, match="不止一件") as refusal:
        explained(number)
    assert first.case.key in str(refusal.value)
    assert other.case.key in str(refusal.value)
    assert session.pk != pk
    assert other.case.title in explained(number, "--session", "另一次会议")
    slug = first.case.congress.slug
    with pytest.raises(CommandError, match="不止一件"):
        explained(number, "--congress", slug)
    with pytest.raises(CommandError, match="没有"):
        explained(number, "--congress", "nowhere")


def test_a_case_is_read_in_a_fixed_number_of_queries(town: Town) -> None:
    story = HunanStory(town).submitted().registered().assigned().acknowledged()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        explained(story.case.key)
    assert len(asked) <= 8
