"""The congress office and a system's office at one case at once: one names the organs."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from huiyin.accounts.tests.town import NOW, Town
from huiyin.kernel.errors import DomainError
from huiyin.ledger.verify import verify_chain
from huiyin.suggestions import services
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.services.assigning import Charge
from huiyin.suggestions.stages import Stage
from huiyin.suggestions.tests.situations import Story, follow_offices
from huiyin.suggestions.tests.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def registered(town: Town) -> Story:
    follow_offices(town)
    story = Story(town).submitted().registered()
    story.case.refresh_from_db()
    return story


def assign(story: Story, who: str, organ: Any) -> Any:
    charge = Charge(organ=organ, role="sole")
    return services.assign(case=story.case, actor=story.town.actor(who), at=NOW, organs=[charge])


def hand_over(story: Story) -> Any:
    return services.hand_over(
        case=story.case,
        actor=story.town.actor("second_clerk"),
        at=NOW,
        office=story.town.government_office,
    )


def test_two_offices_assign_the_same_item_at_once() -> None:
    """One clerk assigns while the other hands it over, and the office assigns as it comes."""
    town = Town()
    story = registered(town)

    results = at_once(
        lambda: assign(story, "clerk", town.education),
        lambda: hand_over(story),
        lambda: assign(story, "government_clerk", town.finance),
    )

    story.case.refresh_from_db()
    named = story.case.assignments.count()
    # Whoever came first, one office named the organs, or it lies with the office still.
    assert named == (1 if story.case.stage == Stage.IN_HANDLING else 0)
    assert named == len([each for each in results if _moved(each, "assign")])
    assert [each for each in results if isinstance(each, DomainError)]
    assert verify_chain(town.congress.key) == []
    assert list(differences()) == []


def test_the_office_sends_back_while_its_colleague_assigns() -> None:
    town = Town()
    story = registered(town).handed_over()
    town.hire("colleague", name="何为民", role="government_clerk", organ=town.government_office)

    results = at_once(
        lambda: services.hand_back(
            case=story.case, actor=town.actor("government_clerk"), at=NOW, why="属党委系统。"
        ),
        lambda: assign(story, "colleague", town.education),
    )

    assert len([each for each in results if isinstance(each, DomainError)]) == 1
    story.case.refresh_from_db()
    assert (story.case.office is None) == (story.case.stage == Stage.REGISTERED)
    assert list(differences()) == []


def test_control_without_the_lock_both_get_as_far_as_the_database(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With the row lock away the acts collide: only the numbered sequence of acts keeps one out."""
    if connection.vendor == "sqlite":
        # There the guard is the write lock taken when a transaction begins; it has no other.
        assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        return
    town = Town()
    story = registered(town).handed_over()
    town.hire("colleague", name="何为民", role="government_clerk", organ=town.government_office)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_options: self)

    results = at_once(
        lambda: assign(story, "government_clerk", town.education),
        lambda: assign(story, "colleague", town.finance),
    )

    assert len([each for each in results if isinstance(each, DomainError)]) == 1


def _moved(result: Any, move: str) -> bool:
    return not isinstance(result, DomainError) and result is not None and result.move == move
