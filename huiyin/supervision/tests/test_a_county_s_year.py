"""Source 001 replayed: seven key items, one fails the vote and goes on; a fund of three million."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from huiyin.accounts.tests.town import NOW, TODAY, Town
from huiyin.ledger.verify import verify_chain
from huiyin.supervision import services
from huiyin.supervision.funding import fund_for, projects_for
from huiyin.supervision.services import Money
from huiyin.supervision.stages import ProjectStage, TopicStage
from huiyin.supervision.tests.room import Topic, assigned, said
from huiyin.supervision.topics import topics_for

pytestmark = pytest.mark.django_db

ITEMS = ("饮水安全", "过街安全", "排涝泵站", "农村公路", "校车管理", "养老服务", "集镇厕所")
WORKS = ("更换自来水管", "路口信号灯", "泵站检修", "路灯", "护栏", "候车亭")


def test_seven_items_one_of_which_takes_two_years(town: Town) -> None:
    topics = [Topic(town, assigned(town, f"关于{item}的建议"), title=item) for item in ITEMS]
    for place, topic in enumerate(topics):
        topic.supervised().reported()
        topic.voted(45 if place else 20, against=5, abstained=0)
    assert _stages(town) == {TopicStage.CLOSED: 6, TopicStage.CONTINUED: 1}

    # The next year: handled on, reported again, and now closed.
    slow = topics[0]
    later = NOW + timedelta(days=300)
    services.report_topic(
        topic=slow.topic,
        actor=town.actor("clerk"),
        at=later,
        said=said(text="已完成管网改造。", on=later.date()),
    )
    slow.voted(50)

    assert _stages(town) == {TopicStage.CLOSED: 7}
    votes = [
        (step.name, step.vote.in_favour)
        for step in slow.topic.steps.filter(vote__isnull=False).select_related("vote")
    ]
    assert votes == [("fail_vote", 20), ("pass_vote", 50)]
    assert verify_chain(town.congress.key) == []


def test_three_million_and_a_dozen_small_works(town: Town) -> None:
    clerk, liaison = town.actor("clerk"), town.actor("edu_liaison")
    fund = services.open_fund(
        actor=clerk, at=NOW, year=2020, title="专项资金", money=_money(3_000_000)
    )
    cases = [assigned(town, f"关于第{number}件微实事的建议") for number in range(3)]
    for number in range(12):
        project = services.apply_for_project(
            fund=fund,
            actor=liaison,
            at=NOW,
            suggestion=cases[number % len(cases)],
            organ=town.education,
            title=WORKS[number % len(WORKS)],
            asked=Decimal(240_000),
        )
        services.approve_project(project=project, actor=clerk, at=NOW, money=_money(240_000))
        services.spend_on_project(project=project, actor=clerk, at=NOW, money=_money(235_000))
        services.finish_project(project=project, actor=clerk, at=NOW, said=said(text="已完工。"))

    shown = fund_for(clerk, fund.key)
    assert (shown.budget, shown.spent, shown.free) == (3_000_000, 2_820_000, 180_000)
    stages = Counter(projects_for(clerk).values_list("stage", flat=True))
    assert stages == {ProjectStage.FINISHED: 12}


@pytest.fixture
def town(settings: Any) -> Town:
    settings.HUIYIN_TODAY = TODAY
    return Town()


def _money(amount: int) -> Money:
    return Money(amount=Decimal(amount), on=TODAY, voucher="祁财预〔2020〕1号")


def _stages(town: Town) -> dict[str, int]:
    return dict(Counter(topic.stage for topic in topics_for(town.actor("clerk"))))
