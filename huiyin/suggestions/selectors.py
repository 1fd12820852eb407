"""What may be seen, and the named sets of suggestions that lists and reports count.

Every query for a person starts at ``visible_to``. What it leaves out does not exist for him.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.lookups import IsNull

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Role
from huiyin.kernel.errors import NotFound
from huiyin.organisations.models import (
    Assembly,
    CalendarNotice,
    Congress,
    Organ,
    OrganReform,
    Session,
    System,
    Term,
)
from huiyin.rulebook import Light
from huiyin.suggestions.models import (
    Assignment,
    ClassClaim,
    Grounds,
    Redated,
    Redating,
    ReturnCutoff,
    ReturnRequest,
    ReviewRequest,
    RulesDecision,
    Signature,
    Suggestion,
)
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.models.case import DEPUTIES_KINDS, Raised
from huiyin.suggestions.models.review import ReviewPart
from huiyin.suggestions.stages import (
    CHARGED,
    ENDED,
    PRIVATE,
    REGISTERED_OR_LATER,
    ReplyStage,
    Signing,
    Stage,
)


def visible_to(actor: Actor) -> QuerySet[Suggestion]:
    """The suggestions this actor may know exist. Start every page query here."""
    scope = _SCOPES.get(actor.role)
    if scope is None:
        return Suggestion.objects.none()
    return Suggestion.objects.filter(scope(actor), congress=actor.congress_id).select_related(
        "lead__person", "lead_organ", "session", "office"
    )


def get_for(actor: Actor, key: str) -> Suggestion:
    """Return one suggestion by key. ``NotFound`` alike for another's and for none at all."""
    try:
        case = visible_to(actor).select_related("lead__delegation").get(key=key)
    except Suggestion.DoesNotExist:
        raise NotFound(key) from None
    case.congress = actor.congress
    return case


def part_for(actor: Actor, key: str) -> Assignment:
    """Return one organ's part by key, within what the actor may see."""
    try:
        return (
            Assignment.objects.select_related("suggestion__congress", "suggestion__lead", "organ")
            .filter(suggestion__in=visible_to(actor).values("pk"))
            .get(key=key)
        )
    except Assignment.DoesNotExist:
        raise NotFound(key) from None


def given_to(actor: Actor) -> Q:
    """Which parts of his organ are a handler's; the SQL of ``rules.was_given``."""
    to_nobody = Q(handler__isnull=True)
    divisions = Q(division__isnull=True)
    if actor.post.inner_division_id is not None:
        divisions |= Q(division=actor.post.inner_division_id)
    return Q(handler=actor.post_id) | (to_nobody & divisions)


def marked_for(actor: Actor, **borne: bool) -> Q:
    """Marked so by the reader's organ; for the offices by any. Nobody else knows of marks."""
    parts = Assignment.objects.filter(round=F("suggestion__round"), **borne)
    if actor.role in (Role.LIAISON, Role.HANDLER, Role.CHECKER, Role.HEAD):
        parts = parts.filter(organ=actor.organ_id)
    elif actor.role not in (Role.CLERK, Role.GOVERNMENT_CLERK):
        parts = parts.none()
    return Q(pk__in=parts.values("suggestion"))


def decision_for(actor: Actor, key: str) -> tuple[RulesDecision, list[int]]:
    """Return a decision on open cases, and those of its cases that the actor may see.

    ``NotFound`` for another congress's.
    """
    own = RulesDecision.objects.filter(congress=actor.congress_id)
    decision = own.select_related("congress", *_POST).filter(key=key).first()
    if decision is None:
        raise NotFound(key)
    seen = visible_to(actor).filter(rules_applied__decision=decision)
    return decision, list(seen.values_list("pk", flat=True))


def organ_for(actor: Actor, key: str) -> Organ:
    """Return an organ of the actor's congress by key, one that is no more too."""
    own = Organ.objects.filter(congress=actor.congress_id).prefetch_related("former_names")
    found = own.select_related("successor").filter(key=key).first()
    if found is None:
        raise NotFound(key)
    return found


