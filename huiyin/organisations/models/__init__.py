"""Where people are elected, which body receives what they write, and who answers.

Every span of days here (``since``/``until``, ``starts_on``/``ends_on``) includes both ends,
the way an office writes a term of office; a missing end means it still runs.
"""

from huiyin.organisations.models.assemblies import (
    Congress,
    Delegation,
    Division,
    ElectingUnit,
    RuleChoice,
    Session,
    Term,
)
from huiyin.organisations.models.calendars import CalendarNotice
from huiyin.organisations.models.choices import Assembly, Level, System, UnitKind
from huiyin.organisations.models.mandates import MandateClause
from huiyin.organisations.models.organs import InnerDivision, Organ, OrganName
from huiyin.organisations.models.reforms import OrganChange, OrganReform, ReformKind

__all__ = [
    "Assembly",
    "CalendarNotice",
    "Congress",
    "Delegation",
    "Division",
    "ElectingUnit",
    "InnerDivision",
    "Level",
    "MandateClause",
    "Organ",
    "OrganChange",
    "OrganName",
    "OrganReform",
    "ReformKind",
    "RuleChoice",
    "Session",
    "System",
    "Term",
    "UnitKind",
]
