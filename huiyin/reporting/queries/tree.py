"""The tree of a query: conditions, joined by and or by or, in brackets.

Its plain form stands in addresses and with saved queries. It is read strictly, and may be
unfinished: a condition without its value is kept as it is, and named before anything is asked.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext as _

from huiyin.kernel.errors import DomainError

VERSION = 1
# What a person can put together; the cell of a table adds two conditions around it.
MOST_CONDITIONS = 30
DEEPEST = 4
_AROUND = 2
MOST_VALUES = 40
LONGEST_VALUE = 60
LONGEST = 6000

Join = Literal["all", "any"]
Plain = dict[str, Any]


class BadQuery(DomainError):
    """The query asks what cannot be asked here."""

    status, code = 400, "bad_query"


@dataclass(frozen=True, slots=True)
class Condition:
    """One field, one operator, and what it is compared with, as typed."""

    field: str
    op: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """What stands between brackets: all of it, or any of it."""

    join: Join = "all"
    nodes: tuple[Condition | Group, ...] = ()

    def conditions(self) -> Iterator[Condition]:
        for node in self.nodes:
            if isinstance(node, Group):
                yield from node.conditions()
            else:
                yield node

    def narrowed(self, *conditions: Condition) -> Group:
        """The same, and these conditions besides."""
        if self.join == "all" or len(self.nodes) < 2:
            return Group("all", (*self.nodes, *conditions))
        return Group("all", (self, *conditions))


def read(text: str) -> Group:
    """Read the form of an address. Raises ``BadQuery``."""
    if not text:
        return Group()
    if len(text) > LONGEST:
        raise _unreadable()
    try:
        plain = json.loads(text)
    except (ValueError, RecursionError):
        raise _unreadable() from None
    return of_plain(plain)


def of_plain(plain: Any, *, version: int = VERSION) -> Group:
    """Read the plain form. Raises ``BadQuery``."""
    if version != VERSION:
        raise BadQuery(_("This query was kept in a form that this version does not read."))
    group = _group(plain, depth=1)
    if len(list(group.conditions())) > MOST_CONDITIONS + _AROUND:
        raise BadQuery(
            _("A query has at most %(most)s conditions.") % {"most": MOST_CONDITIONS},
            remedy=_("Divide it into several queries."),
        )
    return group


def written(group: Group) -> str:
    """The form of an address; equal trees are written alike."""
    return json.dumps(plain(group), ensure_ascii=False, separators=(",", ":"))


def plain(group: Group) -> Plain:
    nodes = [
        plain(node) if isinstance(node, Group) else [node.field, node.op, *node.values]
        for node in group.nodes
    ]
    return {group.join: nodes}


def _group(given: Any, *, depth: int) -> Group:
    if depth > DEEPEST + 1:
        raise BadQuery(_("Brackets stand at most %(most)s deep.") % {"most": DEEPEST})
    if not isinstance(given, dict) or len(given) != 1:
        raise _unreadable()
    join, nodes = next(iter(given.items()))
    if join not in ("all", "any") or not isinstance(nodes, list):
        raise _unreadable()
    return Group(
        join,
        tuple(
            _group(node, depth=depth + 1) if isinstance(node, dict) else _condition(node)
            for node in nodes
        ),
    )


def _condition(given: Any) -> Condition:
    if not isinstance(given, list) or len(given) < 2 or len(given) > MOST_VALUES + 2:
        raise _unreadable()
    if not all(isinstance(part, str) and len(part) <= LONGEST_VALUE for part in given):
        raise _unreadable()
    if not all(part.isprintable() and _is_text(part) for part in given):
        raise _unreadable()
    field, op, *values = given
    return Condition(field, op, tuple(values))


def _is_text(part: str) -> bool:
    """Half a character would only fail in the database."""
    try:
        part.encode()
    except UnicodeEncodeError:
        return False
    return True


def _unreadable() -> BadQuery:
    return BadQuery(
        _("The address does not hold a query that can be read."),
        remedy=_("Open the page of queries and put it together again."),
    )
