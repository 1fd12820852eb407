"""Contacts as lists and tables count them: where each stands, by SQL, within what a reader sees.

``spoken.standing`` says the same of one contact in Python; a test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Value, When

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Role
from huiyin.kernel.clock import ZONE
from huiyin.organisations.models import Session
from huiyin.rulebook import Rulebook, WorkCalendar
from huiyin.rulebook.clocks import due
from huiyin.suggestions.models import (
    Act,
    Assignment,
    Contact,
    ContactAnswer,
    ContactDeputy,
    ContactState,
    Talk,
    Version,
)
from huiyin.suggestions.models.contacting import TalkSide
from huiyin.suggestions.models.handling import FACE_TO_FACE, ContactPhase
from huiyin.suggestions.selectors import visible_to
from huiyin.suggestions.spoken import BEFORE_THE_REPLY
from huiyin.suggestions.stages import ANSWERING

# A deputy's last word on a contact; whoever contests outweighs the others.
_LATER = ContactAnswer.objects.filter(
    contact=OuterRef("contact"), deputy=OuterRef("deputy"), ordinal__gt=OuterRef("ordinal")
)
_LAST = ContactAnswer.objects.filter(~Exists(_LATER), contact=OuterRef("pk"))
CONTESTED = Q(Exists(_LAST.filter(confirmed=False)))
CONFIRMED = Q(Exists(_LAST)) & ~CONTESTED
UNANSWERED = ~Q(Exists(ContactAnswer.objects.filter(contact=OuterRef("pk"))))


def contacts_for(actor: Actor) -> QuerySet[Contact]:
    """The contacts this actor may know of: those of his cases, but not for the electing unit."""
    if actor.role == Role.ELECTING_LIAISON:
        return Contact.objects.none()
    seen = visible_to(actor).select_related(None).values("pk")
    return Contact.objects.filter(assignment__suggestion__in=seen)


def talks_for(actor: Actor) -> QuerySet[Talk]:
    """The talks beside the organs' that this actor may know of: of both sides for the congress
    office and the leaders, its own for the electing unit, his own for a deputy."""
    talks = Talk.objects.filter(congress=actor.congress_id)
    if actor.role in (Role.CLERK, Role.LEADER):
        return talks
    if actor.role == Role.DEPUTY:
        return talks.filter(deputy=actor.post_id)
    unit = actor.post.electing_unit_id
    if actor.role != Role.ELECTING_LIAISON or unit is None:
        return talks.none()
    return talks.filter(side=TalkSide.ELECTING_UNIT, deputy__electing_unit=unit)


def awaited_since(*, rules: Rulebook, calendar: WorkCalendar, on: date) -> datetime:
    """From when a contact must have been recorded for the deputy still to be waited for on ``on``.

    By the rules in force that day. The page of a case counts by the case's own.
    """
    day = on
    while due(day, rules.contact.confirm_limit, rules=rules, calendar=calendar).date >= on:
        day -= timedelta(days=1)
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=ZONE)


def with_state(rows: QuerySet[Contact], *, since: datetime) -> QuerySet[Contact]:
    """The rows with ``state``: a ``ContactState``. ``since``: see ``awaited_since``."""
    state = Case(
        When(CONTESTED, then=Value(ContactState.CONTESTED.value)),
        When(CONFIRMED, then=Value(ContactState.CONFIRMED.value)),
        When(at__lt=since, then=Value(ContactState.UNCONFIRMED.value)),
        default=Value(ContactState.AWAITED.value),
        output_field=CharField(),
    )
    return rows.annotate(state=state)


def to_check(actor: Actor) -> QuerySet[Contact]:
    """Those a deputy is asked about: nobody has answered, and he leads the case or took part.

    Records from before anybody was asked bear no rank; they wait for nobody.
    """
    named = ContactDeputy.objects.filter(contact=OuterRef("pk"), deputy=actor.post_id)
    mine = Q(assignment__suggestion__lead=actor.post_id) | Q(Exists(named))
    return contacts_for(actor).filter(UNANSWERED, mine, rank__isnull=False)


# --- By organ


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganContacts:
    """What one organ has on record, and what the deputies say of it.

    ``exempted`` and ``lacking`` count suggestions: released by the organ's head from contact, and
    replied to without a confirmed one, a waiver or an exemption.
    """

    organ_key: str
    organ_name: str
    recorded: int = 0
    before: int = 0
    during: int = 0
    after: int = 0
    confirmed: int = 0
    contested: int = 0
    unconfirmed: int = 0
    awaited: int = 0
    face_to_face: int = 0
    exempted: int = 0
    lacking: int = 0


def by_organ(actor: Actor, *, session: Session, since: datetime) -> list[OrganContacts]:
    """Every organ that spoke, was exempted or lacks contact in the session; three queries."""
    rows = with_state(contacts_for(actor), since=since).filter(
        assignment__suggestion__session=session
    )
    found: dict[str, dict[str, int]] = {}
    names: dict[str, str] = {}
    counted = {
        "recorded": Count("pk"),
        **{str(phase): Count("pk", filter=Q(phase=phase)) for phase in ContactPhase.values},
        **{str(state): Count("pk", filter=Q(state=state)) for state in ContactState.values},
        "face_to_face": Count("pk", filter=Q(form__in=FACE_TO_FACE)),
    }
    organ = ("assignment__organ__key", "assignment__organ__name")
    for row in rows.order_by().values(*organ).annotate(**counted):
        key = row.pop(organ[0])
        names[key] = row.pop(organ[1])
        found[key] = row
    seen = visible_to(actor).select_related(None).filter(session=session).values("pk")
    parts = Assignment.objects.filter(suggestion__in=seen)
    for name, condition in (("exempted", exempted()), ("lacking", lacking())):
        counts = parts.filter(condition).order_by().values("organ__key", "organ__name")
        for row in counts.annotate(n=Count("suggestion", distinct=True)):
            names[row["organ__key"]] = row["organ__name"]
            found.setdefault(row["organ__key"], {})[name] = row["n"]
    lines = [
        OrganContacts(organ_key=key, organ_name=names[key], **numbers)
        for key, numbers in found.items()
    ]
    return sorted(lines, key=lambda line: (-line.recorded, line.organ_name))


# --- Conditions on an organ's part


def exempted() -> Q:
    """Exempted from contact by the head of the organ."""
    acts = Act.objects.filter(assignment=OuterRef("pk"), move="exempt_contact")
    return Q(Exists(acts))


def waived() -> Q:
    """The deputy wishes no contact in the part's round; what he wrote down reaches the first."""
    said = Act.objects.filter(
        suggestion=OuterRef("suggestion"), move="waive_contact", round=OuterRef("round")
    )
    later = Version.objects.filter(
        suggestion=OuterRef("suggestion"), ordinal__gt=OuterRef("ordinal")
    )
    wrote = Version.objects.filter(
        ~Exists(later), suggestion=OuterRef("suggestion"), waives_contact=True
    )
    return Q(Exists(said)) | (Q(round=1) & Q(Exists(wrote)))


def confirmed() -> Q:
    """A contact before the reply has been confirmed by a deputy."""
    held = Contact.objects.filter(CONFIRMED, assignment=OuterRef("pk"), phase__in=BEFORE_THE_REPLY)
    return Q(Exists(held))


def lacking() -> Q:
    """Replied to without what the rules ask for: what came in from paper, or before the rule."""
    replied = Q(role__in=ANSWERING, done_on__isnull=False)
    return replied & ~confirmed() & ~exempted() & ~waived()


def parts_where(condition: Q, *, organ: str = "") -> QuerySet[Assignment]:
    """The organs' parts that fit, of one organ by its key when one is named."""
    parts = Assignment.objects.filter(condition)
    return parts.filter(organ__key=organ) if organ else parts


def parts_by_state(state: str, *, since: datetime) -> QuerySet[Assignment]:
    """The parts with a contact in this state."""
    rows: QuerySet[Any] = with_state(Contact.objects.all(), since=since)
    return Assignment.objects.filter(pk__in=rows.filter(state=state).values("assignment"))
