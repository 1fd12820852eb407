"""The leader's minute and the progress board: what is read, each within the reader's sight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, QuerySet

from huiyin.accounts.actor import Actor
from huiyin.organisations.models import Session
from huiyin.suggestions.models import Assignment, Suggestion
from huiyin.suggestions.selectors import ANSWERED, RECEIVED, of_light, visible_to
from huiyin.suggestions.stages import CHARGED, IN_CHARGE
from huiyin.supervision.models import KeyTopic, MinuteLook, TopicCase, TopicLeader, TopicStep
from huiyin.supervision.stages import TopicStage
from huiyin.supervision.standing import of_case
from huiyin.supervision.topics import topics_for

# How many lines of what changed stand on the one page.
CHANGES = 8


def lights(actor: Actor, *, on: date, near_days: int) -> dict[str, int]:
    """How many of those in handling are overdue, and how many near due."""
    seen = visible_to(actor).select_related(None).order_by()
    return seen.aggregate(
        red=Count("pk", filter=of_light("red", on=on, near_days=near_days)),
        amber=Count("pk", filter=of_light("amber", on=on, near_days=near_days)),
    )


def my_topics(actor: Actor, *, on: date, near_days: int) -> list[Any]:
    """The topics he leads or supervises by their latest naming, with lights and his part."""
    latest = _latest_namings(actor)
    parts: dict[int, list[str]] = {}
    for each in TopicLeader.objects.filter(step__in=latest, holder__person=actor.person_id):
        parts.setdefault(latest[each.step_id], []).append(each.get_part_display())
    rows = topics_for(actor).filter(pk__in=parts) if parts else topics_for(actor).none()
    counted = rows.annotate(case_count=Count("cases")).order_by("-year", "pk")
    found: list[Any] = list(counted)
    lit = _lights_of(found, on=on, near_days=near_days)
    for topic in found:
        topic.parts = "、".join(str(each) for each in parts[topic.pk])
        topic.stage_words = TopicStage(topic.stage).label
        topic.red, topic.amber = lit.get(topic.pk, (0, 0))
    return found


def _latest_namings(actor: Actor) -> dict[int, int]:
    """The latest naming of leaders of each topic of the congress: step → topic."""
    namings = TopicStep.objects.filter(name="name_leaders", topic__congress=actor.congress_id)
    by_topic = dict(namings.order_by("pk").values_list("topic", "pk"))
    return {step: topic for topic, step in by_topic.items()}


def _lights_of(
    topics: Sequence[KeyTopic], *, on: date, near_days: int
) -> dict[int, tuple[int, int]]:
    """Overdue and near ones of each topic, in one query."""
    cases = dict(
        TopicCase.objects.filter(topic__in=topics).values_list("suggestion", "topic").distinct()
    )
    found: dict[int, tuple[int, int]] = {}
    for light, place in (("red", 0), ("amber", 1)):
        lit = Suggestion.objects.filter(of_light(light, on=on, near_days=near_days), pk__in=cases)
        for pk in lit.values_list("pk", flat=True):
            counts = list(found.get(cases[pk], (0, 0)))
            counts[place] += 1
            found[cases[pk]] = (counts[0], counts[1])
    return found


def last_look(actor: Actor) -> datetime | None:
    """Up to when he has seen what changed; None when he never said so."""
    return MinuteLook.objects.filter(post=actor.post_id).values_list("at", flat=True).first()


def changed_since(actor: Actor, since: datetime | None) -> QuerySet[Suggestion]:
    """What changed since then within his sight, the latest first."""
    rows = visible_to(actor)
    if since is not None:
        rows = rows.filter(changed_at__gt=since)
    return rows.order_by("-changed_at", "-pk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How far one organ or city has come with what was received."""

    key: str
    name: str
    received: int
    answered: int
    red: int
    amber: int


def by_organ(actor: Actor, session: Session, *, on: date, near_days: int) -> list[Tally]:
    """One line for each organ that leads or has led, the most first."""
    seen = visible_to(actor).select_related(None).filter(RECEIVED, session=session)
    parts = Assignment.objects.filter(
        CHARGED, role__in=IN_CHARGE, suggestion__in=seen.values("pk")
    ).values(group_key=F("organ__key"), group_name=F("organ__name"))
    return _tallies(parts, "suggestion", on=on, near_days=near_days)


def by_city(actor: Actor, session: Session, *, on: date, near_days: int) -> list[Tally]:
    """One line for each delegation whose deputies led, the most first."""
    seen = visible_to(actor).select_related(None).filter(RECEIVED, session=session)
    cities = seen.filter(lead__delegation__isnull=False).values(
        group_key=F("lead__delegation__key"), group_name=F("lead__delegation__name")
    )
    return _tallies(cities, "pk", on=on, near_days=near_days)


def _tallies(groups: Any, counted: str, *, on: date, near_days: int) -> list[Tally]:
    """Each suggestion once in each group, in one query."""
    conditions = {
        "answered": ANSWERED,
        "red": of_light("red", on=on, near_days=near_days),
        "amber": of_light("amber", on=on, near_days=near_days),
    }
    if counted != "pk":
        conditions = {name: of_case(each) for name, each in conditions.items()}
    counts = {name: Count(counted, distinct=True, filter=each) for name, each in conditions.items()}
    rows = groups.order_by().annotate(received=Count(counted, distinct=True), **counts)
    return [
        Tally(
            key=row["group_key"],
            name=row["group_name"],
            received=row["received"],
            answered=row["answered"],
            red=row["red"],
            amber=row["amber"],
        )
        for row in rows.order_by("-received", "group_name")
    ]
