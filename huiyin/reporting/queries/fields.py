"""What can be asked of a suggestion: each field once, with its words, its kind and its column.

A field lies on the suggestion itself or on rows that belong to it: the organs' parts, promises,
contacts, signatures. A condition on such rows holds when one of them fits; of those rows too none
is looked at that the reader may not know of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models import TextChoices as Choices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from django.utils.translation import pgettext_lazy as p_

from huiyin.kernel.errors import Words
from huiyin.organisations.models import System
from huiyin.promises.selectors import promises_for
from huiyin.promises.stages import PromiseKind, PromiseStage
from huiyin.reporting.figures import CLASS_CODES
from huiyin.suggestions import answers, selectors
from huiyin.suggestions.contact_list import since_for
from huiyin.suggestions.contacts import contacts_for, with_state
from huiyin.suggestions.facets import near_days
from huiyin.suggestions.models import Assignment, Category, ContactState, Kind, Signature
from huiyin.suggestions.models.case import Raised
from huiyin.suggestions.models.handling import ContactForm, ContactPhase, ContactRank
from huiyin.suggestions.models.ratings import Grade
from huiyin.suggestions.stages import (
    CHARGED,
    IN_CHARGE,
    AssignmentStage,
    HandlingRole,
    Signing,
    Stage,
)
from huiyin.suggestions.tables import RATED_VIA
from huiyin.ui.lists import Context

Offered = Iterable[tuple[str, Words]]


class FieldKind(StrEnum):
    CHOICE = "choice"
    DAY = "day"
    NUMBER = "number"
    TEXT = "text"
    YES = "yes"


class About(StrEnum):
    """Under which heading a field is offered."""

    CASE = "case"
    DAYS = "days"
    HANDLING = "handling"
    RATING = "rating"
    PROMISE = "promise"
    CONTACT = "contact"


ABOUT: dict[About, Words] = {
    About.CASE: p_("of a query", "The suggestion"),
    About.DAYS: p_("of a query", "Days"),
    About.HANDLING: p_("of a query", "Handling"),
    About.RATING: p_("of a query", "Class and rating"),
    About.PROMISE: p_("of a query", "Promises"),
    About.CONTACT: p_("of a query", "Contacts"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Rows that belong to a suggestion: those the reader may know of, and the way back to it."""

    key: str
    rows: Callable[[Context], QuerySet[Any]]
    way: str = "suggestion"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field. ``column`` lies on the suggestion, or on the rows of ``of``.

    ``empty``: there may be nothing in it. ``held``: yes is what holds anything at all. ``where``
    makes the condition for one of its choices where that is more than a column. ``crosses``: its
    choices can be the rows of a table.
    """

    key: str
    label: Words
    kind: FieldKind
    about: About
    column: str = ""
    of: Related | None = None
    offer: Callable[[Context], Offered] | None = None
    empty: bool = False
    held: bool = False
    where: Callable[[str, Context], Q] | None = None

    @property
    def crosses(self) -> bool:
        return self.kind is FieldKind.CHOICE and self.where is None


def _parts(_context: Context) -> QuerySet[Any]:
    return Assignment.objects.filter(CHARGED)


def _of_role(*roles: HandlingRole) -> Callable[[Context], QuerySet[Any]]:
    return lambda context: _parts(context).filter(role__in=roles)


def _promises(context: Context) -> QuerySet[Any]:
    assert context.actor is not None  # noqa: S101 - nobody asks without a post
    return promises_for(context.actor)


def _contacts(context: Context) -> QuerySet[Any]:
    assert context.actor is not None  # noqa: S101 - nobody asks without a post
    return with_state(contacts_for(context.actor), since=since_for(context.actor, context))


def _signatures(_context: Context) -> QuerySet[Any]:
    return Signature.objects.filter(standing__in=(Signing.LEAD, Signing.CONFIRMED))


PARTS = Related(key="parts", rows=_parts)
LED = Related(key="led", rows=_of_role(*IN_CHARGE))
CO_HANDLED = Related(key="co_handled", rows=_of_role(HandlingRole.CO))
PROMISES = Related(key="promises", rows=_promises)
CONTACTS = Related(key="contacts", rows=_contacts, way="assignment__suggestion")
SIGNATURES = Related(key="signatures", rows=_signatures)


def _of(choices: type[Choices]) -> Callable[[Context], Offered]:
    return lambda _context: choices.choices


def _classes(_context: Context) -> Offered:
    """Of every scheme: what came from elsewhere keeps its class."""
    return [(code, code) for code in CLASS_CODES]


def _class_groups(_context: Context) -> Offered:
    letters = sorted({code[0] for code in CLASS_CODES if code[0].isalpha()})
    return [
        (letter, pgettext("of classes", "class %(letter)s") % {"letter": letter})
        for letter in letters
    ]


def _ways(_context: Context) -> Offered:
    return list(RATED_VIA.items())


def _of_class_group(letter: str, _context: Context) -> Q:
    codes = [code for code in CLASS_CODES if code.startswith(letter)]
    return Q(outcome_class__in=codes)


def _of_light(light: str, context: Context) -> Q:
    assert context.actor is not None  # noqa: S101 - nobody asks without a post
    near = near_days(context.actor, context)
    return selectors.of_light(light, on=context.today, near_days=near)


def _of_set(name: str, _context: Context) -> Q:
    return selectors.POPULATIONS[name]


def _choice(key: str, label: Words, about: About, **more: Any) -> Field:
    return Field(key=key, label=label, kind=FieldKind.CHOICE, about=about, **more)


def _day(key: str, label: Words, column: str = "", **more: Any) -> Field:
    about = more.pop("about", About.DAYS)
    return Field(
        key=key, label=label, kind=FieldKind.DAY, about=about, column=column or key, **more
    )


def _grade(key: str, label: Words) -> Field:
    return _choice(key, label, About.RATING, column=key, offer=_of(Grade), empty=True)


_CASE = (
    _choice("session", _("Session"), About.CASE, column="session__key", offer=answers.sessions),
    Field(key="title", label=_("Title"), kind=FieldKind.TEXT, about=About.CASE, column="title"),
    _choice("kind", _("Kind"), About.CASE, column="kind", offer=_of(Kind)),
    _choice("raised", _("Raised"), About.CASE, column="raised", offer=_of(Raised), empty=True),
    _choice("stage", _("Stage"), About.CASE, column="stage", offer=_of(Stage)),
    _choice(
        "category", _("Category"), About.CASE, column="category", offer=_of(Category), empty=True
    ),
    Field(
        key="lead",
        label=_("Lead deputy"),
        kind=FieldKind.TEXT,
        about=About.CASE,
        column="lead__person__name",
    ),
    Field(
        key="deputy",
        label=_("Deputy, leading or signing"),
        kind=FieldKind.TEXT,
        about=About.CASE,
        of=SIGNATURES,
        column="deputy__person__name",
    ),
    _choice(
        "delegation",
        _("Delegation"),
        About.CASE,
        column="lead__delegation__key",
        offer=answers.delegations,
        empty=True,
    ),
    Field(
        key="merged",
        label=_("Handled together with others"),
        kind=FieldKind.YES,
        about=About.CASE,
        column="merge_group",
        held=True,
    ),
    Field(
        key="for_reference",
        label=_("For reference only, no reply wanted"),
        kind=FieldKind.YES,
        about=About.CASE,
        column="wants_no_reply",
    ),
    _choice("set", _("Counted as"), About.CASE, where=_of_set, offer=answers.sets),
)
_DAYS = (
    _day("registered_on", _("Registered on"), empty=True),
    _day("assigned_on", _("Assigned on"), "first_assigned_on", empty=True),
    _day("due_on", _("Reply due"), empty=True),
    _day("first_replied_on", _("First replied on"), empty=True),
    _day("replied_on", _("Replied on"), empty=True),
    _day("letter_on", _("Date of the reply letter"), empty=True),
    _day("closed_on", _("Closed on"), empty=True),
)
_HANDLING = (
    _choice(
        "organ", _("Handling organ"), About.HANDLING, of=PARTS, column="organ__key",
        offer=answers.organs, empty=True,
    ),
    _choice(
        "lead_organ", _("Lead organ"), About.HANDLING, of=LED, column="organ__key",
        offer=answers.organs, empty=True,
    ),
    _choice(
        "co_organ", _("Co-handling organ"), About.HANDLING, of=CO_HANDLED, column="organ__key",
        offer=answers.organs, empty=True,
    ),
    _choice(
        "system", _("System of a handling organ"), About.HANDLING, of=PARTS,
        column="organ__system", offer=_of(System), empty=True,
    ),
    _choice(
        "part_stage", _("Stage of an organ's part"), About.HANDLING, of=PARTS, column="stage",
        offer=_of(AssignmentStage), empty=True,
    ),
    _day("part_due_on", _("Part of an organ due"), "due_on", about=About.HANDLING, of=PARTS,
         empty=True),
    Field(
        key="round", label=_("Rounds"), kind=FieldKind.NUMBER, about=About.HANDLING, column="round"
    ),
    _choice("light", _("Light"), About.HANDLING, where=_of_light, offer=answers.lights),
)  # fmt: skip
_RATING = (
    _choice(
        "class", _("Outcome class"), About.RATING, column="outcome_class", offer=_classes,
        empty=True,
    ),
    _choice(
        "class_group", _("Group of classes"), About.RATING, where=_of_class_group,
        offer=_class_groups,
    ),
    _grade("attitude", _("Attitude")),
    _grade("result", _("Result")),
    _grade("first_attitude", _("Attitude, first round")),
    _grade("first_result", _("Result, first round")),
    _choice(
        "rated_via", _("How the rating came in"), About.RATING, column="rated_via", offer=_ways,
        empty=True,
    ),
)  # fmt: skip
_PROMISE = (
    _choice(
        "promise_stage", _("Stage of a promise"), About.PROMISE, of=PROMISES, column="stage",
        offer=_of(PromiseStage), empty=True,
    ),
    _choice(
        "promise_kind", _("Kind of promise"), About.PROMISE, of=PROMISES, column="kind",
        offer=_of(PromiseKind), empty=True,
    ),
    _day(
        "promise_due_on", _("Promise to be fulfilled by"), "due_on", about=About.PROMISE,
        of=PROMISES, empty=True,
    ),
    Field(
        key="postponed", label=_("Times a promise was postponed"), kind=FieldKind.NUMBER,
        about=About.PROMISE, of=PROMISES, column="postponed",
    ),
)  # fmt: skip
_CONTACT = (
    _choice(
        "contact_state", _("State of a contact"), About.CONTACT, of=CONTACTS, column="state",
        offer=_of(ContactState), empty=True,
    ),
    _choice(
        "contact_form", _("Form of a contact"), About.CONTACT, of=CONTACTS, column="form",
        offer=_of(ContactForm), empty=True,
    ),
    _choice(
        "contact_phase", _("Phase of a contact"), About.CONTACT, of=CONTACTS, column="phase",
        offer=_of(ContactPhase), empty=True,
    ),
    _choice(
        "contact_rank", _("Rank of who met the deputy"), About.CONTACT, of=CONTACTS, column="rank",
        offer=_of(ContactRank), empty=True,
    ),
    _day(
        "contact_on", _("Day of a contact"), "held_on", about=About.CONTACT, of=CONTACTS,
        empty=True,
    ),
)  # fmt: skip

FIELDS: dict[str, Field] = {
    field.key: field for field in (*_CASE, *_DAYS, *_HANDLING, *_RATING, *_PROMISE, *_CONTACT)
}


def any_of(field: Field, values: Iterable[str], context: Context) -> Q:
    """One of these choices of a field whose condition is more than a column."""
    assert field.where is not None  # noqa: S101 - asked for such fields alone
    return reduce(or_, (field.where(value, context) for value in values))
