"""What the questions of the list of suggestions can be answered with."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.organisations.models import Delegation, Organ, Session, System, Term
from huiyin.suggestions import duties, selectors
from huiyin.suggestions.facets import rules_in_force
from huiyin.suggestions.models.ratings import Grade
from huiyin.suggestions.presenters.clocks import LIGHTS
from huiyin.ui.lists import Context
from huiyin.ui.templatetags.ui_tags import light_word

Choices = Iterable[tuple[str, Words]]

# The organs of the party and of the congress counted together (党群), as an address says it.
PARTY_GROUP = "+".join(System.PARTY_GROUP)
UNRATED = "none"

SETS: dict[str, Words] = {
    "received": _("Received"),
    "received_in_session": _("Received during the session"),
    "received_between": _("Received between sessions"),
    "assigned": _("Assigned"),
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


def sessions(context: Context) -> Choices:
    if context.actor is None:
        return []
    rows = Session.objects.filter(congress=context.actor.congress_id).order_by("-opens_on", "-pk")
    return list(rows.values_list("key", "name"))


def terms(context: Context) -> Choices:
    if context.actor is None:
        return []
    rows = Term.objects.filter(congress=context.actor.congress_id).select_related("congress")
    return [(each.key, str(each)) for each in rows.order_by("assembly", "-ordinal")]


def organs(context: Context) -> Choices:
    if context.actor is None:
        return []
    rows = Organ.objects.filter(congress=context.actor.congress_id)
    return list(rows.values_list("key", "name"))


def delegations(context: Context) -> Choices:
    if context.actor is None:
        return []
    rows = Delegation.objects.filter(congress=context.actor.congress_id)
    return list(rows.order_by("-term", "ordering", "pk").values_list("key", "name"))


def systems(_context: Context) -> Choices:
    return [*System.choices, (PARTY_GROUP, _("Party and congress organs together"))]


def classes(context: Context) -> Choices:
    """Those of the scheme in force in the reader's congress."""
    if context.actor is None:
        return []
    return [(code, code) for code in rules_in_force(context.actor, context).classes.scheme.codes]


def grades(_context: Context) -> Choices:
    return [*Grade.choices, (UNRATED, _("Not rated"))]


def sets(_context: Context) -> Choices:
    """Every named set; one that has no words yet goes by its name."""
    return [(name, SETS.get(name, name)) for name in selectors.POPULATIONS]


def own_duties(context: Context) -> Choices:
    actor = context.actor
    if actor is None:
        return []
    return [(each.name, each.act) for each in duties.DUTIES.values() if actor.role in each.roles]


def awaited(context: Context) -> Choices:
    actor = context.actor
    if actor is None:
        return []
    waits = duties.WAITS_FOR_OTHERS.items()
    return [(name, verb) for name, (roles, verb, _rows) in waits if actor.role in roles]


def lights(_context: Context) -> Choices:
    return [(light, light_word(shown)) for light, shown in LIGHTS.items()]
