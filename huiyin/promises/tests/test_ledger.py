"""The ledger: entries born of replies, days that never vanish, ends that come from outside."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from huiyin.accounts.tests.town import NOW, TODAY, Town
from huiyin.ledger.models import Entry
from huiyin.promises.models import Promise
from huiyin.promises.presenters import days_of
from huiyin.promises.stages import PromiseKind
from huiyin.promises.tests.stories import Promised, follow_hunan, promised
from huiyin.suggestions import named_sets
from huiyin.suggestions import services as cases
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.rebuild import differences

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db: None, settings: Any) -> Town:
    settings.HUIYIN_TODAY = TODAY
    town = Town()
    follow_hunan(town)
    return town


def consistent() -> bool:
    return list(differences()) == []


def test_what_is_promised_and_not_done_is_what_the_ledger_says(town: Town) -> None:
    """The list of supervision asks the ledger: moved to a later day it is no longer overdue."""
    story = promised(town)
    due_on = story.promise.due_on
    assert due_on is not None

    def late(on: date) -> list[str]:
        found = Suggestion.objects.filter(named_sets.named("promise_overdue", on=on))
        return list(found.values_list("key", flat=True))

    after = due_on + timedelta(days=1)
    assert late(due_on) == []
    assert late(after) == [story.case.key]
    story.does("edu_liaison", "postpone", until=date(2022, 6, 30), why="征地晚了三个月。")
    assert late(after) == []
    assert late(date(2022, 7, 1)) == [story.case.key]
    story.confirmed()
    assert late(date(2022, 7, 1)) == []


# --- Born from the reply


@pytest.mark.parametrize(
    ("outcome_class", "kind", "due_on"),
    [
        ("A2", PromiseKind.THIS_YEAR, date(2020, 12, 31)),
        ("B1", PromiseKind.NEAR_TERM, date(2021, 3, 2)),
        ("B2", PromiseKind.PLANNED, date(2022, 1, 31)),
    ],
)
def test_a_promise_is_born_with_the_delivery_and_quotes_the_reply(
    town: Town, outcome_class: str, kind: str, due_on: date
) -> None:
    story = promised(town, outcome_class)
    promise = story.promise
    assert (promise.kind, promise.due_on, promise.first_due_on) == (kind, due_on, due_on)
    assert promise.sentence == "两所幼儿园将于2021年9月底前建成并投入使用。"
    assert promise.organ == town.education
    line = Entry.objects.get(action="promise.open")
    assert line.subject_key == promise.key
    assert consistent()


@pytest.mark.parametrize("outcome_class", ["A1", "A3", "C1", "C2"])
def test_other_classes_promise_nothing(town: Town, outcome_class: str) -> None:
    promised(town, outcome_class)
    assert not Promise.objects.exists()
    assert consistent()


def test_nothing_is_entered_before_the_delivery(town: Town) -> None:
    story = Promised(town)
    story.submitted().registered().assigned().acknowledged().planned()
    story.sent_to_check().checked().signed()
    assert not Promise.objects.exists()


def test_a_later_round_states_the_promise_anew_and_keeps_the_first_day(town: Town) -> None:
    story = promised(town)
    story.claimed()
    story.rated("NS").ordered_again()
    promise = story.promise
    assert promise.statements.count() == 2
    assert promise.stage == "open"
    assert [each.day for each in days_of(promise)] == [date(2021, 3, 2), date(2021, 3, 2)]
    assert consistent()


def test_a_later_reply_without_a_promise_leaves_the_first_one_standing(town: Town) -> None:
    story = promised(town)
    story.outcome_class = "C2"
    story.rated("NS").ordered_again()
    assert story.promise.stage == "open"
    assert consistent()


def _reclassified(story: Promised, outcome_class: str) -> None:
    cases.reclassify(
        assignment=story.part(),
        actor=story.town.actor("edu_head"),
        at=NOW,
        outcome_class=outcome_class,
        claim=story.claim(outcome_class),
        why="类别标注有误。",
    )


def test_a_corrected_class_begins_to_promise_but_takes_no_promise_back(town: Town) -> None:
    story = promised(town, "C1")
    _reclassified(story, "B1")
    assert (story.promise.outcome_class, story.promise.due_on) == ("B1", date(2021, 3, 2))
    _reclassified(story, "A1")
    assert story.promise.stage == "open"
    _reclassified(story, "B2")
    assert Promise.objects.count() == 1
    assert consistent()


# --- A whole life


def test_a_promise_is_kept_checked_by_another_and_struck_off_by_the_deputy(town: Town) -> None:
    story = promised(town)
    story.does("edu_handler", "progress", why="主体工程封顶。")
    story.does("edu_liaison", "postpone", until=date(2022, 6, 30), why="征地比预计晚三个月。")
    story.does("edu_liaison", "postpone", until=date(2022, 12, 31), why="供水管网改造。")
    story.confirmed()
    promise = story.promise
    assert (promise.stage, promise.ended_on, promise.postponed) == ("confirmed", TODAY, 2)
    assert [each.day for each in days_of(promise)] == [
        date(2021, 3, 2),
        date(2022, 6, 30),
        date(2022, 12, 31),
    ]
    assert consistent()
    recorded = Entry.objects.filter(subject_key=promise.key).values_list("action", flat=True)
    assert list(recorded) == [
        "promise.open",
        "promise.progress",
        "promise.postpone",
        "promise.postpone",
        "promise.claim_done",
        "promise.pass_check",
        "promise.confirm",
    ]


def test_refused_is_open_again_and_can_be_claimed_again(town: Town) -> None:
    story = promised(town).checked_done()
    story.does("lin", "refuse", why="只建成一所。")
    assert story.promise.stage == "open"
    assert story.promise.claimed_on is None
    story.confirmed()
    assert consistent()


def test_released_is_an_end_but_not_a_kept_promise(town: Town) -> None:
    story = promised(town).released()
    assert (story.promise.stage, story.promise.ended_on) == ("released", TODAY)
    story.does("lin", "reopen", why="规划又恢复了。")
    assert (story.promise.stage, story.promise.ended_on) == ("open", None)
    assert consistent()


def test_the_rebuild_sees_a_column_that_was_changed_by_hand_and_an_entry_that_is_missing(
    town: Town,
) -> None:
    story = promised(town)
    Promise.objects.update(due_on=date(2030, 1, 1))
    assert [each.column for each in differences()] == ["promise due_on"]
    list(differences(repair=True))
    assert consistent()
    assert story.promise.due_on == date(2021, 3, 2)
