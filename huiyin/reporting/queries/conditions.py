"""From a tree of conditions to one condition of the database, and what stands in the way.

Only declared fields and operators come through; a value is compared, never taken for anything
else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.kernel.errors import Words
from huiyin.reporting.queries.fields import FIELDS, Field, FieldKind, any_of
from huiyin.reporting.queries.tree import BadQuery, Condition, Group
from huiyin.ui.lists import Context

IS, NOT, EMPTY, FILLED = "is", "not", "empty", "filled"
ON, FROM, TO = "on", "from", "to"
AT_LEAST, AT_MOST = "ge", "le"
HAS, HAS_NOT, YES, NO = "has", "hasnt", "yes", "no"

# Between the field and its value, as a sentence says it.
OPERATORS: dict[FieldKind, dict[str, Words]] = {
    FieldKind.CHOICE: {IS: p_("operator", "is"), NOT: p_("operator", "is not")},
    FieldKind.DAY: {
        FROM: p_("operator", "not before"),
        TO: p_("operator", "not after"),
        ON: p_("operator", "is the day"),
    },
    FieldKind.NUMBER: {
        AT_LEAST: p_("operator", "at least"),
        AT_MOST: p_("operator", "at most"),
        IS: p_("operator", "equals"),
    },
    FieldKind.TEXT: {HAS: p_("operator", "contains"), HAS_NOT: p_("operator", "does not contain")},
    FieldKind.YES: {YES: p_("operator", "yes"), NO: p_("operator", "no")},
}
_EMPTINESS: dict[str, Words] = {
    EMPTY: p_("operator", "is empty"),
    FILLED: p_("operator", "is not empty"),
}
WITHOUT_VALUE = frozenset({EMPTY, FILLED, YES, NO})
NEGATED = frozenset({NOT, HAS_NOT, EMPTY, NO})
_LOOKUPS = {
    FROM: "__gte",
    TO: "__lte",
    ON: "",
    AT_LEAST: "__gte",
    AT_MOST: "__lte",
    HAS: "__icontains",
    HAS_NOT: "__icontains",
}
_BIGGEST = 9999


def operators_of(asked: Field) -> dict[str, Words]:
    """What a field can be asked, in order."""
    return OPERATORS[asked.kind] | (_EMPTINESS if asked.empty else {})


@dataclass(slots=True)
class Asking:
    """A reader's question: checks conditions and makes them one. Reads each offer once."""

    context: Context
    _offers: dict[Any, dict[str, Words]] = field(default_factory=dict)

    def offer(self, asked: Field) -> dict[str, Words]:
        """What a field can be answered with, value and words."""
        if asked.offer is None:
            return {}
        if asked.offer not in self._offers:
            self._offers[asked.offer] = dict(asked.offer(self.context))
        return self._offers[asked.offer]

    def fault(self, condition: Condition) -> str:
        """What a person has still to fill in or put right, in words; nothing when it is whole.

        Raises ``BadQuery`` for a field or operator that is not declared.
        """
        asked = field_of(condition)
        if condition.op in WITHOUT_VALUE:
            return ""
        if not any(condition.values):
            return _("“%(field)s” has no value yet.") % {"field": asked.label}
        return self._fault_of_values(asked, condition.values)

    def check(self, group: Group) -> None:
        """Raise ``BadQuery`` for the first condition that cannot be asked."""
        for condition in group.conditions():
            if fault := self.fault(condition):
                raise BadQuery(fault, remedy=_("Change the condition, then ask again."))

    def q(self, group: Group) -> Q:
        """The tree as one condition on suggestions. Raises ``BadQuery``."""
        self.check(group)
        return self._group(group)

    def _group(self, group: Group) -> Q:
        made = [
            self._group(node) if isinstance(node, Group) else self._condition(node)
            for node in group.nodes
            # Empty brackets say nothing.
            if not isinstance(node, Group) or any(True for _each in node.conditions())
        ]
        if not made:
            return Q()
        whole = made[0]
        for each in made[1:]:
            whole = whole & each if group.join == "all" else whole | each
        return whole

    def _condition(self, condition: Condition) -> Q:
        asked = field_of(condition)
        fits = self._fits(asked, condition)
        if asked.of is not None:
            rows = asked.of.rows(self.context).filter(fits, **{asked.of.way: OuterRef("pk")})
            fits = Q(Exists(rows.order_by()))
        return ~fits if condition.op in NEGATED else fits

    def _fits(self, asked: Field, condition: Condition) -> Q:
        """The condition without its negation, on the rows where its column lies."""
        values = [value for value in condition.values if value]
        if condition.op in (EMPTY, FILLED):
            return ~_nothing_in(asked)
        if asked.kind is FieldKind.YES:
            return ~_nothing_in(asked) if asked.held else Q(**{asked.column: True})
        if asked.where is not None:
            return any_of(asked, values, self.context)
        if asked.kind is FieldKind.CHOICE:
            return Q(**{f"{asked.column}__in": values})
        value = _typed(asked, values[0])
        return Q(**{f"{asked.column}{_LOOKUPS.get(condition.op, '')}": value})

    def _fault_of_values(self, asked: Field, values: Iterable[str]) -> str:
        given = [value for value in values if value]
        if asked.kind is FieldKind.CHOICE:
            if any(value not in self.offer(asked) for value in given):
                return _("“%(field)s” has no such choice.") % {"field": asked.label}
            return ""
        if len(given) > 1:
            return _("“%(field)s” is compared with one value.") % {"field": asked.label}
        try:
            _typed(asked, given[0])
        except ValueError:
            wrong = {"field": asked.label, "value": given[0]}
            if asked.kind is FieldKind.DAY:
                return _("“%(field)s”: %(value)s is not a day of the calendar.") % wrong
            return _("“%(field)s”: %(value)s is not a number that can be compared.") % wrong
        return ""


def field_of(condition: Condition) -> Field:
    """The declared field of a condition. Raises ``BadQuery``, also for an unknown operator."""
    asked = FIELDS.get(condition.field)
    if asked is None or condition.op not in operators_of(asked):
        raise BadQuery(
            _("The query asks for something that is not declared."),
            remedy=_("Open the page of queries and put it together again."),
        )
    return asked


def _nothing_in(asked: Field) -> Q:
    nothing = Q(**{f"{asked.column}__isnull": True})
    return nothing | Q(**{asked.column: ""}) if asked.kind is FieldKind.CHOICE else nothing


def _typed(asked: Field, value: str) -> str | int | date:
    """Raises ``ValueError``."""
    if asked.kind is FieldKind.DAY:
        return date.fromisoformat(value)
    if asked.kind is FieldKind.NUMBER:
        if not value.isascii() or not value.isdecimal() or int(value) > _BIGGEST:
            raise ValueError(value)
        return int(value)
    return value
