"""Numbered figures: what is counted, over which base, in words, and the list that shows it.

A figure never stands without its base and its day. Its rows are a named set of
``suggestions.selectors.POPULATIONS`` (or one column's value within such a set), and the same name
in the address of the list shows exactly the rows it counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.rulebook import CLASS_SCHEMES
from huiyin.suggestions.selectors import POPULATIONS

if TYPE_CHECKING:
    from huiyin.reporting.standpoint import Standpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One count. ``where`` narrows the set by one column; ``query`` says the same to the list.

    ``facts`` narrows it by what has been put on record of a case until the day: a contact, an
    urging. ``version`` goes up when what is counted changes, and then the name changes too.
    """

    code: str
    label: Words
    base: Words
    population: str
    where: Q = field(default_factory=Q)
    query: Mapping[str, str] = field(default_factory=dict)
    facts: Callable[[Standpoint], Q] | None = None
    version: int = 1
    # Which posts may ask for it; None: all, each within what he may see.
    roles: frozenset[str] | None = None

    @property
    def condition(self) -> Q:
        """The rows it counts by their columns, as one condition."""
        return POPULATIONS[self.population] & self.where

    def is_for(self, role: str) -> bool:
        """Whether a post of this role may ask for it."""
        return self.roles is None or role in self.roles

    def seen_from(self, here: Standpoint) -> Q:
        """The rows it counts, as they stood."""
        return self.condition & self.facts(here) if self.facts else self.condition

    @property
    def address(self) -> dict[str, str]:
        """The parameters of the list that shows exactly those rows."""
        return {"set": self.population, **self.query}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A percentage: the sum of some figures over another one, said in words."""

    code: str
    label: Words
    parts: tuple[str, ...]
    of: str
    base: Words


_RECEIVED = _("registered and not withdrawn; merged ones counted singly")
_CLASSED = _("by the class of the latest delivered reply of any round")
_FED_BACK = _("rated in the last round, among those answered, classed and not in handling again")
_FIRST = _("rated in the first round, whatever came later")

# A code of any scheme; those a congress does not use count nothing there.
CLASS_CODES = tuple(dict.fromkeys(code for each in CLASS_SCHEMES.values() for code in each.codes))
GRADES = ("VS", "S", "BS", "NS")


def _of_class(code: str) -> Figure:
    return Figure(
        code=f"class_{code}",
        label=code,
        base=_CLASSED,
        population="classed",
        where=Q(outcome_class=code),
        query={"class": code},
    )


def _graded(dimension: str, grade: str, *, first: bool) -> Figure:
    column = f"first_{dimension}" if first else dimension
    return Figure(
        code=f"{column}_{grade}",
        label=grade,
        base=_FIRST if first else _FED_BACK,
        population="rated_first" if first else "fed_back",
        where=Q(**{column: grade}),
        query={column: grade},
    )


_COUNTS = (
    Figure(code="R001", label=_("Received"), base=_RECEIVED, population="received"),
    Figure(
        code="R002",
        label=_("During the session"),
        base=_RECEIVED,
        population="received_in_session",
    ),
    Figure(code="R003", label=_("Between sessions"), base=_RECEIVED, population="received_between"),
    Figure(
        code="R010",
        label=_("Answered"),
        base=_("of those received, a reply has been delivered"),
        population="answered",
    ),
    Figure(
        code="R011",
        label=_("Answered, of the session"),
        base=_("of those received during the session, a reply has been delivered"),
        population="answered_in_session",
    ),
    Figure(
        code="R012",
        label=_("Answered, between sessions"),
        base=_("of those received between sessions, a reply has been delivered"),
        population="answered_between",
    ),
    Figure(
        code="R013",
        label=_("Still in handling"),
        base=_("of those received, assigned and not yet answered"),
        population="first_handling",
    ),
    Figure(
        code="R014",
        label=_("Answered within the ordinary limit"),
        base=_("of those answered, by the day of the first reply"),
        population="answered_in_ordinary_limit",
    ),
    Figure(
        code="R015",
        label=_("Answered after the due date"),
        base=_("of those answered, first reply later than the day it was due"),
        population="answered_late",
    ),
    Figure(code="R020", label=_("Classed"), base=_CLASSED, population="classed"),
    Figure(
        code="R021",
        label=_("Answered without a class"),
        base=_("a fault of the data: entered from paper without its class"),
        population="class_missing",
    ),
    Figure(
        code="R030",
        label=_("Base of feedback"),
        base=_("answered, classed and not in handling again"),
        population="feedback_base",
    ),
    Figure(code="R031", label=_("Fed back"), base=_FED_BACK, population="fed_back"),
    Figure(
        code="R035",
        label=_("Fed back, not in the deputy's own session"),
        base=_("of those fed back; entered from paper by the office, or carried in from a list"),
        population="fed_back_entered",
    ),
    Figure(
        code="R032",
        label=_("No answer"),
        base=_("answered, classed, not in handling again and not rated; never satisfied"),
        population="no_feedback",
    ),
    Figure(
        code="R040",
        label=_("Not satisfied in the first round"),
        base=_FIRST,
        population="dissatisfied_first",
    ),
    Figure(
        code="R041",
        label=_("Answered and rated again"),
        base=_("of those not satisfied in the first round"),
        population="rerated",
    ),
    Figure(
        code="R042",
        label=_("In handling again"),
        base=_("of those received; neither in the numerator nor in the base of feedback"),
        population="being_rehandled",
    ),
    Figure(
        code="R050",
        label=_("Rated in the first round"),
        base=_FIRST,
        population="rated_first",
    ),
    Figure(
        code="R055",
        label=_("Rated in the first round, not in the deputy's own session"),
        base=_("of those rated in the first round; entered by the office or from a list"),
        population="rated_first_entered",
    ),
)

FIGURES: dict[str, Figure] = {
    figure.code: figure
    for figure in (
        *_COUNTS,
        *(_of_class(code) for code in CLASS_CODES),
        *(
            _graded(dimension, grade, first=first)
            for first in (True, False)
            for dimension in ("attitude", "result")
            for grade in GRADES
        ),
    )
}

RATES: dict[str, Rate] = {
    rate.code: rate
    for rate in (
        Rate(
            code="R110",
            label=_("Answered"),
            parts=("R010",),
            of="R001",
            base=_("of those received"),
        ),
        Rate(
            code="R114",
            label=_("Answered within the ordinary limit"),
            parts=("R014",),
            of="R010",
            base=_("of those answered"),
        ),
        Rate(
            code="R131",
            label=_("Feedback rate"),
            parts=("R031",),
            of="R030",
            base=_("of those answered, classed and not in handling again"),
        ),
        Rate(
            code="R135",
            label=_("Not rated in the deputy's own session"),
            parts=("R035",),
            of="R031",
            base=_("of those fed back"),
        ),
        Rate(
            code="R133",
            label=_("Satisfied with the attitude"),
            parts=("attitude_VS", "attitude_S"),
            of="R031",
            base=_("very satisfied and satisfied, of those fed back; basically satisfied apart"),
        ),
        Rate(
            code="R134",
            label=_("Satisfied with the result"),
            parts=("result_VS", "result_S"),
            of="R031",
            base=_("very satisfied and satisfied, of those fed back; basically satisfied apart"),
        ),
    )
}
