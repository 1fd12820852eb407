"""The same seed makes the same year, down to the head of the record."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from huiyin.demo.chance import Chance, key_of
from huiyin.demo.year import write
from huiyin.ledger.models import Chain

ROUND = 200


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.sqlite
def test_two_builds_end_in_the_same_line() -> None:
    """On SQLite, whose numbering goes back with the transaction; sequences elsewhere do not."""
    assert connection.vendor == "sqlite"
    heads = []
    for _build in range(2):
        with transaction.atomic():
            book = write(say=lambda _said: None)
            chain = Chain.objects.get(key=book.world.congress.key)
            heads.append((chain.head_seq, chain.head_hash))
            transaction.set_rollback(True)
    assert heads[0] == heads[1]


def test_chance_is_the_same_everywhere() -> None:
    """Numbers written down once: another Python, or another machine, draws them too."""
    chance = Chance("a", 1, seed="s")
    assert [chance.below(1000) for _each in range(5)] == [763, 398, 617, 279, 908]
    assert key_of("Act", 1, seed="s") == "5fFY5EUR-5X4DgTegyByDQ"


def test_names_keep_streams_apart() -> None:
    one, other = Chance("a", "b"), Chance("ab")
    assert [one.below(ROUND) for _each in range(9)] != [other.below(ROUND) for _each in range(9)]


def test_shuffling_loses_nothing() -> None:
    mixed = Chance("mix").shuffled(range(ROUND))
    assert sorted(mixed) == list(range(ROUND))
    assert mixed != list(range(ROUND))
    assert len(set(Chance("some").some(range(ROUND), 30))) == 30


def test_weights_are_kept() -> None:
    chance = Chance("weights")
    drawn = [chance.weighed("ab", (9, 1)) for _each in range(10 * ROUND)]
    assert 0.86 < drawn.count("a") / len(drawn) < 0.94
