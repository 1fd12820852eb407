"""Everything on a case's page, read in a fixed number of queries and cut to the reader's sight."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from huiyin.accounts.models import Role
from huiyin.accounts.selectors import placed
from huiyin.documents import selectors as documents
from huiyin.documents.models import Attachment
from huiyin.suggestions import spoken
from huiyin.suggestions.clearance import Clearing
from huiyin.suggestions.lifecycle import is_being_written, where
from huiyin.suggestions.models import (
    Act,
    Assignment,
    BodyMeasure,
    Delivery,
    Draft,
    FaceToFaceReply,
    LeaderAct,
    OfficeNote,
    Rating,
    RatingFlag,
    Redated,
    Reply,
    ReturnDecision,
    ReturnRequest,
    ReviewRequest,
    RulesApplied,
    Signature,
    SubAssignment,
    Suggestion,
    Verdict,
    Version,
    WordingProposal,
)
from huiyin.suggestions.models.acts import Table, Via
from huiyin.suggestions.presenters.parts import file_of, parts_of
from huiyin.suggestions.presenters.sight import Sight
from huiyin.suggestions.selectors import visible_to
from huiyin.suggestions.services.attaching import SCAN, TEXT, organ_of
from huiyin.suggestions.services.scanning import FILED_SCAN, IN_PERSON_SCAN, RATING_SCAN
from huiyin.suggestions.services.turn import CASE_TYPE
from huiyin.suggestions.spoken import Said, Spoken
from huiyin.suggestions.stages import OPEN_ASSIGNMENT
from huiyin.suggestions.steps import Scene


@dataclass(kw_only=True)
class CaseFile:
    """One case as one reader finds it."""

    scene: Scene
    signatures: list[Signature]
    acts: list[Act]
    versions: list[Version]
    parts: list[Assignment]
    # Those the reader may know of, an earlier one before the one that replaces it.
    ratings: list[Rating]
    notes: list[OfficeNote] = field(default_factory=list)
    flags: list[RatingFlag] = field(default_factory=list)
    measures: list[BodyMeasure] = field(default_factory=list)
    requests: list[ReviewRequest] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    wordings: list[WordingProposal] = field(default_factory=list)
    # Of its group: those the reader may see, and how many there are.
    merged: list[Suggestion] = field(default_factory=list)
    merged_count: int = 0
    attachments: list[Attachment] = field(default_factory=list)
    draft: Draft | None = None
    # Where texts in clearance stand, by the organ's part, once they have been asked for.
    clearings: dict[int, Clearing] = field(default_factory=dict)
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
        if not self.applied and not self.scene.rulings.editions:
            return found
        for fact in self.case.redated.select_related("redating"):
            found.setdefault((fact.clock, fact.assignment_id), []).append(fact)
        return found

    def stopped_by(self, part: Assignment) -> int | None:
        """The act by which the organ last ceased to owe anything; None while it still does."""
        if where.is_owed(part):
            return None
        return next(
            (
                act.pk
                for act in reversed(self.acts)
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
        return [
            part for part in self.parts if part.round == self.case.round and where.is_charged(part)
        ]

    @property
    def own_parts(self) -> list[Assignment]:
        """Those of the reader's own organ."""
        return [part for part in self.present_parts if self.sight.writes_for(part.organ_id)]

    @property
    def rates_this_round(self) -> bool:
        """Whether the reader knows of a counted rating of the running round."""
        return any(each.counted and each.round == self.case.round for each in self.ratings)

    @property
    def wording(self) -> WordingProposal | None:
        """The proposal the deputy has not answered yet."""
        answers = [act for act in self.acts if act.move in ("accept_wording", "refuse_wording")]
        return self.wordings[-1] if len(self.wordings) > len(answers) else None

    @cached_property
    def said(self) -> dict[str, list[Said]]:
        """What deputies have said of each contact, by its key: every answer left an act."""
        found: dict[str, list[Said]] = {}
        for act in self.acts:
            if act.move in ("confirm_contact", "contest_contact"):
                answer = Said(
                    deputy=act.post_id,
                    confirmed=act.move == "confirm_contact",
                    word=act.why,
                    at=act.at,
                    name=act.post.person.name,
                )
                found.setdefault(act.data["contact"], []).append(answer)
        return found

    def spoken(self, part: Assignment) -> Spoken:
        """What has passed between the organ and the deputy in the part's round."""
        waived = {act.round for act in self.acts if act.move == "waive_contact"}
        wished = self.version is not None and self.version.waives_contact is True
        return spoken.summed(
            part.contacts.all(),
            self.said,
            ruling=self.scene.ruling,
            on=self.scene.on,
            waived=part.round in waived or (wished and part.round == 1),
            exempted=self.exemption(part) is not None,
        )

    def exemption(self, part: Assignment) -> Act | None:
        """The act by which the head of the organ exempted it from contact."""
        exempted = (act for act in self.acts if act.move == "exempt_contact")
        return next((act for act in exempted if act.assignment_id == part.pk), None)

    def delivered(self, part: Assignment) -> Reply | None:
        """The reply of this part that the deputies have."""
        file = file_of(part)
        if file is None or not where.is_delivered(file):
            return None
        replies: list[Reply] = list(file.replies.all())
        return replies[-1] if replies else None

    @property
    def opens_replies(self) -> bool:
        """Whether this page is the first to show the reader a reply that was sent to him."""
        me = self.scene.actor.post_id
        return any(each.deputy_id == me for part in self.parts for each in self.unreceived(part))

    def unreceived(self, part: Assignment) -> list[Delivery]:
        """The deputies who were sent the part's reply, and of whom nobody knows yet they have it.

        What came in from a list is not waited for: the paper world kept no receipts of it.
        """
        reply = self.delivered(part)
        if reply is None:
            return []
        sent: list[Delivery] = list(reply.deliveries.all())
        return [each for each in sent if each.channel != Via.IMPORT and not has_receipt(each)]

    @property
    def visible_attachments(self) -> list[Attachment]:
        return [each for each in self.attachments if self._shows(each)]

    def _shows(self, attachment: Attachment) -> bool:
        if attachment.part == SCAN:
            return self.sight.paper
        if attachment.part == TEXT:
            return True
        if attachment.part.startswith((RATING_SCAN, FILED_SCAN)):
            return self.sight.paper
        if attachment.part.startswith(IN_PERSON_SCAN):
            key = attachment.part.removeprefix(IN_PERSON_SCAN)
            own = [each for each in self.parts if each.key == key]
            return self.sight.paper or any(self.sight.writes_for(each.organ_id) for each in own)
        key = organ_of(attachment.part)
        part = next((each for each in self.parts if each.key == key), None)
        if part is None:
            return False
        return self.sight.writes_for(part.organ_id) or self.delivered(part) is not None


