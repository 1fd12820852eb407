"""Every action on record can be read in both languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy

from huiyin.ledger import words


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_words", {})


def lacking_chinese() -> Iterator[str]:
    for action in words.actions():
        with translation.override("zh-hans"):
            if words.of(action).isascii():
                yield action


def test_every_action_has_words_in_chinese() -> None:
    untranslated = [action for action in lacking_chinese() if not action.startswith("sample.")]

    assert not untranslated


def test_every_action_has_words_in_english() -> None:
    with translation.override("en"):
        assert all(words.of(action).isascii() for action in words.actions())


@pytest.mark.usefixtures("registry")
def test_an_untranslated_action_would_be_found() -> None:
    words.register({"one.said": gettext_lazy("Nobody has translated this"), "one.other": "说"})

    assert list(lacking_chinese()) == ["one.said"]
    assert list(words.actions()) == ["one.other", "one.said"]


@pytest.mark.usefixtures("registry")
def test_words_are_given_once() -> None:
    words.register({"one.said": "said"})
    words.register({"one.said": "said"})

    with pytest.raises(ValueError, match=r"one\.said"):
        words.register({"one.said": "told"})
    with pytest.raises(LookupError):
        words.of("two.said")
