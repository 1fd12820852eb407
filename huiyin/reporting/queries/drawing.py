"""A query as its page shows it: rows of conditions, brackets as boxes, what is still missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from huiyin.kernel.errors import Words
from huiyin.reporting.queries import editing
from huiyin.reporting.queries.conditions import WITHOUT_VALUE, Asking, field_of, operators_of
from huiyin.reporting.queries.editing import Path, name_of
from huiyin.reporting.queries.fields import ABOUT, FIELDS, Field, FieldKind
from huiyin.reporting.queries.tree import Condition, Group

# Up to so many choices stand open to be ticked; more are chosen from a list.
TICKED = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    value: str
    label: Words
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnCondition:
    """``widget``: ticks, select, date, number, text or nothing."""

    name: str
    label: Words
    operators: Sequence[Option]
    widget: str
    options: Sequence[Option]
    value: str
    fault: str
    can_bracket: bool
    is_group: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnGroup:
    name: str
    join: str
    nodes: Sequence[DrawnCondition | DrawnGroup]
    can_add: bool
    is_top: bool
    is_group: bool = True


def offered() -> list[tuple[Words, list[Field]]]:
    """The fields under their headings."""
    return [
        (label, [field for field in FIELDS.values() if field.about is about])
        for about, label in ABOUT.items()
    ]


def draw(group: Group, asking: Asking) -> DrawnGroup:
    """Raises ``BadQuery`` for what is not declared."""
    return _group(group, asking, (), can_add=editing.can_add(group))


def _group(group: Group, asking: Asking, path: Path, *, can_add: bool) -> DrawnGroup:
    nodes = [
        _group(node, asking, (*path, at), can_add=can_add)
        if isinstance(node, Group)
        else _condition(node, asking, (*path, at))
        for at, node in enumerate(group.nodes)
    ]
    return DrawnGroup(
        name=name_of(path), join=group.join, nodes=nodes, can_add=can_add, is_top=not path
    )


def _condition(condition: Condition, asking: Asking, path: Path) -> DrawnCondition:
    field = field_of(condition)
    offer = asking.offer(field)
    options = [
        Option(value=value, label=label, chosen=value in condition.values)
        for value, label in offer.items()
    ]
    return DrawnCondition(
        name=name_of(path),
        label=field.label,
        operators=[
            Option(value=op, label=label, chosen=op == condition.op)
            for op, label in operators_of(field).items()
        ],
        widget=_widget(field, condition, len(options)),
        options=options,
        value=condition.values[0] if condition.values else "",
        fault=asking.fault(condition),
        can_bracket=editing.can_bracket(path),
    )


def _widget(field: Field, condition: Condition, choices: int) -> str:
    if condition.op in WITHOUT_VALUE:
        return ""
    if field.kind is FieldKind.CHOICE:
        return "ticks" if choices <= TICKED or len(condition.values) > 1 else "select"
    return {FieldKind.DAY: "date", FieldKind.NUMBER: "number"}.get(field.kind, "text")
