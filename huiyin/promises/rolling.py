"""The unfinished promises of earlier years beside the new suggestions, by organ (同安排)."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huiyin.accounts.actor import Actor
from huiyin.organisations.models import Organ
from huiyin.promises import selectors
from huiyin.suggestions.models import Assignment
from huiyin.suggestions.stages import CHARGED
from huiyin.ui.days import plain_day
from huiyin.ui.parts import Cell, Heading, Table


def table(actor: Actor, *, year: int) -> Table:
    """One line an organ: what it carries over, how much of it is late, what it was newly given."""
    began = date(year, 1, 1)
    left = selectors.unfinished_before(actor.congress_id, year=year).order_by()
    carried = {
        each["organ"]: each
        for each in left.values("organ").annotate(
            n=Count("pk"), late=Count("pk", filter=Q(due_on__lt=began)), first=Min("made_on")
        )
    }
    given = _given(actor, year=year)
    organs = Organ.objects.filter(pk__in=carried).order_by("system", "code", "name")
    rows = []
    for organ in organs:
        line = carried[organ.pk]
        asked = {"organ": organ.key, "made_before": str(year)}
        rows.append(
            [
                Cell(text=organ.name),
                Cell(text=str(line["n"]), num=True, url=_address(asked)),
                Cell(text=str(line["late"]), num=True),
                Cell(text=plain_day(line["first"])),
                Cell(text=str(given.get(organ.pk, 0)), num=True),
            ]
        )
    headings = (
        (_("Organ"), False),
        (_("Carried over"), True),
        (_("of these past their day"), True),
        (_("Oldest promised on"), False),
        (pgettext("roll", "New suggestions"), True),
    )
    return Table(
        headings=[Heading(label=label, num=num) for label, num in headings],
        rows=rows,
        caption=_("Unfinished promises made before %(year)s, with what was assigned in it.")
        % {"year": year},
    )


def _given(actor: Actor, *, year: int) -> dict[int, int]:
    """How many suggestions each organ was charged with in the year."""
    charged = Assignment.objects.filter(
        CHARGED,
        suggestion__congress=actor.congress_id,
        round=1,
        assigned_on__range=(date(year, 1, 1), date(year, 12, 31)),
    )
    counted = charged.order_by().values("organ").annotate(n=Count("pk"))
    return dict(counted.values_list("organ", "n"))


def _address(asked: dict[str, str]) -> str:
    return f"{reverse('promises:list')}?{urlencode({**asked, 'tab': 'running'})}"
