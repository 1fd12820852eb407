"""A race or a fault that no test could see proves nothing: each has a control beside it (T113)."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.architecture import sources

# What lets two things happen in the same moment, or stops one in the middle.
MEANS = {"Barrier", "at_once", "failing_at", "kill"}
# How a control is named: it takes the guard away and sees the harm, or sees that work was done.
CONTROL = ("test_control", "test_the_control", "test_without_the")
# Its test tries the same step whole at the end, and sees that it leaves something.
WITHIN = {"huiyin/suggestions/tests/test_faults.py"}


def uses_them(tree: ast.Module) -> bool:
    called = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    named = {each.id for each in called if isinstance(each, ast.Name)}
    named |= {each.attr for each in called if isinstance(each, ast.Attribute)}
    return bool(named & MEANS)


def has_control(tree: ast.Module) -> bool:
    return any(
        node.name.startswith(CONTROL) for node in tree.body if isinstance(node, ast.FunctionDef)
    )


def test_every_race_and_every_fault_has_its_control() -> None:
    racing = [
        path
        for path in sources.python_files()
        if path.name.startswith("test_")
        and path != Path(__file__)
        and uses_them(sources.tree(path))
    ]
    assert len(racing) > len(WITHIN)
    without = {str(path.relative_to(sources.ROOT)) for path in racing if not _is_controlled(path)}
    assert without == set()


def _is_controlled(path: Path) -> bool:
    within = str(path.relative_to(sources.ROOT)) in WITHIN
    return within or has_control(sources.tree(path))
