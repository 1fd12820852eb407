"""Urging by the calendar, and assignments that nobody reads: the daily work of the tick.

What is due is asked of the rulebook for the day given; a day on which nothing ran is not made up
for. Fact, notices and record line of an urging are written together or not at all, under the lock
of its case; the database keeps a second one of the same day and rung out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from huiyin.accounts.models import Post
from huiyin.kernel.clock import ZONE
from huiyin.ledger import services as ledger
from huiyin.outbox import selectors as outbox_selectors
from huiyin.outbox import services as outbox
from huiyin.suggestions import audience, urgings
from huiyin.suggestions.models import Act, Assignment, Suggestion
from huiyin.suggestions.models.urging import URGED, Rung, Urging
from huiyin.suggestions.ruling import Ruling, Rulings
from huiyin.suggestions.services.turn import CASE_TYPE
from huiyin.suggestions.stages import OPEN_ASSIGNMENT, AssignmentStage, Stage
from huiyin.suggestions.urgings import Urged

# No rulebook may say "soon" of a day further ahead (``lights.near_due_days`` ends at 90).
FURTHEST = timedelta(days=90)
# How many organs are urged in one transaction. Their cases stay locked so long.
AT_ONCE = 50


def event_of(rung: str) -> str:
    return f"urging.{rung}"


@dataclass(frozen=True, slots=True)
class _Books:
    """The rules of many cases on one day, and each part's urgings so far: read once."""

    on: date
    rulings: Rulings
    urged: dict[int, list[Urged]]

    @classmethod
    def of(cls, parts: Iterable[Assignment], *, on: date) -> _Books:
        urged: dict[int, list[Urged]] = defaultdict(list)
        rows = Urging.objects.filter(URGED, assignment__in=[part.pk for part in parts])
        found = rows.order_by("pk").values_list("assignment_id", "rung", "on", "due_on")
        for part, rung, day, due_on in found:
            urged[part].append(Urged(rung, day, due_on))
        return cls(on, Rulings.now(), urged)

    def ruling(self, part: Assignment) -> Ruling:
        return self.rulings.of(part.suggestion, on=self.on).for_part(part)

    def rung(self, part: Assignment) -> Rung | None:
        if part.due_on is None:
            return None
        return urgings.rung_due(
            part.due_on,
            assigned_on=part.assigned_on,
            urged=self.urged.get(part.pk, ()),
            ruling=self.ruling(part),
            on=self.on,
        )


def urge_due(*, at: datetime) -> int:
    """Urge every organ whose part is due soon, today, or overdue; return how many were.

    Safe to run at every tick and after any death of the process.
    """
    on = at.astimezone(ZONE).date()
    parts = list(_owed().filter(due_on__lte=on + FURTHEST))
    due = _on_a_rung(parts, on=on)
    return sum(_urge(due[nth : nth + AT_ONCE], at=at) for nth in range(0, len(due), AT_ONCE))


def bring_unread(*, at: datetime) -> int:
    """Bring every assignment nobody in the organ has read in time before its head and the office.

    Only where somebody there was told: what was carried in from a list was told to nobody.
    """
    on = at.astimezone(ZONE).date()
    told = outbox_selectors.told_in_organ(CASE_TYPE, key=OuterRef("suggestion__key"))
    parts = list(
        _owed()
        .filter(~Exists(Urging.objects.filter(assignment=OuterRef("pk"), rung=Rung.UNREAD)))
        .filter(Exists(told), ~Exists(told.filter(read_at__isnull=False)))
        .filter(stage=AssignmentStage.ISSUED, assigned_on__lt=on)
    )
    books = _Books.of((), on=on)
    late = [p for p in parts if on > urgings.read_by(p.assigned_on, ruling=books.ruling(p))]
    return sum(_bring(part, at=at) for part in late)


def _owed() -> QuerySet[Assignment]:
    """What organs owe by a day in running rounds."""
    owed = Assignment.objects.filter(
        stage__in=OPEN_ASSIGNMENT,
        round=F("suggestion__round"),
        suggestion__stage=Stage.IN_HANDLING,
        due_on__isnull=False,
    )
    case = ("suggestion__congress", "suggestion__session", "suggestion__lead", "organ")
    return owed.select_related(*case).order_by("pk")


def _on_a_rung(parts: Sequence[Assignment], *, on: date) -> list[tuple[Assignment, Rung]]:
    books = _Books.of(parts, on=on)
    return [(part, rung) for part in parts if (rung := books.rung(part)) is not None]


