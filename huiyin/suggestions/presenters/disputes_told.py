"""The acts of a dispute as entries of the story, in words that name both organs."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.kernel.errors import Words
from huiyin.suggestions.models import Act, Assignment
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.presenters.file import CaseFile

DONE: dict[tuple[str, str], Words] = {
    (Table.ASSIGNMENT, "fold_in"): p_("done", "Taken up in its new charge"),
}


def _part(act: Act, file: CaseFile) -> Assignment:
    return file.by_part[act.assignment_id or 0]


def _named(act: Act, file: CaseFile) -> str:
    """The organ of the round the act belongs to."""
    rounds = {each.number: each.named.name for each in _part(act, file).return_requests.all()}
    return rounds.get(act.data["round"], "")


def _opened(act: Act, file: CaseFile) -> Words:
    said = {
        "ask_return": _("%(organ)s asked to return it, naming %(named)s"),
        "object_to_organ": _("The lead deputy objected to %(organ)s, naming %(named)s"),
        "ask_another": _("%(named)s was asked whether it takes on what %(organ)s has"),
    }[act.move]
    return said % {"organ": _part(act, file).organ.name, "named": _named(act, file)}


def _answered(act: Act, file: CaseFile) -> Words:
    words = {"named": _named(act, file)}
    if act.move == "take_it_on":
        return _("%(named)s takes it on") % words
    return _("%(named)s does not take it on") % words


def _decided(act: Act, file: CaseFile) -> Words:
    said = {
        "reassign": _("%(organ)s was relieved of it"),
        "refuse_return": _("%(organ)s was not relieved and goes on"),
        "uphold": _("Decided finally: it stays with %(organ)s"),
    }[act.move]
    return said % {"organ": _part(act, file).organ.name}


def _taken_over(act: Act, file: CaseFile) -> Words:
    new = _part(act, file)
    old = file.by_part[new.replaces_id or 0]
    return _("%(organ)s charged in place of %(before)s") % {
        "organ": new.organ.name,
        "before": old.organ.name,
    }


WORDS: dict[tuple[str, str], Callable[[Act, CaseFile], Words]] = {
    (Table.ASSIGNMENT, "ask_return"): _opened,
    (Table.ASSIGNMENT, "object_to_organ"): _opened,
    (Table.ASSIGNMENT, "ask_another"): _opened,
    (Table.ASSIGNMENT, "take_it_on"): _answered,
    (Table.ASSIGNMENT, "decline_it"): _answered,
    (Table.ASSIGNMENT, "refuse_return"): _decided,
    (Table.ASSIGNMENT, "uphold"): _decided,
    (Table.ASSIGNMENT, "reassign"): _decided,
    (Table.ASSIGNMENT, "take_over"): _taken_over,
}
