"""What can happen to a clock. A clock is nothing but these, in the order they happened."""

import datetime as dt
from dataclasses import dataclass, field

from huiyin.rulebook.calendar import WorkCalendar
from huiyin.rulebook.model import Rulebook
from huiyin.rulebook.values import Length


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued(Event):
    """The act that winds the clock: the assignment; for other clocks the delivery of the reply,
    the order, the request, the intake, as the rulebook's period names it.

    ``session_close`` matters where a period runs from there. ``until`` is the day a promise names.
    """

    session_close: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Received(Event):
    """The organ has acknowledged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned(Event):
    """The organ has asked to be rid of it. Until that is decided it goes on handling it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reassigned(Event):
    """Another organ is charged with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused(Event):
    """From this day on the clock stands still; the day itself is not used up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(Event):
    """From this day on the clock runs again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseRemoved(Event):
    """The last pause, over or not, counts as never made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended(Event):
    """``on`` is the day it was given. ``asked_by`` and ``granted_by`` say who, in any words that
    tell one from another; they are compared, never shown. Blank ``granted_by``: nobody was asked.
    ``under`` are the rules it was given by, where others have been decided on since: those count
    the days, but what they would not have allowed stays given. ``judged``: it is on record, so its
    days were right when it was asked and given; a holiday announced since does not undo it.
    """

    by: Length
    asked_on: dt.date
    asked_by: str
    granted_by: str = ""
    under: Rulebook | None = field(default=None, repr=False)
    judged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionRemoved(Event):
    """The last extension counts as never given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushed(Event):
    """A matter of the people was pushed on; its next push is counted from here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesChanged(Event):
    """It was decided that these rules reach this very clock."""

    rules: Rulebook = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarChanged(Event):
    """A notice was loaded while the clock ran."""

    calendar: WorkCalendar = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Met(Event):
    """It was done."""
