"""Everything on a case's page, read in a fixed number of queries and cut to the reader's sight."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Prefetch

from huiyin.documents import selectors as documents
from huiyin.documents.models import Attachment
from huiyin.suggestions.lifecycle import is_being_written, where
from huiyin.suggestions.models import (
    Act,
    Assignment,
    Delivery,
    Draft,
    LeaderAct,
    Rating,
    Redated,
    Reply,
    ReplyFile,
    ReplyPoint,
    ReviewRequest,
    RulesApplied,
    Signature,
    SubAssignment,
    Suggestion,
    Verdict,
    Version,
    WordingProposal,
)
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.presenters.sight import Sight
from huiyin.suggestions.selectors import visible_to
from huiyin.suggestions.services.attaching import SCAN, TEXT, organ_of
from huiyin.suggestions.services.turn import CASE_TYPE
from huiyin.suggestions.stages import OPEN_ASSIGNMENT
from huiyin.suggestions.steps import Scene

# What a post's title needs.
POST = (
    "post__person",
    "post__organ",
    "post__congress",
    "post__delegation",
    "post__electing_unit",
)


@dataclass(kw_only=True)
class CaseFile:
    """One case as one reader finds it."""

    scene: Scene
    signatures: list[Signature]
    acts: list[Act]
    versions: list[Version]
    parts: list[Assignment]
    ratings: list[Rating]
    requests: list[ReviewRequest] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    wordings: list[WordingProposal] = field(default_factory=list)
    # Of its group: those the reader may see, and how many there are.
    merged: list[Suggestion] = field(default_factory=list)
    merged_count: int = 0
    attachments: list[Attachment] = field(default_factory=list)
    draft: Draft | None = None
    # The decisions that brought it under other rules.
    applied: list[RulesApplied] = field(default_factory=list)
    # What organs have shared out inside, by key; their leaders' meetings and visits about it.
    given: dict[str, SubAssignment] = field(default_factory=dict)
    leader_acts: list[LeaderAct] = field(default_factory=list)

    @property
    def case(self) -> Suggestion:
        return self.scene.case

    @cached_property
    def sight(self) -> Sight:
        return Sight.of(self.scene.actor, self.case)

    @cached_property
    def redated(self) -> dict[tuple[str, int | None], list[Redated]]:
        """The dates that clocks had before a notice or a change of rules, by clock and part."""
        found: dict[tuple[str, int | None], list[Redated]] = {}
        for fact in self.case.redated.select_related("redating"):
            found.setdefault((fact.clock, fact.assignment_id), []).append(fact)
        return found

    def stopped_by(self, part: Assignment) -> int | None:
        """The act by which the organ ceased to owe anything; None while it still does."""
        return next(
            (
                act.pk
                for act in self.acts
                if act.assignment_id == part.pk
                and act.table == Table.ASSIGNMENT
                and act.from_stage in OPEN_ASSIGNMENT
                and act.to_stage not in OPEN_ASSIGNMENT
            ),
            None,
        )

    @property
    def seen(self) -> int:
        """The last act the page knows of."""
        return self.acts[-1].seq if self.acts else 0

    @property
    def version(self) -> Version | None:
        """The text in force."""
        return self.versions[-1] if self.versions else None

    @cached_property
    def by_part(self) -> dict[int, Assignment]:
        return {part.pk: part for part in self.parts}

    @property
    def present_parts(self) -> list[Assignment]:
        """The organs' parts in the running round."""
        return [part for part in self.parts if part.round == self.case.round]

    @property
    def own_parts(self) -> list[Assignment]:
        """Those of the reader's own organ."""
        return [part for part in self.present_parts if self.sight.writes_for(part.organ_id)]

    @property
    def wording(self) -> WordingProposal | None:
        """The proposal the deputy has not answered yet."""
        answers = [act for act in self.acts if act.move in ("accept_wording", "refuse_wording")]
        return self.wordings[-1] if len(self.wordings) > len(answers) else None

    def delivered(self, part: Assignment) -> Reply | None:
        """The reply of this part that the deputies have."""
        file = file_of(part)
        if file is None or not where.is_delivered(file):
            return None
        replies: list[Reply] = list(file.replies.all())
        return replies[-1] if replies else None

    @property
    def visible_attachments(self) -> list[Attachment]:
        return [each for each in self.attachments if self._shows(each)]

    def _shows(self, attachment: Attachment) -> bool:
        if attachment.part == SCAN:
            return self.sight.paper
        if attachment.part == TEXT:
            return True
        key = organ_of(attachment.part)
        part = next((each for each in self.parts if each.key == key), None)
        if part is None:
            return False
        return self.sight.writes_for(part.organ_id) or self.delivered(part) is not None


