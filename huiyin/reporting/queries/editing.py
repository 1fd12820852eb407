"""Putting a query together, one button at a time; what was typed stays at every step.

The form names each place by the way to it from the top: ``0.2`` is the third in the first
brackets. Whatever a button does, the form's own answers are taken up first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.http import QueryDict

from huiyin.reporting.queries.conditions import operators_of
from huiyin.reporting.queries.fields import FIELDS
from huiyin.reporting.queries.tree import (
    DEEPEST,
    LONGEST_VALUE,
    MOST_CONDITIONS,
    MOST_VALUES,
    Condition,
    Group,
    Join,
    read,
    written,
)

Path = tuple[int, ...]
Node = Condition | Group
Change = Callable[[Node], tuple[Node, ...]]


def edited(params: QueryDict) -> Group:
    """The query of a form after its button was pressed. Raises ``BadQuery``."""
    group = _filled_in(read(params.get("tree", "")), params, ())
    act, _of, place = params.get("do", "").partition("-")
    if act == "add":
        field = FIELDS.get(params.get(f"field-{place}", ""))
        if field is None:
            return group
        fresh = Condition(field.key, next(iter(operators_of(field))))
        changed = _at(group, _path(place), lambda node: (_with(node, fresh),))
    elif act in _ACTS:
        changed = _at(group, _path(place), _ACTS[act])
    else:
        return group
    # Read again, so that nothing comes to be that an address may not hold.
    return read(written(changed))


def can_add(group: Group) -> bool:
    return len(list(group.conditions())) < MOST_CONDITIONS


def can_bracket(path: Path) -> bool:
    """Whether a condition at this place can go into brackets of its own."""
    return len(path) < DEEPEST


def name_of(path: Path) -> str:
    return ".".join(map(str, path))


def _path(place: str) -> Path:
    parts = place.split(".") if place else []
    return tuple(int(part) for part in parts if part.isdecimal() and len(part) < 4)


def _filled_in(group: Group, params: QueryDict, path: Path) -> Group:
    """The tree with what the form says at each place."""
    join: Join = "any" if params.get(f"join-{name_of(path)}", group.join) == "any" else "all"
    nodes: list[Node] = []
    for at, node in enumerate(group.nodes):
        here = (*path, at)
        if isinstance(node, Group):
            nodes.append(_filled_in(node, params, here))
            continue
        op = params.get(f"op-{name_of(here)}")
        if op is not None:
            given = params.getlist(f"value-{name_of(here)}")
            values = tuple(value.strip()[:LONGEST_VALUE] for value in given if value.strip())
            node = replace(node, op=op, values=values[:MOST_VALUES])
        nodes.append(node)
    return Group(join, tuple(nodes))


def _at(group: Group, path: Path, change: Change) -> Group:
    """``group`` with what stands at ``path`` changed; unchanged where nothing stands there."""
    if not path:
        made = change(group)
        return made[0] if made and isinstance(made[0], Group) else Group()
    first, rest = path[0], path[1:]
    if first >= len(group.nodes):
        return group
    node = group.nodes[first]
    if rest:
        inner: tuple[Node, ...] = (_at(node, rest, change) if isinstance(node, Group) else node,)
    else:
        inner = change(node)
    return replace(group, nodes=(*group.nodes[:first], *inner, *group.nodes[first + 1 :]))


def _with(node: Node, fresh: Condition) -> Node:
    return replace(node, nodes=(*node.nodes, fresh)) if isinstance(node, Group) else node


def _bracketed(node: Node) -> tuple[Node, ...]:
    """In brackets of its own, where others can join it: by or, for which brackets are needed."""
    return (Group("any", (node,)),)


def _unbracketed(node: Node) -> tuple[Node, ...]:
    return node.nodes if isinstance(node, Group) else (node,)


_ACTS: dict[str, Change] = {
    "remove": lambda _node: (),
    "bracket": _bracketed,
    "unbracket": _unbracketed,
}
