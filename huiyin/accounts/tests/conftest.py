from __future__ import annotations

import pytest

from huiyin.accounts.tests.town import NOW, TODAY, Town


@pytest.fixture
def town(db) -> Town:
    return Town()


@pytest.fixture
def day(monkeypatch, settings):
    """The day of the town: what a request takes for today."""
    settings.HUIYIN_TODAY = TODAY
    return NOW
