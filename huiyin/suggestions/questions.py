"""What the list of suggestions can be asked. The keys stand in addresses and must last."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.models import Role
from huiyin.kernel.errors import Words
from huiyin.organisations.models import Delegation, Organ, Session, System, Term
from huiyin.suggestions import contacts, duties, selectors
from huiyin.suggestions.contact_list import since_for
from huiyin.suggestions.facets import near_days, rules_in_force
from huiyin.suggestions.models import (
    Assignment,
    Category,
    ContactState,
    Kind,
    Signature,
    Suggestion,
)
from huiyin.suggestions.models.case import Raised
from huiyin.suggestions.models.ratings import Grade
from huiyin.suggestions.models.responsibility import Mark
from huiyin.suggestions.presenters.clocks import LIGHTS
from huiyin.suggestions.stages import CHARGED, OPEN_ASSIGNMENT, HandlingRole, Signing, Stage
from huiyin.ui import months
from huiyin.ui.lists import BadAddress, Context, Filter
from huiyin.ui.templatetags.ui_tags import light_word

Rows = QuerySet[Suggestion]
Choices = Iterable[tuple[str, Words]]

# The organs of the party and of the congress counted together (党群), as an address says it.
PARTY_GROUP = "+".join(System.PARTY_GROUP)
UNRATED = "none"

# Asked by the numbers of other pages; too particular to stand in the form unasked.
ASKED_BY_LINKS = frozenset(
    {
        "leading",
        "owing",
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

SETS: dict[str, Words] = {
    "received": _("Received"),
    "received_in_session": _("Received during the session"),
    "received_between": _("Received between sessions"),
    "answered": _("Answered"),
    "answered_in_session": _("Answered, raised during the session"),
    "answered_between": _("Answered, raised between sessions"),
    "first_handling": _("In the first handling"),
    "answered_in_ordinary_limit": _("Answered within the ordinary limit"),
    "answered_late": _("Answered after the due date"),
    "rated_first": _("Rated in the first round"),
    "rated_first_entered": _("Rated in the first round, entered by the office"),
    "classed": _("Answered with a class"),
    "class_missing": _("Answered without a class"),
    "class_unproven": _("Class without its proof"),
    "feedback_base": _("Asked for feedback"),
    "fed_back": _("Fed back"),
    "fed_back_entered": _("Fed back, entered by the office"),
    "no_feedback": _("No feedback yet"),
    "dissatisfied_first": _("Not satisfied in the first round"),
    "rerated": _("Rated again"),
    "being_rehandled": _("Being handled again"),
    "running": _("Running"),
    "ended": _("Ended"),
    "withdrawn": _("Withdrawn after registration"),
}


# --- What can be chosen


def _sessions(context: Context) -> Choices:
    if context.actor is None:
        return []
    rows = Session.objects.filter(congress=context.actor.congress_id).order_by("-opens_on", "-pk")
    return list(rows.values_list("key", "name"))


def _terms(context: Context) -> Choices:
    if context.actor is None:
        return []
    rows = Term.objects.filter(congress=context.actor.congress_id).select_related("congress")
    return [(each.key, str(each)) for each in rows.order_by("assembly", "-ordinal")]


def _organs(context: Context) -> Choices:
    if context.actor is None:
        return []
    rows = Organ.objects.filter(congress=context.actor.congress_id)
    return list(rows.values_list("key", "name"))


def _delegations(context: Context) -> Choices:
    if context.actor is None:
        return []
    rows = Delegation.objects.filter(congress=context.actor.congress_id)
    return list(rows.order_by("-term", "ordering", "pk").values_list("key", "name"))


def _systems(_context: Context) -> Choices:
    return [*System.choices, (PARTY_GROUP, _("Party and congress organs together"))]


def _classes(context: Context) -> Choices:
    """Those of the scheme in force in the reader's congress."""
    if context.actor is None:
        return []
    return [(code, code) for code in rules_in_force(context.actor, context).classes.scheme.codes]


