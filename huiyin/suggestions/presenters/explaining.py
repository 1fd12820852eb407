"""The page on which one deadline tells how it was found, to somebody who is no lawyer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from huiyin.kernel.errors import Words
from huiyin.rulebook import Citation, Confidence, Unit
from huiyin.rulebook.clocks import counted_out
from huiyin.suggestions.presenters import clocks, deadlines
from huiyin.suggestions.presenters.deadlines import Deadline
from huiyin.suggestions.presenters.file import CaseFile
from huiyin.ui import months
from huiyin.ui.parts import Clock

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Square:
    """A day of the strip. ``css`` names what it is; ``said`` tells it to who cannot see it."""

    day: months.Day
    css: str
    said: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StripMonth:
    label: str
    weeks: Sequence[Sequence[Square]]
    provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A value the sum rests on, with the words it was read from and how sure it is."""

    label: Words
    quote: str
    source: str
    is_quoted: bool
    confidence: Words
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    light: str
    words: Words
    holds: bool


@dataclass(kw_only=True)
class Explained:
    """Everything the page of one deadline shows."""

    file: CaseFile
    deadline: Deadline

    @cached_property
    def clock(self) -> Clock:
        return clocks.clock(self.deadline, scene=self.file.scene)

    @property
    def start(self) -> date:
        return self.deadline.reckoning.start

    @cached_property
    def since_first_assignment(self) -> Words:
        return clocks.since_first_assignment(self.file)

    @property
    def days(self) -> Words:
        """How long the time is, how much has run and what is left, in its own unit."""
        return "" if self.deadline.stopped else self.clock.used

    @cached_property
    def meanings(self) -> list[Meaning]:
        near = self.file.scene.ruling.rules.lights.near_due_days
        return [
            Meaning(light=light, words=words, holds=light == self.clock.light)
            for light, words in (
                ("normal", _more_than(near)),
                ("near", _at_most(near)),
                ("late", _("The due day is past and what was awaited has not come.")),
                ("still", _("Nothing runs: it has come, or the case has ended.")),
            )
        ]

    @cached_property
    def rules(self) -> list[Rule]:
        rules = self.deadline.reckoning.due.rules
        keys = [
            (self.deadline.reckoning.period.key, _("How long")),
            ("counting.start_day_counts", _("Whether the first day counts")),
            ("counting.roll_forward_on_holiday", _("When it ends on a day of rest")),
            ("lights.near_due_days", _("When the light turns")),
        ]
        if self.deadline.reckoning.more:
            keys.insert(1, ("extension.limit", _("How far it may be extended")))
        return [_rule(rules.cite(key), label=label) for key, label in keys if key]

    @cached_property
    def strip(self) -> list[StripMonth]:
        """The months from the start to the due day."""
        found = []
        first = self.start.replace(day=1)
        while first <= self.deadline.on:
            found.append(self._month(first))
            first = months.after(first)
        return found

    @property
    def weekdays(self) -> list[str]:
        return months.weekdays()

    @cached_property
    def others(self) -> list[Clock]:
        """What else runs in the case."""
        running = deadlines.running(self.file)
        return [
            clocks.clock(each, scene=self.file.scene)
            for each in running
            if each.url != self.deadline.url
        ]

    def _month(self, first: date) -> StripMonth:
        month = months.month(first, calendar=self.deadline.reckoning.due.calendar)
        return StripMonth(
            label=month.label,
            weeks=[[self._square(day) for day in week] for week in month.weeks],
            provisional=month.provisional,
        )

    def _square(self, day: months.Day) -> Square:
        if not day.in_month:
            return Square(day=day, css="outside")
        names, said = [], [day.name] if day.name else []
        for holds, css, words in (
            (day.on == self.start, "start", pgettext("day", "the start")),
            (self._counts(day), "counted", ""),
            (self._is_left_out(day), "left-out", pgettext("day", "not counted")),
            (day.makes_up, "makes-up", ""),
            (day.on == self.deadline.on, "due-day", pgettext("day", "due")),
            (day.on == self.file.scene.on, "today", pgettext("day", "today")),
        ):
            if holds:
                names.append(css)
                said += [words] if words else []
        return Square(day=day, css=" ".join(names), said=_(", ").join(said))

    @cached_property
    def _first(self) -> date:
        counts = self.deadline.reckoning.due.rules.counting.start_day_counts
        return self.start if counts else self.start + _DAY

    @cached_property
    def _last(self) -> date:
        """The last day of the time itself, before a day of rest carries it on."""
        found = self.deadline.reckoning
        return counted_out(found.span, rules=found.due.rules, calendar=found.due.calendar)

    def _counts(self, day: months.Day) -> bool:
        if not self._first <= day.on <= self._last:
            return False
        return self.deadline.reckoning.period.unit != Unit.WORKING_DAYS or not day.rests

    def _is_left_out(self, day: months.Day) -> bool:
        return self._first <= day.on < self.deadline.on and not self._counts(day)


def _rule(citation: Citation, *, label: Words) -> Rule:
    language, source = get_language() or "", citation.source
    quoted = source.confidence in (Confidence.READ, Confidence.EXCERPT)
    return Rule(
        label=label,
        quote=source.text.said_in(language),
        source="" if source.confidence == Confidence.DEFAULT else source.citation.said_in(language),
        is_quoted=quoted,
        confidence=_confidence(source.confidence),
        version=source.version,
    )


def _confidence(confidence: Confidence) -> Words:
    return {
        Confidence.READ: _("The full text was read."),
        Confidence.EXCERPT: _("Only part of the text could be read; the quoted words are exact."),
        Confidence.DEFAULT: _("No text says so: chosen by this system, for the reason given."),
        Confidence.DECIDED: _("Decided by this congress."),
    }[confidence]


def _more_than(days: int) -> str:
    said = ngettext(
        "More than %(n)s day is left until the due day.",
        "More than %(n)s days are left until the due day.",
        days,
    )
    return said % {"n": days}


def _at_most(days: int) -> str:
    said = ngettext(
        "At most %(n)s day is left, the due day itself among them.",
        "At most %(n)s days are left, the due day itself among them.",
        days,
    )
    return said % {"n": days}