def reform_for(actor: Actor, key: str) -> tuple[OrganReform, list[int]]:
    """Return a reform of organs, and those of the cases it carried that the actor may see.

    ``NotFound`` for another congress's.
    """
    own = OrganReform.objects.filter(congress=actor.congress_id).prefetch_related("changes")
    reform = own.filter(key=key).first()
    if reform is None:
        raise NotFound(key)
    carried = Assignment.objects.filter(carried__reform=reform)
    seen = visible_to(actor).filter(pk__in=carried.values("suggestion"))
    return reform, list(seen.values_list("pk", flat=True))


# What a post's title needs.
_POST = tuple(
    f"post__{name}" for name in ("person", "organ", "congress", "delegation", "electing_unit")
)


def _deputys(actor: Actor) -> Q:
    """Those he has signed, as lead deputy or with others, and those he is asked to sign."""
    signed = Signature.objects.filter(
        deputy=actor.post_id,
        standing__in=(Signing.LEAD, Signing.INVITED, Signing.CONFIRMED),
    )
    return Q(pk__in=signed.values("suggestion"))


def _clerks(actor: Actor) -> Q:
    """Everything submitted, and what this office itself is typing in from paper."""
    return ~Q(stage__in=PRIVATE) | Q(entered_by__isnull=False)


def _government_clerks(actor: Actor) -> Q:
    """What the government office is asked to review, and what government organs handle."""
    asked = ReviewRequest.objects.filter(
        suggestion=OuterRef("pk"), part=ReviewPart.GOVERNMENT_OFFICE
    )
    handled = Assignment.objects.filter(suggestion=OuterRef("pk"), organ__system=System.GOVERNMENT)
    concerned = _any(asked) | _any(handled)
    if actor.organ_id is not None:
        concerned |= Q(office=actor.organ_id)
    return ~Q(stage__in=PRIVATE) & concerned


def _organs(actor: Actor) -> Q:
    """What the organ is or was charged with or asked to take on; a party office also what it has
    to share out."""
    charged = Assignment.objects.filter(organ=actor.organ_id)
    asked = ReturnRequest.objects.filter(named=actor.organ_id)
    mine = Q(pk__in=charged.values("suggestion")) | Q(pk__in=asked.values("assignment__suggestion"))
    organ = actor.post.organ
    return mine | Q(office=organ) if organ is not None and organ.is_party_office else mine


def _any(rows: QuerySet[Any]) -> Q:
    """Whether there is one, looked up row by row as a page comes to it.

    For EXISTS, PostgreSQL would first read every assignment there is to show twenty lines.
    """
    return Q(IsNull(Subquery(rows.order_by().values("pk")[:1]), rhs=False))


def _committees(actor: Actor) -> Q:
    """What has been registered, what it is asked to review, and what it handles itself."""
    asked = ReviewRequest.objects.filter(suggestion=OuterRef("pk"), organ=actor.organ_id)
    return Q(stage__in=REGISTERED_OR_LATER) | (~Q(stage__in=PRIVATE) & _any(asked))


def _leaders(actor: Actor) -> Q:
    """What has been registered."""
    return Q(stage__in=REGISTERED_OR_LATER)


def _electing_liaisons(actor: Actor) -> Q:
    """What the deputies elected by this unit have raised, once registered."""
    return Q(stage__in=REGISTERED_OR_LATER, lead__electing_unit=actor.post.electing_unit_id) & Q(
        lead__electing_unit__isnull=False
    )


_SCOPES: dict[str, Callable[[Actor], Q]] = {
    Role.DEPUTY: _deputys,
    Role.CLERK: _clerks,
    Role.GOVERNMENT_CLERK: _government_clerks,
    Role.LIAISON: _organs,
    Role.HANDLER: _organs,
    Role.CHECKER: _organs,
    Role.HEAD: _organs,
    Role.COMMITTEE: _committees,
    Role.LEADER: _leaders,
    Role.ELECTING_LIAISON: _electing_liaisons,
}


