"""Leaders' meetings and visits as pages list them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch
from django.urls import reverse

from huiyin.accounts.actor import Actor
from huiyin.kernel.errors import Words
from huiyin.organisations.models import Organ
from huiyin.suggestions import responsibility
from huiyin.suggestions.models import LeaderActCase, LeaderActStruck
from huiyin.suggestions.models.responsibility import LeaderActKind
from huiyin.suggestions.selectors import visible_to

# A year of an organ has some dozens; older ones are on the record.
SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One record. ``struck`` says why it counts no more."""

    key: str
    held_on: date
    kind: Words
    leader: str
    is_main: bool
    gist: str
    who: str
    cases: Sequence[tuple[str, str]]
    struck: str = ""
    struck_by: str = ""


def acts(actor: Actor, organ: Organ) -> list[Line]:
    """The latest first, in three queries; cases as far as the reader may see them."""
    seen = LeaderActCase.objects.filter(suggestion__in=visible_to(actor).values("pk"))
    rows = responsibility.leader_acts(organ).prefetch_related(
        Prefetch("cases", seen.select_related("suggestion"), to_attr="named")
    )
    lines = []
    for act in rows[:SHOWN]:
        struck: LeaderActStruck | None = getattr(act, "struck", None)
        lines.append(
            Line(
                key=act.key,
                held_on=act.held_on,
                kind=LeaderActKind(act.kind).label,
                leader=f"{act.leader.name}　{act.leader.title}",
                is_main=act.leader.is_main,
                gist=act.gist,
                who=act.post.person.name,
                cases=[_case(each) for each in getattr(act, "named", [])],
                struck=struck.why if struck else "",
                struck_by=struck.post.person.name if struck else "",
            )
        )
    return lines


def _case(named: LeaderActCase) -> tuple[str, str]:
    case = named.suggestion
    return case.number or case.title, reverse("suggestions:case", args=[case.key])


def counts(organ: Organ) -> list[tuple[Words, int]]:
    """How many of each kind count."""
    held = responsibility.leader_acts(organ).filter(struck__isnull=True).order_by()
    by_kind = dict(held.values_list("kind").annotate(n=Count("pk")))
    return [(kind.label, by_kind.get(kind.value, 0)) for kind in LeaderActKind]
