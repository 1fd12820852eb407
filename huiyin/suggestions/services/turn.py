"""One person's turn at one case: everything a step writes, in one transaction.

``turn`` locks the case and reads it afresh, so that rights and stage are judged as they are and
not as a page showed them. Inside it ``take`` asks the lifecycle table, writes the act and its facts
and puts them on the record; ``follow`` takes what follows from it by rule. At the end the derived
columns are written from the facts, and those concerned are told through the outbox.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post
from huiyin.accounts.rules import require_as_read
from huiyin.kernel import events
from huiyin.kernel.clock import ZONE
from huiyin.kernel.errors import Stale
from huiyin.kernel.workflow import Lifecycle, Move
from huiyin.ledger import services as ledger
from huiyin.ledger.models import Fact
from huiyin.outbox import services as outbox
from huiyin.suggestions import audience, joining
from huiyin.suggestions.events import StepTaken
from huiyin.suggestions.lifecycle import ASSIGNMENT, REPLY, SUGGESTION
from huiyin.suggestions.models import (
    Act,
    Assignment,
    MergeGroup,
    ReplyFile,
    RequestItem,
    Suggestion,
)
from huiyin.suggestions.models.acts import Table, Via
from huiyin.suggestions.ruling import Ruling, ruling_for
from huiyin.suggestions.services.sitting import Sitting
from huiyin.suggestions.services.storing import store
from huiyin.suggestions.standing import (
    CaseFacts,
    Standing,
    derive,
    load,
)

CASE_TYPE = "suggestion"
# PostgreSQL's code for it; SQLite says "UNIQUE constraint failed".
UNIQUE_VIOLATION = "23505"

Subject = Suggestion | Assignment | ReplyFile


@dataclass(kw_only=True)
class Turn:
    """The case under lock, who acts on it, and what has been written so far."""

    case: Suggestion
    actor: Actor
    at: datetime
    on: date
    via: str
    on_behalf_of: Post | None = None
    next_seq: int = 1
    # Within a sitting: what is known of the case, added to as the turn goes on.
    sitting: Sitting | None = None
    facts: CaseFacts | None = None
    told: list[tuple[Move, Act, Subject]] = field(default_factory=list)
    lines: list[ledger.Line] = field(default_factory=list)

    @cached_property
    def ruling(self) -> Ruling:
        """The rules and the calendar of the case. Who may take no step needs none."""
        if self.sitting is not None:
            return self.sitting.rulings.of(self.case, on=self.on)
        return ruling_for(self.case, on=self.on)

    @property
    def brought(self) -> dict[str, Any]:
        """What every guard may ask for."""
        return {
            "rules": self.ruling.rules,
            "calendar": self.ruling.calendar,
            "on": self.on,
            "actor": self.actor,
        }

    @property
    def requests(self) -> list[RequestItem]:
        """The requests of the text in force."""
        known = self.facts.versions[-1:] if self.facts else list(self.case.versions.all())[-1:]
        return list(known[0].requests.all()) if known else []

    def permit(self, name: str, subject: Subject | None = None) -> None:
        """Raise unless the actor may take the step from here.

        For services that must read the case before they can say what the step brings.
        """
        subject = subject or self.case
        table_of(subject)[1].find(name).permit(self.actor, subject)

    def take(
        self,
        name: str,
        subject: Subject | None = None,
        *,
        why: str = "",
        reason_code: str = "",
        data: dict[str, Any] | None = None,
        facts: Sequence[Fact] = (),
        merge_group: MergeGroup | None = None,
        **brought: Any,
    ) -> Act:
        """Take the step ``name`` as the actor. Raises what the table says stands against it."""
        subject = subject or self.case
        lifecycle = table_of(subject)[1]
        row = lifecycle.find(name)
        # Before the rules are read.
        row.permit(self.actor, subject)
        lifecycle.check(
            row,
            actor=self.actor,
            case=subject,
            why=why,
            reason_code=reason_code,
            brought={**self.brought, "reason_code": reason_code, **brought},
        )
        return self._write(
            row,
            subject,
            why=why.strip(),
            reason_code=reason_code,
            data=data or {},
            facts=facts,
            merge_group=merge_group,
        )

    def leave(self, facts: Sequence[Fact]) -> None:
        """Write facts of the step just taken that rest on rows it has made first."""
        for fact in facts:
            fact.save()
        if facts:
            line = self.lines[-1]
            self.lines[-1] = replace(line, facts=[*line.facts, *facts])

    def follow(
        self,
        name: str,
        subject: Subject | None = None,
        *,
        why: str = "",
        data: dict[str, Any] | None = None,
        facts: Sequence[Fact] = (),
    ) -> Act:
        """Take a step that follows from the one just taken, whoever took that one."""
        subject = subject or self.case
        row = table_of(subject)[1].find(name)
        row.require(subject, self.brought)
        return self._write(row, subject, why=why.strip(), data=data or {}, facts=facts)

    def _write(
        self,
        row: Move,
        subject: Subject,
        *,
        why: str = "",
        reason_code: str = "",
        data: dict[str, Any],
        facts: Sequence[Fact] = (),
        merge_group: MergeGroup | None = None,
    ) -> Act:
        table, _lifecycle = table_of(subject)
        after = row.target or subject.stage
        act = Act(
            suggestion=self.case,
            seq=self.next_seq,
            table=table,
            move=row.name,
            from_stage=subject.stage,
            to_stage=after,
            at=self.at,
            on=self.on,
            post=self.actor.post,
            on_behalf_of=self.on_behalf_of,
            via=self.via,
            round=self.case.round,
            assignment=assignment_of(subject),
            reply_file=subject if isinstance(subject, ReplyFile) else None,
            merge_group=merge_group,
            why=why,
            reason_code=reason_code,
            data=data,
        )
        for fact in (act, *facts):
            fact.save()
        if self.facts is not None:
            self.facts.acts = [*self.facts.acts, act]
        self.next_seq += 1
        if act.to_stage != act.from_stage:
            subject.stage = after
            if subject is not self.case:
                subject.save(update_fields=["stage"])
        self.lines.append(self._line(act, facts))
        self.told.append((row, act, subject))
        return act

    def _line(self, act: Act, facts: Sequence[Fact]) -> ledger.Line:
        return ledger.Line(
            at=self.at,
            actor=self.actor,
            action=f"{act.table}.{act.move}",
            subject=(CASE_TYPE, self.case.key),
            before=act.from_stage,
            after=act.to_stage,
            why=act.why,
            facts=[act, *facts],
            on_behalf_of=self.on_behalf_of.key if self.on_behalf_of else "",
            via=self.via,
            back_dated=self.via in (Via.IMPORT, Via.COMMAND),
        )

    def issued(self, part: Assignment) -> None:
        """An organ has been charged."""
        if self.facts is not None:
            self.facts.assignments = [*self.facts.assignments, part]

    def finish(self) -> Standing:
        """Write the derived columns, tell those concerned, and put the steps on the record.

        The record comes last: its chain is locked until the transaction ends, and every writer of
        the congress waits for it.
        """
        standing = derive(self.facts or load(self.case), ruling=self.ruling)
        self.case.forget_cached()
        store(self.case, standing, revision=self.case.revision + 1)
        tellings = [self._telling(*each, standing) for each in self.told if each[0].notice]
        self.lines += joining.lines_for(self._joined())
        for _row, act, _subject in self.told:
            events.publish(
                StepTaken(
                    congress_key=self.case.congress.key,
                    suggestion_key=self.case.key,
                    table=act.table,
                    move=act.move,
                    stage=self.case.stage,
                )
            )
        if self.sitting is not None:
            self.sitting.tellings += tellings
            self.sitting.lines += self.lines
            return standing
        outbox.tell_many(tellings, actor=self.actor, at=self.at)
        ledger.record_many(chain=self.case.congress.key, lines=self.lines)
        return standing

    def _joined(self) -> list[joining.Joined]:
        """The steps that other rooms take part in."""
        return [
            joining.Joined(
                act=act,
                case=self.case,
                ruling=lambda: self.ruling,
                actor=self.actor,
                via=self.via,
                back_dated=self.via in (Via.IMPORT, Via.COMMAND),
            )
            for _row, act, _subject in self.told
            if joining.concerns_any(act)
        ]

    def _telling(self, row: Move, act: Act, subject: Subject, standing: Standing) -> outbox.Telling:
        posts = audience.of(row.notice, subject=subject, suggestion=self.case, on=self.on)
        part = assignment_of(subject)
        due = standing.parts[part.pk].due_on if part else self.case.due_on
        return outbox.Telling(
            posts=list(posts),
            event=f"{act.table}.{row.name}",
            case=(CASE_TYPE, self.case.key),
            title=self.case.title,
            params={
                "number": self.case.number or "",
                "title": self.case.title,
                "organ": part.organ.name if part else "",
                "why": act.why,
                "due": due or "",
            },
        )


def table_of(subject: Subject) -> tuple[Table, Lifecycle]:
    """Return which table a subject lives by."""
    if isinstance(subject, ReplyFile):
        return Table.REPLY, REPLY
    if isinstance(subject, Assignment):
        return Table.ASSIGNMENT, ASSIGNMENT
    return Table.SUGGESTION, SUGGESTION


def assignment_of(subject: Subject) -> Assignment | None:
    """Return the organ's part that a subject belongs to, if it does."""
    if isinstance(subject, ReplyFile):
        return subject.assignment
    return subject if isinstance(subject, Assignment) else None


