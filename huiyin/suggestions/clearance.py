"""Where a text stands among the levels of its organ: who has passed it, whom it waits for.

The levels are the organ's own (``ClearanceSetting``); a text keeps those it was sent under, for
they are written into the act that sent it. Whoever holds a level is asked anew at each step, so
that nobody clears by a post he has left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post, Role, Standing
from huiyin.kernel.errors import Words
from huiyin.suggestions.models import Act, ClearanceSetting, ReplyFile
from huiyin.suggestions.models.clearance import CLEARING

# What a level without a name of its own is called.
_BY_ROLE: dict[str, Words] = {
    Role.CHECKER.value: pgettext_lazy("level", "Check"),
    Role.HEAD.value: pgettext_lazy("level", "Signature"),
}


@dataclass(frozen=True, slots=True)
class Level:
    """One level: its name, and the post (by key) that clears it, or else the role."""

    name: str
    role: str
    post: str = ""

    @property
    def label(self) -> Words:
        return self.name or _BY_ROLE[self.role]

    def written(self) -> dict[str, str]:
        return {"name": self.name, "role": self.role, "post": self.post}

    @classmethod
    def read(cls, written: Mapping[str, str]) -> Self:
        return cls(written["name"], written["role"], written["post"])


# Where an organ has decided nothing: a checker, if it has one, and the head.
USUAL = (Level("", Role.CHECKER.value), Level("", Role.HEAD.value))


@dataclass(frozen=True, slots=True)
class Holder:
    """A post of the organ that can clear, and who is in it now."""

    post: str
    person: int
    name: str
    role: str


def levels_of(organ_id: int, *, on: date) -> tuple[Level, ...]:
    """Return the levels in force in an organ on a day."""
    setting = setting_of(organ_id, on=on)
    if setting is None:
        return USUAL
    rows = setting.levels.select_related("holder")
    return tuple(Level(row.name, row.role, row.holder.key if row.holder else "") for row in rows)


def setting_of(organ_id: int, *, on: date) -> ClearanceSetting | None:
    """Return what the organ has decided, if anything holds on that day."""
    begun = ClearanceSetting.objects.filter(organ=organ_id, valid_from__lte=on)
    return begun.order_by("valid_from", "pk").last()


def settings_of(organ_id: int) -> QuerySet[ClearanceSetting]:
    """Return everything an organ has decided on its levels, the latest first."""
    rows = ClearanceSetting.objects.filter(organ=organ_id).select_related("post__person")
    return rows.prefetch_related("levels__holder__person").order_by("-pk")


def holders_in(organ_id: int, *, on: date) -> tuple[Holder, ...]:
    """Return the posts in office of an organ that can clear its replies."""
    in_office = Q(until__isnull=True) | Q(until__gte=on)
    posts = Post.objects.filter(
        in_office, organ=organ_id, role__in=CLEARING, standing=Standing.ACTIVE, since__lte=on
    )
    rows = posts.order_by("pk").values_list("key", "person_id", "person__name", "role")
    return tuple(Holder(*row) for row in rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearing:
    """A text in clearance. ``at`` is the level it was left at, ``passed`` who passed which."""

    levels: Sequence[Level]
    holders: Sequence[Holder]
    at: int = 1
    passed: Mapping[int, int] = field(default_factory=dict)

    @property
    def last(self) -> int:
        """The number of the level that signs."""
        return len(self.levels)

    @property
    def due(self) -> int:
        """The level it waits for: the next that somebody holds. The signature is never left out."""
        ahead = range(max(self.at, 1), self.last)
        return next((number for number in ahead if self.holding(number)), self.last)

    @property
    def passed_over(self) -> list[int]:
        """The levels that nobody holds, between the one it was left at and the one it waits for."""
        return list(range(max(self.at, 1), self.due))

    def after(self, number: int) -> int:
        """The next level after ``number`` that somebody holds."""
        ahead = range(number + 1, self.last)
        return next((each for each in ahead if self.holding(each)), self.last)

    def level(self, number: int) -> Level:
        return self.levels[number - 1]

    def holding(self, number: int) -> list[Holder]:
        """Who clears a level: its own post, or, while that is vacant, whoever has the role."""
        level = self.level(number)
        own = [each for each in self.holders if each.post == level.post]
        return own or [each for each in self.holders if each.role == level.role]

    def holds(self, actor: Actor, number: int) -> bool:
        return any(each.post == actor.post_key for each in self.holding(number))

    def has_passed(self, actor: Actor) -> bool:
        return actor.person_id in self.passed.values()

    def others(self, actor: Actor) -> list[Holder]:
        """Who else could clear the level it waits for, without having passed the text before."""
        used = {actor.person_id, *self.passed.values()}
        return [each for each in self.holding(self.due) if each.person not in used]

    def needed_later(self, actor: Actor) -> int | None:
        """A later level that nobody but the actor can clear."""
        for number in range(self.due + 1, self.last + 1):
            if {each.person for each in self.holding(number)} == {actor.person_id}:
                return number
        return None

    def who(self, number: int) -> str:
        """The names of those who clear a level, for a reader."""
        comma = pgettext("between names", ", ")
        return comma.join(dict.fromkeys(each.name for each in self.holding(number)))

    def said(self, number: int) -> Words:
        """``Level 2 of 4, 办公室``."""
        return _("level %(number)s of %(count)s, %(name)s") % {
            "number": number,
            "count": self.last,
            "name": self.level(number).label,
        }


def clearing_of(file: ReplyFile, *, acts: Iterable[Act], holders: Sequence[Holder]) -> Clearing:
    """Return where the present text stands; ``acts`` are the file's own, in order."""
    return Clearing(
        levels=[Level.read(each) for each in file.levels] or USUAL,
        holders=holders,
        at=file.level,
        passed=passed_in(acts),
    )


def passed_in(acts: Iterable[Act]) -> dict[int, int]:
    """Who has passed which level of the present text: its person by the number of the level."""
    passed: dict[int, int] = {}
    for act in acts:
        if act.move in ("send_to_check", "send_back"):
            passed = {}
        elif act.move == "pass_check":
            passed[level_passed(act, before=max(passed, default=0))] = act.post.person_id
    return passed


def level_passed(act: Act, *, before: int) -> int:
    """The number of the level an act passed; acts taken over from elsewhere carry none."""
    given: Any = act.data.get("level")
    return int(given) if given else before + 1