def redating_for(actor: Actor, key: str) -> tuple[Redating, QuerySet[Redated]]:
    """Return one decision that moved dates, and those it moved of cases the actor may see.

    ``NotFound`` alike for none at all and for one that moved nothing he may know of.
    """
    moved = Redated.objects.filter(
        redating__key=key, suggestion__in=visible_to(actor).values("pk")
    ).select_related("suggestion", "assignment__organ")
    redating = Redating.objects.select_related("post__person").filter(key=key).first()
    if redating is None or not moved.exists():
        raise NotFound(key)
    return redating, moved


def cutoff_of(session: Session) -> ReturnCutoff | None:
    """Return the day until which a session's adjustments are taken, if one was decided on."""
    return ReturnCutoff.objects.filter(session=session).order_by("-pk").first()


def redating_by(notice: CalendarNotice) -> Redating:
    """Return the decision by which running clocks follow a notice."""
    return Redating.objects.get(grounds=Grounds.CALENDAR, cause_key=notice.key)


def basis_of(congress: Congress) -> str:
    """A text that is another one after every act in the congress, and after every new draft.

    What is counted on suggestions is kept under it. Acts are on record; a draft comes to be
    without a line there, and leaves the drafts by an act.
    """
    with connection.cursor() as cursor:
        # By hand: every page asks it, and putting it together costs more than answering it.
        cursor.execute(
            "SELECT (SELECT head_hash FROM ledger_chain WHERE key = %s),"
            " (SELECT COUNT(*) FROM suggestions_suggestion WHERE congress_id = %s AND stage = %s)",
            [congress.key, congress.pk, Stage.DRAFT],
        )
        return " ".join(map(str, cursor.fetchone()))


def current_session(congress: Congress, *, on: date) -> Session | None:
    """Return the session a suggestion raised on that day belongs to: the last one opened."""
    opened = congress.sessions.filter(assembly=Assembly.CONGRESS, opens_on__lte=on)
    return opened.order_by("-opens_on", "-pk").first()


def sessions_of(actor: Actor) -> list[Session]:
    """The sessions of the actor's congress, the latest first."""
    sessions = Session.objects.filter(congress=actor.congress_id, assembly=Assembly.CONGRESS)
    return list(sessions.order_by("-opens_on", "-pk"))


def terms_of(congress: Congress) -> QuerySet[Term]:
    """The congress's own terms with their sessions, the latest first."""
    sessions = Session.objects.order_by("-ordinal")
    terms = congress.terms.filter(assembly=Assembly.CONGRESS).select_related("congress")
    return terms.prefetch_related(Prefetch("sessions", sessions)).order_by("-ordinal")


def reviews_waiting_for(actor: Actor) -> QuerySet[Suggestion]:
    """Submitted ones on which this party's verdict on the present text is still awaited."""
    part = (
        {"part": ReviewPart.GOVERNMENT_OFFICE}
        if actor.role == Role.GOVERNMENT_CLERK
        else {"part": ReviewPart.COMMITTEE, "organ": actor.organ_id}
    )
    asked = ReviewRequest.objects.filter(suggestion=OuterRef("pk"), **part)
    given = Suggestion.objects.filter(pk=OuterRef("pk"), verdicts__post__role=actor.role)
    if actor.role == Role.COMMITTEE:
        given = given.filter(verdicts__organ=actor.organ_id)
    return visible_to(actor).filter(Exists(asked), ~Exists(given), stage=Stage.SUBMITTED)


# --- Named sets. Each is one condition, used by lists, counts and reports alike.

