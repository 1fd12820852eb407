"""The rules as dated, cited data, and the arithmetic on them. Pure Python: no Django, no database.

``load("hunan", on=day)`` gives a frozen ``Rulebook``; ``due`` turns a day and one of its periods
into a date that explains itself; ``run`` replays what happened to a clock (``events``) and tells
its day, its light and the sum in words; ``percents`` prints shares the way yearly reports do.
"""

from huiyin.rulebook.calendar import NoticedDay, WorkCalendar, calendar_of, shipped_calendar
from huiyin.rulebook.choices import (
    Arbiter,
    Assigner,
    Granter,
    PassedBy,
    PromiseEnd,
    PromiseTold,
    PublishTexts,
    RateBase,
    RatedBy,
    ReasonAsked,
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
from huiyin.rulebook.clocks import Due, Light, Pause, add_months, due, light
from huiyin.rulebook.dates import parse_date
from huiyin.rulebook.errors import BadDate, ImpossibleEvent, RulebookError
from huiyin.rulebook.kinds import CLOCKS, ClockKind
from huiyin.rulebook.load import Decision, available, load
from huiyin.rulebook.model import (
    Citation,
    MonthDay,
    Period,
    Rulebook,
    StartEvent,
    Unit,
)
from huiyin.rulebook.notice_files import parse_notices, read_notices, shipped_notices
from huiyin.rulebook.notices import Notice
from huiyin.rulebook.parameters import PARAMETERS
from huiyin.rulebook.percent import percent, percents
from huiyin.rulebook.places import pack_for
from huiyin.rulebook.reading import Clock, Days, Reading
from huiyin.rulebook.running import longest, run
from huiyin.rulebook.schemes import (
    CLASS_SCHEMES,
    DIMENSIONS,
    PROOFS,
    REASONS,
    SCALES,
    SOLVED_OR_PLANNED,
    ClassScheme,
    Dimension,
    Grade,
    Outcome,
    OutcomeClass,
    Promise,
    Proof,
    ProofKind,
    Reason,
    Scale,
)
from huiyin.rulebook.sources import Confidence, Source
from huiyin.rulebook.trace import TraceLine
from huiyin.rulebook.values import Length
from huiyin.rulebook.words import Words

__all__ = [
    "CLASS_SCHEMES",
    "CLOCKS",
    "DIMENSIONS",
    "PARAMETERS",
    "PROOFS",
    "REASONS",
    "SCALES",
    "SOLVED_OR_PLANNED",
    "Arbiter",
    "Assigner",
    "BadDate",
    "Citation",
    "ClassScheme",
    "Clock",
    "ClockKind",
    "Confidence",
    "Days",
    "Decision",
    "Dimension",
    "Due",
    "Grade",
    "Granter",
    "ImpossibleEvent",
    "Length",
    "Light",
    "MonthDay",
    "Notice",
    "NoticedDay",
    "Outcome",
    "OutcomeClass",
    "PassedBy",
    "Pause",
    "Period",
    "Promise",
    "PromiseEnd",
    "PromiseTold",
    "Proof",
    "ProofKind",
    "PublishTexts",
    "RateBase",
    "RatedBy",
    "Reading",
    "Reason",
    "ReasonAsked",
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
    "longest",
    "pack_for",
    "parse_date",
    "parse_notices",
    "percent",
    "percents",
    "read_notices",
    "run",
    "shipped_calendar",
    "shipped_notices",
]
