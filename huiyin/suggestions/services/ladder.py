"""Urging by the calendar, and assignments that nobody reads: the daily work of the tick.

What is due is asked of the rulebook for the day given; a day on which nothing ran is not made up
for. Each urging is one transaction: fact, notices and record line together or not at all, under the
lock of its case; the database keeps a second one of the same day and rung out.
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
    books = _Books.of(parts, on=on)
    due = [(part, rung) for part in parts if (rung := books.rung(part)) is not None]
    return sum(_urge(part, rung, ruling=books.ruling(part), at=at) for part, rung in due)


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


@transaction.atomic
def _urge(part: Assignment, rung: Rung, *, ruling: Ruling, at: datetime) -> bool:
    """Urge one organ; False when somebody has been faster, or all it reaches have just acted."""
    on = at.astimezone(ZONE).date()
    locked = _locked(part)
    if locked is None or locked.due_on != part.due_on:
        return False
    now = urgings.rung_due(
        part.due_on or on,
        assigned_on=part.assigned_on,
        urged=urgings.of_part(locked),
        ruling=ruling,
        on=on,
    )
    if now != rung:
        return False
    posts = _without_who_acted(_posts(_reached(locked, rung), locked, on=on), locked, on=on)
    return _leave(locked, rung, posts, at=at) if posts else False


@transaction.atomic
def _bring(part: Assignment, *, at: datetime) -> bool:
    locked = _locked(part)
    if locked is None or locked.urgings.filter(rung=Rung.UNREAD).exists():
        return False
    on = at.astimezone(ZONE).date()
    case = locked.suggestion
    offices = "clerks" if case.office_id is None else "clerks,system_office"
    posts = _posts(f"heads,{offices}", locked, on=on)
    return _leave(locked, Rung.UNREAD, posts, at=at) if posts else False


def _locked(part: Assignment) -> Assignment | None:
    """The part as it is under the lock of its case; None when it owes nothing any more."""
    Suggestion.objects.select_for_update().get(pk=part.suggestion_id)
    return _owed().filter(pk=part.pk).first()


def _reached(part: Assignment, rung: Rung) -> str:
    """Whom a rung reaches: who has it in the organ, and its head once it is late."""
    is_shared_out = part.division_id is not None or part.handler_id is not None
    names = "liaisons,given_handlers" if is_shared_out else "handlers"
    return f"{names},heads" if rung == Rung.OVERDUE else names


def _posts(names: str, part: Assignment, *, on: date) -> list[Post]:
    return list(audience.of(names, subject=part, suggestion=part.suggestion, on=on))


def _without_who_acted(posts: Sequence[Post], part: Assignment, *, on: date) -> list[Post]:
    """Nobody is urged on the day, or the day after, he did something about it himself."""
    lately = Act.objects.filter(
        suggestion=part.suggestion_id,
        assignment=part,
        on__gte=on - timedelta(days=1),
        post__person__in=[post.person_id for post in posts],
    )
    acted = set(lately.values_list("post__person", flat=True))
    return [post for post in posts if post.person_id not in acted]


def _leave(part: Assignment, rung: Rung, posts: Sequence[Post], *, at: datetime) -> bool:
    """Write the fact, tell the posts, and put it on the record."""
    case, on = part.suggestion, at.astimezone(ZONE).date()
    fact = Urging(assignment=part, rung=rung, on=on, due_on=part.due_on, at=at)
    fact.save()
    outbox.tell(
        posts=posts,
        event=event_of(rung),
        case=(CASE_TYPE, case.key),
        title=case.title,
        params={
            "number": case.number or "",
            "title": case.title,
            "organ": part.organ.name,
            "due": part.due_on or "",
        },
        actor=None,
        at=at,
    )
    ledger.record(
        chain=case.congress.key,
        actor=None,
        at=at,
        action=event_of(rung),
        subject=(CASE_TYPE, case.key),
        facts=[fact],
        via="tick",
    )
    return True
