"""The generated pages of the documentation are those of the tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import huiyin
from huiyin.suggestions.lifecycle import TABLES
from huiyin.suggestions.papers import closed_lists_page, lifecycle_page, permission_page

DOCS = Path(huiyin.__file__).resolve().parent.parent / "docs" / "domain"


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("lifecycles.md", lifecycle_page),
        ("permissions.md", permission_page),
        ("closed-lists.md", closed_lists_page),
    ],
)
def test_the_page_on_file_is_the_page_of_the_tables(name: str, written: Callable[[], str]) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == written(), "run: make docs"


def test_every_rule_has_a_sentence_for_the_documentation() -> None:
    for lifecycle in TABLES.values():
        for row in lifecycle.moves:
            assert row.allowed.__doc__, row.name
            assert row.basis, row.name
