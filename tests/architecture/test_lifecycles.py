"""Nothing but the lifecycle tables and their rules compares stages."""

import ast
import re

from tests.architecture import sources

# The engine, the tables, the predicates they are made of, and what replays acts through them.
TABLES = re.compile(
    r"kernel/workflow|/lifecycle|/rules|/stages|suggestions/standing|suggestions/history"
)
TEMPLATE_COMPARISON = re.compile(r"stage\s*(==|!=|\s+not\s+in\s|\s+in\s)")


def _is_stage(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "stage"


def test_code_compares_stages_only_in_the_tables():
    compared = []
    for path in sources.code_files():
        if TABLES.search(path.as_posix()):
            continue
        for node in ast.walk(sources.tree(path)):
            if isinstance(node, ast.Compare) and any(
                map(_is_stage, (node.left, *node.comparators))
            ):
                compared.append(f"{path.relative_to(sources.ROOT)}:{node.lineno}")
    assert compared == []


def test_templates_compare_no_stage():
    """They ask a property of the case, which asks the table."""
    assert [
        place
        for path in sources.templates()
        for place, line in sources.numbered(path)
        if TEMPLATE_COMPARISON.search(line)
    ] == []


def test_views_read_through_selectors():
    """`.objects.get(` in a view finds what its reader may not see."""
    assert [
        place
        for path in sources.code_files()
        if path.stem.startswith("views") or "views" in path.parts
        for place, line in sources.numbered(path)
        if re.search(r"\.objects\.(get|filter|all|exclude)\(|get_object_or_404\(", line)
    ] == []
