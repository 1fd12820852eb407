"""Where a case stands, derived from its facts alone.

``derive`` replays the acts of a case through the lifecycle tables and reads the other facts. The
columns on ``Suggestion``, ``Assignment``, ``ReplyFile`` and ``Signature`` are copies of what it
returns; ``services.turn`` writes them after every step and ``huiyin rebuild --check`` compares.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from huiyin.kernel.clock import ZONE
from huiyin.kernel.workflow import Lifecycle
from huiyin.suggestions.lifecycle import ASSIGNMENT, REPLY, SUGGESTION
from huiyin.suggestions.models import Act, Assignment, Rating, Reply, Suggestion, Version
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.ruling import Ruling, assignment_due
from huiyin.suggestions.stages import (
    ANSWERING,
    OPEN_ASSIGNMENT,
    AssignmentStage,
    ReplyStage,
    Signing,
    Stage,
)


class ReplayError(Exception):
    """An act that the lifecycle table does not allow where it stands."""


@dataclass(slots=True, kw_only=True)
class CaseFacts:
    """Everything one case's standing rests on, in the order it happened."""

    case: Suggestion
    acts: Sequence[Act]
    versions: Sequence[Version]
    assignments: Sequence[Assignment]
    # Delivered replies with the day of delivery, oldest first.
    replies: Sequence[tuple[Reply, date]]
    ratings: Sequence[Rating]
    # Deputy's post key → post id, lead first.
    signers: dict[str, int]
    session_close: date | None


@dataclass(slots=True, kw_only=True)
class PartStanding:
    """Where one organ's part stands."""

    stage: str = AssignmentStage.ISSUED
    acknowledged_on: date | None = None
    done_on: date | None = None
    due_on: date | None = None
    extension_until: date | None = None
    extensions: list[dict[str, Any]] = field(default_factory=list)
    # The act by which the organ ceased to owe anything.
    stopped_by: int | None = None


@dataclass(slots=True, kw_only=True)
class Standing:
    """The derived columns of a suggestion, and those of its parts."""

    stage: str = Stage.DRAFT
    title: str = ""
    raised: str = ""
    category: str = ""
    number: str | None = None
    number_order: int | None = None
    merge_group_id: int | None = None
    wants_no_reply: bool = False
    round: int = 0
    lead_organ_id: int | None = None
    submitted_on: date | None = None
    registered_on: date | None = None
    first_assigned_on: date | None = None
    due_on: date | None = None
    first_due_on: date | None = None
    ordinary_due_on: date | None = None
    first_replied_on: date | None = None
    replied_on: date | None = None
    closed_on: date | None = None
    outcome_class: str = ""
    first_attitude: str = ""
    first_result: str = ""
    attitude: str = ""
    result: str = ""
    changed_at: datetime | None = None
    parts: dict[int, PartStanding] = field(default_factory=dict)
    files: dict[int, str] = field(default_factory=dict)
    signatures: dict[int, str] = field(default_factory=dict)


# The columns that ``Assignment`` copies.
PART_COLUMNS = ("stage", "due_on", "acknowledged_on", "done_on", "extension_until", "extensions")
# The columns that ``Suggestion`` copies.
COLUMNS = tuple(
    name for name in Standing.__dataclass_fields__ if name not in ("parts", "files", "signatures")
)


def derive(facts: CaseFacts, *, ruling: Ruling) -> Standing:
    """Return where the case stands. Raises ``ReplayError`` for acts no table allows."""
    standing = Standing(
        title=facts.case.title,
        changed_at=facts.case.created_at,
        parts={part.pk: PartStanding() for part in facts.assignments},
        signatures={
            post: Signing.LEAD if post == facts.case.lead_id else Signing.INVITED
            for post in facts.signers.values()
        },
    )
    for act in facts.acts:
        _replay(standing, act)
        _EFFECTS.get((act.table, act.move), _nothing)(standing, act, facts)
        standing.changed_at = act.at
    _read_texts(standing, facts)
    _read_replies(standing, facts)
    _read_ratings(standing, facts)
    set_dues(standing, facts.assignments, ruling=ruling, session_close=facts.session_close)
    return standing


def _replay(standing: Standing, act: Act) -> None:
    """Move the subject of ``act`` along its table, refusing what the table does not hold."""
    lifecycle: Lifecycle
    if act.table == Table.SUGGESTION:
        lifecycle, here = SUGGESTION, standing.stage
    elif act.table == Table.ASSIGNMENT:
        lifecycle, here = ASSIGNMENT, standing.parts[_known(act.assignment_id)].stage
    else:
        lifecycle, here = REPLY, standing.files.get(_known(act.reply_file_id), ReplyStage.DRAFTING)
    row = lifecycle.find(act.move)
    there = row.target or here
    if here not in row.sources or (act.from_stage, act.to_stage) != (here, there):
        raise ReplayError(f"act {act.seq} {act.table}.{act.move}: {here} → {act.to_stage}")
    if act.table == Table.SUGGESTION:
        standing.stage = there
    elif act.table == Table.ASSIGNMENT:
        part = standing.parts[_known(act.assignment_id)]
        if here in OPEN_ASSIGNMENT and there not in OPEN_ASSIGNMENT:
            part.stopped_by = act.pk
        part.stage = there
    else:
        standing.files[_known(act.reply_file_id)] = there


