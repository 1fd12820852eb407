"""Who is responsible for what in an organ (责任一览): by leader, by level, and its key items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Role
from huiyin.kernel.errors import Words
from huiyin.organisations.models import Organ, Session
from huiyin.suggestions import part_cells as cells
from huiyin.suggestions import responsibility
from huiyin.suggestions.lifecycle import where
from huiyin.suggestions.models import (
    Assignment,
    HandlingPlan,
    LeaderAct,
    OrganLeader,
    ResponsibilitySystem,
)
from huiyin.suggestions.models.responsibility import LeaderActKind, ResponsibilityLevel
from huiyin.suggestions.stages import ANSWERING
from huiyin.suggestions.work_lists import ASSIGNED, CHASING, KEY


@dataclass(frozen=True, slots=True, kw_only=True)
class Led:
    """One leader with what he is responsible for; ``leader`` None where only a name was typed."""

    leader: OrganLeader | None
    name: str
    answering: int
    co: int
    url: str = ""

    @property
    def count(self) -> int:
        return self.answering + self.co

    @property
    def has_none(self) -> bool:
        """A leader of the organ leads one item at least (厅领导至少领办1件以上)."""
        return self.leader is not None and not self.count


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyItem:
    number: str
    title: str
    url: str
    marks: Words
    leader: Words
    by_main: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelLine:
    """One level of the organ's system with those who stand at it and how many items each has."""

    level: Words
    words: str
    people: Sequence[tuple[str, int]]


@dataclass(kw_only=True)
class Table:
    """One organ's responsibility for the items of one session."""

    actor: Actor
    organ: Organ
    session: Session | None
    liaisons: Sequence[str] = ()
    parts: list[Assignment] = field(default_factory=list)
    leaders: list[OrganLeader] = field(default_factory=list)
    system: ResponsibilitySystem | None = None

    @cached_property
    def led(self) -> list[Led]:
        """Every leader in office, the main one first; then those who were only named."""
        listed = [self._led(each) for each in self.leaders]
        named: dict[str, list[Assignment]] = {}
        for part in self.parts:
            plan = cells.plan_of(part)
            if plan and plan.leader_id not in {each.pk for each in self.leaders}:
                named.setdefault(str(cells.leader(part)), []).append(part)
        others = [_counted(None, name, parts) for name, parts in sorted(named.items())]
        return [*listed, *others]

    def _led(self, leader: OrganLeader) -> Led:
        mine = [part for part in self.parts if _leader_id(part) == leader.pk]
        url = self.link(ASSIGNED, leader=leader.key)
        return _counted(leader, f"{leader.name}　{leader.title}", mine, url=url)

    @property
    def idle(self) -> list[Led]:
        return [each for each in self.led if each.has_none]

    @cached_property
    def unplanned(self) -> list[Assignment]:
        """Items still to be answered for which nobody has been named."""
        owed = [part for part in self.parts if part.role in ANSWERING and where.is_owed(part)]
        return [part for part in owed if cells.plan_of(part) is None]

    @cached_property
    def key_items(self) -> list[KeyItem]:
        return [
            KeyItem(
                number=part.suggestion.number or "",
                title=part.suggestion.title,
                url=reverse("suggestions:case", args=[part.suggestion.key]),
                marks=cells.marks(part),
                leader=cells.leader(part),
                by_main=cells.is_by_main(part),
            )
            for part in self.parts
            if cells.is_key(part)
        ]

    @property
    def not_by_main(self) -> int:
        return sum(not each.by_main for each in self.key_items)

    @cached_property
    def levels(self) -> list[LevelLine]:
        """By the organ's own system; without one by the items every plan names."""
        chosen = self.system.levels if self.system else [[level, ""] for level in _UNSAID]
        return [
            LevelLine(
                level=ResponsibilityLevel(level).label, words=words, people=self._people(level)
            )
            for level, words in chosen
        ]

    def _people(self, level: str) -> list[tuple[str, int]]:
        if level == ResponsibilityLevel.MAIN_LEADER:
            return [(each.name, len(self.parts)) for each in self.leaders if each.is_main]
        if level == ResponsibilityLevel.LIAISON:
            return [(name, len(self.parts)) for name in self.liaisons]
        named = Counter(filter(None, (_at_level(part, level) for part in self.parts)))
        return sorted(named.items(), key=lambda each: (-each[1], each[0]))

    @property
    def assigned_url(self) -> str:
        return self.link(ASSIGNED)

    @property
    def key_url(self) -> str:
        return self.link(KEY)

    def link(self, name: str, **more: str) -> str:
        """The list behind a number, narrowed as the number is."""
        asked = {"session": self.session.key} if self.session else {}
        if self.actor.role in responsibility.OVERSEERS:
            asked["organ"] = self.organ.key
        return f"{reverse('suggestions:work_list', args=[name])}?{urlencode({**asked, **more})}"


_UNSAID = (
    ResponsibilityLevel.DEPUTY_LEADER,
    ResponsibilityLevel.DIVISION_HEAD,
    ResponsibilityLevel.HANDLER,
)


