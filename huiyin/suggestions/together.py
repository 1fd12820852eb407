"""What an organ does once for every suggestion of a group: the same step on each of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F

from huiyin.accounts.actor import Actor
from huiyin.suggestions.lifecycle import where
from huiyin.suggestions.models import Assignment, ReplyFile
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.selectors import visible_to
from huiyin.suggestions.stages import ReplyStage
from huiyin.suggestions.steps import STEPS, Scene, Step

# What can be said alike of all. A rating, a class or a refusal is each deputy's and each reply's.
STEPS_TOGETHER: tuple[tuple[Table, str], ...] = (
    (Table.ASSIGNMENT, "acknowledge"),
    (Table.ASSIGNMENT, "plan"),
    (Table.ASSIGNMENT, "contact"),
    (Table.ASSIGNMENT, "give_opinion"),
    (Table.REPLY, "pass_check"),
    (Table.REPLY, "sign"),
    (Table.REPLY, "deliver"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """The reader before his organ's part in one suggestion of the group."""

    scene: Scene

    @property
    def part(self) -> Assignment:
        return self.scene.charge

    @property
    def text_key(self) -> str:
        """The text of the reply that lies before the reader; empty while there is none."""
        file = self.scene.file
        last = file.replies.last() if file.pk else None
        return last.key if last else ""

    def may(self, step: Step) -> bool:
        """Whether the step is the reader's and begins where this part stands."""
        subject = self.scene.subject(step.table)
        return step.row.allowed(self.scene.actor, subject) and where.begins_at(step.row, subject)


def steps_together() -> list[Step]:
    return [STEPS[each] for each in STEPS_TOGETHER]


def members_of(scene: Scene) -> list[Member]:
    """The reader's organ's parts in the running rounds of the group, this one first."""
    group = scene.case.merge_group_id
    parts = _own_parts(scene.actor, group) if group else []
    parts.sort(key=lambda part: part.suggestion_id != scene.case.pk)
    return [_member(scene, part) for part in parts]


def _own_parts(actor: Actor, group: int) -> list[Assignment]:
    seen = visible_to(actor).filter(merge_group=group)
    rows = Assignment.objects.filter(
        suggestion__in=seen.values("pk"), organ=actor.organ_id, round=F("suggestion__round")
    ).select_related(
        "organ",
        "reply_file",
        "suggestion__congress",
        "suggestion__session",
        "suggestion__lead__person",
    )
    return list(rows.order_by("suggestion__number_order", "suggestion_id", "pk"))


def _member(scene: Scene, part: Assignment) -> Member:
    own = Scene(actor=scene.actor, at=scene.at, case=part.suggestion, part=part)
    try:
        file = part.reply_file
    except ReplyFile.DoesNotExist:
        file = ReplyFile(stage=ReplyStage.DRAFTING, saved_at=scene.at)
    file.assignment = part
    own.__dict__["file"] = file
    return Member(scene=own)


def ready(members: Sequence[Member], step: Step) -> list[Member]:
    """Those on whose part the reader may take the step now."""
    return [member for member in members if member.may(step)]
