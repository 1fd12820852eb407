"""What organs, deputies and offices do in a dispute, as calls with what they usually say."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Role
from huiyin.accounts.tests.town import TODAY, Town
from huiyin.kernel.clock import ZONE
from huiyin.organisations.models import Organ, RuleChoice
from huiyin.outbox.models import Notice
from huiyin.suggestions import services
from huiyin.suggestions.models import Act, Assignment
from huiyin.suggestions.stages import AssignmentStage
from huiyin.suggestions.tests.situations import Story

DAY = timedelta(days=1)
QUOTE = "《省教育厅职能配置规定》第三条：“统筹管理基础教育。”"


def town_with_health() -> Town:
    """The town, with a further organ of the government and its liaison."""
    town = Town()
    town.health = Organ.objects.create(  # type: ignore[attr-defined]
        congress=town.congress, system="government", name="省卫生健康委员会"
    )
    town.hire("health_liaison", name="吕康", role=Role.LIAISON, organ=town.health)  # type: ignore[attr-defined]
    return town


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=ZONE)


def handled(town: Town, **text: object) -> Story:
    return Story(town, **text).submitted().registered().assigned()


def ask(story: Story, named: str = "health", *, on: date = TODAY, **more: Any) -> Act:
    said = {"why": "主要诉求不属于我厅职责。", "mandate": QUOTE, **more}
    return services.ask_return(
        assignment=story.part(said.pop("organ", "education")),
        actor=story.town.actor(said.pop("who", "edu_liaison")),
        at=at(on),
        named=getattr(story.town, named),
        **said,
    )


def decline(story: Story, who: str = "health_liaison", *, on: date = TODAY) -> Act:
    return services.decline_it(
        assignment=story.part(), actor=story.town.actor(who), at=at(on), why="不属于我委职责。"
    )


def refuse(story: Story, who: str = "government_clerk", *, on: date = TODAY) -> Act:
    return services.refuse_return(
        assignment=story.part(), actor=story.town.actor(who), at=at(on), why="职责明确。"
    )


def reassign(
    story: Story,
    to: str = "health",
    who: str = "government_clerk",
    *,
    on: date = TODAY,
    **more: Any,
) -> Act:
    return services.reassign(
        assignment=more.pop("part", None) or story.part(),
        actor=story.town.actor(who),
        at=at(on),
        organ=getattr(story.town, to),
        why="职责在该单位。",
        **more,
    )


def told(who: Actor) -> set[str]:
    return set(Notice.objects.filter(person=who.person).values_list("event", flat=True))


def charged(story: Story, organ: str) -> Assignment:
    """The part an organ has now; the one it was relieved of does not count."""
    parts = story.case.assignments.exclude(stage=AssignmentStage.REASSIGNED)
    return parts.get(round=story.case.round, organ=getattr(story.town, organ))


def choose(town: Town, overrides: dict[str, Any]) -> None:
    RuleChoice.objects.create(
        congress=town.congress,
        pack="national",
        valid_from=date(2020, 1, 1),
        overrides=overrides,
        decided_by="主任会议",
        decided_on=date(2019, 12, 20),
        basis="会议纪要",
    )
