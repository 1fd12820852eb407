"""Filling a picture: what has not changed since is copied by the database, the rest derived."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model, Q, QuerySet, Value

from huiyin.kernel.clock import ZONE
from huiyin.reporting.models import Picture, PicturedCase, PicturedPart
from huiyin.reporting.pictures.moment import moment_at
from huiyin.suggestions.models import (
    Act,
    Assignment,
    Grounds,
    Redating,
    RulesApplied,
    Suggestion,
)
from huiyin.suggestions.ruling import Rulings
from huiyin.suggestions.stages import CLOCKS_RUN
from huiyin.suggestions.standing import CaseFacts, Moment, Standing, cut, derive, load_many

_Each = TypeVar("_Each")
BATCH = 500
# Said by the rows themselves; everything else is derived.
_GIVEN = ("kind", "lead_id", "delegation_id")
_GIVEN_OF_PART = ("role", "round", "wide", "assigned_on")


def fill(picture: Picture, *, end: datetime) -> None:
    """Write how every case of the session stood before ``end``. Drafts are in no picture."""
    moment, brought_in = moment_at(picture.session.congress.key, end=end, line=picture.line)
    changed = _changed(picture, moment, brought_in)
    _copy(picture, changed)
    rulings = Rulings.now(before=end)
    for some in _batches(changed):
        cases = Suggestion.objects.filter(pk__in=some).select_related("congress", "session")
        _write(picture, _derived(cases, moment, rulings))


def _changed(picture: Picture, moment: Moment, brought_in: Sequence[str]) -> set[int]:
    """The cases of the session of which more has become known since."""
    cases = Suggestion.objects.filter(session=picture.session)
    of_session = Q(suggestion__session=picture.session)
    acts = Act.objects.filter(of_session, at__gte=moment.end).order_by()
    ruled = RulesApplied.objects.filter(of_session, decision__at__gte=moment.end)
    changed = {
        *acts.values_list("suggestion", flat=True).distinct(),
        *ruled.values_list("suggestion", flat=True),
    }
    for keys in _batches(brought_in):
        changed.update(cases.filter(key__in=keys).values_list("pk", flat=True))
    redated = Redating.objects.filter(grounds=Grounds.CALENDAR, at__gte=moment.end)
    if redated.exists():
        # A notice moves whatever runs; which dates exactly, only deriving them tells.
        changed.update(cases.filter(stage__in=CLOCKS_RUN).values_list("pk", flat=True))
    return changed


# --- What has not changed


def _copy(picture: Picture, changed: Iterable[int]) -> None:
    cases = Suggestion.objects.filter(session=picture.session).filter(submitted_on__isnull=False)
    _copied(cases, PicturedCase, {"picture_id": picture.pk, "suggestion_id": "pk"})
    of_session = Assignment.objects.filter(suggestion__session=picture.session)
    _copied(of_session, PicturedPart, {"picture_id": picture.pk, "assignment_id": "pk"})
    for some in _batches(changed):
        PicturedPart.objects.filter(picture=picture, suggestion__in=some).delete()
        PicturedCase.objects.filter(picture=picture, suggestion__in=some).delete()


def _copied(rows: QuerySet[Any], into: type[Model], named: dict[str, int | str]) -> None:
    """Have the database copy rows; ``named`` are the columns that are not called alike."""
    columns = [each.attname for each in into._meta.concrete_fields if not each.primary_key]
    said = [named.get(name, name) for name in columns]
    sources = [each if isinstance(each, str) else Value(each) for each in said]
    sql, params = rows.order_by().values_list(*sources).query.sql_with_params()
    quoted = ", ".join(map(connection.ops.quote_name, columns))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {into._meta.db_table} ({quoted}) {sql}", params)


# --- What has changed


def _derived(
    cases: QuerySet[Suggestion], moment: Moment, rulings: Rulings
) -> Iterator[tuple[CaseFacts, Standing]]:
    for facts in load_many(list(cases), before=moment.end):
        known = cut(facts, moment)
        if known is None:
            continue
        begun = facts.case.created_at.astimezone(ZONE).date()
        standing = derive(known, ruling=rulings.of(facts.case, on=begun))
        if standing.submitted_on is not None:
            yield known, standing


def _write(picture: Picture, derived: Iterable[tuple[CaseFacts, Standing]]) -> None:
    cases: list[PicturedCase] = []
    parts: list[PicturedPart] = []
    for facts, standing in derived:
        cases.append(_case(picture, facts.case, standing))
        parts += [
            PicturedPart(
                picture=picture,
                suggestion_id=facts.case.pk,
                assignment_id=part.pk,
                **{name: getattr(part, name) for name in _GIVEN_OF_PART},
                **_columns(PicturedPart, standing.parts[part.pk], besides=_GIVEN_OF_PART),
            )
            for part in facts.assignments
        ]
    PicturedCase.objects.bulk_create(cases, batch_size=BATCH)
    PicturedPart.objects.bulk_create(parts, batch_size=BATCH)


def _case(picture: Picture, case: Suggestion, standing: Standing) -> PicturedCase:
    return PicturedCase(
        picture=picture,
        suggestion_id=case.pk,
        **{name: getattr(case, name) for name in _GIVEN},
        **_columns(PicturedCase, standing, besides=_GIVEN),
    )


def _columns(kind: type[Model], standing: object, *, besides: Sequence[str]) -> dict[str, Any]:
    """The columns that ``standing`` says, under the names they have on ``kind``."""
    own = {"id", "picture_id", "suggestion_id", "assignment_id", *besides}
    names = [each.attname for each in kind._meta.concrete_fields if each.attname not in own]
    return {name: getattr(standing, name) for name in names}


def _batches(each: Iterable[_Each]) -> Iterator[list[_Each]]:
    rest = iter(each)
    while some := list(islice(rest, BATCH)):
        yield some
