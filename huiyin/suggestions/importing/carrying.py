"""Writing the cards of a folder, congress by congress, and saying what was found and proposed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from huiyin.accounts import services as accounts
from huiyin.accounts.actor import Actor
from huiyin.accounts.imports import Act
from huiyin.accounts.models import Post, Role
from huiyin.accounts.selectors import posts
from huiyin.ledger.services import record
from huiyin.organisations import services as organisations
from huiyin.organisations.models import Congress, Division
from huiyin.organisations.selectors import congress_named
from huiyin.suggestions.importing.apply import apply_suggestions
from huiyin.suggestions.importing.choices import Choices
from huiyin.suggestions.importing.corpus import Card, Folder, rows_of_cards
from huiyin.suggestions.importing.places import Place
from huiyin.suggestions.importing.plan import Plan, plan_suggestions
from huiyin.suggestions.importing.proposals import ProposedDeputy, ProposedOrgan, ProposedSession
from huiyin.suggestions.importing.rows import PlainRow

CLERK = "数据导入专员"
EVERYTHING_NEW = Choices(
    new_sessions=True, new_organs=True, new_deputies=True, unnumbered_sessions=True
)


@dataclass(slots=True)
class Carried:
    """What carrying a folder in has done."""

    entered: int = 0
    kept: int = 0
    congresses_found: int = 0
    founded: list[str] = field(default_factory=list)
    proposed: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    # Class codes the rows bear: those the rules of their congress know, and others.
    classes_known: Counter[str] = field(default_factory=Counter)
    classes_unknown: Counter[str] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)


@transaction.atomic
def carry_in(
    found: Folder,
    *,
    at: datetime,
    today: date,
    dry: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Carried:
    """Carry every card in, all of them or none; with ``dry`` everything is taken back again."""
    carried = Carried()
    for done, (place, cards) in enumerate(found.cards.items(), start=1):
        _carry(place, cards, carried, at=at, today=today)
        if progress:
            progress(done, len(found.cards))
    if dry:
        transaction.set_rollback(True)
    return carried


def _carry(
    place: Place, cards: Sequence[Card], carried: Carried, *, at: datetime, today: date
) -> None:
    congress = congress_at(place)
    if congress is None:
        congress = _founded(place, called=cards[0].called, at=at)
        carried.founded.append(congress.name)
    else:
        carried.congresses_found += 1
    actor = Actor.of(clerk_of(congress, at=at, today=today))
    rows, plan = _planned(cards, congress=congress, actor=actor, today=today)
    _count(carried, plan, cards)
    apply_suggestions(
        rows,
        mark=plan.mark,
        congress=congress,
        choices=EVERYTHING_NEW,
        actor=actor,
        at=at,
        today=today,
    )
    counts = plan.counts()
    if counts["enter"]:
        record(
            chain=congress.key,
            actor=actor,
            at=at,
            action="import.apply",
            subject=("congress", congress.key),
            after=" ".join(f"{name}={count}" for name, count in counts.items()),
            via="import",
            back_dated=True,
        )


def _planned(
    cards: Sequence[Card], *, congress: Congress, actor: Actor, today: date
) -> tuple[list[PlainRow], Plan]:
    """Plan twice: rows whose number is another's in their session come with their id beside it."""
    shared: dict[str, Any] = {
        "congress": congress,
        "choices": EVERYTHING_NEW,
        "actor": actor,
        "today": today,
    }
    rows = rows_of_cards(cards, today=today)
    plan = plan_suggestions(rows, **shared)
    taken = {
        cards[row.number - 1].id
        for row in plan.doing(Act.REFUSE)
        if "number" in {name for name, v in row.verdicts.items() if v in row.errors}
    }
    if taken:
        rows = rows_of_cards(cards, today=today, other_numbers=frozenset(taken))
        plan = plan_suggestions(rows, **shared)
    return rows, plan


def _count(carried: Carried, plan: Plan, cards: Sequence[Card]) -> None:
    counts = plan.counts()
    carried.entered += counts["enter"]
    carried.kept += counts["keep"]
    carried.kinds.update(str(row.read["kind"]) for row in plan.doing(Act.ENTER))
    for each in plan.proposed:
        names = {
            ProposedSession: "sessions",
            ProposedOrgan: "organs",
            ProposedDeputy: "deputies",
        }
        carried.proposed[names[type(each)]] += 1
    for row in plan.doing(Act.REFUSE):
        said = "; ".join(f"{v.ref}: {v.said}" for v in row.errors)
        carried.refused.append(said)
    for row in plan.doing(Act.ENTER):
        code = str(cards[row.number - 1].row.get("class_code") or "")
        if code:
            known = code in row.read["rules"].classes.scheme.codes
            (carried.classes_known if known else carried.classes_unknown)[code] += 1


# --- Congresses and their clerks


def congress_at(place: Place) -> Congress | None:
    """Return the congress of a place, by its division, else by its name."""
    if place.code and (known := Congress.objects.filter(division=place.code).first()):
        return known
    return congress_named(place.full_name, level=place.level.value)


def _founded(place: Place, *, called: str, at: datetime) -> Congress:
    division: Division | None = organisations.ensure_division(place.code) if place.code else None
    return organisations.found_congress(
        slug=place.slug,
        name=f"{place.full_name}人民代表大会",
        short_name=(called or place.name)[:30],
        level=place.level.value,
        division=division,
        actor=None,
        at=at,
        via="import",
    )


def clerk_of(congress: Congress, *, at: datetime, today: date) -> Post:
    """Return a clerk under whose name rows come in; one is entered where there is none."""
    clerk = posts(congress, on=today).filter(role=Role.CLERK).order_by("pk").first()
    if clerk is not None:
        return clerk
    shared: dict[str, Any] = {"actor": None, "at": at, "via": "import"}
    person = accounts.enter_person(name=CLERK, **shared)
    return accounts.give_post(
        person=person, role=Role.CLERK, congress=congress, since=today, **shared
    )
