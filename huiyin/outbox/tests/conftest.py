from __future__ import annotations

import pytest
from django.utils.translation import gettext_lazy as _

from huiyin.accounts.models import Person
from huiyin.accounts.tests.town import NOW, Town
from huiyin.outbox import links, timing, words
from huiyin.outbox.models import Notice
from huiyin.outbox.services import tell

CASE = ("sample", "case-key-0000000000000")


@pytest.fixture
def town(db: None) -> Town:
    """The cast, none of whom has an address until ``with_address`` gives him one."""
    cast = Town()
    Person.objects.update(email="")
    for person in cast.people.values():
        person.email = ""
    return cast


@pytest.fixture(autouse=True)
def _sample(monkeypatch: pytest.MonkeyPatch) -> None:
    sample = {"sample.moved": (_("Moved: %(title)s"), _("It bears the number %(number)s."))}
    monkeypatch.setattr(words, "_words", {**words._words, **sample})
    # It presses on everybody, so that a letter goes out at once.
    pressing = {"sample.moved": (timing.Pressing.DUTY, timing.EVERYBODY)}
    monkeypatch.setattr(timing, "_pressing", pressing)
    monkeypatch.setattr(links, "_links", {"sample": lambda key: f"/sample/{key}/"})


def told(town: Town, *names: str, by: str | None = "clerk", **columns: object) -> list[Notice]:
    """Tell the named people that a case has moved."""
    given: dict[str, object] = {
        "posts": [town.post(name) for name in names],
        "event": "sample.moved",
        "case": CASE,
        "title": "关于修路的建议",
        "params": {"number": 7},
        "actor": town.actor(by) if by else None,
        "at": NOW,
        **columns,
    }
    return tell(**given)  # type: ignore[arg-type]


def with_address(town: Town, name: str, email: str = "lin@example.cn") -> None:
    person = town.person(name)
    person.email = email
    person.save()
