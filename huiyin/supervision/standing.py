"""Where a case stands: its steps replayed through its table, in SQL and in Python alike."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, CharField, OuterRef, Q, QuerySet, Subquery, Value, When

from huiyin.kernel.workflow import Lifecycle


def with_stage(
    rows: QuerySet[Any], lifecycle: Lifecycle, steps: QuerySet[Any], *, of: str
) -> QuerySet[Any]:
    """Annotate ``stage``: the target of the last step that has one."""
    targets = {row.name: row.target for row in lifecycle.moves if row.target}
    moved = steps.filter(**{of: OuterRef("pk")}, name__in=list(targets)).order_by("-pk")
    last = Subquery(moved.values("name")[:1])
    whens = [When(last_move=name, then=Value(str(target))) for name, target in targets.items()]
    default = Value(str(lifecycle.initial))
    stage = Case(*whens, default=default, output_field=CharField())
    standing: QuerySet[Any] = rows.annotate(last_move=last).annotate(stage=stage)
    return standing


def of_case(condition: Q) -> Q:
    """The same condition asked of the suggestion of an organ's part."""
    asked = Q(_connector=condition.connector, _negated=condition.negated)
    for child in condition.children:
        if isinstance(child, Q):
            asked.children.append(of_case(child))
        elif isinstance(child, tuple):
            asked.children.append((f"suggestion__{child[0]}", child[1]))
        else:
            raise TypeError("only plain conditions can be asked of another row")
    return asked
