"""``huiyin demo``: where it builds, where it refuses, and what it says."""

from __future__ import annotations

import socket
from contextlib import closing
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from huiyin.accounts.models import Person
from huiyin.accounts.tests.town import Town
from huiyin.demo import ground, people, year
from huiyin.demo.management.commands import demo
from huiyin.organisations.models import Congress, Level
from huiyin.suggestions.models import Suggestion

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _as_a_demo(settings: Any) -> None:
    settings.HUIYIN_DEMO = True


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What would have been built: the congress alone stands for it."""
    built: list[str] = []

    def write(*, say: year.Say) -> None:
        built.append("year")
        say("told")
        Congress.objects.create(
            key=ground.CONGRESS_KEY, slug="yuechuan", name="岳川省人大", level=Level.PROVINCE
        )

    monkeypatch.setattr(year, "write", write)
    return built


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("demo", *arguments, stdout=out)
    return out.getvalue()


def test_an_empty_database_is_built_once(written: list[str]) -> None:
    first = said("--no-serve")
    assert written == ["year"]
    assert people.PASSWORD in first
    again = said("--no-serve")
    assert written == ["year"]
    assert "岳川省" in again


def test_where_people_are_it_touches_nothing(written: list[str]) -> None:
    Town()
    before = Person.objects.count()
    with pytest.raises(CommandError) as refused:
        said("--no-serve")
    assert "HUIYIN_HOME" in str(refused.value)
    assert written == []
    assert Person.objects.count() == before
    assert not Suggestion.objects.exists()


def test_people_who_have_joined_a_demo_do_not_stop_it(written: list[str]) -> None:
    said("--no-serve")
    Person.objects.create(login="visitor", name="来宾")
    said("--no-serve")
    assert written == ["year"]


def test_elsewhere_the_command_does_not_work(settings: Any, written: list[str]) -> None:
    settings.HUIYIN_DEMO = False
    with pytest.raises(CommandError, match="HUIYIN_DEMO"):
        said("--no-serve")
    assert written == []


def test_a_taken_port_is_told_before_anything_starts() -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=str(port)):
            demo._refuse_taken(port)