def _urge(due: Sequence[tuple[Assignment, Rung]], *, at: datetime) -> int:
    """Urge these organs in one transaction; return how many were.

    Left out are those somebody has urged meanwhile, and those of whom all have just acted. Where
    one of many fails, the others are urged one by one.
    """
    try:
        with transaction.atomic():
            return _urge_locked(due, at=at)
    except Exception:
        if len(due) == 1:
            raise
        return sum(_urge([each], at=at) for each in due)


def _urge_locked(due: Sequence[tuple[Assignment, Rung]], *, at: datetime) -> int:
    on = at.astimezone(ZONE).date()
    seen = {part.pk: (rung, part.due_on) for part, rung in due}
    found = _on_a_rung(_locked([part for part, _rung in due]), on=on)
    held = [(part, rung) for part, rung in found if seen[part.pk] == (rung, part.due_on)]
    acted = _acted_lately([part for part, _rung in held], on=on)
    reached = []
    for part, rung in held:
        posts = _posts(_reached(part, rung), part, on=on)
        left = [post for post in posts if (part.pk, post.person_id) not in acted]
        if left:
            reached.append(_Told(part, rung, left))
    _leave(reached, at=at)
    return len(reached)


@transaction.atomic
def _bring(part: Assignment, *, at: datetime) -> bool:
    locked = next(iter(_locked([part])), None)
    if locked is None or locked.urgings.filter(rung=Rung.UNREAD).exists():
        return False
    case = locked.suggestion
    offices = "clerks" if case.office_id is None else "clerks,system_office"
    posts = _posts(f"heads,{offices}", locked, on=at.astimezone(ZONE).date())
    if posts:
        _leave([_Told(locked, Rung.UNREAD, posts)], at=at)
    return bool(posts)


def _locked(parts: Sequence[Assignment]) -> list[Assignment]:
    """Those of the parts that still owe something, as they are under the lock of their cases."""
    cases = Suggestion.objects.filter(pk__in={part.suggestion_id for part in parts})
    list(cases.order_by("pk").select_for_update().values_list("pk", flat=True))
    return list(_owed().filter(pk__in=[part.pk for part in parts]))


def _reached(part: Assignment, rung: Rung) -> str:
    """Whom a rung reaches: who has it in the organ, and its head once it is late."""
    is_shared_out = part.division_id is not None or part.handler_id is not None
    names = "liaisons,given_handlers" if is_shared_out else "handlers"
    return f"{names},heads" if rung == Rung.OVERDUE else names


def _posts(names: str, part: Assignment, *, on: date) -> list[Post]:
    return list(audience.of(names, subject=part, suggestion=part.suggestion, on=on))


def _acted_lately(parts: Sequence[Assignment], *, on: date) -> set[tuple[int, int]]:
    """Parts and persons: nobody is urged on the day, or the day after, he did something himself."""
    lately = Act.objects.filter(assignment__in=parts, on__gte=on - timedelta(days=1))
    return set(lately.values_list("assignment", "post__person"))


@dataclass(frozen=True, slots=True)
class _Told:
    """One organ on a rung, and whom it reaches there."""

    part: Assignment
    rung: Rung
    posts: list[Post]

    def telling(self) -> outbox.Telling:
        case = self.part.suggestion
        return outbox.Telling(
            posts=self.posts,
            event=event_of(self.rung),
            case=(CASE_TYPE, case.key),
            title=case.title,
            params={
                "number": case.number or "",
                "title": case.title,
                "organ": self.part.organ.name,
                "due": self.part.due_on or "",
            },
        )

    def line(self, fact: Urging) -> ledger.Line:
        return ledger.Line(
            at=fact.at,
            actor=None,
            action=event_of(self.rung),
            subject=(CASE_TYPE, self.part.suggestion.key),
            facts=[fact],
            via="tick",
        )


def _leave(reached: Sequence[_Told], *, at: datetime) -> None:
    """Write the facts, tell the posts, and put it on the record of each congress."""
    on = at.astimezone(ZONE).date()
    facts = [
        Urging(assignment=each.part, rung=each.rung, on=on, due_on=each.part.due_on, at=at)
        for each in reached
    ]
    Urging.objects.bulk_create(facts)
    outbox.tell_many([each.telling() for each in reached], actor=None, at=at)
    lines: dict[str, list[ledger.Line]] = defaultdict(list)
    for each, fact in zip(reached, facts, strict=True):
        lines[each.part.suggestion.congress.key].append(each.line(fact))
    for chain, written in sorted(lines.items()):
        ledger.record_many(chain=chain, lines=written)
