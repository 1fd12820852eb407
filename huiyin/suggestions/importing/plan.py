"""What every row of a list of suggestions would do. Making a plan writes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from huiyin.accounts.actor import Actor
from huiyin.accounts.imports import Act, CellVerdict, Weight
from huiyin.accounts.rules import require_keeper_of
from huiyin.kernel.canonical import digest
from huiyin.kernel.errors import Stale
from huiyin.organisations.models import Congress, Organ, Session
from huiyin.rulebook.errors import RulebookError
from huiyin.suggestions.importing import handling, people, reading
from huiyin.suggestions.importing.choices import Choices
from huiyin.suggestions.importing.proposals import Proposed, ProposedSession
from huiyin.suggestions.importing.reading import Reading
from huiyin.suggestions.importing.register import Register
from huiyin.suggestions.importing.rows import Listed


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRow:
    """One row: what it will do, what is said of its cells, and what was read from it."""

    row: Listed
    act: Act
    verdicts: Mapping[str, CellVerdict]
    read: Mapping[str, Any] = field(default_factory=dict)

    @property
    def number(self) -> int:
        return self.row.number

    @property
    def errors(self) -> list[CellVerdict]:
        return [each for each in self.verdicts.values() if each.weight is Weight.ERROR]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a list would do to a congress."""

    congress_key: str
    rows: Sequence[PlannedRow]
    proposed: Sequence[Proposed] = ()
    # A name no organ bears → the organs written most alike.
    unknown_organs: Mapping[str, Sequence[Organ]] = field(default_factory=dict)

    def doing(self, act: Act) -> list[PlannedRow]:
        return [row for row in self.rows if row.act is act]

    def counts(self) -> dict[str, int]:
        """Return how many rows do what, by the value of ``Act``."""
        return {act.value: len(self.doing(act)) for act in Act}

    @property
    def mark(self) -> str:
        """Stands for the plan: the same list on an unchanged register has the same mark."""
        said = [
            [row.number, row.act.value, [[n, v.weight.value] for n, v in row.verdicts.items()]]
            for row in self.rows
        ]
        named = [f"{type(each).__name__} {each}" for each in self.proposed]
        return digest("suggestions.import", self.congress_key, said, named)


def require_mark(shown: str, now: str) -> None:
    """Raise ``Stale`` when the plan is no longer the one whose mark was shown."""
    if shown != now:
        raise Stale(
            _("The register has changed since this preview; nothing has been written."),
            remedy=_("Look at the new preview, then confirm it."),
        )


def plan_suggestions(
    rows: Sequence[Listed],
    *,
    congress: Congress,
    choices: Choices,
    actor: Actor | None,
    today: date,
) -> Plan:
    """Say of every row what it would do.

    ``actor`` is a clerk of the congress, or None for the command line. Days after ``today`` are
    refused.
    """
    require_keeper_of(actor, congress)
    register = Register.of(congress, today=today)
    seen: dict[str, int] = {}
    planned = [_planned(Reading(row, register, choices), seen) for row in rows]
    unknown = {name for row in planned for name in row.read.get("unknown_organs", ())}
    return Plan(
        congress_key=congress.key,
        rows=planned,
        proposed=_proposed(planned),
        unknown_organs={n: register.near_organs(n, on=today) for n in sorted(unknown)},
    )


def _planned(now: Reading, seen: dict[str, int]) -> PlannedRow:
    session = reading.read_session(now)
    number = reading.read_number(now)
    if session is None:
        return _finished(now, Act.REFUSE)
    ref = source_ref(session, number=number, title=now.text("title"), lead=now.text("lead"))
    now.read |= {"session": session, "number": number, "source_ref": ref}
    if _is_here(now, session, number, ref):
        return _finished(now, Act.KEEP)
    _once(now, ref, number, seen)
    _read(now, session)
    return _finished(now, Act.REFUSE if now.is_refused else Act.ENTER)