def _leader_id(part: Assignment) -> int | None:
    plan = cells.plan_of(part)
    return plan.leader_id if plan else None


def _at_level(part: Assignment, level: str) -> str:
    if level == ResponsibilityLevel.DEPUTY_LEADER:
        return "" if cells.is_by_main(part) else str(cells.leader(part))
    if level == ResponsibilityLevel.DIVISION_HEAD:
        head, division = cells.division_head(part), str(cells.division(part))
        return f"{division}　{head}" if head else division
    return str(cells.handler(part))


def _counted(
    leader: OrganLeader | None, name: str, parts: Iterable[Assignment], *, url: str = ""
) -> Led:
    roles = [part.role for part in parts]
    answering = sum(role in ANSWERING for role in roles)
    return Led(leader=leader, name=name, answering=answering, co=len(roles) - answering, url=url)


def table(actor: Actor, organ: Organ, *, session: Session | None, on: date) -> Table:
    """Read one organ's table: eight queries, however many items there are."""
    plans = HandlingPlan.objects.select_related("leader").order_by("pk")
    rows = _of_session(responsibility.parts_for(actor).filter(organ=organ), session)
    liaisons = responsibility.posts_of(organ.pk, Role.LIAISON, on=on)
    return Table(
        actor=actor,
        organ=organ,
        session=session,
        liaisons=[each.person.name for each in liaisons],
        parts=list(
            rows.select_related("suggestion", "division", "handler__person")
            .prefetch_related(Prefetch("plans", plans, to_attr="planned"))
            .order_by("suggestion__number_order", "pk")
        ),
        leaders=list(responsibility.leaders_of(organ.pk)),
        system=responsibility.system_of(organ.pk),
    )


def _of_session(parts: QuerySet[Assignment], session: Session | None) -> QuerySet[Assignment]:
    return parts.filter(suggestion__session=session) if session else parts


# --- All organs, for the offices


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganLine:
    """One organ in the offices' table."""

    name: str
    url: str
    items: int
    items_url: str
    unplanned: int
    unplanned_url: str
    leaders: int
    idle: int
    # Words and number of each kind of leaders' act.
    acts: Sequence[tuple[Words, int]]


def organ_lines(actor: Actor, *, session: Session | None) -> list[OrganLine]:
    """Every organ that has something to handle: five queries, however many organs."""
    parts = _of_session(responsibility.parts_for(actor), session)
    bare = Q(responsibility.OWED, role__in=ANSWERING, plans__isnull=True)
    counted = parts.order_by().values("organ")
    items = {
        each["organ"]: (each["n"], each["bare"])
        for each in counted.annotate(
            n=Count("pk", distinct=True), bare=Count("pk", filter=bare, distinct=True)
        )
    }
    organs = responsibility.organs_of(actor).filter(pk__in=items).order_by("system", "code", "pk")
    leaders = _numbers(OrganLeader.objects.filter(until__isnull=True), "organ", organs)
    plans = responsibility.plans_in_force(parts).filter(leader__until__isnull=True)
    leading = dict(
        plans.order_by()
        .values_list("leader__organ")
        .annotate(n=Count("leader", distinct=True))
        .filter(leader__isnull=False)
    )
    acts = _acts_by_organ(organs)
    return [
        OrganLine(
            name=organ.name,
            url=f"{reverse('suggestions:responsibility')}?organ={organ.key}",
            items=items[organ.pk][0],
            items_url=_list(ASSIGNED, organ, session),
            unplanned=items[organ.pk][1],
            unplanned_url=_list(CHASING, organ, session, tab="no_plan"),
            leaders=leaders.get(organ.pk, 0),
            idle=leaders.get(organ.pk, 0) - leading.get(organ.pk, 0),
            acts=[(kind.label, acts.get((organ.pk, kind.value), 0)) for kind in LeaderActKind],
        )
        for organ in organs
    ]


def _list(name: str, organ: Organ, session: Session | None, **more: str) -> str:
    """The list whose rows a number counts."""
    asked = {"organ": organ.key, **({"session": session.key} if session else {}), **more}
    return f"{reverse('suggestions:work_list', args=[name])}?{urlencode(asked)}"


def _numbers(rows: QuerySet[OrganLeader], by: str, organs: QuerySet[Organ]) -> dict[int, int]:
    found = rows.filter(organ__in=organs.values("pk")).order_by()
    return dict(found.values_list(by).annotate(n=Count("pk")))


def _acts_by_organ(organs: QuerySet[Organ]) -> dict[tuple[int, str], int]:
    acts = LeaderAct.objects.filter(organ__in=organs.values("pk"), struck__isnull=True)
    rows = acts.order_by().values_list("organ", "kind").annotate(n=Count("pk"))
    return {(organ, kind): n for organ, kind, n in rows}


def act_kinds() -> list[Words]:
    return [kind.label for kind in LeaderActKind]
