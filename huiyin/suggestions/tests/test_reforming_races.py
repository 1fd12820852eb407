"""A reform while others work: nothing is left with an organ that is no more. With its control."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import QuerySet

from huiyin.accounts.tests.town import NOW, TODAY, Town
from huiyin.kernel.errors import DomainError, Stale
from huiyin.ledger.verify import verify_chain
from huiyin.organisations.models import Organ, OrganReform
from huiyin.suggestions import services
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.reforms import Chosen, orphans, plan
from huiyin.suggestions.services.assigning import Charge
from huiyin.suggestions.tests.situations import Story
from huiyin.suggestions.tests.test_races import at_once
from huiyin.suggestions.tests.test_reforming import NEW, decided

pytestmark = pytest.mark.django_db(transaction=True)


def reformer(town: Town, who: str) -> Any:
    decision = decided("merge", [NEW], town.education, town.finance)
    mark = plan(town.congress, decision, Chosen(), today=TODAY).mark
    return lambda: services.reform_organs(
        decision,
        Chosen(),
        congress=town.congress,
        mark=mark,
        actor=town.actor(who),
        at=NOW,
    )


def assigner(town: Town, story: Story) -> Any:
    charge = Charge(organ=town.education, role="sole")
    return lambda: services.assign(
        case=story.case, actor=town.actor("second_clerk"), at=NOW, organs=[charge]
    )


def test_a_reform_while_a_clerk_assigns_leaves_no_orphan() -> None:
    town = Town()
    story = Story(town).submitted().registered()
    reformed, assigned = at_once(reformer(town, "clerk"), assigner(town, story))
    # Whoever came second is told: the list has changed, or the organ is gone.
    assert isinstance(reformed, Stale) or isinstance(assigned, DomainError)
    assert list(orphans()) == []
    assert list(differences()) == []
    assert verify_chain(town.congress.key) == []


def test_two_clerks_reform_from_one_list() -> None:
    town = Town()
    Story(town).submitted().registered().assigned()
    results = at_once(reformer(town, "clerk"), reformer(town, "second_clerk"))
    assert len([each for each in results if isinstance(each, DomainError)]) == 1
    assert OrganReform.objects.count() == 1
    assert list(orphans()) == []
    assert list(differences()) == []


def test_control_without_a_fresh_look_the_part_is_left_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The same assignment with the organ as the page knew it: it goes to one that is no more."""
    town = Town()
    story = Story(town).submitted().registered()
    assign = assigner(town, story)
    as_known = {town.education.pk: town.education}
    reformer(town, "clerk")()
    in_bulk = QuerySet.in_bulk

    def as_the_page_knew(rows: Any, *keys: Any, **options: Any) -> Any:
        return as_known if rows.model is Organ else in_bulk(rows, *keys, **options)

    monkeypatch.setattr(QuerySet, "in_bulk", as_the_page_knew)
    assign()
    monkeypatch.undo()
    assert [part.organ for part in orphans()] == [town.education]
