"""What the list of suggestions can be asked. The keys stand in addresses and must last."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.models import Role
from huiyin.suggestions import answers, contacts, duties, selectors
from huiyin.suggestions.contact_list import since_for
from huiyin.suggestions.facets import near_days
from huiyin.suggestions.lifecycle.reforming import LIVE
from huiyin.suggestions.models import (
    Assignment,
    Category,
    ContactState,
    Kind,
    Signature,
    Suggestion,
)
from huiyin.suggestions.models.case import Raised
from huiyin.suggestions.models.responsibility import Mark
from huiyin.suggestions.stages import CHARGED, ENDED, OPEN_ASSIGNMENT, HandlingRole, Signing, Stage
from huiyin.ui import months
from huiyin.ui.lists import BadAddress, Context, Filter

Rows = QuerySet[Suggestion]

# Asked by the numbers of other pages; too particular to stand in the form unasked.
ASKED_BY_LINKS = frozenset(
    {
        "leading",
        "owing",
        "live",
        "led_by",
        "first_attitude",
        "first_result",
        "replied_in",
        "duty",
        "awaits",
        "exempted_by",
        "unspoken_by",
    }
)

NO_CONTACT = {
    "exempted": contacts.exempted,
    "waived": contacts.waived,
    "lacking": contacts.lacking,
}
CONTACT_STATES = [
    *ContactState.choices,
    ("exempted", _("Exempted by the head of the organ")),
    ("waived", _("Waived by the deputy")),
    ("lacking", _("Replied without contact")),
]

# Asked by organs and the offices that charge them; to others marks do not exist.
MARKS_READ_BY = frozenset(
    {
        *(Role.LIAISON, Role.HANDLER, Role.CHECKER, Role.HEAD),
        *(Role.CLERK, Role.GOVERNMENT_CLERK),
    }
)


# --- How an answer narrows the rows


def _handled_by(rows: Rows, value: Any, _context: Context) -> Rows:
    parts = Assignment.objects.filter(CHARGED, suggestion=OuterRef("pk"), organ__key=value)
    return rows.filter(Exists(parts))


def _led_by(rows: Rows, value: Any, _context: Context) -> Rows:
    roles = (HandlingRole.LEAD, HandlingRole.SOLE)
    parts = Assignment.objects.filter(
        CHARGED, suggestion=OuterRef("pk"), organ__key=value, role__in=roles
    )
    return rows.filter(Exists(parts))


def _owed_by(rows: Rows, value: Any, _context: Context) -> Rows:
    parts = Assignment.objects.filter(
        suggestion=OuterRef("pk"), organ__key=value, stage__in=OPEN_ASSIGNMENT
    )
    return rows.filter(Exists(parts))


def _live_with(rows: Rows, value: Any, _context: Context) -> Rows:
    """Not over, and not yet over for this organ: it may still be asked something."""
    parts = Assignment.objects.filter(
        suggestion=OuterRef("pk"), organ__key=value, stage__in=sorted(LIVE)
    )
    return rows.filter(Exists(parts)).exclude(stage__in=ENDED)


def _replied_in(rows: Rows, value: Any, _context: Context) -> Rows:
    """First replied to in a month, written like 2020-07."""
    first = months.read(str(value))
    if first is None:
        raise BadAddress(_("A month is written like 2020-07."))
    return rows.filter(first_replied_on__gte=first, first_replied_on__lt=months.after(first))


def _of_duty(rows: Rows, value: Any, context: Context) -> Rows:
    """What waits for the reader, as his workbench counts it."""
    if context.actor is None:
        return rows.none()
    own = duties.rows_of(context.actor, str(value))
    return rows.filter(pk__in=own.order_by().values("pk"))


def _of_awaited(rows: Rows, value: Any, context: Context) -> Rows:
    """What the reader waits for, as his workbench counts it."""
    if context.actor is None:
        return rows.none()
    awaited = duties.rows_awaited(context.actor, str(value))
    return rows.filter(pk__in=awaited.order_by().values("pk"))


def _values_of(system: str) -> tuple[str, ...]:
    return tuple(system.split("+"))


def _by_system(rows: Rows, value: Any, _context: Context) -> Rows:
    return rows.filter(selectors.handled_by_system(_values_of(str(value))))


def _led_by_system(rows: Rows, value: Any, _context: Context) -> Rows:
    return rows.filter(selectors.handled_by_system(_values_of(str(value)), leading=True))


def _of_set(rows: Rows, value: Any, _context: Context) -> Rows:
    return rows.filter(selectors.POPULATIONS[str(value)])


def _by_light(rows: Rows, value: Any, context: Context) -> Rows:
    """Those under any of the chosen lights."""
    if context.actor is None:
        return rows.none()
    near = near_days(context.actor, context)
    lit = Q()
    for light in value:
        lit |= selectors.of_light(light, on=context.today, near_days=near)
    return rows.filter(lit)


def _part_without(condition: Callable[[], Q]) -> Any:
    def narrow(rows: Rows, value: Any, context: Context) -> Rows:
        if not _knows_contacts(context):
            return rows.none()
        parts = contacts.parts_where(condition(), organ=str(value))
        return rows.filter(pk__in=parts.values("suggestion"))

    return narrow


def _knows_contacts(context: Context) -> bool:
    """Contacts are between the organs and the deputies; the electing unit is told of none."""
    return context.actor is not None and context.actor.role != Role.ELECTING_LIAISON


def _by_contact(rows: Rows, value: Any, context: Context) -> Rows:
    """With a contact in this state in any round; or exempted, waived, or replied without one."""
    if context.actor is None or not _knows_contacts(context):
        return rows.none()
    if condition := NO_CONTACT.get(str(value)):
        parts = contacts.parts_where(condition())
    else:
        since = since_for(context.actor, context)
        parts = contacts.parts_by_state(str(value), since=since)
    return rows.filter(pk__in=parts.values("suggestion"))


def _graded(name: str) -> Any:
    def narrow(rows: Rows, value: Any, _context: Context) -> Rows:
        return rows.filter(**{name: "" if value == answers.UNRATED else value})

    return narrow


def _by_marks(rows: Rows, value: Any, context: Context) -> Rows:
    """Bearing any of the marks chosen."""
    if context.actor is None:
        return rows.none()
    borne = Q()
    for mark in value:
        borne |= selectors.marked_for(context.actor, **{f"is_{mark}": True})
    return rows.filter(borne)


def _by_deputy(rows: Rows, value: Any, _context: Context) -> Rows:
    """Led or signed by a deputy of this name; only confirmed names count."""
    signed = Signature.objects.filter(
        suggestion=OuterRef("pk"),
        deputy__person__name__icontains=value,
        standing__in=(Signing.LEAD, Signing.CONFIRMED),
    )
    return rows.filter(Exists(signed))


def _fixed(choices: answers.Choices) -> Any:
    return lambda _context: choices


FILTERS = (
    Filter(
        key="session",
        label=_("Session"),
        kind="choice",
        field="session__key",
        choices=answers.sessions,
    ),
    Filter(
        key="term",
        label=pgettext_lazy("congress", "term"),
        kind="choice",
        field="session__term__key",
        choices=answers.terms,
    ),
    Filter(key="kind", label=_("Kind"), kind="multi", field="kind", choices=_fixed(Kind.choices)),
    Filter(
        key="raised",
        label=_("Raised"),
        kind="choice",
        field="raised",
        choices=_fixed(Raised.choices),
    ),
    Filter(
        key="stage", label=_("Stage"), kind="multi", field="stage", choices=_fixed(Stage.choices)
    ),
    Filter(key="light", label=_("Light"), kind="multi", apply=_by_light, choices=answers.lights),
    Filter(
        key="mark",
        label=p_("marks", "Marks"),
        kind="multi",
        apply=_by_marks,
        choices=_fixed(Mark.choices),
    ),
    Filter(
        key="category",
        label=_("Category"),
        kind="choice",
        field="category",
        choices=_fixed(Category.choices),
    ),
    Filter(
        key="organ", label=_("Handled by"), kind="choice", apply=_handled_by, choices=answers.organs
    ),
    Filter(key="leading", label=_("Led by"), kind="choice", apply=_led_by, choices=answers.organs),
    Filter(key="owing", label=_("Owed by"), kind="choice", apply=_owed_by, choices=answers.organs),
    Filter(
        key="live", label=_("Live with"), kind="choice", apply=_live_with, choices=answers.organs
    ),
    Filter(
        key="system",
        label=_("Handled by a system"),
        kind="choice",
        apply=_by_system,
        choices=answers.systems,
    ),
    Filter(
        key="led_by",
        label=_("Led by a system"),
        kind="choice",
        apply=_led_by_system,
        choices=answers.systems,
    ),
    Filter(
        key="delegation",
        label=_("Delegation"),
        kind="choice",
        field="lead__delegation__key",
        choices=answers.delegations,
    ),
    Filter(key="deputy", label=_("Deputy"), kind="text", apply=_by_deputy),
    Filter(
        key="class", label=_("Class"), kind="multi", field="outcome_class", choices=answers.classes
    ),
    Filter(
        key="attitude",
        label=_("Attitude"),
        kind="choice",
        apply=_graded("attitude"),
        choices=answers.grades,
    ),
    Filter(
        key="result",
        label=_("Result"),
        kind="choice",
        apply=_graded("result"),
        choices=answers.grades,
    ),
    Filter(
        key="first_attitude",
        label=_("Attitude, first round"),
        kind="choice",
        apply=_graded("first_attitude"),
        choices=answers.grades,
    ),
    Filter(
        key="first_result",
        label=_("Result, first round"),
        kind="choice",
        apply=_graded("first_result"),
        choices=answers.grades,
    ),
    Filter(key="due_from", label=_("Due from"), kind="date_from", field="due_on"),
    Filter(key="due_to", label=_("Due until"), kind="date_to", field="due_on"),
    Filter(
        key="registered_from", label=_("Registered from"), kind="date_from", field="registered_on"
    ),
    Filter(key="registered_to", label=_("Registered until"), kind="date_to", field="registered_on"),
    Filter(key="replied_in", label=_("First replied in the month"), kind="text", apply=_replied_in),
    Filter(key="set", label=_("Counted as"), kind="choice", apply=_of_set, choices=answers.sets),
    Filter(
        key="contact",
        label=_("Contact"),
        kind="choice",
        apply=_by_contact,
        choices=_fixed(CONTACT_STATES),
    ),
    Filter(
        key="exempted_by",
        label=_("Exempted from contact"),
        kind="choice",
        apply=_part_without(contacts.exempted),
        choices=answers.organs,
    ),
    Filter(
        key="unspoken_by",
        label=_("Replied without contact"),
        kind="choice",
        apply=_part_without(contacts.lacking),
        choices=answers.organs,
    ),
    Filter(
        key="duty",
        label=_("Waits for me"),
        kind="choice",
        apply=_of_duty,
        choices=answers.own_duties,
    ),
    Filter(
        key="awaits",
        label=_("I wait for"),
        kind="choice",
        apply=_of_awaited,
        choices=answers.awaited,
    ),
)
