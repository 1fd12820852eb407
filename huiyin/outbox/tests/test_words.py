"""Every event can be told in both languages."""

from __future__ import annotations

from collections import defaultdict

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy

from huiyin.outbox import links, words


class _Anything(defaultdict[str, str]):
    """Values for whatever the words name."""

    def __init__(self) -> None:
        super().__init__(str)


def lacking_chinese() -> list[str]:
    with translation.override("zh-hans"):
        return [
            event
            for event in words.events()
            if words.subject(event, _Anything()).isascii()
            or words.body(event, _Anything()).isascii()
        ]


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_words", {})


def test_every_event_has_words_in_chinese() -> None:
    assert [event for event in lacking_chinese() if not event.startswith("sample.")] == []


def test_every_event_has_words_in_english() -> None:
    with translation.override("en"):
        for event in words.events():
            assert words.subject(event, _Anything()).isascii(), event
            assert words.body(event, _Anything()).isascii(), event


@pytest.mark.usefixtures("registry")
def test_untranslated_words_would_be_found() -> None:
    words.register({"one.subject": (gettext_lazy("Nobody has translated this"), "说")})
    words.register({"one.body": ("说", gettext_lazy("Nobody has translated this"))})
    words.register({"one.both": ("说", "说")})

    assert lacking_chinese() == ["one.body", "one.subject"]


@pytest.mark.usefixtures("registry")
def test_words_are_given_once() -> None:
    words.register({"one.said": ("subject", "body")})
    words.register({"one.said": ("subject", "body")})

    with pytest.raises(ValueError, match=r"one\.said"):
        words.register({"one.said": ("other", "body")})
    with pytest.raises(LookupError):
        words.subject("two.said", {})


def test_a_link_is_found_by_the_type_of_the_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "_links", {})
    links.register("sample", lambda key: f"/sample/{key}/")

    assert links.to(("sample", "key")) == "/sample/key/"
    assert links.to(("other", "key")) == ""
