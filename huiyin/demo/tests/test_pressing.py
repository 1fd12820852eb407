"""Source 004's figures of supervision, counted from rows."""

from __future__ import annotations

import pytest

from huiyin.accounts.actor import Actor
from huiyin.demo.funding import WORKS
from huiyin.demo.telling import Book
from huiyin.ledger.verify import verify_chain
from huiyin.supervision.funding import funds_for, projects_for
from huiyin.supervision.models import (
    Bulletin,
    Circular,
    FundEntry,
    Outcome,
    Publicity,
    RhythmMinutes,
    RhythmTask,
    SupervisionAct,
    TopicCase,
)
from huiyin.supervision.stages import PublicityKind, TopicStage
from huiyin.supervision.supervising import problems_for
from huiyin.supervision.topics import topics_for

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def test_the_year_s_supervision(year: Book) -> None:
    topics = topics_for(Actor.of(year.world.clerks[0]))
    articles = Publicity.objects.filter(kind=PublicityKind.ARTICLE)
    assert {topic.stage for topic in topics} == {TopicStage.UNDER_SUPERVISION}
    assert (topics.count(), TopicCase.objects.count()) == (7, 20)
    assert SupervisionAct.objects.count() == 30
    assert articles.count() == 80
    assert articles.filter(medium="岳川日报、新岳川").count() == 29
    assert articles.filter(medium="岳网").count() == 20
    # Its own fund, problems, rhythms and papers, and no yuan of it lost.
    fund = funds_for(Actor.of(year.world.clerks[0])).get()
    entries = FundEntry.objects.order_by("-seq")
    assert (fund.budget, fund.project_count) == (3_000_000, len(WORKS))
    assert fund.free == entries[0].balance
    left = fund.budget - fund.spent - fund.free
    assert left == sum(each.left for each in projects_for(Actor.of(year.world.clerks[0])))
    stages = {each.stage for each in problems_for(Actor.of(year.world.clerks[0]))}
    assert stages == {"found", "notified", "fixed"}
    assert RhythmMinutes.objects.count() > 8
    assert RhythmTask.objects.filter(minutes__isnull=True).count() == 3
    assert (Circular.objects.count(), Bulletin.objects.count(), Outcome.objects.count()) == (
        1,
        2,
        6,
    )
    assert verify_chain(year.world.congress.key) == []
