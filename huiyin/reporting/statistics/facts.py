"""What statistics ask of the facts of a case, as they were known on the day.

Each is a condition on rows of ``Standpoint.cases``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce

from huiyin.promises.models import Promise, PromiseAct
from huiyin.promises.stages import PromiseStage
from huiyin.reporting.standpoint import Standpoint
from huiyin.suggestions.models import Contact, ReturnDecision, ReturnRequest, Signature, Urging
from huiyin.suggestions.models import Version as Text
from huiyin.suggestions.models.handling import FACE_TO_FACE
from huiyin.suggestions.models.returning import ReturnOutcome
from huiyin.suggestions.models.texts import RaisedBefore
from huiyin.suggestions.models.urging import URGED
from huiyin.suggestions.stages import ANSWERING, CHARGED, HandlingRole, Signing, Stage
from huiyin.supervision.models import SupervisedCase, TopicCase

Facts = Callable[[Standpoint], Q]


# --- Who raised it


def by_delegation(_here: Standpoint) -> Q:
    return Q(delegation__isnull=False)


def jointly(here: Standpoint) -> Q:
    return ~by_delegation(here) & _cosigned(here)


def alone(here: Standpoint) -> Q:
    return ~by_delegation(here) & ~_cosigned(here)


def _cosigned(here: Standpoint) -> Q:
    """Names stand fast once a suggestion is submitted, so they are today's on every later day."""
    signed = Signature.objects.filter(standing=Signing.CONFIRMED, suggestion=OuterRef(here.pk))
    return Q(Exists(signed))


# --- What its text says


def raised_before(here: Standpoint) -> Q:
    return here.among(_texts(here).exclude(raised_before=RaisedBefore.NO).values("suggestion"))


def to_publish(scope: str) -> Facts:
    return lambda here: here.among(_texts(here).filter(publish_scope=scope).values("suggestion"))


def formed_by(way: str) -> Facts:
    def facts(here: Standpoint) -> Q:
        # Several ways may be named; a list of words is looked through as text by either database.
        said = _texts(here).annotate(ways=Cast("formed_by", TextField()))
        return here.among(said.filter(ways__contains=f'"{way}"').values("suggestion"))

    return facts


def _texts(here: Standpoint) -> QuerySet[Any]:
    """The text of each case as it was last submitted."""
    known = here.facts(Text.objects.filter(suggestion__session=here.session))
    last = known.filter(suggestion=OuterRef("suggestion")).order_by("-ordinal").values("pk")[:1]
    return known.filter(pk=Subquery(last)).order_by()


# --- How it is handled


def co_handled(here: Standpoint) -> Q:
    return _with_part(here, CHARGED, role=HandlingRole.CO)


def separately(here: Standpoint) -> Q:
    return _with_part(here, CHARGED, role=HandlingRole.SEPARATE)


def wide(here: Standpoint) -> Q:
    return _with_part(here, CHARGED, wide=True, round=1)


def extended(here: Standpoint) -> Q:
    return _with_part(here, CHARGED & ~Q(extensions=[]), role__in=ANSWERING)


def ownerless(here: Standpoint) -> Q:
    """Whose charge is disputed on the day, so that nobody owns the matter."""
    return _with_part(here, contested_since__isnull=False)


def _with_part(here: Standpoint, *conditions: Q, **named: Any) -> Q:
    parts = here.parts.filter(*conditions, **named)
    return Q(Exists(parts.filter(suggestion=OuterRef(here.pk))))


def merged(_here: Standpoint) -> Q:
    return Q(merge_group__isnull=False)


def overdue(here: Standpoint) -> Q:
    return Q(stage=Stage.IN_HANDLING, due_on__lt=here.as_of)


def back_dated(_here: Standpoint) -> Q:
    """Delivered late under a letter that bears a day within the limit."""
    return Q(round=1, letter_on__lte=F("first_due_on"))


def _of_parts(here: Standpoint, rows: QuerySet[Any]) -> Q:
    """Asked case by case, by its index: other sessions' rows are many times as many."""
    own = rows.filter(assignment__suggestion=OuterRef(here.pk)).order_by()
    return Q(Exists(here.facts(own)))


def contacted(here: Standpoint) -> Q:
    return _of_parts(here, Contact.objects.all())


def met(here: Standpoint) -> Q:
    return _of_parts(here, Contact.objects.filter(form__in=FACE_TO_FACE))


def urged(here: Standpoint) -> Q:
    return _of_parts(here, Urging.objects.filter(URGED))


def return_asked(here: Standpoint) -> Q:
    return _of_parts(here, ReturnRequest.objects.all())


def reassigned(here: Standpoint) -> Q:
    return _of_parts(here, ReturnDecision.objects.filter(outcome=ReturnOutcome.REASSIGNED))


# --- What is followed up


def key_topic(here: Standpoint) -> Q:
    """In a topic that the chairs' meeting had decided on by the day."""
    decided = TopicCase.objects.filter(
        suggestion__session=here.session, topic__steps__name="decide"
    )
    return here.among(here.facts(decided.order_by(), at="topic__steps__at").values("suggestion"))


def supervised(here: Standpoint) -> Q:
    cases = SupervisedCase.objects.filter(suggestion__session=here.session).order_by()
    return here.among(here.facts(cases, at="act__at").values("suggestion"))


def promised(here: Standpoint) -> Q:
    return here.among(_promises(here).values("suggestion"))


def promise_stands(*stages: PromiseStage) -> Facts:
    """With a promise that stood there on the day."""

    def facts(here: Standpoint) -> Q:
        acts = here.facts(PromiseAct.objects.filter(promise=OuterRef("pk")))
        last = Subquery(acts.order_by("-seq").values("to_stage")[:1])
        stood = _promises(here).annotate(then=Coalesce(last, Value(PromiseStage.OPEN.value)))
        return here.among(stood.filter(then__in=stages).values("suggestion"))

    return facts


def _promises(here: Standpoint) -> QuerySet[Any]:
    made = Promise.objects.filter(suggestion__session=here.session, statements__ordinal=1)
    return here.facts(made.order_by(), at="statements__at")
