from __future__ import annotations

import pytest

from huiyin.accounts.tests.town import Town
from huiyin.ui import menu


@pytest.fixture
def town(db) -> Town:
    return Town()


@pytest.fixture
def registry(monkeypatch) -> menu.Registry:
    """A menu without the entries, search and inbox of the rooms above."""
    made = menu.Registry()
    monkeypatch.setattr(menu, "registry", made)
    return made
