"""What the boards count beside the numbered figures, each kept until anything happens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q

from huiyin.accounts.actor import Actor
from huiyin.organisations.models import Session
from huiyin.organisations.selectors import rulebook_for
from huiyin.promises import selectors as promises
from huiyin.promises import stages as promise_stages
from huiyin.reporting import addresses, counting
from huiyin.reporting.counting import Counted
from huiyin.reporting.figures import FIGURES
from huiyin.rulebook import Light, Rulebook
from huiyin.suggestions.kept import kept
from huiyin.suggestions.models import Assignment
from huiyin.suggestions.selectors import POPULATIONS, RECEIVED, of_light, visible_to
from huiyin.suggestions.stages import OPEN_ASSIGNMENT
from huiyin.supervision import minute
from huiyin.supervision.standing import of_case

LIGHTS = (Light.RED, Light.AMBER, Light.GREEN, Light.GREY)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One session as one reader may see it today; ``near`` days before a day its light turns."""

    actor: Actor
    counted: Counted
    near: int

    @property
    def session(self) -> Session:
        return self.counted.session

    @property
    def on(self) -> date:
        return self.counted.as_of

    @property
    def rules(self) -> Rulebook:
        return self.counted.rules

    def number(self, *codes: str) -> int:
        return sum(self.counted.numbers[code] for code in codes)

    def list_of(self, code: str) -> str:
        """The list of the rows a numbered figure counts."""
        return self.rows(**FIGURES[code].address)

    def rows(self, **asked: str | Sequence[str]) -> str:
        """The list of suggestions of this session, narrowed."""
        return addresses.suggestions(session=self.session.key, **asked)

    def promised(self, tab: str) -> str:
        """The list of this session's promises that stand so."""
        return addresses.listed("promises:list", {"session": self.session.key, "tab": tab})


def view_of(actor: Actor, session: Session, *, on: date, codes: Iterable[str] = FIGURES) -> View:
    """That session as the reader may see it, with the figures of these codes."""
    rules = rulebook_for(congress=actor.congress, session=session, on=session.opens_on or on)
    # The light turns as in the lists: by the rules in force today.
    near = rulebook_for(congress=actor.congress, on=on).lights.near_due_days
    counted = counting.count(actor=actor, session=session, as_of=on, rules=rules, codes=codes)
    return View(actor=actor, counted=counted, near=near)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganLights:
    """What one organ still owes, by the light of the suggestion."""

    organ_key: str
    organ_name: str
    open: int
    red: int
    amber: int
    green: int
    grey: int


def by_light(view: View) -> list[OrganLights]:
    """Organs by light of what they owe, the reddest first; each suggestion once in a line."""

    def make() -> list[OrganLights]:
        lit = {
            light.value: Count(
                "suggestion",
                distinct=True,
                filter=of_case(of_light(light, on=view.on, near_days=view.near)),
            )
            for light in LIGHTS
        }
        seen = visible_to(view.actor).select_related(None).order_by()
        received = seen.filter(RECEIVED, session=view.session).values("pk")
        parts = Assignment.objects.filter(stage__in=OPEN_ASSIGNMENT, suggestion__in=received)
        rows: Any = (
            parts.order_by()
            .values(organ_key=F("organ__key"), organ_name=F("organ__name"))
            .annotate(open=Count("suggestion", distinct=True), **lit)
        )
        lines = [OrganLights(**row) for row in rows]
        return sorted(lines, key=lambda each: (-each.red, -each.amber, -each.open, each.organ_name))

    return kept(
        "boards.by_light", view.session.key, view.on, view.near, actor=view.actor, make=make
    )


def lit(view: View) -> tuple[int, int]:
    """How many of those received are overdue, and how many near due."""

    def make() -> tuple[int, int]:
        seen = visible_to(view.actor).select_related(None).order_by()
        counted = seen.filter(RECEIVED, session=view.session).aggregate(
            red=Count("pk", filter=of_light(Light.RED, on=view.on, near_days=view.near)),
            amber=Count("pk", filter=of_light(Light.AMBER, on=view.on, near_days=view.near)),
        )
        return counted["red"], counted["amber"]

    return kept("boards.lit", view.session.key, view.on, view.near, actor=view.actor, make=make)


def cities(view: View) -> list[minute.Tally]:
    """How far each city or electing unit has come."""

    def make() -> list[minute.Tally]:
        return minute.by_city(view.actor, view.session, on=view.on, near_days=view.near)

    return kept("boards.cities", view.session.key, view.on, view.near, actor=view.actor, make=make)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """Promises made in the answers of one class."""

    outcome_class: str
    made: int
    kept: int
    running: int
    released: int


def assigned(view: View) -> int:
    """How many of those received were given to an organ."""

    def make() -> int:
        seen = visible_to(view.actor).select_related(None).order_by()
        return seen.filter(POPULATIONS["assigned"], session=view.session).count()

    return kept("boards.assigned", view.session.key, actor=view.actor, make=make)


def promised(view: View) -> list[Promised]:
    """Count the promises of the session by the class that made them."""

    def make() -> list[Promised]:
        def counted(condition: Q) -> Count:
            return Count("pk", filter=condition)

        rows: Any = (
            promises.promises_for(view.actor)
            .filter(suggestion__session=view.session)
            .order_by()
            .values("outcome_class")
            .annotate(
                made=Count("pk"),
                kept=counted(promise_stages.IS_KEPT),
                running=counted(promise_stages.IS_RUNNING),
                released=counted(promise_stages.IS_RELEASED),
            )
        )
        return [Promised(**row) for row in rows]

    return kept("boards.promised", view.session.key, actor=view.actor, make=make)
