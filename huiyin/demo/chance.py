"""Chance that falls the same way on every machine and with every Python.

Only ``Random.random`` promises the same numbers for one seed for ever; everything else is made of
it here. Each case draws from a stream of its own, so that a change to one leaves the others alone.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")

SEED = "岳川省2020"


class Chance:
    """One stream, named by what it is drawn for."""

    def __init__(self, *name: object, seed: str = SEED) -> None:
        # Invented texts and days; nothing here keeps a secret.
        self._draw = Random("/".join((seed, *map(str, name)))).random  # noqa: S311

    def below(self, limit: int) -> int:
        """Return a whole number from 0 up to, not including, ``limit``."""
        return int(self._draw() * limit)

    def between(self, low: int, high: int) -> int:
        """Return a whole number from ``low`` to ``high``, both possible."""
        return low + self.below(high - low + 1)

    def fraction(self) -> float:
        """Return a number from 0 up to, not including, 1."""
        return self._draw()

    def falls(self, share: float) -> bool:
        """Return True as often as ``share`` says."""
        return self._draw() < share

    def pick(self, among: Sequence[T]) -> T:
        """Return one of ``among``."""
        return among[self.below(len(among))]

    def weighed(self, among: Sequence[T], weights: Sequence[float]) -> T:
        """Return one of ``among``, each as often as its weight says."""
        left = self._draw() * sum(weights)
        for each, weight in zip(among, weights, strict=True):
            left -= weight
            if left < 0:
                return each
        return among[-1]

    def shuffled(self, among: Sequence[T]) -> list[T]:
        """Return ``among`` in another order."""
        mixed = list(among)
        for last in range(len(mixed) - 1, 0, -1):
            other = self.below(last + 1)
            mixed[last], mixed[other] = mixed[other], mixed[last]
        return mixed

    def some(self, among: Sequence[T], count: int) -> list[T]:
        """Return ``count`` different ones, or all when there are fewer."""
        return self.shuffled(among)[:count]


def key_of(*name: object, seed: str = SEED) -> str:
    """Return the key of a row of the demo: as long as any other, but always the same."""
    drawn = hashlib.sha256("/".join((seed, "key", *map(str, name))).encode()).digest()
    return base64.urlsafe_b64encode(drawn[:16]).rstrip(b"=").decode()
