"""A migration can be undone, stands on its own, and has its number alone."""

import re
from collections import Counter

import pytest
from django.db.migrations import RunPython, RunSQL
from django.db.migrations.loader import MigrationLoader

from tests.architecture import sources

# What a migration may name for ever: field classes and triggers, which keep what they promised.
LASTING = re.compile(r"huiyin\.(kernel\.(fields|ids)|ledger\.triggers)\b")


def _ours():
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return [
        migration
        for migration in loader.disk_migrations.values()
        if migration.__module__.startswith("huiyin.")
    ]


def test_every_step_can_be_taken_back():
    one_way = [
        f"{migration.app_label}.{migration.name}: {operation.describe()}"
        for migration in _ours()
        for operation in migration.operations
        if isinstance(operation, RunPython | RunSQL) and not operation.reversible
    ]
    assert one_way == []


def test_no_migration_runs_code_that_will_change():
    assert [
        f"{place}: {line}"
        for path in sorted(sources.PACKAGE.glob("*/migrations/*.py"))
        for place, line in sources.numbered(path)
        if re.match(r"(from|import) huiyin\.", line) and not LASTING.search(line)
    ] == []


@pytest.mark.parametrize(
    "room", sorted({path.parent for path in sources.PACKAGE.glob("*/migrations")})
)
def test_a_number_is_used_once(room):
    numbers = Counter(path.name[:4] for path in (room / "migrations").glob("0*.py"))
    assert [number for number, times in numbers.items() if times > 1] == []


def test_every_migration_has_a_name_that_says_something():
    assert [m.name for m in _ours() if re.search(r"_auto_|_alter_.*_and_more", m.name)] == []
