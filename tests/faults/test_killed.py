"""Not satisfied and handled again: both or neither, wherever the power fails (M8, T120)."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from conftest import KILLS
from huiyin.accounts.tests.town import NOW, Town
from huiyin.ledger.verify import verify_chain
from huiyin.outbox.models import Notice
from huiyin.suggestions import services
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.services import rating, rehandling
from huiyin.suggestions.services.turn import turn
from huiyin.suggestions.stages import Stage
from huiyin.suggestions.tests.situations import Story, follow_hunan
from tests.faults.killing import Killed, kill, places

pytestmark = pytest.mark.django_db(transaction=True)

# Published, so that a run that fails can be run again.
SEED = 20200302
WORDS = "接送专线至今没有开通。"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a case holds of a rating and of what follows from it."""

    rated: bool
    again: bool
    told: bool

    @property
    def is_whole(self) -> bool:
        return self.rated == self.again == self.told


def seen(case: Suggestion) -> Seen:
    fresh = Suggestion.objects.get(pk=case.pk)
    moves = set(fresh.acts.values_list("move", flat=True))
    new_round = fresh.assignments.filter(round=2, due_on__isnull=False).exists()
    again = {
        "rehandle" in moves,
        fresh.round == 2,
        fresh.stage == Stage.IN_HANDLING,
        new_round,
    }
    rated = {fresh.ratings.filter(round=1).exists(), fresh.first_result == "NS", "rate" in moves}
    assert len(again) == len(rated) == 1, "half of a rating, or half of a round"
    return Seen(
        rated=rated == {True},
        again=again == {True},
        told=Notice.objects.filter(case_key=case.key, event="suggestion.rehandle").exists(),
    )


def not_satisfied(case: Suggestion, town: Town) -> Callable[[], object]:
    actor = town.actor("lin")
    return lambda: services.rate(
        case=case, actor=actor, at=NOW, attitude="S", result="NS", comment=WORDS
    )


@pytest.fixture
def town() -> Town:
    town = Town()
    follow_hunan(town)
    return town


def trials(count: int, of: int) -> list[Killed]:
    """Every place in turn as long as there are trials, else evenly; the rest at odd moments."""
    if count < of:
        return [Killed(place=round(n * (of - 1) / (count - 1))) for n in range(count)]
    chance = random.Random(SEED)  # noqa: S311 - to be repeated, not to be secret
    at_writes = [Killed(place=n % of) for n in range(count // of * of)]
    return at_writes + [
        Killed(after=chance.uniform(0.0, 0.15)) for _each in range(count - len(at_writes))
    ]


def test_killed_anywhere_it_is_both_or_neither(town: Town) -> None:
    count = places(not_satisfied(Story(town).replied().case, town))
    found: list[Seen] = []
    for at in trials(KILLS, count):
        case = Story(town).replied().case
        kill(not_satisfied(case, town), at)
        after = seen(case)
        assert after.is_whole, at
        found.append(after)

    # Killed after the commit it is done; before it, as if it had never begun.
    assert {each.rated for each in found} == {True, False}
    assert list(differences()) == []
    assert verify_chain(town.congress.key) == []


def test_what_was_lost_can_be_sent_again(town: Town) -> None:
    case = Story(town).replied().case
    assert kill(not_satisfied(case, town), Killed(place=3))
    assert not seen(case).rated
    not_satisfied(case, town)()
    assert seen(case) == Seen(rated=True, again=True, told=True)


def test_control_in_two_transactions_a_kill_leaves_half(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same work as a rating first and a new round after it: killed between, it is torn."""
    case = Story(town).replied().case
    actor = town.actor("lin")
    monkeypatch.setattr(rating, "rehandles_by_itself", lambda *_args, **_rules: False)

    def in_two() -> None:
        not_satisfied(case, town)()
        with turn(case=case, actor=actor, at=NOW) as running:
            running.follow("rehandle", data=rehandling.next_round(running))
            rehandling.reissue(running)

    first = places(not_satisfied(Story(town).replied().case, town))
    assert kill(in_two, Killed(place=first + 1))
    assert not seen(case).is_whole
