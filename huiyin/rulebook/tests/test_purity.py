"""The rulebook stands alone: the standard library and itself, nothing else."""

import ast
import doctest
import importlib
import sys
from pathlib import Path

import pytest

import huiyin.rulebook

ROOM = Path(huiyin.rulebook.__file__).parent
MODULES = sorted(path.stem for path in ROOM.glob("*.py"))


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


@pytest.mark.parametrize("module", MODULES)
def test_it_imports_only_the_standard_library_and_itself(module: str) -> None:
    for name in imported(ROOM / f"{module}.py"):
        ours = name.startswith("huiyin.rulebook")
        assert ours or name.partition(".")[0] in sys.stdlib_module_names, name


@pytest.mark.parametrize("module", MODULES)
def test_no_rule_reads_the_clock(module: str) -> None:
    tree = ast.parse((ROOM / f"{module}.py").read_text("utf-8"))
    called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not called & {"today", "now", "utcnow", "time"}


def test_the_examples_in_the_docstrings_hold() -> None:
    tried = 0
    for module in MODULES:
        name = "huiyin.rulebook" if module == "__init__" else f"huiyin.rulebook.{module}"
        outcome = doctest.testmod(importlib.import_module(name))
        assert outcome.failed == 0
        tried += outcome.attempted
    assert tried >= 5


def test_every_public_name_exists() -> None:
    for name in huiyin.rulebook.__all__:
        assert hasattr(huiyin.rulebook, name)
