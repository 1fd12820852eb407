"""What may be seen of promises, and the named sets that lists and figures count."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Role
from huiyin.kernel.errors import NotFound
from huiyin.organisations.models import Organ, Session
from huiyin.promises.models import LookBack, LookBackItem, Promise, YearRoll
from huiyin.promises.stages import IS_KEPT, IS_RUNNING, ORGAN
from huiyin.rulebook import CLASS_SCHEMES
from huiyin.suggestions.models import Assignment, Reply
from huiyin.suggestions.selectors import visible_to
from huiyin.suggestions.stages import ReplyStage

# Promises are made by replies, and replies are to what has been registered: these see them all.
_OVERSEERS = (Role.CLERK, Role.COMMITTEE, Role.LEADER)
_HEIRS = 10


def promises_for(actor: Actor) -> QuerySet[Promise]:
    """The promises this actor may know of: an organ its own, others those of what they see."""
    own = Promise.objects.filter(congress=actor.congress_id)
    if actor.role in _OVERSEERS:
        return own
    if actor.role in ORGAN:
        return own.filter(organ=actor.organ_id)
    seen = visible_to(actor).select_related(None).order_by()
    return own.filter(suggestion__in=seen.values("pk"))


def promise_for(actor: Actor, key: str) -> Promise:
    """Return one promise. ``NotFound`` alike for another's and for none at all."""
    found = (
        promises_for(actor)
        .select_related(
            "congress",
            "organ",
            "suggestion__congress",
            "suggestion__session",
            "suggestion__lead__person",
            "claimed_by",
        )
        .filter(key=key)
        .first()
    )
    if found is None:
        raise NotFound(key)
    return found


def sees_case(actor: Actor, suggestion_id: int) -> bool:
    """Whether the page of the suggestion itself is open to him; to an heir it may not be."""
    return visible_to(actor).filter(pk=suggestion_id).exists()


# --- Named sets


def overdue(on: date) -> Q:
    """Open past its day. A postponed one is measured by its last day; the earlier stay shown."""
    return IS_RUNNING & Q(due_on__lt=on)


def with_overdue(on: date) -> Q:
    """Suggestions of which some organ's promise is overdue: promised and not done."""
    return Q(Exists(Promise.objects.filter(overdue(on), suggestion=OuterRef("pk"))))


def in_ledger_of(year: int) -> Q:
    """Made in that year or before, and not ended before it: nothing can fall between years."""
    running = Q(ended_on__isnull=True) | Q(ended_on__gte=date(year, 1, 1))
    return Q(made_on__lte=date(year, 12, 31)) & running


def made_before(year: int) -> Q:
    """Promised in an earlier year."""
    return Q(made_on__lt=date(year, 1, 1))


def rolled_into(year: int) -> Q:
    """Of those in the ledger of a year, the ones that earlier years left unfinished."""
    return in_ledger_of(year) & made_before(year)


def unfinished_before(congress_id: int, *, year: int) -> QuerySet[Promise]:
    """What is still to be fulfilled from the years before ``year``."""
    return Promise.objects.filter(IS_RUNNING, made_before(year), congress=congress_id)


def fallen_due(on: date) -> Q:
    """The base of the implementation rate: its first day has come, or it was struck off before.

    By the first day, so that no postponement takes a promise out of the base.
    """
    return Q(first_due_on__lte=on) | IS_KEPT


KEPT_BY_FIRST_DAY = IS_KEPT & Q(ended_on__lte=F("first_due_on"))
NO_DAY = IS_RUNNING & Q(due_on__isnull=True)
POSTPONED = Q(postponed__gt=0)


def leaderless(on: date) -> Q:
    """Whose organ is no more: they wait for the organ that took over."""
    return IS_RUNNING & Q(organ__until__lt=on)


def state_due(actor: Actor, *, year: int) -> QuerySet[Promise]:
    """Whose state of ``year`` is told to the deputies: this year's and last year's promises, and
    older ones that are not ended (重庆市规定第24条第2款 speaks of the first two)."""
    recent = Q(made_on__gte=date(year - 1, 1, 1), made_on__lte=date(year, 12, 31))
    return promises_for(actor).filter(recent | (IS_RUNNING & Q(made_on__lte=date(year, 12, 31))))


# --- What must never be


def without_entry() -> QuerySet[Reply]:
    """Delivered replies of a class that promises in some scheme, with no entry in the ledger.

    Whether it promises under the rules of its case is asked one by one (``kind_of``).
    """
    codes = {
        each.code
        for scheme in CLASS_SCHEMES.values()
        for each in scheme.classes
        if each.promise is not None
    }
    return (
        Reply.objects.filter(
            outcome_class__in=codes,
            deliveries__isnull=False,
            file__stage=ReplyStage.DELIVERED,
            promised__isnull=True,
        )
        .select_related("file__assignment__suggestion__congress")
        .order_by("pk")
        .distinct()
    )


# --- Looking back


def look_backs_for(actor: Actor) -> QuerySet[LookBack]:
    """The campaigns he may know of: the offices all, an organ those that ask it something."""
    own = LookBack.objects.filter(congress=actor.congress_id).select_related("session")
    if actor.role in _OVERSEERS:
        return own
    return own.filter(pk__in=items_for(actor).order_by().values("look_back"))


def look_back_for(actor: Actor, key: str) -> LookBack:
    found = look_backs_for(actor).filter(key=key).first()
    if found is None:
        raise NotFound(key)
    return found


def items_for(actor: Actor) -> QuerySet[LookBackItem]:
    """Old replies looked at again: an organ its own, others those of what they see."""
    own = LookBackItem.objects.filter(look_back__congress=actor.congress_id)
    if actor.role in _OVERSEERS:
        return own
    if actor.role in ORGAN:
        return own.filter(organ=actor.organ_id)
    seen = visible_to(actor).select_related(None).order_by()
    return own.filter(assignment__suggestion__in=seen.values("pk"))


def item_for(actor: Actor, key: str) -> LookBackItem:
    found = (
        items_for(actor)
        .select_related("look_back", "organ", "assignment__suggestion__lead__person")
        .filter(key=key)
        .first()
    )
    if found is None:
        raise NotFound(key)
    return found


def old_replies(session: Session, *, groups: Sequence[str]) -> list[tuple[Assignment, Organ, str]]:
    """The last delivered replies of a session in these groups, each with who answers now.

    A group is a letter of whichever scheme the reply's class is of: B of the nation and B1 of the
    province are looked back at alike.
    """
    codes = {
        each.code
        for scheme in CLASS_SCHEMES.values()
        for each in scheme.classes
        if each.group in groups
    }
    rows = (
        Reply.objects.filter(
            file__stage=ReplyStage.DELIVERED,
            file__assignment__suggestion__session=session,
            file__assignment__round=F("file__assignment__suggestion__round"),
            outcome_class__in=codes,
            deliveries__isnull=False,
        )
        .select_related("file__assignment__organ", "file__assignment__suggestion")
        .order_by("file__assignment", "ordinal")
        .distinct()
    )
    last = {reply.file.assignment_id: reply for reply in rows}
    return [
        (reply.file.assignment, heir_of(reply.file.assignment.organ), reply.outcome_class)
        for reply in last.values()
    ]


def heir_of(organ: Organ) -> Organ:
    """The organ itself, or the one that took its work over in the end."""
    for _step in range(_HEIRS):
        if organ.successor is None:
            return organ
        organ = organ.successor
    return organ


def roll_of(actor: Actor, *, year: int) -> YearRoll | None:
    own = YearRoll.objects.filter(congress=actor.congress_id, year=year)
    return own.select_related("post__person").first()
