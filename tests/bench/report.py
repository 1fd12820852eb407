"""The numbers as a page of the documentation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

BEGIN, END = "<!-- numbers: written by make bench -->", "<!-- end of numbers -->"


def write_report(found: dict[str, Any], path: Path) -> None:
    """Put the table of ``found`` between the marks of the document at ``path``."""
    text = path.read_text(encoding="utf-8")
    before, _mark, rest = text.partition(BEGIN)
    _old, _mark, after = rest.partition(END)
    path.write_text(f"{before}{BEGIN}\n\n{_table(found)}\n{END}{after}", encoding="utf-8")


def _table(found: dict[str, Any]) -> str:
    return str(found)
