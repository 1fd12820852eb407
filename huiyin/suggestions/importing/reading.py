"""Reading the cells of one row: each says what it means, or what is wrong with it and where."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from huiyin.accounts.imports import CellVerdict, Weight
from huiyin.kernel.errors import Invalid, Words
from huiyin.organisations.models import Assembly, Session
from huiyin.organisations.session_names import SessionName, parse_session
from huiyin.rulebook import BadDate, parse_date
from huiyin.suggestions.importing.choices import Choices
from huiyin.suggestions.importing.proposals import ProposedSession, year_session
from huiyin.suggestions.importing.register import Register
from huiyin.suggestions.importing.rows import Listed
from huiyin.suggestions.importing.written import split_body, split_requests
from huiyin.suggestions.models import Category, Kind
from huiyin.suggestions.models.case import Raised
from huiyin.suggestions.texts import SuggestionText

_NUMBERED = re.compile(r"第?\s*(\S+?)\s*号(?:建议|提案|议案|件)?")
_COMPACT_DAY = re.compile(r"(20\d{2})([01]\d)([0-3]\d)")
NUMBER_LIMIT = 20
# Which kind each assembly's papers are when nothing else is said.
USUAL_KIND = {
    Assembly.CONGRESS: Kind.SUGGESTION,
    Assembly.CPPCC: Kind.CPPCC_PROPOSAL,
    Assembly.PARTY: Kind.PARTY_PROPOSAL,
}
_KIND_WORDS = (
    ("党代", Kind.PARTY_PROPOSAL),
    ("政协", Kind.CPPCC_PROPOSAL),
    ("提案", Kind.CPPCC_PROPOSAL),
    ("议案", Kind.MOTION),
    ("建议", Kind.SUGGESTION),
)


@dataclass(slots=True)
class Reading:
    """One row while it is being read: what its cells said, and what is said of them."""

    row: Listed
    register: Register
    choices: Choices
    verdicts: dict[str, CellVerdict] = field(default_factory=dict)
    read: dict[str, Any] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.register.today

    @property
    def is_refused(self) -> bool:
        return any(each.weight is Weight.ERROR for each in self.verdicts.values())

    def text(self, name: str) -> str:
        """Return a cell as one line."""
        return " ".join(self.row.text(name).split())

    def refuse(self, name: str, said: Words, remedy: Words = "") -> None:
        """Name a cell that cannot be taken. The first complaint about it stands."""
        known = self.verdicts.get(name)
        if known is None or known.weight is not Weight.ERROR:
            self.verdicts[name] = CellVerdict(Weight.ERROR, self.row.place(name), said, remedy)

    def note(self, name: str, weight: Weight, said: Words) -> None:
        """Say how a cell was understood."""
        if name not in self.verdicts:
            self.verdicts[name] = CellVerdict(weight, self.row.place(name), said)


# --- Session, kind, number


def read_session(reading: Reading) -> Session | ProposedSession | None:
    """Return the session of the row: as written, else the one chosen for the list."""
    said = reading.text("session")
    register = reading.register
    if not said:
        chosen = register.sessions_by_key.get(reading.choices.session)
        if chosen is None:
            remedy = _("Choose the session of rows that name none, above the list.")
            reading.refuse("session", _("The row names no session."), remedy)
        return chosen
    if exact := register.sessions_by_name.get(said):
        return exact
    name = parse_session(said) or parse_session(said, assembly=Assembly.CONGRESS)
    if name is None or not register.is_own(name.place):
        reading.refuse(
            "session",
            _("“%(said)s” is no session of %(congress)s.")
            % {"said": said, "congress": register.congress.name},
            _("Write it like 十三届人大三次会议 or 政协十二届三次会议."),
        )
        return None
    return _session_named(reading, said, name)


def _session_named(
    reading: Reading, said: str, name: SessionName
) -> Session | ProposedSession | None:
    register, choices = reading.register, reading.choices
    wanted = _wanted(reading, name)
    if wanted is None:
        reading.refuse(
            "session",
            _("“%(said)s” does not say which session.") % {"said": said},
            _("Write term and session: 十三届人大三次会议."),
        )
        return None
    found = register.sessions.get((wanted.assembly, wanted.term, wanted.ordinal))
    if found:
        return found
    if not choices.new_sessions:
        remedy = _("Correct the cell, or choose that unknown sessions are opened.")
        known = {"session": said}
        reading.refuse("session", _("The session “%(session)s” is not known.") % known, remedy)
        return None
    reading.note("session", Weight.NEW, _("Will be opened: %(name)s") % {"name": wanted})
    return wanted


def _wanted(reading: Reading, name: SessionName) -> ProposedSession | None:
    if name.term is not None and name.ordinal is not None:
        return ProposedSession(name.assembly.value, name.term, name.ordinal)
    if not reading.choices.unnumbered_sessions:
        return None
    year = reading.text("year")
    place = reading.register.congress.short_name
    return year_session(
        place=place, assembly=name.assembly.value, year=int(year) if year.isdecimal() else None
    )


def read_kind(reading: Reading, assembly: str) -> str:
    """Return the kind of paper; the assembly's usual one when the cell is empty."""
    usual = USUAL_KIND[Assembly(assembly)]
    said = reading.text("kind")
    if not said:
        return usual
    kind = _choice(Kind, said) or next((kind for word, kind in _KIND_WORDS if word in said), None)
    if kind is None:
        allowed = "、".join(str(each.label) for each in Kind)
        reading.refuse(
            "kind",
            _("There is no kind “%(said)s”.") % {"said": said},
            _("Use one of: %(allowed)s") % {"allowed": allowed},
        )
        return usual
    own = assembly == Assembly.CONGRESS and kind in (Kind.SUGGESTION, Kind.MOTION)
    if kind != usual and not own:
        reading.refuse(
            "kind",
            _("A paper of this kind does not belong to that session."),
            _("Correct the kind, or name the session of the other assembly."),
        )
    return kind


