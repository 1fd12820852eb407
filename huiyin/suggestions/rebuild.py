"""Prove that the derived columns are what the facts say, and write them anew when asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from huiyin.kernel.clock import ZONE
from huiyin.kernel.errors import NotFound
from huiyin.suggestions.models import ReplyFile, Signature, Suggestion
from huiyin.suggestions.reforms import orphans
from huiyin.suggestions.ruling import Ruling, Rulings
from huiyin.suggestions.services.storing import store
from huiyin.suggestions.standing import (
    COLUMNS,
    FILE_COLUMNS,
    PART_COLUMNS,
    CaseFacts,
    ClearanceStanding,
    ReplayError,
    Standing,
    derive,
    load_many,
)

BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One column that is not what the facts say; or a case whose acts no table allows."""

    case_key: str
    column: str
    stored: object
    derived: object


# What rooms above derive from their own facts: each yields what differs, and repairs if told to.
Check = Callable[[bool], Iterator[Difference]]
_checks: dict[str, Check] = {}


def register(name: str, check: Check) -> None:
    """Called while the rooms start; registering a name again replaces the check."""
    _checks[name] = check


def differences(*, repair: bool = False) -> Iterator[Difference]:
    """Yield every difference in the house, reading the cases in batches.

    With ``repair`` the derived columns are written anew; acts that cannot be replayed stay as
    they are, for facts are never changed.
    """
    yield from _left_behind()
    last, rulings = 0, Rulings.now()
    while batch := list(
        Suggestion.objects.filter(pk__gt=last)
        .select_related("congress", "session")
        .order_by("pk")[:BATCH]
    ):
        last = batch[-1].pk
        files = _reply_files(batch)
        signatures = _signatures(batch)
        for facts in load_many(batch):
            ruling = rulings.of(facts.case, on=facts.case.created_at.astimezone(ZONE).date())
            found = signatures.get(facts.case.pk, {})
            yield from _of_case(facts, files, found, ruling=ruling, repair=repair)
    for check in _checks.values():
        yield from check(repair)


def _left_behind() -> Iterator[Difference]:
    """Live parts of organs that are no more. Only a reform of organs can mend them."""
    for part in orphans():
        yield Difference(
            case_key=part.suggestion.key,
            column="orphan",
            stored=part.organ.name,
            derived=f"until {part.organ.until}",
        )


def _of_case(
    facts: CaseFacts,
    files: dict[int, tuple[Any, ...]],
    signatures: dict[int, str],
    *,
    ruling: Ruling,
    repair: bool,
) -> Iterator[Difference]:
    case = facts.case
    stored = {part.pk: _part(part) for part in facts.assignments}
    try:
        standing = derive(facts, ruling=ruling)
    except (ReplayError, NotFound, KeyError) as fault:
        yield Difference(case_key=case.key, column="acts", stored=str(fault), derived="")
        return
    found = [
        Difference(case_key=case.key, column=column, stored=was, derived=now)
        for column, was, now in _compared(case, standing, stored, files, signatures)
        if was != now
    ]
    yield from found
    if repair and found:
        _repair(case, standing)


def _compared(
    case: Suggestion,
    standing: Standing,
    parts: dict[int, tuple[object, ...]],
    files: dict[int, tuple[Any, ...]],
    signatures: dict[int, str],
) -> Iterator[tuple[str, object, object]]:
    for column in COLUMNS:
        # A draft's title is typed, not submitted: it rests on no fact yet.
        if column != "title" or standing.submitted_on:
            yield column, getattr(case, column), getattr(standing, column)
    for pk, was in parts.items():
        yield f"assignment {pk}", was, _part(standing.parts[pk])
    for file, stage in standing.files.items():
        was, *cleared = files[file]
        yield f"reply file {file}", was, stage
        known = standing.clearances.get(file, ClearanceStanding())
        yield f"clearance {file}", cleared, [getattr(known, name) for name in FILE_COLUMNS]
    yield "signatures", signatures, standing.signatures


def _part(part: object) -> tuple[object, ...]:
    return tuple(getattr(part, column) for column in PART_COLUMNS)


def _reply_files(batch: list[Suggestion]) -> dict[int, tuple[Any, ...]]:
    rows = ReplyFile.objects.filter(assignment__suggestion__in=[case.pk for case in batch])
    return {pk: tuple(told) for pk, *told in rows.values_list("pk", "stage", *FILE_COLUMNS)}


def _signatures(batch: list[Suggestion]) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {}
    rows = Signature.objects.filter(suggestion__in=[case.pk for case in batch])
    for case, deputy, standing in rows.values_list("suggestion_id", "deputy_id", "standing"):
        found.setdefault(case, {})[deputy] = standing
    return found


@transaction.atomic
def _repair(case: Suggestion, standing: Standing) -> None:
    locked = Suggestion.objects.select_for_update(of=("self",)).get(pk=case.pk)
    store(locked, standing, revision=locked.revision + 1)
    for pk, stage in standing.files.items():
        ReplyFile.objects.filter(pk=pk).update(stage=stage)
