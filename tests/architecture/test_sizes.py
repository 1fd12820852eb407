"""A file or function that has grown past its size says that it does two things."""

import ast

from tests.architecture import sources

FILE, TEST_FILE, FUNCTION = 400, 600, 50


def test_no_file_is_too_long():
    too_long = {}
    for path in sources.python_files():
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > (TEST_FILE if sources.is_test(path) else FILE):
            too_long[str(path.relative_to(sources.ROOT))] = lines
    assert too_long == {}


def test_no_function_is_too_long():
    too_long = {}
    for path in sources.python_files():
        for node in ast.walk(sources.tree(path)):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION:
                too_long[f"{path.relative_to(sources.ROOT)}:{node.name}"] = lines
    assert too_long == {}


def test_no_name_says_nothing():
    """A module called utils says only that nobody knew where its functions belong."""
    empty_words = {
        "utils",
        "util",
        "helpers",
        "helper",
        "manager",
        "managers",
        "data",
        "info",
        "misc",
    }
    assert [
        path
        for path in sources.python_files()
        if empty_words & set(path.with_suffix("").parts[-2:])
    ] == []
