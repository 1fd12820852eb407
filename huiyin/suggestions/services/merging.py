"""Handling suggestions together (并案办理), and what is done once for all of a group.

A group is a way of working and nothing more: each keeps its number, its clocks, its class, its
reply and its rating, and counts singly.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.accounts.actor import Actor
from huiyin.kernel.errors import Conflict, DomainError
from huiyin.suggestions.lifecycle import SUGGESTION, where
from huiyin.suggestions.models import Act, Assignment, MergeGroup, ReplyFile, Suggestion
from huiyin.suggestions.services.replying import save_reply_draft
from huiyin.suggestions.services.sitting import locked_in_order
from huiyin.suggestions.services.turn import overtaken, turn


def merge(*, case: Suggestion, other: Suggestion, actor: Actor, at: datetime) -> Act:
    """Handle it together with ``other``; whichever is in a group already, the other one joins."""
    return merge_many(cases=[case, other], actor=actor, at=at)[0]


@transaction.atomic
def merge_many(*, cases: Sequence[Suggestion], actor: Actor, at: datetime) -> list[Act]:
    """Handle all of ``cases`` together, in the group one of them belongs to or in a new one.

    All or none. Raises ``Conflict`` when they belong to different groups, or are together already.
    """
    held = _held_groups(cases)
    locked_in_order(cases)
    chosen = _afresh([case.pk for case in cases])
    groups = {case.merge_group_id for case in chosen if case.merge_group_id is not None}
    if not groups <= held:
        raise overtaken()
    new = [case for case in chosen if case.merge_group_id is None]
    group = MergeGroup.objects.filter(pk__in=groups).first()
    if group is None:
        group = MergeGroup.objects.create(congress_id=actor.congress_id, made_at=at)
    acts = []
    for case in new or chosen[:1]:
        other = next((each for each in chosen if each.pk != case.pk), None)
        with turn(case=case, actor=actor, at=at) as running:
            acts.append(running.take("merge", other=other, groups=groups, merge_group=group))
    return acts


@transaction.atomic
def unmerge(
    *, case: Suggestion, actor: Actor, at: datetime, why: str, revision: int | None = None
) -> Act:
    """Take it out of its group; it goes on alone, as it was. So does the one left over."""
    held = _held_groups([case])
    locked_in_order([case, *Suggestion.objects.filter(merge_group__in=held)])
    group = _afresh([case.pk])[0].merge_group_id
    if group is not None and group not in held:
        raise overtaken()
    with turn(case=case, actor=actor, at=at, revision=revision) as running:
        act = running.take("unmerge", why=why)
    left = list(Suggestion.objects.filter(merge_group=group).order_by("pk"))
    row = SUGGESTION.find("unmerge")
    if len(left) == 1 and where.begins_at(row, left[0]):
        with turn(case=left[0], actor=actor, at=at) as running:
            running.take("unmerge", why=why)
    return act


def _held_groups(cases: Sequence[Suggestion]) -> set[int]:
    """Lock the groups that ``cases`` belong to, before any case is locked.

    Who joins a group or leaves it holds it: so its members stay the same until they are locked,
    each in its order. A case that came into another group meanwhile was overtaken.
    """
    of_cases = Suggestion.objects.filter(pk__in=[case.pk for case in cases])
    groups = MergeGroup.objects.filter(pk__in=of_cases.values("merge_group")).order_by("pk")
    # NO KEY: others may go on naming the group in what they write.
    return set(groups.select_for_update(no_key=True).values_list("pk", flat=True))


def _afresh(chosen: Sequence[int]) -> list[Suggestion]:
    rows = Suggestion.objects.filter(pk__in=chosen).select_related("congress", "session", "lead")
    found = {row.pk: row for row in rows}
    return [found[pk] for pk in dict.fromkeys(chosen)]


@transaction.atomic
def for_each(parts: Sequence[Assignment], do: Callable[[Assignment], object]) -> None:
    """Take one step on the organ's part in each suggestion of a group: all or none.

    Raises what stands against the first that cannot be done, with its number.
    """
    locked_in_order([part.suggestion for part in parts])
    for part in parts:
        try:
            do(part)
        except DomainError as refused:
            words = {"number": part.suggestion.number or "—", "refusal": refused}
            said = _("No. %(number)s: %(refusal)s Nothing has been done.") % words
            raise Conflict(said, remedy=refused.remedy) from refused


@transaction.atomic
def spread_reply(
    *,
    drafts: Mapping[Assignment, tuple[Mapping[str, str], int]],
    actor: Actor,
    at: datetime,
) -> list[ReplyFile]:
    """Put a text into the reply of each suggestion of the group: content and revision by the part.

    ``Stale`` when one of the drafts was changed meanwhile; then none is written.
    """
    locked_in_order([part.suggestion for part in drafts])
    return [
        save_reply_draft(assignment=part, actor=actor, at=at, content=content, revision=revision)
        for part, (content, revision) in drafts.items()
    ]
