"""Where a case stands: its steps replayed through its table, in SQL and in Python alike."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, CharField, OuterRef, QuerySet, Subquery, Value, When

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
