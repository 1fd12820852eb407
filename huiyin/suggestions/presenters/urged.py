"""How often each organ of a case has been urged, and which urgings those were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from huiyin.kernel.errors import Words
from huiyin.suggestions import held
from huiyin.suggestions.models import Rung, Urging
from huiyin.suggestions.presenters.file import CaseFile


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgedLine:
    """One urging. ``nth`` counts those of the organ's part; 0 for an assignment nobody had read."""

    organ: str
    rung: Words
    on: date
    due_on: date | None
    nth: int
    by: str
    demand: str


def urged(file: CaseFile) -> list[UrgedLine]:
    """The urgings the reader may know of, in order: the offices' all, an organ's its own."""
    shown = [part.pk for part in file.parts if file.sight.looks_into(part.organ_id)]
    if not shown or "urgings" not in file.scene.kinds:
        return []
    rows = Urging.objects.filter(assignment__in=shown).select_related("post__person")
    counted: dict[int, int] = {}
    lines = []
    for each in rows.order_by("pk"):
        part = file.by_part[each.assignment_id]
        is_urging = each.rung != Rung.UNREAD
        counted[part.pk] = counted.get(part.pk, 0) + is_urging
        lines.append(
            UrgedLine(
                organ=held.name_on(part, each.on),
                rung=Rung(each.rung).label,
                on=each.on,
                due_on=each.due_on,
                nth=counted[part.pk] if is_urging else 0,
                by=each.post.person.name if each.post else "",
                demand=each.demand,
            )
        )
    return lines
