"""Which kinds of rows a case has at all, asked in one question.

The page of a case shows some twenty kinds of rows, and most cases have few of them. Each of those
it has is read by a question of its own; one question beforehand tells which need not be asked.
"""

from __future__ import annotations

from functools import cache

from django.db import connection, models

from huiyin.suggestions.models import (
    ClassClaim,
    ItemCharge,
    LeaderActCase,
    OfficeNote,
    RatingFlag,
    RulesApplied,
    TalkCase,
    Urging,
)

# Stands for the case while the words of the question are worked out.
_CASE = -7

_kinds: dict[str, tuple[type[models.Model], str]] = {
    "class claims": (ClassClaim, "reply__file__assignment__suggestion"),
    "item charges": (ItemCharge, "assignment__suggestion"),
    "leader acts": (LeaderActCase, "suggestion"),
    "office notes": (OfficeNote, "suggestion"),
    "rating flags": (RatingFlag, "rating__suggestion"),
    "rules applied": (RulesApplied, "suggestion"),
    "talks": (TalkCase, "suggestion"),
    "urgings": (Urging, "assignment__suggestion"),
}


def register(name: str, model: type[models.Model], path: str) -> None:
    """Called while the rooms start: rows of ``model`` are a case's by way of ``path``."""
    _kinds[name] = (model, path)
    _question.cache_clear()


def kinds_of(case: models.Model) -> frozenset[str]:
    """The names of the kinds of which the case has a row, whoever may see it. One query."""
    names, sql = _question(connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(sql, [case.pk] * len(names))
        found = cursor.fetchone()
    return frozenset(name for name, there in zip(names, found, strict=True) if there)


@cache
def _question(vendor: str) -> tuple[tuple[str, ...], str]:  # noqa: ARG001 - each has its own words
    asked = []
    for model, path in _kinds.values():
        rows = model._base_manager.filter(**{path: _CASE}).order_by().values("pk")[:1]
        words, values = rows.query.sql_with_params()
        if tuple(values) != (_CASE,):
            raise ValueError(f"{model.__name__} by {path} asks for more than the case")
        asked.append(f"EXISTS({words})")
    return tuple(_kinds), f"SELECT {', '.join(asked)}"
