"""Who lets the time for rating pass is reminded once; nothing is closed by itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from huiyin.accounts.models import Post, Standing
from huiyin.accounts.tests.town import NOW, Town
from huiyin.outbox import jobs
from huiyin.outbox.models import Notice
from huiyin.suggestions import services
from huiyin.suggestions.models import Act
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.services.reminding import REMINDER, remind_to_rate
from huiyin.suggestions.stages import Stage
from huiyin.suggestions.tests.situations import Story, follow_hunan

pytestmark = pytest.mark.django_db

# Hunan gives ten days from delivery, which in these stories is today.
LAST_DAY = NOW + timedelta(days=10)
AFTER = LAST_DAY + timedelta(days=1)


@pytest.fixture
def town(db: None) -> Town:
    town = Town()
    follow_hunan(town)
    return town


def reminders() -> list[Notice]:
    return list(Notice.objects.filter(event=REMINDER).order_by("pk"))


def test_on_the_last_day_nobody_is_reminded_and_on_the_next_the_lead_deputy(town: Town) -> None:
    story = Story(town).replied()
    assert remind_to_rate(at=LAST_DAY) == 0
    assert remind_to_rate(at=AFTER) == 1
    (told,) = reminders()
    assert (told.person, told.case_key) == (town.person("lin"), story.case.key)
    assert told.params["due"] == {"day": LAST_DAY.date().isoformat()}
    story.case.refresh_from_db()
    assert story.case.stage == Stage.REPLIED


def test_once_is_enough(town: Town) -> None:
    Story(town).replied()
    assert [remind_to_rate(at=AFTER + timedelta(days=days)) for days in (0, 0, 1, 40)] == [
        *(1, 0, 0, 0)
    ]


def test_a_new_round_is_reminded_of_anew(town: Town) -> None:
    story = Story(town).replied()
    remind_to_rate(at=AFTER)
    Notice.objects.filter(event=REMINDER).update(created_at=NOW - timedelta(days=1))
    story.rated("NS").acknowledged()
    assert remind_to_rate(at=AFTER) == 0
    story.sent_to_check().checked().signed().delivered()
    assert remind_to_rate(at=AFTER) == 1


def test_who_has_rated_is_left_alone(town: Town) -> None:
    Story(town).replied().rated("S")
    assert remind_to_rate(at=AFTER) == 0


def test_what_was_carried_in_from_a_list_reminds_nobody(town: Town) -> None:
    story = Story(town).submitted().registered().assigned().acknowledged().planned()
    story.sent_to_check().checked().signed()
    services.deliver(
        assignment=story.part(), actor=town.actor("edu_liaison"), at=NOW, via=Via.IMPORT
    )
    assert Act.objects.filter(move="answer", via=Via.IMPORT).count() == 1
    assert remind_to_rate(at=AFTER) == 0


def test_a_suspended_deputy_is_not_reminded(town: Town) -> None:
    Story(town).replied()
    Post.objects.filter(pk=town.post("lin").pk).update(standing=Standing.SUSPENDED)
    assert remind_to_rate(at=AFTER) == 0
    assert reminders() == []


def test_the_tick_reminds(town: Town) -> None:
    Story(town).replied()
    outcomes: Any = jobs.run_all(at=AFTER)
    assert outcomes["reminders"] == 1


def test_the_cost_does_not_grow_with_what_has_been_reminded_of(
    town: Town, django_assert_num_queries: Any
) -> None:
    for number in range(4):
        Story(town, title=f"关于第{number}条路的建议").replied()
    later: datetime = AFTER
    assert remind_to_rate(at=later) == 4
    with django_assert_num_queries(1):
        remind_to_rate(at=later)
