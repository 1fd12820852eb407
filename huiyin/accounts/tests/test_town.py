from __future__ import annotations

import pytest

from huiyin.accounts import selectors
from huiyin.accounts.tests.town import TODAY, Town

pytestmark = pytest.mark.django_db


def test_everybody_in_the_cast_can_act() -> None:
    town = Town()

    for who, actor in town.everyone().items():
        assert selectors.posts_of(actor.person, on=TODAY) == [actor.post], who


def test_the_deputies_are_the_three_mandates() -> None:
    town = Town()

    seated = {post.person.login for post in selectors.deputies(town.congress, on=TODAY)}

    assert seated == {"lin", "zhao", "zhou"}
