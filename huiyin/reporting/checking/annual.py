"""Reports as JSON: ``{"reports": [{"totals": …, "tables": [{"denominator", "items"}]}]}``.

One report, a list of them, one table or a list of tables is taken as well. What a file says about
itself (``check``, ``published_equals_half_up``, ``arithmetic_verdict``) is not believed, except
that a table is only a selection (``partial_table``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from huiyin.kernel.errors import Invalid
from huiyin.reporting.checking.figures import plain, written
from huiyin.reporting.checking.printed import (
    Figure,
    Loose,
    Number,
    Paper,
    Row,
    ShareColumn,
    Table,
)
from huiyin.reporting.checking.roles import is_selection, role_of

_ROWS = ("items", "rows", "parts")
_LABELS = ("label", "name", "title", "类别", "项目", "名称")
_COUNTS = ("count", "number", "n", "value", "件数", "数量")
_SHARES = ("published_pct", "pct", "percent", "percentage", "share", "占比", "比例")
_BASES = ("denominator", "total", "base", "合计", "总计")
# What a file has reckoned or remarked about itself.
_OWN_REMARKS = frozenset({"check", "notes", "note", "arithmetic_verdict", "denominator_note"})
_SHARE_KEY = re.compile(r"(?:_|^)(?:pct|percent|share|pshare|rate)$|share_of|率$|占比|比例")
_GROWTH_KEY = re.compile(r"growth|increase_|同比|增长|增幅")


def papers(data: Any) -> list[Paper]:
    """Return the reports in ``data``. ``Invalid`` when it holds nothing that can be checked."""
    if isinstance(data, Mapping) and isinstance(data.get("reports"), list):
        data = data["reports"]
    if isinstance(data, Mapping):
        data = [data]
    if not isinstance(data, list) or not data or not all(isinstance(x, Mapping) for x in data):
        raise _no_table()
    if all(_rows_of(each) is not None for each in data):
        found = [Paper(name="", tables=tuple(map(_table, data)), texts=tuple(_texts(data)))]
    elif all(_is_report(each) for each in data):
        found = [_paper(each) for each in data]
    else:
        found = [_plain_rows(data)]
    if not any(each.tables or each.loose or each.numbers for each in found):
        raise _no_table()
    return found


def _no_table() -> Invalid:
    return Invalid(
        _("The JSON holds no table."),
        remedy=_(
            "A table is an object with “denominator” and “items”, each item with “label”, “count” "
            "and “published_pct”; several stand in a list, or under “tables” of a report."
        ),
    )


def _is_report(each: Mapping[str, Any]) -> bool:
    return any(
        isinstance(each.get(key), list | dict) for key in ("tables", "totals", "satisfaction")
    )


def _rows_of(each: Mapping[str, Any]) -> list[Mapping[str, Any]] | None:
    for key in _ROWS:
        rows = each.get(key)
        if isinstance(rows, list) and rows and all(isinstance(row, Mapping) for row in rows):
            return rows
    return None


def _plain_rows(rows: Sequence[Mapping[str, Any]]) -> Paper:
    """A list of rows without anything around it is one table."""
    if not any(_first(row, _COUNTS) is not None or _first(row, _SHARES) for row in rows):
        raise _no_table()
    return Paper(name="", tables=(_table({"items": list(rows)}),), texts=tuple(_texts(rows)))


def _paper(report: Mapping[str, Any]) -> Paper:
    tables = [each for each in report.get("tables") or () if isinstance(each, Mapping)]
    found = [_table(each) for each in tables if _rows_of(each) is not None]
    found += _satisfaction(report.get("satisfaction"))
    around = {
        key: value
        for key, value in report.items()
        if key in {"totals", "satisfaction", "other"} and value
    }
    name = str(report.get("id") or report.get("title") or report.get("place") or "")
    return Paper(
        name=name,
        tables=tuple(found),
        numbers=tuple(_numbers(around)),
        loose=tuple(_loose(around)),
        texts=tuple(_texts({key: report[key] for key in report if key not in _OWN_REMARKS})),
    )


def _table(table: Mapping[str, Any]) -> Table:
    rows = tuple(_row(at, each) for at, each in enumerate(_rows_of(table) or (), start=1))
    base = _figure(_first(table, _BASES))
    name = str(table.get("name") or table.get("title") or "")
    said = table.get("check")
    selected = bool(table.get("partial") or table.get("partial_table")) or (
        isinstance(said, Mapping) and bool(said.get("partial_table"))
    )
    return Table(
        name=name,
        counts=(_("Number of cases"),),
        shares=(ShareColumn(label=_("Percentages")),),
        rows=rows,
        stated=Number(label="", value=base.value) if base and base.exact else None,
        selection=selected or is_selection(name, rows),
    )


def _row(at: int, item: Mapping[str, Any]) -> Row:
    label = plain(_first(item, _LABELS)) or plain(item.get("code")) or str(at)
    printed = _first(item, _SHARES)
    return Row(
        label=label,
        place=str(at),
        counts=(_figure(_first(item, _COUNTS)),),
        shares=(_percentage(printed),),
        role=role_of(label),
        code=plain(item.get("code")),
    )


def _first(item: Mapping[str, Any], keys: Sequence[str]) -> Any:
    return next((item[key] for key in keys if item.get(key) is not None), None)


def _figure(value: Any) -> Figure | None:
    return None if value is None or isinstance(value, bool | dict | list) else written(value).count


def _percentage(value: Any) -> Figure | None:
    if value is None or isinstance(value, bool | dict | list):
        return None
    cell = written(value)
    return cell.share or cell.count


def _satisfaction(said: Any, *, base: Number | None = None, name: str = "") -> Iterator[Table]:
    """Grades and their numbers, wherever they stand: {"feedback": 755, "满意": 690, …}."""
    if not isinstance(said, Mapping):
        return
    if isinstance(said.get("columns"), list):
        yield from _matrices(said)
    own = next(
        (
            Number(label=key, value=Decimal(value))
            for key, value in said.items()
            if str(key).isascii() and "dissatisfied" not in str(key) and _is_number(value)
        ),
        base,
    )
    grades = {key: value for key, value in said.items() if "满意" in str(key) and _is_number(value)}
    if len(grades) > 1:
        items = [{"label": key, "count": value} for key, value in grades.items()]
        table: dict[str, Any] = {"name": name or "satisfaction", "items": items}
        if own is not None:
            table["denominator"] = int(own.value)
        yield _table(table)
    for key, value in said.items():
        yield from _satisfaction(value, base=own, name=name if key == "dimensions" else str(key))


def _matrices(said: Mapping[str, Any]) -> Iterator[Table]:
    """Lists of [label, numbers…] under the headings in ``columns``."""
    columns = tuple(map(str, said["columns"]))
    for name, lines in said.items():
        if not isinstance(lines, list) or not lines or name in {"columns", "scale"}:
            continue
        if all(isinstance(each, list) and len(each) == len(columns) + 1 for each in lines):
            rows = tuple(
                Row(
                    label=str(line[0]),
                    place=str(at),
                    counts=tuple(map(_figure, line[1:])),
                    shares=(),
                )
                for at, line in enumerate(lines, start=1)
            )
            yield Table(name=name, counts=columns, shares=(), rows=rows, selection=True)


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _numbers(around: Any, name: str = "") -> Iterator[Number]:
    if _is_number(around) and around > 0:
        yield Number(label=name, value=Decimal(around))
    elif isinstance(around, Mapping):
        for key, value in around.items():
            yield from _numbers(value, str(key))


def _loose(around: Any, beside: tuple[Number, ...] = ()) -> Iterator[Loose]:
    """Percentages named by their key, and groups of nothing but percentages."""
    if not isinstance(around, Mapping):
        return
    own = tuple(
        Number(label=str(key), value=Decimal(value))
        for key, value in around.items()
        if _is_number(value) and value > 0
    )
    for key, value in around.items():
        if isinstance(value, Mapping):
            yield from _loose(value, own)
        elif isinstance(value, str) and _SHARE_KEY.search(str(key)):
            figure = _percentage(value)
            if figure is not None:
                growth = bool(_GROWTH_KEY.search(str(key)))
                yield Loose(label=str(key), share=figure, beside=own or beside, growth=growth)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from _texts(each) if key not in _OWN_REMARKS else ()
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
