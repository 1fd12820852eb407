"""The rules as dated, cited data, and the arithmetic on them. Pure Python: no Django, no database.

``load("hunan", on=day)`` gives a frozen ``Rulebook``; ``due`` turns a day and one of its periods
into a date that explains itself; ``percents`` prints shares the way yearly reports do.
"""

from huiyin.rulebook.calendar import NoticedDay, WorkCalendar, calendar_of, shipped_calendar
from huiyin.rulebook.choices import (
    Arbiter,
    Granter,
    PromiseEnd,
    PromiseTold,
    PublishTexts,
    RateBase,
    RatedBy,
    RehandleTrigger,
    ReplyForm,
    ReplySigner,
    ReplyTo,
    Residual,
    Rounding,
    SecondRefusal,
    SessionReport,
    WithdrawalUntil,
)
from huiyin.rulebook.clocks import Due, Light, TraceLine, add_months, due, light
from huiyin.rulebook.dates import parse_date
from huiyin.rulebook.errors import BadDate, RulebookError
from huiyin.rulebook.load import Decision, available, load
from huiyin.rulebook.model import (
    PARAMETERS,
    Citation,
    MonthDay,
    Period,
    Rulebook,
    StartEvent,
    Unit,
)
from huiyin.rulebook.notice_files import parse_notices, read_notices, shipped_notices
from huiyin.rulebook.notices import Notice
from huiyin.rulebook.percent import percent, percents
from huiyin.rulebook.schemes import (
    CLASS_SCHEMES,
    DIMENSIONS,
    REASONS,
    SCALES,
    SOLVED_OR_PLANNED,
    ClassScheme,
    Dimension,
    Grade,
    Outcome,
    OutcomeClass,
    Promise,
    Reason,
    Scale,
)
from huiyin.rulebook.sources import Confidence, Source
from huiyin.rulebook.words import Words

__all__ = [
    "CLASS_SCHEMES",
    "DIMENSIONS",
    "PARAMETERS",
    "REASONS",
    "SCALES",
    "SOLVED_OR_PLANNED",
    "Arbiter",
    "BadDate",
    "Citation",
    "ClassScheme",
    "Confidence",
    "Decision",
    "Dimension",
    "Due",
    "Grade",
    "Granter",
    "Light",
    "MonthDay",
    "Notice",
    "NoticedDay",
    "Outcome",
    "OutcomeClass",
    "Period",
    "Promise",
    "PromiseEnd",
    "PromiseTold",
    "PublishTexts",
    "RateBase",
    "RatedBy",
    "Reason",
    "RehandleTrigger",
    "ReplyForm",
    "ReplySigner",
    "ReplyTo",
    "Residual",
    "Rounding",
    "Rulebook",
    "RulebookError",
    "Scale",
    "SecondRefusal",
    "SessionReport",
    "Source",
    "StartEvent",
    "TraceLine",
    "Unit",
    "WithdrawalUntil",
    "Words",
    "WorkCalendar",
    "add_months",
    "available",
    "calendar_of",
    "due",
    "light",
    "load",
    "parse_date",
    "parse_notices",
    "percent",
    "percents",
    "read_notices",
    "shipped_calendar",
    "shipped_notices",
]
