"""A notice that comes late: running clocks follow it, settled ones stay, and each move is known."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from huiyin.accounts.tests.town import Town
from huiyin.kernel.clock import ZONE
from huiyin.kernel.errors import Conflict, NotPermitted, Stale
from huiyin.ledger.models import Entry
from huiyin.ledger.services import HOUSE
from huiyin.ledger.verify import verify_chain
from huiyin.organisations.models import CalendarNotice, Congress, Level
from huiyin.organisations.selectors import work_calendar
from huiyin.outbox.models import Notice as Told
from huiyin.rulebook.notices import Notice, Rest
from huiyin.rulebook.words import Words
from huiyin.suggestions import services
from huiyin.suggestions.models import ClockName, Redated, Redating, Suggestion
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.running import Changed
from huiyin.suggestions.services.calendar import load_notice, preview_notice
from huiyin.suggestions.tests.situations import Story, follow_hunan

pytestmark = pytest.mark.django_db

LATER = datetime(2020, 3, 3, 9, 0, tzinfo=ZONE)
# Three working days off in the first week after the town's day.
MARCH = (date(2020, 3, 4), date(2020, 3, 6))
IN_WORKING_DAYS = {
    "acknowledge.limit": "5 working days",
    "cohandle.limit": "15 working days",
    "reply.limit": "20 working days",
    "reply.limit_wide": "40 working days",
    "feedback.limit": "10 working days",
}


@pytest.fixture
def town() -> Town:
    town = Town()
    follow_hunan(town, overrides=IN_WORKING_DAYS)
    return town


def notice(*rests: tuple[date, date], number: int = 2) -> Notice:
    """An invented notice that gives more days off in the spring of 2020."""
    return Notice(
        number=f"国办发明电〔2020〕{number}号",
        number_unread="",
        title="国务院办公厅关于2020年春季放假安排的通知",
        issued=date(2020, 3, 1) + timedelta(days=number),
        year=2020,
        rests=tuple(
            Rest(name=Words(zh="放假", en="day off"), first=first, last=last)
            for first, last in rests
        ),
        work=(),
    )


def load(town: Town, given: Notice, at: datetime = LATER) -> list[Changed]:
    _kept, changed = load_notice(notice=given, actor=town.actor("clerk"), at=at)
    return changed


def moved(changed: list[Changed]) -> dict[str, tuple[date | None, date | None]]:
    return {each.clock: (each.was, each.now) for each in changed}


def test_running_clocks_follow_the_notice(town: Town) -> None:
    case = Story(town).submitted().registered().assigned().case
    assert moved(load(town, notice(MARCH))) == {
        "acknowledge": (date(2020, 3, 9), date(2020, 3, 12)),
        "opinion": (date(2020, 3, 23), date(2020, 3, 26)),
        "reply": (date(2020, 3, 30), date(2020, 4, 2)),
    }
    case.refresh_from_db()
    assert (case.due_on, case.first_due_on) == (date(2020, 4, 2), date(2020, 4, 2))
    assert list(case.assignments.values_list("due_on", flat=True)) == [
        date(2020, 4, 2),
        date(2020, 3, 26),
    ]
    assert list(differences()) == []


def test_the_deputys_clock_follows_too(town: Town) -> None:
    Story(town).replied()
    [only] = load(town, notice(MARCH))
    assert (only.clock, only.was, only.now) == (
        ClockName.FEEDBACK,
        date(2020, 3, 16),
        date(2020, 3, 19),
    )
    assert only.told == (town.post("lin"),)


def test_a_settled_date_stays_and_rebuild_agrees(town: Town) -> None:
    closed = Story(town).replied().rated("S").case
    answered = Story(town, title="关于扩建幼儿园的建议").replied().case
    before = list(Suggestion.objects.order_by("pk").values_list("first_due_on", "ordinary_due_on"))

    changed = load(town, notice(MARCH))

    assert {each.case for each in changed} == {answered}
    closed.refresh_from_db()
    after = Suggestion.objects.order_by("pk").values_list("first_due_on", "ordinary_due_on")
    assert list(after) == before
    assert list(differences()) == []


def test_a_part_done_keeps_its_date_beside_one_that_runs(town: Town) -> None:
    story = Story(town).submitted().registered().assigned().co_acknowledged().opinion_given()
    given = story.part("finance").due_on
    load(town, notice(MARCH))
    assert story.part("finance").due_on == given
    assert story.part().due_on == date(2020, 4, 2)
    assert list(differences()) == []
    # What is done from here on is done under the notice; what was done before is not.
    services.acknowledge(assignment=story.part(), actor=town.actor("edu_liaison"), at=LATER)
    assert story.part("finance").due_on == given
    assert list(differences()) == []


def test_each_notice_finds_the_dates_the_one_before_left(town: Town) -> None:
    Story(town).submitted().registered().assigned()
    load(town, notice(MARCH))
    second = load(town, notice((date(2020, 3, 10), date(2020, 3, 10)), number=3))
    assert moved(second)["reply"] == (date(2020, 4, 2), date(2020, 4, 3))
    assert [each.was for each in Redated.objects.filter(clock="reply")] == [
        date(2020, 3, 30),
        date(2020, 4, 2),
    ]
    assert list(differences()) == []


def test_the_change_is_on_record_and_the_record_whole(town: Town) -> None:
    case = Story(town).submitted().registered().assigned().case
    load(town, notice(MARCH))
    lines = Entry.objects.filter(chain_id=town.congress.key).order_by("-seq")[:2]
    assert [line.action for line in lines] == ["suggestion.redate", "redating.decide"]
    assert lines[0].subject_key == case.key
    assert "2020-03-30" in lines[0].before and "2020-04-02" in lines[0].after
    assert Entry.objects.get(action="calendar.load").chain_id == HOUSE
    for chain in (HOUSE, town.congress.key):
        assert verify_chain(chain) == []
    assert Redating.objects.get().changes.count() == 4


def test_who_holds_a_case_is_told_once_and_named_in_the_list(town: Town) -> None:
    for title in ("关于增设幼儿园的建议", "关于扩建幼儿园的建议"):
        Story(town, title=title).submitted().registered().assigned()
    Told.objects.all().delete()
    changed = load(town, notice(MARCH))
    told = Told.objects.filter(event="redating.calendar")
    assert {each.post for each in told} == {post for each in changed for post in each.told}
    assert {each.params["count"] for each in told} == {2}
    assert {each.post.role for each in told} == {"liaison", "handler"}
    assert Redated.objects.filter(told="").count() == 0


def test_a_preview_changes_nothing_and_foretells_all(town: Town) -> None:
    Story(town).submitted().registered().assigned()
    foretold = preview_notice(notice(MARCH))
    assert (Redating.objects.count(), CalendarNotice.objects.count()) == (0, 0)
    assert moved(foretold) == moved(load(town, notice(MARCH)))


def test_the_same_notice_is_not_loaded_twice(town: Town) -> None:
    load(town, notice(MARCH))
    with pytest.raises(Conflict, match="〔2020〕2号"):
        load(town, notice(MARCH))
    assert CalendarNotice.objects.count() == 1


def test_only_the_clerk_loads_a_notice(town: Town) -> None:
    for who in set(town.everyone()) - {"clerk", "second_clerk"}:
        with pytest.raises(NotPermitted):
            load_notice(notice=notice(MARCH), actor=town.actor(who), at=LATER)
    assert not CalendarNotice.objects.exists()


def test_a_lower_congress_does_not_load_for_the_higher(town: Town) -> None:
    Congress.objects.create(
        slug="guojia", name="某上级人民代表大会", short_name="上级", level=Level.NATIONAL
    )
    with pytest.raises(NotPermitted):
        load(town, notice(MARCH))


def test_the_command_line_loads_without_a_post(town: Town) -> None:
    Story(town).submitted().registered().assigned()
    kept, changed = load_notice(notice=notice(MARCH), actor=None, at=LATER, via="command")
    assert (kept.loaded_by, len(changed)) == ("", 4)
    assert Redating.objects.get().post is None
    assert not work_calendar().is_working_day(date(2020, 3, 4))


def test_a_page_from_before_the_notice_is_told_so(town: Town) -> None:
    case = Story(town).submitted().registered().assigned().case
    case.refresh_from_db()
    seen = case.revision
    load(town, notice(MARCH))
    with pytest.raises(Stale):
        services.withdraw(
            case=case, actor=town.actor("lin"), at=LATER, why="已沟通解决。", revision=seen
        )
