"""Each step of this room's cases: what it asks, and the service that takes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.accounts.actor import Actor
from huiyin.kernel.errors import Words
from huiyin.supervision import services
from huiyin.supervision.forms import topics as asked

# The case, who takes the step and when, and the form that has been found sound.
Take = Callable[[Any, Actor, datetime, Any], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """``moves`` are the rows of the table it may come to; the first one is on its button."""

    moves: tuple[str, ...]
    form: type[Any]
    take: Take
    label: Words = ""
    after: Words = ""
    primary: bool = False
    # Asked instead of a table where the case has none: whether it is open to him now.
    is_open: Callable[[Actor, Any], bool] | None = None


def _simple(move: str, form: type[Any], service: Callable[..., None]) -> Step:
    def take(case: Any, actor: Actor, at: datetime, given: Any) -> None:
        service(topic=case, actor=actor, at=at, said=given.said)

    return Step(moves=(move,), form=form, take=take)


def _give_opinion(case: Any, actor: Actor, at: datetime, given: Any) -> None:
    services.give_topic_opinion(
        topic=case,
        actor=actor,
        at=at,
        organ=getattr(given, "found", None),
        view=given.cleaned_data["view"],
        said=given.said,
    )


def _name_leaders(case: Any, actor: Actor, at: datetime, given: Any) -> None:
    services.name_leaders(topic=case, actor=actor, at=at, leaders=given.leaders, said=given.said)


def _plan(case: Any, actor: Actor, at: datetime, given: Any) -> None:
    services.plan_topic(topic=case, actor=actor, at=at, said=given.said, clause=given.clause_cited)


def _vote(case: Any, actor: Actor, at: datetime, given: Any) -> None:
    services.record_vote(topic=case, actor=actor, at=at, count=given.count, said=given.said)


TOPIC_STEPS: Mapping[str, Step] = {
    "decide": _simple("decide", asked.DecideForm, services.decide_topic),
    "send_letter": _simple("send_letter", asked.LetterForm, services.send_topic_letter),
    "report": _simple("report", asked.ReportForm, services.report_topic),
    "vote": Step(
        moves=("pass_vote", "fail_vote"),
        form=asked.VoteForm,
        take=_vote,
        label=_("Record the satisfaction vote"),
        after=_("The numbers decide: it is closed, or handled on next year."),
        primary=True,
    ),
    "give_opinion": Step(moves=("give_opinion",), form=asked.OpinionForm, take=_give_opinion),
    "name_leaders": Step(moves=("name_leaders",), form=asked.LeadersForm, take=_name_leaders),
    "plan": Step(moves=("plan",), form=asked.PlanForm, take=_plan),
    "decline": _simple("decline", asked.DeclineForm, services.decline_topic),
}