_DEPUTIES_OWN = Q(kind__in=DEPUTIES_KINDS)
# Registered once and not withdrawn since; merged ones counted singly (source 004).
RECEIVED = _DEPUTIES_OWN & Q(registered_on__isnull=False) & ~Q(stage=Stage.WITHDRAWN)
ANSWERED = RECEIVED & Q(first_replied_on__isnull=False)
CLASSED = ANSWERED & ~Q(outcome_class="")
CLASS_MISSING = ANSWERED & Q(outcome_class="")
# The class of the last delivered reply with what it brought; paper and lists bring none.
PROVEN = ClassClaim.objects.filter(
    reply__file__assignment__suggestion=OuterRef("pk"),
    reply__file__stage=ReplyStage.DELIVERED,
    outcome_class=OuterRef("outcome_class"),
)
BEING_REHANDLED = RECEIVED & Q(stage=Stage.IN_HANDLING, round__gt=1)
FEEDBACK_BASE = CLASSED & ~Q(stage=Stage.IN_HANDLING, round__gt=1)
# Ratings that did not come from the deputy's own session; counted apart wherever they count.
BROUGHT_IN = (Via.PAPER, Via.IMPORT)
# A rulebook may have one thing rated or two; a rating holds at least one grade, and a rating that
# may still be changed holds none here.
_UNRATED = Q(attitude="", result="")
_UNRATED_FIRST = Q(first_attitude="", first_result="")
FED_BACK = FEEDBACK_BASE & ~_UNRATED
DISSATISFIED_FIRST = RECEIVED & Q(first_result="NS")

POPULATIONS: dict[str, Q] = {
    "received": RECEIVED,
    "received_in_session": RECEIVED & Q(raised=Raised.IN_SESSION),
    "received_between": RECEIVED & Q(raised=Raised.BETWEEN_SESSIONS),
    "assigned": RECEIVED & Q(first_assigned_on__isnull=False),
    "answered": ANSWERED,
    "answered_in_session": ANSWERED & Q(raised=Raised.IN_SESSION),
    "answered_between": ANSWERED & Q(raised=Raised.BETWEEN_SESSIONS),
    "first_handling": RECEIVED & Q(stage=Stage.IN_HANDLING, round=1),
    "answered_in_ordinary_limit": ANSWERED & Q(first_replied_on__lte=F("ordinary_due_on")),
    "answered_late": ANSWERED & Q(first_replied_on__gt=F("first_due_on")),
    "rated_first": RECEIVED & ~_UNRATED_FIRST,
    "rated_first_entered": RECEIVED & Q(first_rated_via__in=BROUGHT_IN),
    "classed": CLASSED,
    "class_missing": CLASS_MISSING,
    "class_unproven": CLASSED & ~Q(Exists(PROVEN)),
    "feedback_base": FEEDBACK_BASE,
    "fed_back": FED_BACK,
    "fed_back_entered": FED_BACK & Q(rated_via__in=BROUGHT_IN),
    "no_feedback": FEEDBACK_BASE & _UNRATED,
    "dissatisfied_first": DISSATISFIED_FIRST,
    "rerated": DISSATISFIED_FIRST & Q(round__gt=1) & ~_UNRATED,
    "being_rehandled": BEING_REHANDLED,
    "running": RECEIVED & Q(stage__in=(Stage.REGISTERED, Stage.IN_HANDLING)),
    "ended": RECEIVED & Q(stage__in=ENDED),
    "withdrawn": _DEPUTIES_OWN & Q(registered_on__isnull=False, stage=Stage.WITHDRAWN),
}


def overdue(*, on: date) -> Q:
    """Whose reply was due before ``on`` and has not been delivered."""
    return Q(stage=Stage.IN_HANDLING, due_on__lt=on)


def of_light(light: str, *, on: date, near_days: int) -> Q:
    """Those whose reply stands under this light on ``on``, as ``rulebook.light`` tells it."""
    near_until = on + timedelta(days=near_days)
    return {
        Light.RED: overdue(on=on),
        Light.AMBER: Q(stage=Stage.IN_HANDLING, due_on__range=(on, near_until)),
        Light.GREEN: Q(stage=Stage.IN_HANDLING, due_on__gt=near_until),
        Light.GREY: ~Q(stage=Stage.IN_HANDLING) | Q(due_on__isnull=True),
    }[Light(light)]


def handled_by_system(systems: tuple[str, ...], *, leading: bool = False) -> Q:
    """Handled, or led, by an organ of these systems in any round; each suggestion once."""
    charged = Assignment.objects.filter(
        CHARGED, suggestion=OuterRef("pk"), organ__system__in=systems
    )
    if leading:
        charged = charged.filter(role__in=("lead", "sole"))
    return Q(Exists(charged))