def draft_of(case: Suggestion) -> Draft:
    """The text being written, as it is saved now."""
    return Draft.objects.get(suggestion=case)


def file_of(part: Assignment) -> ReplyFile | None:
    """The organ's reply file, if it has begun one. No query when it was prefetched."""
    try:
        begun: ReplyFile = part.reply_file
    except ReplyFile.DoesNotExist:
        return None
    # A scene puts an empty one beside a part that has none yet.
    return begun if begun.pk else None


def read(scene: Scene) -> CaseFile:
    """Read the case. What the stage rules out is not asked for."""
    case = scene.case
    file = CaseFile(
        scene=scene,
        signatures=list(case.signatures.select_related("deputy__person", "deputy__delegation")),
        acts=list(case.acts.select_related(*POST, "on_behalf_of__person")),
        versions=list(case.versions.prefetch_related("requests")),
        parts=_parts(case) if case.round else [],
        ratings=list(case.ratings.select_related("deputy__person")) if case.round else [],
    )
    # Spares the rules a second query for the same rows.
    case.signatures_by_post = {each.deputy_id: each.standing for each in file.signatures}
    _read_review(file)
    _read_responsibility(file)
    if case.merge_group_id:
        group = visible_to(scene.actor).filter(merge_group=case.merge_group_id)
        file.merged = list(group.exclude(pk=case.pk).order_by("number_order", "pk"))
        file.merged_count = Suggestion.objects.filter(merge_group=case.merge_group_id).count() - 1
    if is_being_written(case):
        writes = file.sight.signs or case.entered_by_id == scene.actor.post_id
        file.draft = Draft.objects.filter(suggestion=case).first() if writes else None
    if case.submitted_on:
        posts = (f"decision__{name}" for name in POST)
        file.applied = list(RulesApplied.objects.filter(suggestion=case).select_related(*posts))
    file.attachments = list(documents.for_case((CASE_TYPE, case.key)))
    return file


def _read_review(file: CaseFile) -> None:
    """Who was asked, what they found, which wordings were offered; each leaves an act."""
    case, moves = file.case, {act.move for act in file.acts}
    if "ask_review" in moves:
        requests = list(case.review_requests.select_related("organ"))
        case.review_parts = frozenset((each.part, each.organ_id) for each in requests)
        if file.sight.review:
            file.requests = requests
            file.verdicts = list(case.verdicts.select_related("version", "organ", *POST))
    else:
        case.review_parts = frozenset()
    if "propose_wording" in moves and file.sight.wordings:
        file.wordings = list(case.wordings.select_related("version"))


def _read_responsibility(file: CaseFile) -> None:
    """To whom inside an organ it went, and what its leaders did about it."""
    case = file.case
    if any(act.move == "sub_assign" for act in file.acts):
        rows = SubAssignment.objects.filter(assignment__suggestion=case)
        rows = rows.select_related("division", "handler__person")
        file.given = {each.key: each for each in rows}
    if case.round and file.sight.work:
        acts = LeaderAct.objects.filter(cases__suggestion=case, struck__isnull=True)
        file.leader_acts = list(acts.select_related("leader", "organ"))


def _parts(case: Suggestion) -> list[Assignment]:
    replies = Reply.objects.order_by("ordinal")
    points = ReplyPoint.objects.select_related("request").order_by("request__ordinal")
    handed = Delivery.objects.select_related("deputy__person")
    inside = ("division", "handler__person")
    rows = case.assignments.select_related("organ", "reply_file", *inside).prefetch_related(
        "plans__milestones",
        "contacts",
        "opinions",
        Prefetch("reply_file__replies", replies),
        Prefetch("reply_file__replies__points", points),
        Prefetch("reply_file__replies__deliveries", handed),
    )
    parts = list(rows)
    for part in parts:
        part.suggestion = case
        if own := file_of(part):
            own.assignment = part
    return parts
