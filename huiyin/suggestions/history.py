"""Writing many cases at once with everything that has happened to them: import and demo.

A list from another system, or a year of a demo, is written here instead of step by step: the same
acts through the same tables, the same derived columns from ``standing.derive``, the same lines of
the record; only permissions and guards are not asked, for it has happened already. What no table
allows is refused all the same, so nothing can be imported that could not have been done here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import connection, models, transaction

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post
from huiyin.kernel.clock import ZONE
from huiyin.kernel.creating import create_many
from huiyin.kernel.primary_keys import primary_keys
from huiyin.ledger import services as ledger
from huiyin.ledger.models import Fact
from huiyin.suggestions import joining
from huiyin.suggestions.models import (
    Act,
    Assignment,
    ClassClaim,
    Contact,
    ContactAnswer,
    ContactDeputy,
    CoOpinion,
    CoStatement,
    Countersignature,
    CountersignLapse,
    Delivery,
    Draft,
    HandingOver,
    HandlingPlan,
    ItemCharge,
    MergeGroup,
    Milestone,
    NumberSeries,
    OpinionMarked,
    Rating,
    Receipt,
    Reply,
    ReplyFile,
    ReplyPoint,
    RequestItem,
    ReturnAnswer,
    ReturnDecision,
    ReturnRequest,
    ReviewRequest,
    Signature,
    SubAssignment,
    Suggestion,
    Urging,
    Verdict,
    Version,
    WordingProposal,
)
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.ruling import Ruling, Rulings
from huiyin.suggestions.services.assigning import Charge
from huiyin.suggestions.services.turn import CASE_TYPE, Subject, assignment_of, table_of
from huiyin.suggestions.stages import Signing
from huiyin.suggestions.standing import (
    COLUMNS,
    FILE_COLUMNS,
    PART_COLUMNS,
    CaseFacts,
    ReplayError,
    Standing,
    derive,
)

# Facts in the order in which they need one another.
FACTS: tuple[type[Fact], ...] = (
    Version,
    RequestItem,
    ReviewRequest,
    Verdict,
    WordingProposal,
    HandingOver,
    ItemCharge,
    SubAssignment,
    HandlingPlan,
    Milestone,
    Contact,
    ContactDeputy,
    ContactAnswer,
    CoOpinion,
    OpinionMarked,
    Reply,
    ReplyPoint,
    CoStatement,
    Countersignature,
    CountersignLapse,
    ClassClaim,
    Delivery,
    Receipt,
    Rating,
    ReturnRequest,
    ReturnAnswer,
    ReturnDecision,
    Urging,
    Act,
)
WRITTEN: tuple[type[models.Model], ...] = (
    Suggestion,
    Signature,
    Draft,
    Assignment,
    ReplyFile,
    *FACTS,
)


@dataclass(slots=True, kw_only=True)
class Told:
    """One case and what has happened to it so far, in memory."""

    case: Suggestion
    signatures: list[Signature]
    acts: list[tuple[Act, Sequence[Fact]]] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    files: list[ReplyFile] = field(default_factory=list)
    draft: Draft | None = None

    def take(
        self,
        name: str,
        *,
        post: Post,
        at: datetime,
        subject: Subject | None = None,
        on: date | None = None,
        why: str = "",
        reason_code: str = "",
        data: dict[str, Any] | None = None,
        facts: Sequence[Fact] = (),
        merge_group: MergeGroup | None = None,
        on_behalf_of: Post | None = None,
        via: str = Via.IMPORT,
        key: str | None = None,
    ) -> Act:
        """Add one act. Raises ``ReplayError`` when no table allows it from where it stands."""
        subject = subject or self.case
        table, lifecycle = table_of(subject)
        row = lifecycle.find(name)
        if subject.stage not in row.sources:
            raise ReplayError(f"{table}.{name} from {subject.stage}")
        after = row.target or subject.stage
        act = Act(
            **({"key": key} if key else {}),
            suggestion=self.case,
            seq=len(self.acts) + 1,
            table=table,
            move=name,
            from_stage=subject.stage,
            to_stage=after,
            at=at,
            on=on or at.astimezone(ZONE).date(),
            post=post,
            on_behalf_of=on_behalf_of,
            via=via,
            round=self.case.round,
            assignment=assignment_of(subject),
            reply_file=subject if isinstance(subject, ReplyFile) else None,
            merge_group=merge_group,
            why=why,
            reason_code=reason_code,
            data=data or {},
        )
        subject.stage = after
        self.acts.append((act, facts))
        return act

    def facts(self, kind: type[Fact]) -> Iterator[Any]:
        """Yield the facts of one kind, in the order they happened."""
        for _act, left in self.acts:
            yield from (fact for fact in left if isinstance(fact, kind))

    def standing(self, *, ruling: Ruling) -> Standing:
        """Derive where the case stands now."""
        handed: dict[int, date] = {}
        for delivery in self.facts(Delivery):
            handed.setdefault(id(delivery.reply), delivery.at.astimezone(ZONE).date())
        replies = [(each, handed[id(each)]) for each in self.facts(Reply) if id(each) in handed]
        # As they are read back: the last one delivered gives the case its class.
        replies.sort(key=lambda pair: (pair[0].file.assignment.round, pair[1]))
        facts = CaseFacts(
            case=self.case,
            acts=[act for act, _facts in self.acts],
            versions=list(self.facts(Version)),
            assignments=self.assignments,
            replies=replies,
            ratings=list(self.facts(Rating)),
            signers={each.deputy.key: each.deputy_id for each in self.signatures},
            session_close=self.case.session.closes_on,
            handed=list(self.facts(HandingOver)),
            organs={each.named.key: each.named_id for each in self.facts(ReturnRequest)},
            sub_assignments=list(self.facts(SubAssignment)),
        )
        return derive(facts, ruling=ruling)


class History:
    """Cases gathered in memory, then written together in one transaction."""

    def __init__(self, *, via: str = Via.IMPORT) -> None:
        self.via = via
        self.told: list[Told] = []
        self._keys: dict[type[models.Model], Iterator[int]] = {}
        self._rulings: Rulings | None = None

    def begin(self, case: Suggestion, *, cosigners: Sequence[Post] = ()) -> Told:
        """Take up an unsaved case; its lead deputy and the co-signers invited so far sign it."""
        case.pk = self._next_pk(Suggestion)
        deputies = [case.lead, *cosigners]
        signatures = [
            Signature(
                suggestion=case,
                deputy=deputy,
                position=place,
                standing=Signing.INVITED if place else Signing.LEAD,
            )
            for place, deputy in enumerate(deputies)
        ]
        told = Told(case=case, signatures=signatures)
        self.told.append(told)
        return told

    def issue(
        self, told: Told, charges: Sequence[Charge], *, on: date, wide: bool = False
    ) -> list[Assignment]:
        """Charge organs in the running round; ``told.case.round`` says which one that is."""
        issued = [
            Assignment(
                pk=self._next_pk(Assignment),
                suggestion=told.case,
                round=told.case.round,
                organ=charge.organ,
                role=charge.role,
                part=charge.said_part,
                wide=wide,
                assigned_on=on,
            )
            for charge in charges
        ]
        told.assignments += issued
        return issued

    def open_file(self, told: Told, assignment: Assignment, *, at: datetime) -> ReplyFile:
        """Open the reply file of an organ's part."""
        file = ReplyFile(pk=self._next_pk(ReplyFile), assignment=assignment, saved_at=at)
        told.files.append(file)
        return file

    @transaction.atomic
    def write(self, *, progress: Callable[[int, int], None] | None = None) -> None:
        """Write everything: rows, derived columns, numbers given, and the lines of the record."""
        for told in self.told:
            self._settle(told)
        create_many(Suggestion, [told.case for told in self.told])
        create_many(Signature, [each for told in self.told for each in told.signatures])
        create_many(Draft, [told.draft for told in self.told if told.draft])
        create_many(Assignment, [each for told in self.told for each in told.assignments])
        create_many(ReplyFile, [each for told in self.told for each in told.files])
        gathered = self._gathered()
        for done, kind in enumerate(FACTS, start=1):
            create_many(kind, gathered[kind])
            if progress:
                progress(done, len(FACTS) + 1)
        self._raise_series()
        self._record()
        _take_stock(written=len(self.told))
        if progress:
            progress(len(FACTS) + 1, len(FACTS) + 1)

    def _gathered(self) -> dict[type[Fact], list[Fact]]:
        """Return all facts by kind."""
        gathered: dict[type[Fact], list[Fact]] = {kind: [] for kind in FACTS}
        for told in self.told:
            for act, facts in told.acts:
                for fact in (act, *facts):
                    gathered[type(fact)].append(fact)
        return gathered

    def _settle(self, told: Told) -> None:
        """Set the derived columns of a case, its parts and its signatures."""
        case = told.case
        standing = told.standing(ruling=self._ruling(case))
        for name in COLUMNS:
            setattr(case, name, getattr(standing, name))
        case.revision = len(told.acts)
        for part in told.assignments:
            known = standing.parts[part.pk]
            for name in PART_COLUMNS:
                setattr(part, name, getattr(known, name))
        for file in told.files:
            if cleared := standing.clearances.get(file.pk):
                for name in FILE_COLUMNS:
                    setattr(file, name, getattr(cleared, name))
        for signature in told.signatures:
            signature.standing = standing.signatures[signature.deputy_id]

    def _ruling(self, case: Suggestion) -> Ruling:
        """Read the rules and the calendar once, when they are first asked for."""
        if self._rulings is None:
            self._rulings = Rulings.now()
        return self._rulings.of(case, on=case.created_at.astimezone(ZONE).date())

    def _raise_series(self) -> None:
        """Let the next number of each session come after the highest one written."""
        highest: dict[int, int] = {}
        for told in self.told:
            if told.case.number and told.case.number.isascii() and told.case.number.isdigit():
                order = told.case.number_order or 0
                session = told.case.session_id
                highest[session] = max(order, highest.get(session, 0))
        for session, last in highest.items():
            NumberSeries.objects.get_or_create(session_id=session)
            NumberSeries.objects.filter(session=session, last__lt=last).update(last=last)

    def _record(self) -> None:
        """Put every act on the record of its congress, in the order of time."""
        lines: dict[str, list[ledger.Line]] = defaultdict(list)
        for told in self.told:
            lines[told.case.congress.key] += [
                ledger.Line(
                    at=act.at,
                    actor=Actor(person=act.post.person, post=act.post),
                    action=f"{act.table}.{act.move}",
                    subject=(CASE_TYPE, told.case.key),
                    before=act.from_stage,
                    after=act.to_stage,
                    why=act.why,
                    facts=[act, *facts],
                    on_behalf_of=act.on_behalf_of.key if act.on_behalf_of else "",
                    via=self.via,
                    back_dated=True,
                )
                for act, facts in told.acts
            ]
        for chain, listed in lines.items():
            listed += joining.lines_for(self._joined(chain))
            # Sorting is stable: acts of one case at one moment stay in their order.
            ledger.record_many(chain=chain, lines=sorted(listed, key=lambda line: line.at))

    def _joined(self, chain: str) -> list[joining.Joined]:
        """The steps of one congress that other rooms take part in, in the order of time."""
        taken = [
            joining.Joined(
                act=act,
                case=told.case,
                ruling=partial(self._ruling, told.case),
                actor=Actor(person=act.post.person, post=act.post),
                via=self.via,
                back_dated=True,
            )
            for told in self.told
            if told.case.congress.key == chain
            for act, _facts in told.acts
            if joining.concerns_any(act)
        ]
        return sorted(taken, key=lambda each: each.act.at)

    def _next_pk(self, model: type[models.Model]) -> int:
        if model not in self._keys:
            self._keys[model] = primary_keys(model)
        return next(self._keys[model])


def _take_stock(*, written: int) -> None:
    """Tell PostgreSQL how much there is now, when the tables have grown by a tenth or more.

    Until it looks by itself, it plans as for the tables before: minutes for a list of seconds. A
    tenth is what it waits for itself (``autovacuum_analyze_scale_factor``).
    """
    if connection.vendor != "postgresql":
        return
    tables = [connection.ops.quote_name(kind._meta.db_table) for kind in WRITTEN]
    with connection.cursor() as cursor:
        # Of a table never looked at: -1.
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [tables[0]])
        (known,) = cursor.fetchone()
        if written * 10 >= known:
            cursor.execute(f"ANALYZE {', '.join(tables)}")
