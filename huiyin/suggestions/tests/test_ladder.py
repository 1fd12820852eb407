"""Thirty parts through their time, day by day, each with the urgings worked out by hand.

Days are counted from the day a part is first due. N, D, O are soon, today and overdue; H by hand.
Soon begins fifteen days before, three days lie between any two, late ones come a week apart.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from huiyin.organisations.selectors import work_calendar
from huiyin.rulebook import load
from huiyin.suggestions.models import Rung
from huiyin.suggestions.ruling import Ruling
from huiyin.suggestions.urgings import Urged, rung_due

DUE = date(2020, 6, 1)
LETTERS = {Rung.NEAR: "N", Rung.DUE: "D", Rung.OVERDUE: "O", Rung.BY_HAND: "H"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """``moved``: on which day it became due on which other; ``still``: days without a tick."""

    expected: str
    assigned: int = -90
    answered: int = 21
    by_hand: tuple[int, ...] = ()
    moved: dict[int, int] = field(default_factory=dict)
    still: range = range(0)


PARTS = {
    "nobody answers": Part(expected="N-15 D0 O3 O10 O17"),
    "answered long before": Part(answered=-20, expected=""),
    "answered the day it would begin": Part(answered=-15, expected=""),
    "answered the day after": Part(answered=-14, expected="N-15"),
    "answered on the due day": Part(answered=0, expected="N-15"),
    "answered a day late": Part(answered=1, expected="N-15 D0"),
    "answered four days late": Part(answered=4, expected="N-15 D0 O3"),
    "answered ten days late": Part(answered=10, expected="N-15 D0 O3"),
    "assigned fifteen days before": Part(assigned=-15, expected="N-14 D0 O3 O10 O17"),
    "assigned ten days before": Part(assigned=-10, expected="N-9 D0 O3 O10 O17"),
    "assigned three days before": Part(assigned=-3, expected="N-2 O1 O8 O15"),
    "assigned two days before": Part(assigned=-2, expected="N-1 O2 O9 O16"),
    "assigned the day before": Part(assigned=-1, expected="D0 O3 O10 O17"),
    "assigned on its due day": Part(assigned=0, expected="O1 O8 O15"),
    "by hand the day before it begins": Part(by_hand=(-16,), expected="H-16 N-13 D0 O3 O10 O17"),
    "by hand the day it begins": Part(by_hand=(-15,), expected="H-15 N-12 D0 O3 O10 O17"),
    "by hand two days before": Part(by_hand=(-2,), expected="N-15 H-2 O1 O8 O15"),
    "by hand three days before": Part(by_hand=(-3,), expected="N-15 H-3 D0 O3 O10 O17"),
    "by hand three days late": Part(by_hand=(3,), expected="N-15 D0 H3 O6 O13 O20"),
    "by hand between two weeks": Part(by_hand=(6,), expected="N-15 D0 O3 H6 O9 O16"),
    "by hand twice": Part(by_hand=(6, 9), expected="N-15 D0 O3 H6 H9 O12 O19"),
    "no tick as it begins": Part(still=range(-15, -4), expected="N-4 D0 O3 O10 O17"),
    "no tick until it is due": Part(still=range(-20, 1), expected="O1 O8 O15"),
    "no tick on the due day": Part(still=range(1), expected="N-15 O1 O8 O15"),
    "no tick for three days": Part(still=range(3), expected="N-15 O3 O10 O17"),
    "first tick a month late": Part(still=range(-90, 30), answered=40, expected="O30 O37"),
    "extended before it begins": Part(moved={-20: 60}, answered=65, expected="N45 D60 O63"),
    "extended while it is soon": Part(moved={-10: 60}, answered=65, expected="N-15 N45 D60 O63"),
    "extended a little": Part(moved={-5: 10}, expected="N-15 N-5 D10 O13 O20"),
    "extended twice": Part(moved={-10: 20, 10: 40}, answered=45, expected="N-15 N5 N25 D40 O43"),
}


@pytest.fixture(scope="module")
def ruling() -> Ruling:
    return Ruling(load("hunan", on=DUE), work_calendar(notices=()))


def test_there_are_thirty() -> None:
    assert len(PARTS) == 30


@pytest.mark.parametrize("name", PARTS)
def test_a_part_is_urged_as_worked_out_by_hand(name: str, ruling: Ruling) -> None:
    part, due, urged = PARTS[name], 0, list[tuple[str, int, Urged]]()
    for shift in range(part.assigned, part.answered):
        on, due = DUE + timedelta(days=shift), part.moved.get(shift, due)
        if shift in part.by_hand:
            urged.append(("H", shift, Urged(Rung.BY_HAND, on, None)))
        if shift in part.still:
            continue
        due_on = DUE + timedelta(days=due)
        rung = rung_due(
            due_on,
            assigned_on=DUE + timedelta(days=part.assigned),
            urged=[each for _letter, _shift, each in urged],
            ruling=ruling,
            on=on,
        )
        if rung is not None:
            urged.append((LETTERS[rung], shift, Urged(rung, on, due_on)))
    assert " ".join(f"{letter}{shift}" for letter, shift, _each in urged) == part.expected
