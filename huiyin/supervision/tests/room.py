"""The town's supervision: topics carried on, and pages as a reader uses them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.test import Client
from django.urls import reverse

from huiyin.accounts.tests.town import NOW, Town
from huiyin.kernel.ids import new_key
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.tests.situations import Story
from huiyin.supervision import services
from huiyin.supervision.models import KeyTopic, TopicVote
from huiyin.supervision.services import Count, Led, Said
from huiyin.supervision.topics import topic_for

DAY = NOW.date()


def said(number: str = "", text: str = "", on: date = DAY) -> Said:
    return Said(on=on, number=number, text=text)


def assigned(town: Town, title: str = "关于加强校园安全的建议") -> Suggestion:
    """A suggestion of 林 and 赵 that the education department leads."""
    case = Story(town, title=title).submitted().registered().assigned().case
    case.refresh_from_db()
    return case


class Topic:
    """One topic of the town, and the steps that carry it on."""

    def __init__(self, town: Town, *cases: Suggestion, title: str = "提升校园安全水平") -> None:
        self.town = town
        self.topic: KeyTopic = services.propose_topic(
            actor=town.actor("committee"),
            at=NOW,
            session=town.session,
            title=title,
            criteria=["many", "urgent"],
            reasons="三个代表团都提出。",
            cases=cases or (assigned(town),),
        )

    @property
    def stage(self) -> str:
        return topic_for(self.town.actor("clerk"), self.topic.key).stage

    def _with(self) -> dict[str, Any]:
        return {"topic": self.topic, "actor": self.town.actor("clerk"), "at": NOW}

    def decided(self) -> Topic:
        services.decide_topic(**self._with(), said=said("第66次主任会议纪要"))
        return self

    def declined(self) -> Topic:
        services.decline_topic(**self._with(), said=said(text="已列入立法计划。"))
        return self

    def led(self) -> Topic:
        leaders = [
            Led(part="leads", name="周明", title="副省长"),
            Led(
                part="supervises",
                name="沈国栋",
                title="常委会副主任",
                holder=self.town.post("leader"),
            ),
        ]
        services.name_leaders(**self._with(), leaders=leaders, said=said())
        return self

    def sent(self) -> Topic:
        services.send_topic_letter(**self._with(), said=said("岳常联函〔2020〕7号"))
        return self

    def planned(self) -> Topic:
        services.plan_topic(
            topic=self.topic,
            actor=self.town.actor("edu_liaison"),
            at=NOW,
            said=said(text="六月底前完成排查，十月底前完成整改。"),
        )
        return self

    def supervised(self) -> Topic:
        return self.decided().led().sent().planned()

    def reported(self) -> Topic:
        services.report_topic(**self._with(), said=said(text="已排查一千二百所学校。"))
        return self

    def voted(self, in_favour: int, against: int = 0, abstained: int = 0) -> TopicVote:
        """By a committee of 61, of whom 50 came."""
        count = Count(
            members=61, present=50, in_favour=in_favour, against=against, abstained=abstained
        )
        return services.record_vote(**self._with(), count=count, said=said("第18次会议纪要"))


class Reader:
    """One person of the town at his browser."""

    def __init__(self, town: Town, who: str) -> None:
        self.client: Client = town.signed_in(Client(), who)

    def get(self, name: str, *args: str, **query: str) -> Any:
        return self.client.get(reverse(f"supervision:{name}", args=args), query)

    def post(self, name: str, *args: str, given: Mapping[str, Any] | None = None) -> Any:
        """Send a form with a fresh key, unless ``given`` brings its own."""
        url = reverse(f"supervision:{name}", args=args)
        return self.client.post(url, {"once": new_key(), **(given or {})})