def _known(key: int | None) -> int:
    if key is None:
        raise ReplayError("an act names no subject")
    return key


# --- What an act means beyond its stage


def _nothing(standing: Standing, act: Act, facts: CaseFacts) -> None:
    pass


def _submitted(standing: Standing, act: Act, facts: CaseFacts) -> None:
    standing.submitted_on = standing.submitted_on or act.on
    standing.raised = standing.raised or act.data["raised"]
    for post, signing in standing.signatures.items():
        if signing == Signing.INVITED:
            standing.signatures[post] = Signing.LAPSED


def _invited(standing: Standing, act: Act, facts: CaseFacts) -> None:
    standing.signatures[facts.signers[act.data["deputy"]]] = Signing.INVITED


def _signed(standing: Standing, act: Act, facts: CaseFacts) -> None:
    # On an imported paper others have signed than the clerk who brings it in.
    standing.signatures[act.on_behalf_of_id or act.post_id] = Signing.CONFIRMED


def _declined(standing: Standing, act: Act, facts: CaseFacts) -> None:
    standing.signatures[act.post_id] = Signing.DECLINED


def _registered(standing: Standing, act: Act, facts: CaseFacts) -> None:
    standing.registered_on = act.on
    standing.number = act.data["number"]
    standing.number_order = act.data["order"]
    standing.category = act.data["category"]


def _merged(standing: Standing, act: Act, facts: CaseFacts) -> None:
    standing.merge_group_id = act.merge_group_id


def _unmerged(standing: Standing, act: Act, facts: CaseFacts) -> None:
    standing.merge_group_id = None


def _assigned(standing: Standing, act: Act, facts: CaseFacts) -> None:
    standing.round = act.data.get("follows_round", 0) + 1
    standing.first_assigned_on = standing.first_assigned_on or act.on
    charged = [part for part in facts.assignments if part.round == standing.round]
    answering = [part for part in charged if part.role in ANSWERING] or charged
    standing.lead_organ_id = answering[0].organ_id if answering else None


def _answered(standing: Standing, act: Act, facts: CaseFacts) -> None:
    standing.first_replied_on = standing.first_replied_on or act.on
    standing.replied_on = act.on


def _closed(standing: Standing, act: Act, facts: CaseFacts) -> None:
    standing.closed_on = act.on


def _acknowledged(standing: Standing, act: Act, facts: CaseFacts) -> None:
    standing.parts[_known(act.assignment_id)].acknowledged_on = act.on


def _part_done(standing: Standing, act: Act, facts: CaseFacts) -> None:
    standing.parts[_known(act.assignment_id)].done_on = act.on


def _extension_asked(standing: Standing, act: Act, facts: CaseFacts) -> None:
    part = standing.parts[_known(act.assignment_id)]
    part.extension_until = date.fromisoformat(act.data["until"])


def _extension_given(standing: Standing, act: Act, facts: CaseFacts) -> None:
    part = standing.parts[_known(act.assignment_id)]
    part.extensions, part.extension_until = [*part.extensions, act.data["extension"]], None


def _extension_refused(standing: Standing, act: Act, facts: CaseFacts) -> None:
    standing.parts[_known(act.assignment_id)].extension_until = None


_EFFECTS: dict[tuple[str, str], Callable[[Standing, Act, CaseFacts], None]] = {
    (Table.SUGGESTION, "submit"): _submitted,
    (Table.SUGGESTION, "invite"): _invited,
    (Table.SUGGESTION, "confirm_signature"): _signed,
    (Table.SUGGESTION, "decline_signature"): _declined,
    (Table.SUGGESTION, "register"): _registered,
    (Table.SUGGESTION, "merge"): _merged,
    (Table.SUGGESTION, "unmerge"): _unmerged,
    (Table.SUGGESTION, "assign"): _assigned,
    (Table.SUGGESTION, "circulate"): _assigned,
    (Table.SUGGESTION, "rehandle"): _assigned,
    (Table.SUGGESTION, "order_rehandling"): _assigned,
    (Table.SUGGESTION, "answer"): _answered,
    (Table.SUGGESTION, "close"): _closed,
    (Table.SUGGESTION, "decline_rehandling"): _closed,
    (Table.SUGGESTION, "close_without_feedback"): _closed,
    (Table.ASSIGNMENT, "acknowledge"): _acknowledged,
    (Table.ASSIGNMENT, "give_opinion"): _part_done,
    (Table.ASSIGNMENT, "reply"): _part_done,
    (Table.ASSIGNMENT, "ask_extension"): _extension_asked,
    (Table.ASSIGNMENT, "grant_extension"): _extension_given,
    (Table.ASSIGNMENT, "extend"): _extension_given,
    (Table.ASSIGNMENT, "refuse_extension"): _extension_refused,
}


# --- What the other facts say


