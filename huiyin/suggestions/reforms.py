"""What a reform of organs would carry: every live part, every post. Nothing is written here.

Only ``services.reform_organs`` does it, and it does what is planned here and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from huiyin.accounts.models import Post, Standing
from huiyin.kernel.canonical import digest
from huiyin.kernel.errors import Words
from huiyin.organisations.models import Congress, Organ
from huiyin.organisations.services import Decision, living_named, require_sound
from huiyin.suggestions.lifecycle import where
from huiyin.suggestions.lifecycle.reforming import CLEARING, LIVE
from huiyin.suggestions.models import Act, Assignment, ReviewRequest, Verdict
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.stages import ANSWERING, ENDED

# A post that goes with none of the organs.
END = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Who goes where when an organ is split, and which posts end, as the clerk chose.

    ``parts`` by the part's key, ``divisions`` by the division's name, ``posts`` by the post's key;
    each names an organ there is afterwards. ``posts`` may say ``END``.
    """

    parts: Mapping[str, str] = field(default_factory=dict)
    divisions: Mapping[str, str] = field(default_factory=dict)
    posts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrying:
    """One live part: ``to`` names the organ it goes to, nothing while that is not chosen.

    ``stops``: the same organ has another part in it, which says all that is to be said.
    ``stays``: its organ goes on and keeps it.
    """

    part: Assignment
    to: str
    division: str = ""
    stops: bool = False
    void: bool = False

    @property
    def stays(self) -> bool:
        return self.to == self.part.organ.name

    @property
    def is_open(self) -> bool:
        """Whether nobody has said yet where it goes."""
        return not self.to


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """One post: ``to`` names the organ it goes to, ``END`` where it ends."""

    post: Post
    to: str

    @property
    def ends(self) -> bool:
        return self.to == END


@dataclass(frozen=True, slots=True, kw_only=True)
class ReformPlan:
    """Everything the reform does beside the register."""

    decision: Decision
    parts: Sequence[Carrying]
    posts: Sequence[Moving]
    # How many cases are over and keep the old name.
    over: int
    # Organs among the heirs that are entered anew.
    new: Sequence[str]
    because: Words = ""

    @property
    def unplaced(self) -> list[Carrying]:
        return [each for each in self.parts if each.is_open]

    @property
    def divisions(self) -> list[str]:
        """The divisions that handle the parts, where there is something to choose."""
        return sorted({each.division for each in self.parts if each.division})

    @property
    def cases(self) -> int:
        return len({each.part.suggestion_id for each in self.parts})

    @property
    def mark(self) -> str:
        """What a confirmation names: it changes with any part, post or choice of the plan."""
        decision = self.decision
        said = [
            [decision.kind, [organ.key for organ in decision.organs], list(decision.heirs)],
            [decision.on, decision.document_no, decision.decided_by, decision.system],
            [
                [each.part.key, each.part.stage, each.to, each.stops, each.void]
                for each in self.parts
            ],
            [[each.post.key, each.to] for each in self.posts],
        ]
        return digest("suggestions.reform", said)


def live_parts(organs: Iterable[Organ]) -> QuerySet[Assignment]:
    """The parts of these organs that are not over."""
    parts = Assignment.objects.filter(organ__in=[organ.pk for organ in organs], stage__in=LIVE)
    return parts.exclude(suggestion__stage__in=ENDED)


def orphans() -> QuerySet[Assignment]:
    """Live parts that belong to an organ that is no more. There must be none."""
    parts = Assignment.objects.filter(organ__until__isnull=False, stage__in=LIVE)
    return parts.exclude(suggestion__stage__in=ENDED).select_related("suggestion", "organ")


def plan(congress: Congress, decision: Decision, chosen: Chosen, *, today: date) -> ReformPlan:
    """Return what the reform would do. Raises ``Invalid`` for a decision that cannot stand."""
    require_sound(decision, congress=congress, today=today)
    posts = _posts(decision, chosen)
    return ReformPlan(
        decision=decision,
        parts=_parts(decision, chosen, congress=congress, workers=_workers(posts)),
        posts=posts,
        over=_over(decision),
        new=[name for name in decision.heirs if living_named(congress, name) is None],
        because=_in_the_way(decision),
    )


# --- Parts


def _parts(
    decision: Decision, chosen: Chosen, *, congress: Congress, workers: set[tuple[int, str]]
) -> list[Carrying]:
    organs = decision.organs if decision.is_rename else decision.giving
    rows = (
        live_parts(organs)
        .select_related("organ", "suggestion__session", "suggestion__lead__person", "reply_file")
        .prefetch_related("plans")
        .order_by("suggestion__number_order", "suggestion_id", "pk")
    )
    parts = list(rows)
    cleared = {} if decision.is_rename else _cleared(parts)
    placed = []
    for part in parts:
        division = _division(part)
        to = _heir(part, decision, chosen, division=division)
        gone = any((person, to) not in workers for person in cleared.get(part.pk, ()))
        placed.append(Carrying(part=part, to=to, division=division, void=gone and bool(to)))
    return list(_without_doubles(placed, congress=congress))


