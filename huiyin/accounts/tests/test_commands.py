"""Founding a house, helping with one account, and the check that the door is hung."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from huiyin.accounts import checks, services
from huiyin.accounts.models import Person, Post
from huiyin.accounts.tests.town import NOW, Town
from huiyin.kernel.errors import Conflict
from huiyin.ledger.models import Entry
from huiyin.organisations.models import Congress

pytestmark = [pytest.mark.django_db, pytest.mark.urls("huiyin.accounts.tests.probe")]

PHRASE = "a phrase of my own"

FOUND = {
    "name": "双牌县人民代表大会",
    "short_name": "双牌县",
    "slug": "shuangpai",
    "level": "county",
    "division": "431123",
    "term": "18",
    "term_starts": "2021-12-01",
    "clerk": "石磊",
    "clerk_login": "shilei",
}


def _found(**changed: str | None) -> str:
    out = StringIO()
    call_command("found", stdout=out, **{**FOUND, **changed})
    return out.getvalue()


def test_a_house_is_founded_without_a_password(client, day) -> None:
    """T051: the clerk sets it himself, with the code that was printed."""
    said = _found()

    clerk = Post.objects.get()
    assert (clerk.role, clerk.congress.name) == ("clerk", "双牌县人民代表大会")
    assert not clerk.person.has_usable_password()
    code = said.split("激活码：")[1].split()[0]
    client.post("/activate/", {"code": code, "password": PHRASE})
    assert client.post("/sign-in/", {"login": "shilei", "password": PHRASE}).status_code == 302


@pytest.mark.parametrize(
    "wrong",
    [
        {"term_starts": "soon"},
        {"term": "first"},
        {"term": "0"},
        {"clerk_login": "a b"},
        {"division": "99"},
        {"slug": None},
    ],
)
def test_a_house_is_founded_whole_or_not_at_all(wrong, monkeypatch) -> None:
    monkeypatch.setattr("sys.stdin", StringIO())
    with pytest.raises(CommandError):
        _found(**wrong)

    assert not Congress.objects.exists()
    assert not Person.objects.exists()


def test_what_is_not_given_is_asked_at_a_terminal(monkeypatch) -> None:
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal())
    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        return " 石磊 "

    monkeypatch.setattr("builtins.input", answer)

    _found(clerk=None)

    assert len(asked) == 1
    assert Person.objects.get().name == "石磊"


def test_a_congress_may_be_founded_without_a_code(monkeypatch) -> None:
    monkeypatch.setattr("sys.stdin", StringIO())
    _found(division=None)

    assert Congress.objects.get().division is None


def _person(*words: str, **options: str) -> str:
    out = StringIO()
    call_command("person", *words, stdout=out, **options)
    return out.getvalue()


def test_an_operator_helps_a_locked_out_clerk(town: Town, day) -> None:
    code = _person("activate", "ＣＬＥＲＫ").split("激活码：")[1].split()[0]
    services.activate(code=code, login="", password=PHRASE, at=NOW)
    _person("end-sessions", "clerk")
    _person("close", "clerk", why="离任")
    assert not Person.objects.get(login="clerk").is_active
    _person("open", "clerk", why="返岗")
    assert Person.objects.get(login="clerk").is_active
    assert set(Entry.objects.values_list("role", flat=True)) == {"system"}


@pytest.mark.parametrize("words", [("activate", "nobody"), ("close", "clerk"), ("open", "clerk")])
def test_an_operator_names_somebody_and_says_why(town: Town, words) -> None:
    with pytest.raises(CommandError):
        _person(*words)


def test_the_door_is_missed_when_it_is_not_hung(settings) -> None:
    assert checks.the_door_is_hung() == []
    order = list(settings.MIDDLEWARE)
    door = order.index("huiyin.accounts.middleware.ActorMiddleware")
    for broken in (
        [each for each in order if "ActorMiddleware" not in each],
        [each for each in order if "csrf" not in each],
        [order[door], *order[:door], *order[door + 1 :]],
    ):
        settings.MIDDLEWARE = broken
        assert [each.id for each in checks.the_door_is_hung()] == ["huiyin.E020"]


def test_an_operator_is_told_why_something_is_refused(town: Town, monkeypatch) -> None:
    def refuse(**_arguments: object) -> None:
        raise Conflict("the clock is wrong", remedy="set it right")

    monkeypatch.setattr(services, "end_sessions", refuse)

    with pytest.raises(CommandError, match="the clock is wrong set it right"):
        _person("end-sessions", "clerk")