def _grades(_context: Context) -> Choices:
    return [*Grade.choices, (UNRATED, _("Not rated"))]


def _sets(_context: Context) -> Choices:
    """Every named set; one that has no words yet goes by its name."""
    return [(name, SETS.get(name, name)) for name in selectors.POPULATIONS]


def _duties(context: Context) -> Choices:
    actor = context.actor
    if actor is None:
        return []
    return [(each.name, each.act) for each in duties.DUTIES.values() if actor.role in each.roles]


def _awaited(context: Context) -> Choices:
    actor = context.actor
    if actor is None:
        return []
    waits = duties.WAITS_FOR_OTHERS.items()
    return [(name, verb) for name, (roles, verb, _rows) in waits if actor.role in roles]


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
        return rows.filter(**{name: "" if value == UNRATED else value})

    return narrow


def _lights(_context: Context) -> Choices:
    return [(light, light_word(shown)) for light, shown in LIGHTS.items()]


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


def _fixed(choices: Choices) -> Any:
    return lambda _context: choices


FILTERS = (
    Filter(
        key="session", label=_("Session"), kind="choice", field="session__key", choices=_sessions
    ),
    Filter(
        key="term",
        label=pgettext_lazy("congress", "term"),
        kind="choice",
        field="session__term__key",
        choices=_terms,
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
    Filter(key="light", label=_("Light"), kind="multi", apply=_by_light, choices=_lights),
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
    Filter(key="organ", label=_("Handled by"), kind="choice", apply=_handled_by, choices=_organs),
    Filter(key="leading", label=_("Led by"), kind="choice", apply=_led_by, choices=_organs),
    Filter(key="owing", label=_("Owed by"), kind="choice", apply=_owed_by, choices=_organs),
    Filter(
        key="system",
        label=_("Handled by a system"),
        kind="choice",
        apply=_by_system,
        choices=_systems,
    ),
    Filter(
        key="led_by",
        label=_("Led by a system"),
        kind="choice",
        apply=_led_by_system,
        choices=_systems,
    ),
    Filter(
        key="delegation",
        label=_("Delegation"),
        kind="choice",
        field="lead__delegation__key",
        choices=_delegations,
    ),
    Filter(key="deputy", label=_("Deputy"), kind="text", apply=_by_deputy),
    Filter(key="class", label=_("Class"), kind="multi", field="outcome_class", choices=_classes),
    Filter(
        key="attitude",
        label=_("Attitude"),
        kind="choice",
        apply=_graded("attitude"),
        choices=_grades,
    ),
    Filter(
        key="result", label=_("Result"), kind="choice", apply=_graded("result"), choices=_grades
    ),
    Filter(
        key="first_attitude",
        label=_("Attitude, first round"),
        kind="choice",
        apply=_graded("first_attitude"),
        choices=_grades,
    ),
    Filter(
        key="first_result",
        label=_("Result, first round"),
        kind="choice",
        apply=_graded("first_result"),
        choices=_grades,
    ),
    Filter(key="due_from", label=_("Due from"), kind="date_from", field="due_on"),
    Filter(key="due_to", label=_("Due until"), kind="date_to", field="due_on"),
    Filter(
        key="registered_from", label=_("Registered from"), kind="date_from", field="registered_on"
    ),
    Filter(key="registered_to", label=_("Registered until"), kind="date_to", field="registered_on"),
    Filter(key="replied_in", label=_("First replied in the month"), kind="text", apply=_replied_in),
    Filter(key="set", label=_("Counted as"), kind="choice", apply=_of_set, choices=_sets),
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
        choices=_organs,
    ),
    Filter(
        key="unspoken_by",
        label=_("Replied without contact"),
        kind="choice",
        apply=_part_without(contacts.lacking),
        choices=_organs,
    ),
    Filter(key="duty", label=_("Waits for me"), kind="choice", apply=_of_duty, choices=_duties),
    Filter(key="awaits", label=_("I wait for"), kind="choice", apply=_of_awaited, choices=_awaited),
)