def _division(part: Assignment) -> str:
    plans = list(part.plans.all())
    return plans[-1].division if plans else ""


def _heir(part: Assignment, decision: Decision, chosen: Chosen, *, division: str) -> str:
    """Where the part goes: as chosen for it, else for its division; else the usual way.

    It stays with its organ where that goes on, and passes to the only one there is.
    """
    if decision.is_rename:
        return part.organ.name
    said = chosen.parts.get(part.key) or chosen.divisions.get(division, "")
    if said in decision.heirs:
        return said
    if part.organ.name in decision.heirs:
        return part.organ.name
    return decision.heirs[0] if len(decision.heirs) == 1 else ""


def _without_doubles(placed: Sequence[Carrying], *, congress: Congress) -> Iterable[Carrying]:
    """Yield the parts; of several that would be one organ's in one case all but one are stopped.

    Separate parts are different work and all go on.
    """
    heirs = {to: living_named(congress, to) for to in {each.to for each in placed} if to}
    here = Assignment.objects.filter(
        suggestion__in={each.part.suggestion_id for each in placed},
        organ__in=[organ.pk for organ in heirs.values() if organ],
        stage__in=LIVE,
    ).select_related("organ", "suggestion__session", "suggestion__lead__person")
    known = {each.part.pk for each in placed}
    there = [Carrying(part=part, to=part.organ.name) for part in here if part.pk not in known]
    groups: dict[tuple[int, str], list[Carrying]] = {}
    for each in (*placed, *there):
        if each.to and not where.is_separate(each.part):
            groups.setdefault((each.part.suggestion_id, each.to), []).append(each)
    stopped = {
        each.part.pk for alike in groups.values() for each in sorted(alike, key=_first_to_stay)[1:]
    }
    for each in placed:
        yield _stopping(each) if each.part.pk in stopped else each
    for each in there:
        if each.part.pk in stopped:
            yield _stopping(each)


def _first_to_stay(each: Carrying) -> tuple[bool, bool, int]:
    """Who answers the deputy before who helps, who has given his opinion before who has not."""
    part = each.part
    return part.role not in ANSWERING, where.is_owed(part), part.pk


def _stopping(each: Carrying) -> Carrying:
    return Carrying(part=each.part, to=each.to, division=each.division, stops=True)


def _cleared(parts: Sequence[Assignment]) -> dict[int, set[int]]:
    """Who has cleared the text of each part since it was last sent to be checked."""
    chosen = [part.pk for part in parts]
    acts = Act.objects.filter(table=Table.REPLY, reply_file__assignment__in=chosen)
    rows = acts.filter(reply_file__stage__in=CLEARING).order_by("suggestion", "seq")
    found: dict[int, set[int]] = {}
    for part, move, person in rows.values_list("assignment", "move", "post__person"):
        by = found.setdefault(part or 0, set())
        if move == "send_to_check":
            by.clear()
        else:
            by.add(person)
    return found


# --- Posts


def _posts(decision: Decision, chosen: Chosen) -> list[Moving]:
    """The posts held in the organs that end; and, of one that is split, in the one that goes on."""
    held = Post.objects.filter(organ__in=[organ.pk for organ in decision.giving])
    rows = held.exclude(standing=Standing.ENDED).select_related(
        "person", "organ", "congress", "inner_division", "delegation", "electing_unit"
    )
    return [
        Moving(post=post, to=_place(post, decision, chosen))
        for post in rows.order_by("organ", "role", "person__name_sort", "pk")
    ]


def _place(post: Post, decision: Decision, chosen: Chosen) -> str:
    said = chosen.posts.get(post.key, "")
    if said == END or said in decision.heirs:
        return said
    name = post.organ.name if post.organ else ""
    if name in decision.heirs:
        return name
    return decision.heirs[0] if decision.heirs else END


def _workers(posts: Sequence[Moving]) -> set[tuple[int, str]]:
    """The people who go on working, each with the organ he will work in."""
    return {(each.post.person_id, each.to) for each in posts if not each.ends}


# --- What is over, and what stands against it


def _over(decision: Decision) -> int:
    organs = decision.organs if decision.is_rename else decision.giving
    charged = Assignment.objects.filter(organ__in=[organ.pk for organ in organs])
    live = live_parts(organs).values("suggestion")
    return charged.exclude(suggestion__in=live).values("suggestion").distinct().count()


def _in_the_way(decision: Decision) -> Words:
    """What has to be settled first, in words; nothing where the reform can be done."""
    if not decision.heirs and live_parts(decision.ending).exists():
        return _("It still handles suggestions: name the organ that takes over.")
    given = Verdict.objects.filter(
        suggestion=OuterRef("suggestion"), organ=OuterRef("organ"), part=OuterRef("part")
    )
    ending = [organ.pk for organ in decision.ending]
    asked = ReviewRequest.objects.filter(Q(organ__in=ending), ~Exists(given))
    waiting = asked.filter(suggestion__stage=where.REVIEWED).count()
    if waiting:
        words = {"n": waiting}
        return _("Its verdict on %(n)s suggestions is awaited; settle their review first.") % words
    return ""
