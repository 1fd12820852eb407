"""Source 004's figures of supervision, counted from rows."""

from __future__ import annotations

import pytest

from huiyin.accounts.actor import Actor
from huiyin.demo.telling import Book
from huiyin.ledger.verify import verify_chain
from huiyin.supervision.models import Publicity, SupervisionAct, TopicCase
from huiyin.supervision.stages import PublicityKind, TopicStage
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
    assert verify_chain(year.world.congress.key) == []
