"""Reading who is responsible inside an organ: its system, its leaders, its parts, its record."""

from __future__ import annotations

from datetime import date

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post, Role
from huiyin.accounts.selectors import usable_on
from huiyin.kernel.errors import NotFound
from huiyin.organisations.models import InnerDivision, Organ, System
from huiyin.suggestions.models import (
    Assignment,
    HandlingPlan,
    LeaderAct,
    OrganLeader,
    ResponsibilitySystem,
)
from huiyin.suggestions.stages import (
    ANSWERING,
    OPEN_ASSIGNMENT,
    AssignmentStage,
    HandlingRole,
    Stage,
)

# Who reads the tables and lists of his own organ, and who those of several.
IN_ORGAN = (Role.LIAISON, Role.CHECKER, Role.HEAD)
OVERSEERS = (Role.CLERK, Role.GOVERNMENT_CLERK)

# What the main leader himself leads: marked by the organ, or assigned to it as wide and hard.
KEY_ITEM = Q(is_hot=True) | Q(is_hard=True) | Q(is_focus=True) | Q(wide=True, role__in=ANSWERING)
# The organ still owes its opinion or reply in the running round.
OWED = Q(
    stage__in=OPEN_ASSIGNMENT,
    round=F("suggestion__round"),
    suggestion__stage=Stage.IN_HANDLING,
)


def organs_of(actor: Actor) -> QuerySet[Organ]:
    """The organs whose responsibility the actor may read; none for everybody else."""
    if actor.role in IN_ORGAN:
        return Organ.objects.filter(pk=actor.organ_id or 0)
    if actor.role == Role.CLERK:
        return Organ.objects.filter(congress=actor.congress_id)
    if actor.role == Role.GOVERNMENT_CLERK:
        return Organ.objects.filter(congress=actor.congress_id, system=System.GOVERNMENT)
    return Organ.objects.none()


def require_reader(actor: Actor) -> None:
    """Raise ``NotFound`` for whom these pages do not exist."""
    if actor.role not in (*IN_ORGAN, *OVERSEERS):
        raise NotFound("responsibility")


def organ_for(actor: Actor, key: str = "") -> Organ:
    """The organ asked for among those the actor may read; his own when none is named."""
    found = organs_of(actor).select_related("congress")
    organ = found.filter(key=key).first() if key else found.order_by("pk").first()
    if organ is None:
        raise NotFound(key)
    return organ


def parts_for(actor: Actor) -> QuerySet[Assignment]:
    """What these organs are charged with, each suggestion once: in its latest round.

    Left out are parts that were stopped and those for reference, which nobody handles.
    """
    return Assignment.objects.filter(
        organ__in=organs_of(actor).values("pk"), round=F("suggestion__round")
    ).exclude(Q(stage=AssignmentStage.STOPPED) | Q(role=HandlingRole.REFERENCE))


# --- Plans


def plans_in_force(parts: QuerySet[Assignment]) -> QuerySet[HandlingPlan]:
    """The latest plan of each of these parts."""
    same = HandlingPlan.objects.filter(assignment=OuterRef("assignment"))
    return HandlingPlan.objects.filter(
        assignment__in=parts.order_by().values("pk"),
        pk=Subquery(same.order_by("-pk").values("pk")[:1]),
    )


# --- What an organ has set up


def system_of(organ_id: int | None) -> ResponsibilitySystem | None:
    """The system of responsibility in force."""
    return ResponsibilitySystem.objects.filter(organ=organ_id).order_by("-pk").first()


def fixes_six(organ_id: int) -> bool:
    """Whether the organ asks for goal and milestones in every plan."""
    system = system_of(organ_id)
    return system is not None and system.six_fixed


def leaders_of(organ_id: int | None) -> QuerySet[OrganLeader]:
    """Those in office, the main leader first."""
    return OrganLeader.objects.filter(organ=organ_id, until__isnull=True)


def leader_for(actor: Actor, key: str) -> OrganLeader:
    """One leader of an organ whose responsibility the actor may read."""
    found = OrganLeader.objects.filter(organ__in=organs_of(actor).values("pk"), key=key).first()
    if found is None:
        raise NotFound(key)
    return found


def divisions_of(organ_id: int | None) -> QuerySet[InnerDivision]:
    return InnerDivision.objects.filter(organ=organ_id)


def posts_of(organ_id: int | None, role: str, *, on: date) -> QuerySet[Post]:
    """The usable posts of one role in the organ, by division."""
    held = Post.objects.filter(usable_on(on), organ=organ_id, role=role)
    return held.select_related("person", "inner_division").order_by("inner_division__name", "pk")


# --- Leaders' meetings and visits


def leader_acts(organ: Organ) -> QuerySet[LeaderAct]:
    """The organ's record of them, the latest first; those struck too."""
    acts = LeaderAct.objects.filter(organ=organ)
    return acts.select_related("leader", "post__person", "struck__post__person")


def leader_act_for(actor: Actor, key: str) -> LeaderAct:
    """One record of an organ whose responsibility the actor may read."""
    acts = LeaderAct.objects.filter(organ__in=organs_of(actor).values("pk"))
    found = acts.select_related("organ__congress").filter(key=key).first()
    if found is None:
        raise NotFound(key)
    return found
