"""The numbers as a page of the documentation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

BEGIN, END = "<!-- numbers: written by make bench -->", "<!-- end of numbers -->"
# Heading, name in the findings.
COLUMNS = (
    ("what", "said"),
    ("p50 ms", "p50_ms"),
    ("p95 ms", "p95_ms"),
    ("requests/s, 1 client", "per_second_1"),
    ("requests/s, 8 clients", "per_second_8"),
    ("queries", "queries"),
    ("bare SQL ms", "bare_sql_ms"),
    ("page / bare SQL", "ratio_to_sql"),
)


def write_report(found: dict[str, Any], path: Path) -> None:
    """Put the tables of ``found`` between the marks of the document at ``path``."""
    text = path.read_text(encoding="utf-8")
    before, _mark, rest = text.partition(BEGIN)
    _old, _mark, after = rest.partition(END)
    tables = "\n".join(_lines(found))
    path.write_text(f"{before}{BEGIN}\n\n{tables}\n\n{END}{after}", encoding="utf-8")


def _lines(found: dict[str, Any]) -> Iterator[str]:
    machine = found["machine"]
    yield (
        f"{found['day']}, {machine['cores']} cores ({machine['processor']}), "
        f"Python {machine['python']}, Django {machine['django']}."
    )
    for run in found["runs"]:
        load = ", ".join(str(each) for each in run["load_average"])
        yield ""
        yield f"## {run['suggestions']:,} suggestions, {run['database']}"
        yield ""
        yield f"{run['megabytes']:,} MB; load average {load}."
        yield ""
        yield "| page | " + " | ".join(heading for heading, _name in COLUMNS) + " |"
        yield "| --- | --- |" + " ---: |" * (len(COLUMNS) - 1)
        for page, measured in run["measures"].items():
            cells = (str(measured.get(name, "—")) for _heading, name in COLUMNS)
            yield f"| {page} | " + " | ".join(cells) + " |"
