"""Questions whose SQL is worked out once.

Django works the SQL of a query out again every time it is asked, which costs more than the
database needs to answer. The page of a case asks some thirty small questions in the same words
for every case: only the numbers of the rows differ. Of such plain questions the words are kept;
every other goes its ordinary way.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache
from typing import Any, TypeVar

from django.db import models
from django.db.models.expressions import Col
from django.db.models.fields.related_lookups import RelatedExact, RelatedIn, RelatedIsNull
from django.db.models.lookups import Exact, In, IntegerFieldExact, IsNull, Lookup
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.where import WhereNode

Row = TypeVar("Row", bound=models.Model)

# How many questions are kept: those of every page are some hundreds, and a list's lengths vary.
MOST = 4096

# What no plain question has, and what tells one plain question from another.
_NOT_PLAIN = (
    "annotations",
    "extra",
    "extra_order_by",
    "combinator",
    "values_select",
    "select",
    "select_for_update",
    "explain_info",
)
_TOLD = (
    "model",
    "order_by",
    "standard_ordering",
    "default_ordering",
    "distinct",
    "distinct_fields",
    "low_mark",
    "high_mark",
)
# What a compiler works out beside the SQL and needs to make objects of the rows.
_SHAPE = ("select", "klass_info", "annotation_col_map", "col_count", "has_extra_select")
_NOTHING = {IsNull, RelatedIsNull}
_ONE = {Exact, RelatedExact, IntegerFieldExact}
_SOME = {In, RelatedIn}
_known: dict[Hashable, tuple[str, dict[str, Any]]] = {}


class PreparedManager(models.Manager[Row]):
    """A model's rows, with the words of plain questions about them kept."""

    def get_queryset(self) -> models.QuerySet[Row]:
        rows = super().get_queryset()
        rows.query = PreparedQuery(self.model)
        return rows


class PreparedQuery(Query):
    """A question that is asked in the words kept for its kind, if it is a plain one."""

    def get_compiler(self, *args: Any, **kwargs: Any) -> SQLCompiler:
        ordinary: SQLCompiler = super().get_compiler(*args, **kwargs)
        kind: Any = type(ordinary)
        ordinary.__class__ = _keeping(kind)
        return ordinary


class _Keeping(SQLCompiler):
    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        plain = None if args or kwargs else _plain(self.query)
        if plain is None:
            return super().as_sql(*args, **kwargs)
        kind, values = plain
        question = (self.connection.vendor, kind)
        if (kept := _known.get(question)) is not None:
            sql, shape = kept
            self.__dict__.update(shape)
            return sql, values
        sql, given = super().as_sql()
        # What the database is given otherwise than it was asked for is no plain question.
        if tuple(given) == values and len(_known) < MOST:
            _known[question] = (sql, {name: self.__dict__[name] for name in _SHAPE})
        return sql, given


@cache
def _keeping(kind: type[SQLCompiler]) -> type[SQLCompiler]:
    """Each database has a compiler of its own kind: the same, but keeping."""
    return type(kind.__name__, (_Keeping, kind), {})


def _plain(query: Query) -> tuple[Hashable, tuple[Any, ...]] | None:
    """What tells the question from every other, and the values it asks for; None if not plain."""
    if any(getattr(query, name) for name in _NOT_PLAIN) or query.group_by is not None:
        return None
    values: list[Any] = []
    conditions = _asked(query.where, values)
    if conditions is None:
        return None
    # Django itself joins and orders while it works out the words: those are told by the model.
    joins = tuple(
        (alias, getattr(join, "join_field", None), join.parent_alias, join.join_type)
        for alias, join in query.alias_map.items()
    )
    told = tuple(getattr(query, name) for name in _TOLD)
    left_out, is_left_out = query.deferred_loading
    columns = (frozenset(left_out), is_left_out, _frozen(query.select_related))
    used = tuple(query.alias_refcount.values())
    return (told, columns, joins, used, conditions), tuple(values)


def _asked(condition: Any, values: list[Any]) -> Hashable | None:
    """What a condition asks, apart from the values, which are appended; None if not plain."""
    kind = type(condition)
    if kind is WhereNode:
        parts = tuple(_asked(each, values) for each in condition.children)
        told = (condition.connector, condition.negated, parts)
        return None if None in parts else told
    lhs = condition.lhs if isinstance(condition, Lookup) else None
    if type(lhs) is not Col:
        return None
    column = (condition.lookup_name, lhs.alias, lhs.target)
    if kind in _NOTHING:
        return (*column, condition.rhs)
    if kind in _ONE:
        given: tuple[Any, ...] = (condition.rhs,)
    elif kind in _SOME and isinstance(condition.rhs, (list, tuple, set, frozenset)):
        # As Django asks: each once.
        given = tuple(dict.fromkeys(condition.rhs))
    else:
        return None
    # Numbers of rows and short texts reach the database as they are.
    sort = str if isinstance(lhs.target, models.CharField) else int
    if not given or not all(isinstance(value, sort) for value in given):
        return None
    values += given
    return (*column, len(given))


def _frozen(related: Any) -> Hashable:
    if isinstance(related, dict):
        return tuple((name, _frozen(below)) for name, below in related.items())
    return bool(related)