def _read_texts(standing: Standing, facts: CaseFacts) -> None:
    if facts.versions:
        last = facts.versions[-1]
        standing.title, standing.wants_no_reply = last.title, last.wants_no_reply


def _read_replies(standing: Standing, facts: CaseFacts) -> None:
    """The class is that of the latest delivered reply of any round (source 004)."""
    if facts.replies:
        standing.outcome_class = facts.replies[-1][0].outcome_class


def _read_ratings(standing: Standing, facts: CaseFacts) -> None:
    """First round and last round side by side; a round still without a rating has none."""
    by_round = {rating.round: rating for rating in facts.ratings if rating.counted}
    if first := by_round.get(1):
        standing.first_attitude, standing.first_result = first.attitude, first.result
    if last := by_round.get(standing.round):
        standing.attitude, standing.result = last.attitude, last.result


def set_dues(
    standing: Standing,
    assignments: Iterable[Assignment],
    *,
    ruling: Ruling,
    session_close: date | None,
) -> None:
    """Set every date something is due from what ``standing`` says of stage, round and parts."""
    running: list[date] = []
    first: list[date] = []
    ordinary: list[date] = []
    for part in assignments:
        known = standing.parts[part.pk]
        part.acknowledged_on, part.extensions = known.acknowledged_on, known.extensions
        under = ruling.known_by(known.stopped_by)
        day = assignment_due(part, ruling=under, session_close=session_close)
        known.due_on = day.date if day else None
        if day is None or part.role not in ANSWERING:
            continue
        if part.round == standing.round:
            running.append(day.date)
        if part.round == 1:
            first.append(day.date)
            ordinary.append(
                _ordinary_due(part, ruling=under, session_close=session_close)
                if part.wide or part.extensions
                else day.date
            )
    standing.first_due_on = min(first, default=None)
    standing.ordinary_due_on = min(ordinary, default=None)
    if standing.stage == Stage.IN_HANDLING:
        standing.due_on = min(running, default=None)


def _ordinary_due(part: Assignment, *, ruling: Ruling, session_close: date | None) -> date:
    """When it would be due were it not wide and had it no extension: the “within three months”."""
    plain = Assignment(
        key=part.key,
        round=part.round,
        role=part.role,
        assigned_on=part.assigned_on,
        acknowledged_on=part.acknowledged_on,
    )
    day = assignment_due(plain, ruling=ruling, session_close=session_close)
    if day is None:
        raise ReplayError("an answering organ has no limit")
    return day.date


# --- Loading


def load(case: Suggestion) -> CaseFacts:
    """Read the facts of one case."""
    return next(iter(load_many([case])))


def load_many(cases: Sequence[Suggestion]) -> Iterable[CaseFacts]:
    """Read the facts of many cases in a fixed number of queries, in the order given."""
    chosen = [case.pk for case in cases]
    acts = _by_case(Act.objects.filter(suggestion__in=chosen).order_by("suggestion", "seq"))
    versions = _by_case(Version.objects.filter(suggestion__in=chosen).order_by("ordinal"))
    parts = _by_case(Assignment.objects.filter(suggestion__in=chosen).order_by("round", "pk"))
    ratings = _by_case(Rating.objects.filter(suggestion__in=chosen).order_by("round", "pk"))
    replies = _delivered(chosen)
    signers: dict[int, dict[str, int]] = {}
    rows = Suggestion.objects.filter(pk__in=chosen).order_by("signatures__position")
    for pk, key, post in rows.values_list("pk", "signatures__deputy__key", "signatures__deputy_id"):
        signers.setdefault(pk, {})[key] = post
    for case in cases:
        yield CaseFacts(
            case=case,
            acts=acts.get(case.pk, []),
            versions=versions.get(case.pk, []),
            assignments=parts.get(case.pk, []),
            replies=replies.get(case.pk, []),
            ratings=ratings.get(case.pk, []),
            signers=signers.get(case.pk, {}),
            session_close=case.session.closes_on,
        )


_Row = TypeVar("_Row", Act, Version, Assignment, Rating)


def _by_case(rows: Iterable[_Row]) -> dict[int, list[_Row]]:
    found: dict[int, list[_Row]] = {}
    for row in rows:
        found.setdefault(row.suggestion_id, []).append(row)
    return found


def _delivered(chosen: Sequence[int]) -> dict[int, list[tuple[Reply, date]]]:
    rows = (
        Reply.objects.filter(
            file__assignment__suggestion__in=chosen,
            file__stage=ReplyStage.DELIVERED,
            deliveries__isnull=False,
        )
        .distinct()
        .prefetch_related("deliveries")
        .select_related("file__assignment")
    )
    found: dict[int, list[tuple[Reply, date]]] = {}
    for reply in rows:
        day = min(each.at for each in reply.deliveries.all()).astimezone(ZONE).date()
        found.setdefault(reply.file.assignment.suggestion_id, []).append((reply, day))
    for listed in found.values():
        listed.sort(key=lambda pair: (pair[0].file.assignment.round, pair[1], pair[0].pk))
    return found