def read_number(reading: Reading) -> str:
    """Return the number as a label: 第23号建议 is 23, DH0271 stays."""
    said = reading.text("number")
    if bare := _NUMBERED.fullmatch(said):
        said = bare[1]
    if len(said) > NUMBER_LIMIT:
        limit = _("Too long: at most %(count)d characters.") % {"count": NUMBER_LIMIT}
        reading.refuse("number", limit)
    return said


# --- Days


def read_day(reading: Reading, name: str) -> date | None:
    """Return the day a cell names. A day of no calendar, 9月31日, is refused."""
    said = reading.text(name)
    if not said:
        return None
    if compact := _COMPACT_DAY.fullmatch(said):
        said = "-".join(compact.groups())
    try:
        day = parse_date(said)
    except BadDate as bad:
        language = get_language() or "en"
        reading.refuse(name, bad.message.said_in(language), bad.remedy.said_in(language))
        return None
    if day > reading.today:
        remedy = _("Correct the day. What has not happened yet is not imported.")
        reading.refuse(name, _("The day lies ahead."), remedy)
        return None
    return day


def follows(reading: Reading, later: str, earlier: str) -> None:
    """Refuse a day that lies before the one it must follow."""
    last, first = reading.read.get(later), reading.read.get(earlier)
    if last and first and last < first:
        words = {"later": last, "earlier": first}
        said = _("%(later)s lies before %(earlier)s, the day of the step before it.") % words
        reading.refuse(later, said, _("Correct one of the two days."))


# --- What it says


def read_text(reading: Reading) -> SuggestionText:
    """Return title, situation and requests. Without requests the title is the one request."""
    situation, requests = _parts(reading)
    title = reading.text("title")
    if not title:
        reading.refuse("title", _("A suggestion needs a title."), _("Write one in this cell."))
    elif not requests:
        requests = (title,)
        if reading.row.text("body"):
            said = _("No requests were found in the text; the title stands for them.")
            reading.note("body", Weight.WARNING, said)
    try:
        return SuggestionText.of_draft(
            {"title": title, "situation": situation, "requests": requests}
        )
    except Invalid as refused:
        for name, complaints in refused.fields.items():
            reading.refuse(name, complaints[0], _("Shorten it; the full text can be attached."))
        if not refused.fields:
            reading.refuse("title", str(refused), refused.remedy)
        return SuggestionText(title=title)


def _parts(reading: Reading) -> tuple[str, tuple[str, ...]]:
    situation, asked = reading.row.text("situation"), split_requests(reading.row.text("requests"))
    if body := reading.row.text("body"):
        said, found = split_body(body)
        return "\n".join(filter(None, (situation, said))), asked or found
    return situation, asked


def read_raised(reading: Reading, session: Session | ProposedSession, on: date) -> str:
    """Return whether it was raised in session. Where the session's days are unknown, it was."""
    said = reading.text("raised")
    if said:
        chosen = _choice(Raised, said)
        if chosen is None:
            between = re.search(r"闭会|会外|会下|between|否", said)
            within = re.search(r"大会|会内|会上|会议期间|in session|是", said)
            chosen = Raised.BETWEEN_SESSIONS if between else Raised.IN_SESSION if within else None
        if chosen is None:
            reading.refuse(
                "raised",
                _("“%(said)s” says neither in session nor between sessions.") % {"said": said},
                _("Write 大会期间 or 闭会期间."),
            )
        return chosen or Raised.IN_SESSION
    known = isinstance(session, Session) and session.opens_on and session.closes_on
    if not known or not reading.text("raised_on"):
        return Raised.IN_SESSION
    sits = isinstance(session, Session) and session.sits_on(on)
    return Raised.IN_SESSION if sits else Raised.BETWEEN_SESSIONS


def read_category(reading: Reading) -> str:
    """Return the category; what is not on the list is sorted under “other”, with a word."""
    said = reading.text("category")
    if not said:
        return Category.OTHER
    chosen = _choice(Category, said)
    if chosen is None:
        words = _("“%(said)s” is none of the categories; taken as “other”.") % {"said": said}
        reading.note("category", Weight.WARNING, words)
    return chosen or Category.OTHER


def _choice(choices: type[TextChoices], said: str) -> str | None:
    """The value a person means by value or label, in either language."""
    wanted = unicodedata.normalize("NFKC", said).casefold()
    for each in choices:
        if wanted in spellings(each):
            return str(each.value)
    return None


_SPELLINGS: dict[TextChoices, frozenset[str]] = {}


def spellings(member: TextChoices) -> frozenset[str]:
    """Return how one choice may be written: its value, and its label in both languages."""
    if member not in _SPELLINGS:
        labels = {str(member.value)}
        for language in ("zh-hans", "en"):
            with override(language):
                labels.add(str(member.label))
        _SPELLINGS[member] = frozenset(
            unicodedata.normalize("NFKC", each).casefold() for each in labels
        )
    return _SPELLINGS[member]
