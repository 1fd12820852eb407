"""The project's own files, as the architecture tests read them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "huiyin"


def is_test(path: Path) -> bool:
    return "tests" in path.relative_to(ROOT).parts or path.name == "conftest.py"


def is_migration(path: Path) -> bool:
    return path.parent.name == "migrations"


def python_files() -> list[Path]:
    """Every Python file of ours, tests too, migrations not."""
    found = [ROOT / "conftest.py", ROOT / "manage.py"]
    for folder in (PACKAGE, ROOT / "tests", ROOT / "scripts"):
        found += [path for path in sorted(folder.rglob("*.py")) if not is_migration(path)]
    return found


def code_files() -> list[Path]:
    """What is installed: no tests, no migrations."""
    return [path for path in python_files() if path.is_relative_to(PACKAGE) and not is_test(path)]


def templates(*, suffix: str = ".html") -> list[Path]:
    return sorted(PACKAGE.glob(f"*/templates/**/*{suffix}"))


def assets() -> list[Path]:
    """Style sheets and scripts as they are served."""
    return sorted(
        path for kind in ("css", "js", "svg") for path in PACKAGE.glob(f"*/static/**/*.{kind}")
    )


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def numbered(path: Path) -> Iterator[tuple[str, str]]:
    """Each line with its address, ready for a message."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        yield f"{path.relative_to(ROOT)}:{number}", line
