"""Promises carried to each place a step could begin, through the services alone."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from huiyin.accounts.tests.town import NOW, Town
from huiyin.kernel.clock import ZONE
from huiyin.promises import services
from huiyin.promises.models import Promise, PromiseAct
from huiyin.promises.services import Said
from huiyin.suggestions.claims import Claim
from huiyin.suggestions.services.replying import ReplyText
from huiyin.suggestions.tests.situations import Story, claim_for, follow_hunan

ANSWER = "我厅已列入工作安排。两所幼儿园将于2021年9月底前建成并投入使用。感谢您的关心。"
EVIDENCE = Said(
    evidence="两所幼儿园2021年8月30日竣工，9月1日开园。", source="竣工验收备案表 岳教建〔2021〕8号"
)


def moment(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, 10, tzinfo=ZONE)


class Promised(Story):
    """A suggestion whose reply bears ``outcome_class``, in a town under the Hunan pack."""

    def __init__(self, town: Town, outcome_class: str = "B1", **text: object) -> None:
        super().__init__(town, **text)
        self.outcome_class = outcome_class
        self.brought: Claim | None = None

    def reply_text(self) -> ReplyText:
        requests = self.case.versions.latest("ordinal").requests.all()
        return ReplyText(
            outcome_class=self.outcome_class,
            letter_on=NOW.date(),
            answers={item.key: ANSWER for item in requests},
            claim=self.brought or self.claim(self.outcome_class),
        )

    @property
    def promise(self) -> Promise:
        return Promise.objects.get(suggestion=self.case)

    def does(self, who: str, name: str, *, on: date | None = None, **said: Any) -> PromiseAct:
        return services.take(
            name,
            promise=self.promise,
            actor=self.town.actor(who),
            at=moment(on) if on else NOW,
            said=Said(**said),
        )

    def claimed(self) -> Promised:
        self.does("edu_handler", "claim_done", evidence=EVIDENCE.evidence, source=EVIDENCE.source)
        return self

    def checked_done(self) -> Promised:
        self.claimed().does("edu_checker", "pass_check")
        return self

    def confirmed(self) -> Promised:
        self.checked_done().does("lin", "confirm")
        return self

    def explained(self) -> Promised:
        self.does("edu_head", "explain", why="用地规划已调整。")
        return self

    def released(self) -> Promised:
        self.explained().does("clerk", "release", why="规划调整属实。")
        return self


def promised(town: Town, outcome_class: str = "B1", **text: object) -> Promised:
    story = Promised(town, outcome_class, **text)
    story.replied()
    return story


__all__ = ["ANSWER", "EVIDENCE", "Promised", "claim_for", "follow_hunan", "moment", "promised"]
