"""A picture of a case is what the case was: proven along walks of every step there is."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from huiyin.accounts.tests.town import TODAY, Town
from huiyin.kernel.errors import DomainError
from huiyin.ledger.models import Chain
from huiyin.reporting.models import Picture, PicturedCase, PicturedPart
from huiyin.reporting.pictures import picture_of
from huiyin.suggestions.models import Assignment, Suggestion
from huiyin.suggestions.tests.attempts import ATTEMPTS, PEOPLE
from huiyin.suggestions.tests.situations import Story, follow_hunan

pytestmark = pytest.mark.django_db

WALKS = int(os.environ.get("HUIYIN_PICTURE_WALKS", "2"))
STEPS = int(os.environ.get("HUIYIN_WALK_STEPS", "60"))
# Steps that end the case at once; taken rarely, or no walk would get far.
ABRUPT = {"withdraw", "refuse", "take_as_reference", "circulate"}
CASE = [each.attname for each in PicturedCase._meta.concrete_fields][2:]
PART = [each.attname for each in PicturedPart._meta.concrete_fields][2:]

Columns = tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]


def live() -> Columns:
    """The columns as they stand now."""
    cases = Suggestion.objects.filter(submitted_on__isnull=False).order_by("pk")
    case = ["pk" if name == "suggestion_id" else name for name in CASE]
    part = ["pk" if name == "assignment_id" else name for name in PART]
    parts = Assignment.objects.order_by("pk")
    return list(cases.values_list(*case)), list(parts.values_list(*part))


def pictured(picture: Picture) -> Columns:
    cases = picture.cases.order_by("suggestion_id").values_list(*CASE)
    parts = picture.parts.order_by("assignment_id").values_list(*PART)
    return list(cases), list(parts)


def head(town: Town) -> int:
    return Chain.objects.get(pk=town.congress.key).head_seq


def walked(story: Story, chance: random.Random, look: Callable[[], None]) -> None:
    """Anybody presses anything, in any order."""
    for _ in range(STEPS):
        step = chance.choice(sorted(ATTEMPTS))
        if step in ABRUPT and chance.random() < 0.9:
            continue
        actor = story.town.actor(chance.choice(PEOPLE))
        story.case.refresh_from_db()
        story.case.forget_cached()
        if "." in step and not story.case.assignments.filter(round=story.case.round).exists():
            continue
        try:
            ATTEMPTS[step](story, actor)
        except DomainError:
            continue
        look()


@settings(
    max_examples=WALKS,
    deadline=None,
    # A walk cannot be made smaller: with another seed it is another walk.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 10**6))
def test_a_picture_up_to_a_line_is_what_the_case_was_at_that_line(db: None, seed: int) -> None:
    with transaction.atomic():
        _walk_and_compare(random.Random(seed), hunan=bool(seed % 2))  # noqa: S311 - repeatable
        transaction.set_rollback(True)


def _walk_and_compare(chance: random.Random, *, hunan: bool) -> None:
    town = Town()
    town.neighbour()
    if hunan:
        follow_hunan(town)
    story = Story(town).submitted()
    story.other = Story(town, title="关于扩建新区幼儿园的建议").submitted().case
    stood = {head(town): live()}

    def look() -> None:
        stood[head(town)] = live()

    walked(story, chance, look)
    for line in chance.sample(sorted(stood), min(12, len(stood))):
        picture = picture_of(town.session, as_of=TODAY + timedelta(days=900), known=line)
        assert pictured(picture) == stood[line]
