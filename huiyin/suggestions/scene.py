"""Where a step is taken: who, when, on which case, under which rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from huiyin.accounts.actor import Actor
from huiyin.accounts.whereabouts import NOWHERE, Whereabouts
from huiyin.rulebook import Clock
from huiyin.suggestions import cohandlers, present
from huiyin.suggestions.models import Assignment, ReplyFile, Suggestion
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.ruling import (
    Ruling,
    Rulings,
    acknowledgement_due,
    assignment_due,
    feedback_due,
)
from huiyin.suggestions.services.fixed_text import files_of
from huiyin.suggestions.stages import ReplyStage


@dataclass(kw_only=True)
class Scene:
    """A reader before a case, or before one organ's part of it."""

    actor: Actor
    at: datetime
    case: Suggestion
    part: Assignment | None = None
    # From which browser; only a rating asks.
    where: Whereabouts = NOWHERE

    @property
    def on(self) -> date:
        return self.at.date()

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Which kinds of rows the case has (``present``): what it has none of is not asked for."""
        return present.kinds_of(self.case)

    @cached_property
    def rulings(self) -> Rulings:
        return Rulings.now(cases=[self.case] if "rules applied" in self.kinds else [])

    @cached_property
    def ruling(self) -> Ruling:
        return self.rulings.of(self.case, on=self.on)

    @cached_property
    def charge(self) -> Assignment:
        """The organ's part. Only steps of an organ ask for it."""
        if self.part is None:
            raise LookupError("this step is not taken on an organ's part")
        return self.part

    @cached_property
    def file(self) -> ReplyFile:
        """The organ's reply file, or the empty one it will have."""
        found = ReplyFile.objects.filter(assignment=self.charge).first()
        file = found or ReplyFile(stage=ReplyStage.DRAFTING, saved_at=self.at)
        file.assignment = self.charge
        return file

    @cached_property
    def lead_file(self) -> ReplyFile | None:
        """The reply file of the organ that leads beside this one, once begun."""
        return cohandlers.file_of_lead(self.charge)

    @cached_property
    def reply_files(self) -> list[str]:
        """The keys of the files attached to the organ's reply."""
        return [each.key for each in files_of(self.charge)]

    def subject(self, table: str) -> Suggestion | Assignment | ReplyFile:
        """What the table's rows are judged by."""
        if table == Table.SUGGESTION:
            return self.case
        return self.charge if table == Table.ASSIGNMENT else self.file

    # --- Days that pages promise before a step is taken

    def reply_due(self, *, role: str, wide: bool = False, round_: int = 1) -> date | None:
        """When an organ charged today in ``role`` would have to be done."""
        part = Assignment(
            suggestion=self.case, round=round_, role=role, wide=wide, assigned_on=self.on
        )
        found = assignment_due(part, ruling=self.ruling, session_close=self.case.session.closes_on)
        return found.date if found else None

    def acknowledgement_due(self) -> date:
        """Until when an organ charged today would have to acknowledge."""
        return acknowledgement_due(Assignment(assigned_on=self.on), ruling=self.ruling).date

    def feedback_due(self) -> Clock | None:
        return feedback_due(self.case, ruling=self.ruling)