@contextmanager
def turn(
    *,
    case: Suggestion,
    actor: Actor,
    at: datetime,
    revision: int | None = None,
    via: str = Via.PAGE,
    on: date | None = None,
    on_behalf_of: Post | None = None,
    among: Sitting | None = None,
    by_clock: bool = False,
) -> Iterator[Turn]:
    """Lock ``case`` and give the actor his turn; everything or nothing is written.

    ``revision`` is the one the page showed; ``Stale`` is raised when somebody has been faster.
    ``on`` is the business day when it is not the day of ``at`` (entry from paper). ``among`` is the
    sitting that has locked and read the case with others; it takes steps whose facts are acts and
    charges of organs. ``by_clock``: nobody is at work; what an act of ``actor`` leads to has fallen
    due, whatever he holds now.
    """
    day = on or at.astimezone(ZONE).date()
    try:
        with transaction.atomic():
            if among is None:
                locked, facts = _locked(case, revision=revision), None
                if not by_clock:
                    require_as_read(actor)
                acts = locked.acts.order_by("-seq").values_list("seq", flat=True)
                last = acts.first() or 0
            else:
                facts = among.facts_of(case)
                locked, last = facts.case, facts.acts[-1].seq
            running = Turn(
                case=locked,
                actor=actor,
                at=at,
                on=day,
                via=via,
                on_behalf_of=on_behalf_of,
                next_seq=last + 1,
                sitting=among,
                facts=facts,
            )
            yield running
            running.finish()
    except IntegrityError as refused:
        if not _collided(refused):
            raise
        # Two transactions that both read the case as free: the database let one of them in.
        raise overtaken() from refused


def _locked(case: Suggestion, *, revision: int | None) -> Suggestion:
    """Read the case afresh under lock. ``Stale`` when it is not the one the page showed."""
    locked = (
        Suggestion.objects.select_for_update(of=("self",))
        .select_related("congress", "session", "lead", "lead__person")
        .get(pk=case.pk)
    )
    if revision is not None and locked.revision != revision:
        raise overtaken()
    return locked


def overtaken() -> Stale:
    """What is said when another was faster."""
    return Stale(
        _("Somebody else has just changed this case; your step was not taken."),
        remedy=_("Look at what has changed, then take the step again if it still fits."),
    )


def _collided(refused: IntegrityError) -> bool:
    """Whether a row was refused because another one took its place first."""
    cause = refused.__cause__
    return getattr(cause, "sqlstate", "") == UNIQUE_VIOLATION or "UNIQUE" in str(refused)