def _finished(now: Reading, act: Act) -> PlannedRow:
    return PlannedRow(row=now.row, act=act, verdicts=now.verdicts, read=now.read)


def source_ref(session: Session | ProposedSession, *, number: str, title: str, lead: str) -> str:
    """Return what a row is known by when it comes again: its number, else title and deputy."""
    term = session.term if isinstance(session, ProposedSession) else session.term.ordinal
    whose = [session.assembly, term, session.ordinal]
    said = ["number", number] if number else ["title", title, lead]
    return digest("suggestions.import.row", whose, said)


def _is_here(now: Reading, session: Session | ProposedSession, number: str, ref: str) -> bool:
    """Whether the row was brought in before, or entered by hand under its number and title."""
    title = now.text("title")
    if known := now.register.with_ref(session, ref):
        same = known.title == title
        said = _("Here already.") if same else _("Here already under another title; not changed.")
        now.note("title", Weight.FINE if same else Weight.WARNING, said)
        return True
    taken = now.register.with_number(session, number) if number else None
    if taken is None:
        return False
    if taken.title == title:
        now.note("title", Weight.FINE, _("Here already."))
        return True
    now.refuse(
        "number",
        _("In this session No. %(number)s is “%(title)s”.")
        % {"number": number, "title": taken.title},
        _("Correct the number; each is given once a session."),
    )
    return False


def _once(now: Reading, ref: str, number: str, seen: dict[str, int]) -> None:
    """Refuse what the list itself has said before."""
    first = seen.setdefault(ref, now.row.number)
    if first == now.row.number:
        return
    words = {"row": first, "number": number}
    if number:
        said = _("Number %(number)s stands in row %(row)d already.") % words
        now.refuse("number", said, _("Correct one of the two numbers."))
    else:
        said = _("The same suggestion stands in row %(row)d already.") % words
        now.refuse("title", said, _("Keep one of the two rows."))


def _read(now: Reading, session: Session | ProposedSession) -> None:
    """Read the rest of the row; what is wrong stands in its verdicts."""
    read = now.read
    for name in ("raised_on", "assigned_on", "replied_on", "rated_on"):
        read[name] = reading.read_day(now, name)
    raised = read["raised_on"] or _usual_day(now, session)
    read |= {
        "raised_on": raised,
        "kind": reading.read_kind(now, session.assembly),
        "raised": reading.read_raised(now, session, raised),
        "text": reading.read_text(now),
        "category": reading.read_category(now),
        "note": now.row.text("note"),
    }
    read["lead"], read["cosigners"] = people.read_signers(now, session, raised)
    handling.read_organs(now, raised=raised)
    reading.follows(now, "assigned_on", "raised_on")
    reading.follows(now, "replied_on", "assigned_on")
    try:
        rules = now.register.rules(session, on=raised)
    except RulebookError:
        said = _("No rules are known for %(day)s.") % {"day": raised}
        remedy = _("Have the rules of that time added to the rulebook, or leave the row out.")
        now.refuse("raised_on", said, remedy)
        return
    read["rules"] = rules
    handling.read_reply(now, rules=rules)
    handling.read_rating(now, rules=rules)
    reading.follows(now, "rated_on", "replied_on")


def _usual_day(now: Reading, session: Session | ProposedSession) -> date:
    """When it was raised if the row does not say: as its session opened, before later steps."""
    opened = session.opens_on if isinstance(session, Session) else None
    later: list[date] = [now.read[n] for n in ("assigned_on", "replied_on") if now.read[n]]
    return min([opened or now.today, now.today, *later])


def _proposed(rows: Sequence[PlannedRow]) -> list[Proposed]:
    """Return what would be entered with the list, in the order it is met."""
    found: dict[Proposed, None] = {}
    for row in rows:
        if row.act is Act.ENTER:
            read = row.read
            named = [read["session"], read["lead"], *read["cosigners"]]
            named += [read.get("lead_organ"), *read.get("co_organs", ())]
            found |= dict.fromkeys(each for each in named if isinstance(each, Proposed))
    return list(found)
