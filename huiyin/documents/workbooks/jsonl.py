"""Lists of JSON objects, one on each line: how other systems hand over what they hold."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable
from typing import IO, Any, NoReturn

from huiyin.documents.workbooks import refusals
from huiyin.documents.workbooks.limits import Limits
from huiyin.documents.workbooks.sheet import NO_TEXT
from huiyin.documents.workbooks.table import Column, Row, Value, column_letter, line_place

BETWEEN = "；"


def read_records(
    file: IO[bytes], *, name: str, limits: Limits
) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    """Read all lines. Keys become columns in the order in which they first appear."""
    records: list[tuple[int, dict[str, Value]]] = []
    keys: dict[str, int] = {}
    # By bytes: the texts may hold other characters that split lines.
    for number, raw in enumerate(file.read().splitlines(), 1):
        if not raw.strip():
            continue
        if len(records) >= limits.rows:
            raise refusals.too_many_rows(name, limits)
        record = _record(_text(raw, number=number, name=name), number=number, name=name)
        for key in record:
            keys.setdefault(key, len(keys))
        if len(keys) > limits.columns:
            raise refusals.too_many_columns(name, line_place(number, next(reversed(keys))), limits)
        records.append((number, _checked(record, number=number, name=name, limits=limits)))
    if len(records) * len(keys) > limits.cells:
        raise refusals.too_many_cells(name, limits)
    if not records:
        raise refusals.empty(name)
    columns = tuple(Column(index, column_letter(index), key) for key, index in keys.items())
    return columns, tuple(_rows(records, keys=list(keys)))


def _text(raw: bytes, *, number: int, name: str) -> str:
    try:
        return raw.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        raise refusals.no_encoding(name, number) from error


def _record(text: str, *, number: int, name: str) -> dict[str, Any]:
    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        record = dict(found)
        if len(record) < len(found):
            (twice, _count), *_others = Counter(key for key, _value in found).most_common(1)
            raise refusals.repeated_key(name, number, twice)
        return record

    def refuse(_constant: str) -> NoReturn:
        raise ValueError("not a number of JSON")

    try:
        record = json.loads(text, object_pairs_hook=pairs, parse_constant=refuse)
    except (ValueError, RecursionError) as error:
        raise refusals.bad_line(name, number) from error
    if not isinstance(record, dict):
        raise refusals.bad_line(name, number)
    return record


def _checked(record: dict[str, Any], *, number: int, name: str, limits: Limits) -> dict[str, Value]:
    checked = {}
    for key, value in record.items():
        plain = _plain(value, number=number, name=name, key=key)
        if isinstance(plain, str):
            place = line_place(number, key)
            if len(plain) > limits.cell:
                raise refusals.cell_too_long(name, place, limits)
            if NO_TEXT.search(plain):
                raise refusals.unreadable_character(name, place)
        checked[key] = plain
    return checked


def _plain(value: Any, *, number: int, name: str, key: str) -> Value:
    """One value of a line: what JSON knows is text, numbers, true, false and null."""
    if isinstance(value, list):
        if any(isinstance(each, (list, dict)) for each in value):
            raise refusals.nested_value(name, number, key)
        value = BETWEEN.join(str(each) for each in value if each is not None)
    if isinstance(value, dict):
        raise refusals.nested_value(name, number, key)
    if isinstance(value, float) and not math.isfinite(value):
        raise refusals.bad_line(name, number)
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").strip() or None
    plain: int | float | bool | None = value
    return plain


def _rows(records: Iterable[tuple[int, dict[str, Value]]], *, keys: list[str]) -> Iterable[Row]:
    for number, record in records:
        yield Row(number, tuple(record.get(key) for key in keys))
