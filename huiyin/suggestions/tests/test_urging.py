"""Urging by the ladder of the rulebook and by hand; assignments that nobody reads."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from huiyin.accounts.tests.town import NOW, Town
from huiyin.kernel.errors import Conflict
from huiyin.ledger.models import Entry
from huiyin.ledger.verify import verify_chain
from huiyin.outbox import jobs, timing
from huiyin.outbox import services as outbox
from huiyin.outbox.models import Notice
from huiyin.outbox.timing import Pressing
from huiyin.outbox.words import require
from huiyin.suggestions import services, told_of_urgings
from huiyin.suggestions.models import Assignment, Rung, Urging
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.services import ladder
from huiyin.suggestions.services.ladder import bring_unread, urge_due
from huiyin.suggestions.services.turn import CASE_TYPE
from huiyin.suggestions.tests.situations import Story, follow_hunan

pytestmark = pytest.mark.django_db

DEMAND = "请于本周内报告办理进展。"


@pytest.fixture
def town(db: None) -> Town:
    town = Town()
    follow_hunan(town)
    return town


@pytest.fixture
def story(town: Town) -> Story:
    """In handling at the education department, acknowledged on the first day."""
    return Story(town).submitted().registered().assigned().acknowledged()


def due_on(story: Story) -> date:
    due = story.part().due_on
    assert due is not None
    return due


def at(day: date, hour: int = 9) -> datetime:
    return NOW.replace(year=day.year, month=day.month, day=day.day, hour=hour)


def day(story: Story, shift: int) -> datetime:
    return at(due_on(story) + timedelta(days=shift))


def rungs(story: Story) -> list[tuple[str, int]]:
    """The rungs so far of the education department's part, and their distance from its due day."""
    rows = Urging.objects.filter(assignment=story.part()).order_by("pk")
    return [(each.rung, (each.on - due_on(story)).days) for each in rows]


def year(story: Story, first: int, last: int) -> None:
    for shift in range(first, last + 1):
        urge_due(at=day(story, shift))


def urge(story: Story, when: datetime, *, by: str = "clerk") -> None:
    services.urge(
        assignment=story.part(),
        actor=story.town.actor(by),
        at=when,
        demand=DEMAND,
        answer_by=when.date() + timedelta(days=7),
    )


def test_the_ladder_soon_today_and_once_a_week_when_late(story: Story) -> None:
    year(story, -20, 23)
    assert rungs(story) == [
        *((Rung.NEAR, -15), (Rung.DUE, 0), (Rung.OVERDUE, 3), (Rung.OVERDUE, 10)),
        *((Rung.OVERDUE, 17),),
    ]
    story.part().refresh_from_db()
    assert list(differences()) == []
    assert verify_chain(story.town.congress.key) == []
    facts = Urging.objects.filter(rung=Rung.OVERDUE).count()
    assert Entry.objects.filter(action="urging.overdue", role="system").count() == facts > 3


def test_days_on_which_nothing_ran_are_not_made_up_for(story: Story) -> None:
    urge_due(at=day(story, 9))
    urge_due(at=day(story, 9))
    urge_due(at=day(story, 8))
    assert rungs(story) == [(Rung.OVERDUE, 9)]


def test_an_extension_moves_the_ladder_with_the_day(story: Story) -> None:
    """No reminder fires on the old date (complaint 3)."""
    year(story, -20, -10)
    until = due_on(story) + timedelta(days=60)
    services.ask_extension(
        assignment=story.part(),
        actor=story.town.actor("edu_liaison"),
        at=day(story, -10),
        until=until,
        why="涉及选址。",
    )
    part = story.part()
    assert part.due_on == until or part.extension_until == until
    if part.extension_until:
        services.grant_extension(
            assignment=part, actor=story.town.actor("clerk"), at=day(story, -9)
        )
    before = story.part().urgings.count()
    for shift in range(-9, 30):
        urge_due(at=at(until - timedelta(days=60) + timedelta(days=shift)))
    assert story.part().urgings.count() == before == 1
    urge_due(at=at(until - timedelta(days=15)))
    assert story.part().urgings.latest("pk").due_on == until


def test_who_has_just_acted_is_not_urged(story: Story) -> None:
    when = day(story, -15)
    services.plan(
        assignment=story.part(),
        actor=story.town.actor("edu_liaison"),
        at=when,
        responsible_leader="周副厅长",
        division="基础教育处",
        handler="何晓",
        requirement="逐条答复",
        feedback_on=when.date() + timedelta(days=5),
    )
    urge_due(at=when)
    told = set(Notice.objects.filter(event="urging.near").values_list("person__name", flat=True))
    assert story.town.person("edu_liaison").name not in told
    assert story.town.person("edu_handler").name in told


def test_what_is_answered_is_not_urged(town: Town) -> None:
    story = Story(town).replied()
    when = at(story.part().assigned_on + timedelta(days=400))
    assert urge_due(at=when) == 0


def test_the_tick_urges_once_a_day(story: Story) -> None:
    outcomes: Any = jobs.run_all(at=day(story, -15))
    assert outcomes["urgings"] == 2  # the co-handling organ is late
    again: Any = jobs.run_all(at=day(story, -15) + timedelta(hours=1))
    assert "urgings" not in again


