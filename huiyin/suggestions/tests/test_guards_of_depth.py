"""Guards of the middle of the work, each at a place that no page comes to by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import translation

from huiyin.accounts.models import Role
from huiyin.suggestions.lifecycle import cohandling, delivering, rating, responsibility, urging

TODAY = date(2020, 3, 2)
TOMORROW = date(2020, 3, 3)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def test_without_a_text_of_the_lead_nothing_is_countersigned() -> None:
    part: Any = SimpleNamespace()
    said = cohandling.text_is_in_clearance(part, {"lead_file": None})
    assert said == "There is no text to be countersigned now."


def test_a_receipt_is_not_entered_for_a_day_to_come() -> None:
    delivery = SimpleNamespace(at=datetime(2020, 3, 1, tzinfo=UTC))
    file: Any = SimpleNamespace()
    brought = {"received_on": TOMORROW, "on": TODAY, "delivery": delivery}
    assert delivering.received_after_delivery(file, brought) == "This day has not come yet."


@pytest.mark.parametrize("answer_by", [TODAY, date(2020, 3, 1)])
def test_an_urging_leaves_the_organ_time(answer_by: date) -> None:
    part: Any = SimpleNamespace()
    said = urging.answer_lies_ahead(part, {"answer_by": answer_by, "on": TODAY})
    assert said == "Leave the organ time: choose a day after today."


def test_what_the_body_did_is_recorded_afterwards() -> None:
    case: Any = SimpleNamespace()
    said = rating.measure_not_in_the_future(case, {"held_on": TOMORROW, "on": TODAY})
    assert said == "It is recorded after it was held."


@pytest.mark.parametrize(
    ("division", "of", "words"),
    [
        (SimpleNamespace(pk=7, organ_id=2), None, "This division does not belong to your organ."),
        (SimpleNamespace(pk=7, organ_id=1), 8, "This handler belongs to another division."),
    ],
)
def test_an_item_is_shared_out_within_the_organ_and_the_division(
    division: Any, of: int | None, words: str
) -> None:
    handler = SimpleNamespace(
        organ_id=1, role=Role.HANDLER, inner_division_id=of, is_usable=lambda **_on: True
    )
    part: Any = SimpleNamespace(organ_id=1)
    brought = {"division": division, "handler": handler, "on": TODAY}
    assert responsibility.is_of_the_organ(part, brought) == words
