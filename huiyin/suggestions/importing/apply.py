"""Doing what a plan of suggestions says: everything in one transaction, refused rows left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from huiyin.accounts.actor import Actor
from huiyin.accounts.imports import Act
from huiyin.accounts.models import Person, Post, Role
from huiyin.accounts.services.people import placeholder_login
from huiyin.ledger.services import Line, record_many
from huiyin.organisations import services as organisations
from huiyin.organisations.models import Congress, Organ, Session, Term
from huiyin.suggestions.history import History
from huiyin.suggestions.importing.choices import Choices
from huiyin.suggestions.importing.plan import Plan, PlannedRow, plan_suggestions, require_mark
from huiyin.suggestions.importing.proposals import (
    Proposed,
    ProposedDeputy,
    ProposedOrgan,
    ProposedSession,
)
from huiyin.suggestions.importing.rows import Listed
from huiyin.suggestions.importing.telling import real_of, tell
from huiyin.suggestions.models import NumberSeries
from huiyin.suggestions.models.acts import Via

Progress = Callable[[int, int], None]
# A seat for deputies whose list names none; the database wants to know where a deputy sits.
NO_DELEGATION = "未载明代表团"


@transaction.atomic
def apply_suggestions(
    rows: Sequence[Listed],
    *,
    mark: str,
    congress: Congress,
    choices: Choices,
    actor: Actor,
    at: datetime,
    today: date,
    progress: Progress | None = None,
) -> Plan:
    """Write every row that can be taken, whole or not at all; return the plan that was done.

    The plan is made again here: raises ``Stale`` when it is not the one with ``mark`` that was
    confirmed. ``actor`` is the clerk under whose name the rows come in.
    """
    Congress.objects.select_for_update().get(pk=congress.pk)
    now = plan_suggestions(rows, congress=congress, choices=choices, actor=actor, today=today)
    require_mark(mark, now.mark)
    entering = now.doing(Act.ENTER)
    made = _enter(now.proposed, entering, congress=congress, actor=actor, at=at)
    history = History(via=Via.IMPORT)
    real = real_of(made)
    numbers = _numbers(entering, real)
    for row in entering:
        tell(row, history=history, clerk=actor.post, at=at, real=real, number=numbers[row.number])
    history.write(progress=progress)
    return now


def _numbers(rows: Sequence[PlannedRow], real: Any) -> dict[int, str]:
    """Return each row's number: its own, or the session's next after all that are given."""
    last: dict[int, int] = {}
    numbers: dict[int, str] = {}
    for row in sorted(rows, key=lambda row: not row.read["number"]):
        session: Session = real(row.read["session"])
        if session.pk not in last:
            kept = NumberSeries.objects.filter(session=session)
            last[session.pk] = kept.aggregate(last=Max("last"))["last"] or 0
        number = row.read["number"]
        if not number:
            last[session.pk] += 1
            number = str(last[session.pk])
        elif number.isascii() and number.isdigit():
            last[session.pk] = max(last[session.pk], int(number))
        numbers[row.number] = number
    return numbers


# --- What the list names and nobody knew


def _enter(
    proposed: Sequence[Proposed],
    rows: Sequence[PlannedRow],
    *,
    congress: Congress,
    actor: Actor,
    at: datetime,
) -> dict[Proposed, Any]:
    """Enter sessions, organs and deputies; each with its line of the record."""
    shared: dict[str, Any] = {"congress": congress, "actor": actor, "at": at, "via": "import"}
    made: dict[Proposed, Any] = {}
    for each in proposed:
        if isinstance(each, ProposedSession):
            made[each] = _session(each, shared)
        elif isinstance(each, ProposedOrgan):
            made[each] = _organ(each, shared)
    deputies = [each for each in proposed if isinstance(each, ProposedDeputy)]
    return made | _deputies(deputies, rows, shared)


def _session(proposed: ProposedSession, shared: dict[str, Any]) -> Session:
    term = organisations.open_term(ordinal=proposed.term, assembly=proposed.assembly, **shared)
    return organisations.open_session(
        term=term, ordinal=proposed.ordinal, name=proposed.name, **shared
    )


def _organ(proposed: ProposedOrgan, shared: dict[str, Any]) -> Organ:
    return organisations.add_organ(name=proposed.name, system=proposed.system, **shared)


def _deputies(
    proposed: Sequence[ProposedDeputy], rows: Sequence[PlannedRow], shared: dict[str, Any]
) -> dict[Proposed, Any]:
    """Enter them all at once: a first list may bring hundreds."""
    since = _first_days(rows)
    posts: dict[Proposed, Post] = {each: _mandate(each, since[each], shared) for each in proposed}
    Person.objects.bulk_create([post.person for post in posts.values()])
    Post.objects.bulk_create(posts.values())
    lines = []
    for post in posts.values():
        for action, subject in (
            ("person.enter", ("person", post.person.key)),
            ("post.give", ("post", post.key)),
        ):
            line = Line(at=shared["at"], action=action, subject=subject, actor=shared["actor"])
            lines.append(line)
    if lines:
        record_many(chain=shared["congress"].key, lines=lines)
    return dict(posts)


def _mandate(proposed: ProposedDeputy, since: date, shared: dict[str, Any]) -> Post:
    term: Term = organisations.open_term(
        ordinal=proposed.term, assembly=proposed.assembly, **shared
    )
    seat = organisations.add_delegation(
        term=term, name=proposed.delegation or NO_DELEGATION, **shared
    )
    person = Person(login=placeholder_login(), name=proposed.name, name_sort=proposed.name)
    person.set_unusable_password()
    return Post(
        person=person,
        role=Role.DEPUTY,
        congress=shared["congress"],
        term=term,
        delegation=seat,
        card_no=proposed.card_no,
        since=min(since, term.starts_on or since),
    )


def _first_days(rows: Sequence[PlannedRow]) -> dict[Proposed, date]:
    """Return for each new deputy the first day on which the list shows him in office."""
    days: dict[Proposed, date] = {}
    for row in rows:
        for each in (row.read["lead"], *row.read["cosigners"]):
            if isinstance(each, ProposedDeputy):
                days[each] = min(row.read["raised_on"], days.get(each, row.read["raised_on"]))
    return days
