"""From where statistics look: a session, a day, a line of the record, and what a post may see.

The rows of today are the suggestions themselves; those of a past day are its picture. Both bear
the same columns, so that one condition counts in either.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Role
from huiyin.ledger.models import Chain
from huiyin.organisations.models import Session, System
from huiyin.reporting.models import Picture, PicturedCase, PicturedPart
from huiyin.reporting.pictures import end_of, moment_at, picture_of
from huiyin.suggestions.models import Assignment, ReturnRequest, ReviewRequest
from huiyin.suggestions.models.review import ReviewPart
from huiyin.suggestions.selectors import visible_to

_OF_ORGANS = (Role.LIAISON, Role.HANDLER, Role.CHECKER, Role.HEAD)


@dataclass(frozen=True, kw_only=True)
class Standpoint:
    """``line``: the last line of the record that was looked at. ``picture``: None for today.

    ``asked``: the line that was asked for, if one was.
    """

    actor: Actor
    session: Session
    as_of: date
    line: int
    picture: Picture | None = None
    asked: int | None = None

    @property
    def end(self) -> datetime:
        """Facts of this moment and later ones are not counted."""
        return end_of(self.as_of)

    @property
    def pk(self) -> str:
        """The column of a row that names the suggestion."""
        return "pk" if self.picture is None else "suggestion"

    @property
    def cases(self) -> QuerySet[Any]:
        """What the actor may see of the session, as it stood."""
        seen = visible_to(self.actor).filter(session=self.session).select_related(None).order_by()
        if self.picture is None:
            return seen
        rows = PicturedCase.objects.filter(picture=self.picture, suggestion__in=seen.values("pk"))
        return rows.filter(self._seen_then())

    @property
    def parts(self) -> QuerySet[Any]:
        """The organs' parts of all cases of the session, as they stood."""
        if self.picture is None:
            return Assignment.objects.filter(suggestion__session=self.session).order_by()
        return PicturedPart.objects.filter(picture=self.picture).order_by()

    def facts(self, rows: QuerySet[Any], *, at: str = "at") -> QuerySet[Any]:
        """Those of ``rows`` that were known then; ``at`` is the path of their time."""
        if self.picture is None:
            return rows
        known = rows.filter(**{f"{at}__lt": self.end})
        key = f"{at.removesuffix('at')}key"
        return known.exclude(**{f"{key}__in": self._unknown}) if self._unknown else known

    @cached_property
    def _unknown(self) -> list[str]:
        """Facts of that time that only a later line of the record speaks of."""
        moment, _cases = moment_at(self.session.congress.key, end=self.end, line=self.line)
        return sorted(moment.unknown)

    def among(self, suggestions: QuerySet[Any]) -> Q:
        """Those whose key is among ``suggestions``, a query of one column."""
        return Q(**{f"{self.pk}__in": suggestions})

    def _seen_then(self) -> Q:
        """What an organ was charged with since the day is none of its cases of that day."""
        actor = self.actor
        if actor.role in _OF_ORGANS:
            parts = self.parts.filter(organ=actor.organ_id)
            asked = ReturnRequest.objects.filter(named=actor.organ_id, at__lt=self.end)
            then = Q(suggestion__in=parts.values("suggestion"))
            then |= Q(suggestion__in=asked.values("assignment__suggestion"))
        elif actor.role == Role.GOVERNMENT_CLERK:
            parts = self.parts.filter(organ__system=System.GOVERNMENT)
            reviews = ReviewRequest.objects.filter(
                suggestion__session=self.session,
                part=ReviewPart.GOVERNMENT_OFFICE,
                at__lt=self.end,
            )
            then = Q(suggestion__in=parts.values("suggestion"))
            then |= Q(suggestion__in=reviews.values("suggestion"))
        else:
            return Q()
        return then | Q(office__isnull=False, office=actor.organ_id)


def standpoint(
    *, actor: Actor, session: Session, as_of: date, known: int | None = None
) -> Standpoint:
    """Where to look from for ``as_of``, as the record up to line ``known`` tells it (all of it).

    While nothing has happened since that day, the suggestions themselves are what they were then.
    """
    session.congress = actor.congress
    chain = Chain.objects.filter(pk=actor.congress.key).first() or Chain(key=actor.congress.key)
    ended = chain.head_at is None or chain.head_at < end_of(as_of)
    if ended and (known is None or known >= chain.head_seq):
        return Standpoint(
            actor=actor, session=session, as_of=as_of, line=chain.head_seq, asked=known
        )
    picture = picture_of(session, as_of=as_of, known=known)
    return Standpoint(
        actor=actor,
        session=session,
        as_of=as_of,
        line=picture.line,
        picture=picture,
        asked=known,
    )
