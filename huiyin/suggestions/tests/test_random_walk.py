"""Anybody presses anything, in any order, and what must hold holds after every step (T055)."""

from __future__ import annotations

import os
import random

import pytest

from huiyin.accounts.tests.town import Town
from huiyin.kernel.errors import DomainError
from huiyin.ledger.models import Entry
from huiyin.ledger.verify import verify_chain
from huiyin.suggestions.models import Act, Suggestion
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.stages import ANSWERING, CHARGED, Stage
from huiyin.suggestions.tests.attempts import ATTEMPTS, PEOPLE
from huiyin.suggestions.tests.situations import Story, follow_hunan

pytestmark = pytest.mark.django_db

WALKS = int(os.environ.get("HUIYIN_WALKS", "12"))
STEPS = int(os.environ.get("HUIYIN_WALK_STEPS", "120"))
# Steps that end the case at once; taken rarely, or no walk would get far.
ABRUPT = {"withdraw", "refuse", "take_as_reference", "circulate"}


def assert_sound(case: Suggestion) -> None:
    """What the catalogue demands of any case at any time."""
    acts = list(case.acts.order_by("seq"))
    assert [act.seq for act in acts] == list(range(1, len(acts) + 1))
    assert Entry.objects.filter(subject_key=case.key).count() == len(acts)
    for number in range(1, case.round + 1):
        parts = case.assignments.filter(CHARGED, round=number)
        charged = [part for part in parts if part.role in ANSWERING]
        assert len(charged) == 1
    for part in case.assignments.all():
        assert part.due_on is None or part.due_on >= part.assigned_on
    if case.stage == Stage.CLOSED:
        assert case.replied_on is not None
        moves = {act.move for act in acts}
        assert case.ratings.exists() or "close_without_feedback" in moves
    if case.stage in (Stage.REPLIED, Stage.CLOSED):
        assert case.outcome_class


@pytest.mark.parametrize("seed", range(WALKS))
def test_a_walk_of_random_steps(db: None, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    town = Town()
    town.neighbour()
    if seed % 2:
        follow_hunan(town)
    story = Story(town).invited()
    story.other = Story(town, title="关于扩建新区幼儿园的建议").submitted().case
    taken: list[str] = []
    for _ in range(STEPS):
        step = chance.choice(sorted(ATTEMPTS))
        if step in ABRUPT and chance.random() < 0.9:
            continue
        actor = town.actor(chance.choice(PEOPLE))
        story.case.refresh_from_db()
        story.case.forget_cached()
        before = Act.objects.count()
        try:
            if "." in step and not story.case.assignments.filter(round=story.case.round).exists():
                continue
            ATTEMPTS[step](story, actor)
            taken.append(f"{step} by {actor.person}")
            story.case.refresh_from_db()
            assert_sound(story.case)
        except DomainError:
            assert Act.objects.count() == before
    assert list(differences()) == [], taken
    assert verify_chain(town.congress.key) == [], taken