def has_receipt(delivery: Delivery) -> bool:
    """Whether it is known that the deputy has the reply. No query when it was joined."""
    return hasattr(delivery, "receipt")


def face_to_face(reply: Reply) -> FaceToFaceReply | None:
    """The record of the answer given in person, if it was. No query when it was joined."""
    return getattr(reply, "face_to_face", None)


def draft_of(case: Suggestion) -> Draft:
    """The text being written, as it is saved now."""
    return Draft.objects.get(suggestion=case)


def read(scene: Scene) -> CaseFile:
    """Read the case. What the stage rules out is not asked for."""
    case = scene.case
    file = CaseFile(
        scene=scene,
        signatures=list(case.signatures.all()),
        acts=list(case.acts.all()),
        versions=list(case.versions.prefetch_related("requests")),
        parts=[],
        ratings=[],
        applied=scene.rulings.decided_on(case),
    )
    moves = {act.move for act in file.acts}
    file.parts = parts_of(case, moves, scene.kinds) if case.round else []
    # Spares the rules a second query for the same rows.
    case.signatures_by_post = {each.deputy_id: each.standing for each in file.signatures}
    _read_review(file, moves)
    if any(part.return_round for part in file.parts):
        asked = ReturnRequest.objects.select_related("named", "answer")
        decided = ReturnDecision.objects.select_related("organ")
        rows = (Prefetch("return_requests", asked), Prefetch("return_decisions", decided))
        prefetch_related_objects(file.parts, *rows)
    _read_responsibility(file)
    _read_judgement(file)
    if case.merge_group_id:
        group = visible_to(scene.actor).filter(merge_group=case.merge_group_id)
        file.merged = list(group.exclude(pk=case.pk).order_by("number_order", "pk"))
        file.merged_count = Suggestion.objects.filter(merge_group=case.merge_group_id).count() - 1
    if is_being_written(case):
        writes = file.sight.signs or case.entered_by_id == scene.actor.post_id
        file.draft = Draft.objects.filter(suggestion=case).first() if writes else None
    _name_posts(file)
    file.attachments = list(documents.for_case((CASE_TYPE, case.key)))
    return file


def _name_posts(file: CaseFile) -> None:
    """Put to every row the posts it names. All are read at once, each of them once."""
    own = [file_of(part) for part in file.parts]
    handed = [
        delivery
        for begun in own
        for reply in (begun.replies.all() if begun else ())
        for delivery in reply.deliveries.all()
    ]
    decisions = [each.decision for each in file.applied]
    named: list[tuple[Any, str]] = [
        *((row, "deputy") for row in (*file.signatures, *file.ratings, *handed)),
        *((row, "post") for row in (*file.acts, *file.verdicts, *decisions)),
        *((act, "on_behalf_of") for act in file.acts if act.on_behalf_of_id),
    ]
    posts = placed(getattr(row, f"{name}_id") for row, name in named)
    for row, name in named:
        setattr(row, name, posts[getattr(row, f"{name}_id")])


def _read_review(file: CaseFile, moves: set[str]) -> None:
    """Who was asked, what they found, which wordings were offered; each leaves an act."""
    case = file.case
    if "ask_review" in moves:
        requests = list(case.review_requests.select_related("organ"))
        case.review_parts = frozenset((each.part, each.organ_id) for each in requests)
        if file.sight.review:
            file.requests = requests
            file.verdicts = list(case.verdicts.select_related("version", "organ"))
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
    if "leader acts" in file.scene.kinds and file.sight.work:
        acts = LeaderAct.objects.filter(cases__suggestion=case, struck__isnull=True)
        file.leader_acts = list(acts.select_related("leader", "organ"))


def _read_judgement(file: CaseFile) -> None:
    """The ratings, what was said to the office with them, and what the body did afterwards."""
    case, sight = file.case, file.sight
    if not case.replied_on:
        return
    file.ratings = [
        each for each in case.ratings.all() if sight.sees_rating(each.round, deputy=each.deputy_id)
    ]
    kinds = file.scene.kinds
    if "office notes" in kinds and (sight.signs or sight.actor.role == Role.CLERK):
        file.notes = [
            each
            for each in case.office_notes.select_related("deputy__person")
            if sight.confided(each.deputy_id)
        ]
    if "rating flags" in kinds and sight.actor.role == Role.CLERK and file.ratings:
        flags = RatingFlag.objects.filter(rating__suggestion=case)
        file.flags = list(flags.select_related("rating", "organ"))
    if any(act.move == "take_measure" for act in file.acts):
        file.measures = list(case.measures.all())
