"""The facts of one case or many, read in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar

from huiyin.kernel.clock import ZONE
from huiyin.organisations.models import Organ
from huiyin.suggestions.models import (
    Act,
    Assignment,
    Carried,
    HandingOver,
    Rating,
    Reply,
    SubAssignment,
    Suggestion,
    Version,
)
from huiyin.suggestions.stages import ReplyStage
from huiyin.suggestions.standing.columns import CaseFacts


def load(case: Suggestion) -> CaseFacts:
    """Read the facts of one case."""
    return next(iter(load_many([case])))


def load_many(
    cases: Sequence[Suggestion], *, before: datetime | None = None
) -> Iterable[CaseFacts]:
    """Read the facts of many cases in a fixed number of queries, in the order given.

    ``before``: those from that moment on need not be read; ``cut`` then leaves out what is left of
    them. Long texts, which say nothing of where a case stands, are left in the database.
    """
    chosen = [case.pk for case in cases]
    taken_acts = Act.objects.filter(suggestion__in=chosen).order_by("suggestion", "seq")
    texts = Version.objects.filter(suggestion__in=chosen).order_by("ordinal")
    if before is not None:
        taken_acts = taken_acts.filter(at__lt=before).defer("why")
        texts = texts.only("key", "suggestion", "title", "wants_no_reply", "at")
    acts, versions = _by_case(taken_acts), _by_case(texts)
    # What comes after assignment is not asked for where no act says it has been assigned.
    later = [pk for pk, taken in acts.items() if any(act.round for act in taken)]
    parts = _by_case(Assignment.objects.filter(suggestion__in=later).order_by("round", "pk"))
    ratings = _by_case(Rating.objects.filter(suggestion__in=later).order_by("round", "pk"))
    replies = _delivered(later, before=before)
    carried = _carried(later)
    handed = _handed([pk for pk, listed in acts.items() if any(map(_hands_over, listed))])
    named = _named(acts)
    given = _given_on(chosen)
    signers: dict[int, dict[str, int]] = {}
    rows = Suggestion.objects.filter(pk__in=chosen).order_by("signatures__position")
    for pk, key, post in rows.values_list("pk", "signatures__deputy__key", "signatures__deputy_id"):
        signers.setdefault(pk, {})[key] = post
    for case in cases:
        yield CaseFacts(
            case=case,
            acts=acts.get(case.pk, []),
            versions=versions.get(case.pk, []),
            assignments=parts.get(case.pk, []),
            replies=replies.get(case.pk, []),
            ratings=ratings.get(case.pk, []),
            signers=signers.get(case.pk, {}),
            session_close=case.session.closes_on,
            carried=carried.get(case.pk, []),
            handed=handed.get(case.pk, []),
            organs=named,
            sub_assignments=given.get(case.pk, []),
        )


def _hands_over(act: Act) -> bool:
    return act.move == "hand_over"


def _handed(chosen: Sequence[int]) -> dict[int, list[HandingOver]]:
    """Asked for only where an act speaks of it."""
    if not chosen:
        return {}
    return _by_case(HandingOver.objects.filter(suggestion__in=chosen).order_by("pk"))


_Row = TypeVar("_Row", Act, Version, Assignment, Rating, HandingOver)


def _named(acts: Mapping[int, Sequence[Act]]) -> dict[str, int]:
    """The organs named in disputes. Most cases have none, and ask for none."""
    keys = {act.data["named"] for each in acts.values() for act in each if "named" in act.data}
    rows = Organ.objects.filter(key__in=keys).values_list("key", "pk") if keys else ()
    return dict(rows)


def _by_case(rows: Iterable[_Row]) -> dict[int, list[_Row]]:
    found: dict[int, list[_Row]] = {}
    for row in rows:
        found.setdefault(row.suggestion_id, []).append(row)
    return found


def _carried(chosen: Sequence[int]) -> dict[int, list[Carried]]:
    rows = Carried.objects.filter(assignment__suggestion__in=chosen).order_by("pk")
    found: dict[int, list[Carried]] = {}
    for row in rows.select_related("assignment"):
        found.setdefault(row.assignment.suggestion_id, []).append(row)
    return found


def _given_on(chosen: Sequence[int]) -> dict[int, list[SubAssignment]]:
    """What organs have shared out inside, by case."""
    rows = SubAssignment.objects.filter(assignment__suggestion__in=chosen).order_by("pk")
    found: dict[int, list[SubAssignment]] = {}
    for row in rows.select_related("assignment"):
        found.setdefault(row.assignment.suggestion_id, []).append(row)
    return found


def _delivered(
    chosen: Sequence[int], *, before: datetime | None
) -> dict[int, list[tuple[Reply, date]]]:
    rows = (
        Reply.objects.filter(
            file__assignment__suggestion__in=chosen,
            file__stage=ReplyStage.DELIVERED,
            deliveries__isnull=False,
        )
        .distinct()
        .prefetch_related("deliveries")
        .select_related("file__assignment")
    )
    if before is not None:
        rows = rows.filter(at__lt=before).defer("opening", "closing", "file__draft")
    found: dict[int, list[tuple[Reply, date]]] = {}
    for reply in rows:
        day = min(each.at for each in reply.deliveries.all()).astimezone(ZONE).date()
        found.setdefault(reply.file.assignment.suggestion_id, []).append((reply, day))
    for listed in found.values():
        listed.sort(key=lambda pair: (pair[0].file.assignment.round, pair[1], pair[0].pk))
    return found