def test_the_cost_does_not_grow_with_what_is_not_due(
    town: Town, django_assert_max_num_queries: Any
) -> None:
    for number in range(3):
        Story(town, title=f"关于第{number}条路的建议").submitted().registered().assigned()
    with django_assert_max_num_queries(6):
        urge_due(at=NOW + timedelta(days=20))


# --- By hand


def test_the_office_urges_and_the_slip_says_for_which_time(story: Story, client: Client) -> None:
    year(story, -15, 0)
    urge(story, day(story, 4))
    assert rungs(story)[-1] == (Rung.BY_HAND, 4)

    (told, *_more) = Notice.objects.filter(event="assignment.urge")
    assert DEMAND in str(told.params["why"])
    reader = story.town.signed_in(client, "clerk")
    slip = reader.get(f"/suggestions/part/{story.part().key}/document/urging.docx")
    assert slip.status_code == 200
    page = reader.get(f"/suggestions/{story.case.key}/").content.decode()
    assert f"/suggestions/part/{story.part().key}/document/urging.docx" in page
    table = page[page.index('id="urged-title"') :]
    assert table.index(DEMAND) < table.index("</table>")


def test_not_more_often_than_the_rules_say(story: Story) -> None:
    urge_due(at=day(story, 1))
    with pytest.raises(Conflict):
        urge(story, day(story, 3))
    urge(story, day(story, 4))
    # The other way round too: by hand delays the calendar.
    assert urge_due(at=day(story, 6)) == 0
    assert urge_due(at=day(story, 7)) == 1


def test_many_at_once_and_what_cannot_be_is_named(town: Town, story: Story, client: Client) -> None:
    answered = Story(town, title="关于公园的建议").replied()
    reader = town.signed_in(client, "clerk")
    form = {
        "chosen": [story.case.key, answered.case.key],
        "reason": DEMAND,
        "answer_by": "2030-01-01",
        "act": "do",
        "once": "once-0000000000000001",
    }
    for _each in range(2):
        page = reader.post("/suggestions/urge/", form).content.decode()
    urged = Urging.objects.filter(rung=Rung.BY_HAND)
    assert set(urged.values_list("assignment__organ__name", flat=True)) == {
        town.education.name,
        town.finance.name,
    }
    assert urged.count() == 2
    assert answered.case.title in page


@pytest.mark.parametrize("answer_by", ["", "2001-01-01", "昨天"])
def test_what_was_typed_survives_a_refusal(story: Story, client: Client, answer_by: str) -> None:
    reader = story.town.signed_in(client, "clerk")
    form = {
        "chosen": [story.case.key],
        "reason": DEMAND,
        "answer_by": answer_by,
        "act": "do",
        "once": "once-0000000000000002",
    }
    refused = reader.post("/suggestions/urge/", form)
    assert refused.status_code == 422
    assert DEMAND in refused.content.decode()
    assert not Urging.objects.exists()


# --- Unread assignments


def assigned(town: Town) -> Story:
    return Story(town).submitted().registered().assigned()


def test_what_nobody_reads_comes_before_head_and_office_after_a_working_day(town: Town) -> None:
    story = assigned(town)
    first = next(shift for shift in range(1, 12) if bring_unread(at=NOW + timedelta(days=shift)))
    passed = [NOW.date() + timedelta(days=shift) for shift in range(1, first)]
    assert sum(each.weekday() < 5 for each in passed) == 1
    told = Notice.objects.filter(event="urging.unread").values_list("post__role", flat=True)
    assert {"head", "clerk"} <= set(told)
    assert bring_unread(at=NOW + timedelta(days=20)) == 0
    assert rungs(story)[0][0] == Rung.UNREAD


def test_whose_colleague_has_read_it_is_left_alone(town: Town) -> None:
    story = assigned(town)
    for name in ("edu_liaison", "fin_liaison"):
        outbox.seen(case=(CASE_TYPE, story.case.key), actor=town.actor(name), at=NOW)
    assert bring_unread(at=NOW + timedelta(days=20)) == 0


# --- What presses


def test_every_pressing_event_has_words_and_a_reason() -> None:
    for event, (why, roles) in told_of_urgings.PRESSING.items():
        require(event)
        assert roles
        assert isinstance(why, Pressing)
    assert timing.pressing("suggestion.assign", "liaison") == Pressing.DUTY
    assert timing.pressing("suggestion.assign", "deputy") is None
    assert timing.pressing("suggestion.submit", "clerk") is None


def test_what_fails_for_one_organ_holds_up_no_other(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many are urged in one transaction; a fault in one of them is undone with that one alone."""
    first, second = (
        Story(town, title=f"关于第{number}条道路的建议").submitted().registered().assigned()
        for number in range(2)
    )
    reached = ladder._reached

    def broken(part: Assignment, rung: Rung) -> str:
        if part.pk == second.part().pk:
            raise RuntimeError("broken")
        return reached(part, rung)

    monkeypatch.setattr(ladder, "_reached", broken)
    with pytest.raises(RuntimeError, match="broken"):
        urge_due(at=day(first, 3))
    assert [rung for rung, _shift in rungs(first)] == [Rung.OVERDUE]
    assert rungs(second) == []
    monkeypatch.setattr(ladder, "_reached", reached)
    urge_due(at=day(first, 3))
    assert [rung for rung, _shift in rungs(second)] == [Rung.OVERDUE]
    assert verify_chain(town.congress.key) == []
