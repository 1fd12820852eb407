"""Who hears of a step: the names used in the ``notice`` column of the tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db.models import Q, QuerySet

from huiyin.accounts.models import Post, Role, Standing
from huiyin.suggestions.models import Assignment, ReplyFile, Suggestion
from huiyin.suggestions.models.review import ReviewPart
from huiyin.suggestions.stages import ANSWERING, Signing

Case = Suggestion | Assignment | ReplyFile


def of(names: str, *, subject: Case, suggestion: Suggestion, on: date) -> QuerySet[Post]:
    """Return the posts that the comma-separated ``names`` stand for, each once."""
    reached = Q(pk__in=())
    for name in filter(None, names.split(",")):
        reached |= AUDIENCES[name](suggestion, subject)
    in_office = Q(until__isnull=True) | Q(until__gte=on)
    return (
        Post.objects.filter(reached & in_office, since__lte=on)
        .exclude(standing=Standing.SUSPENDED)
        .select_related("person")
    )


def _signing(suggestion: Suggestion, *standings: str) -> Q:
    posts = [post for post, each in suggestion.signatures_by_post.items() if each in standings]
    return Q(pk__in=posts)


def _lead_deputy(suggestion: Suggestion, subject: Case) -> Q:
    return Q(pk=suggestion.lead_id)


def _deputies(suggestion: Suggestion, subject: Case) -> Q:
    return _signing(suggestion, Signing.LEAD, Signing.CONFIRMED)


def _cosigners(suggestion: Suggestion, subject: Case) -> Q:
    return _signing(suggestion, Signing.CONFIRMED)


def _invited(suggestion: Suggestion, subject: Case) -> Q:
    return _signing(suggestion, Signing.INVITED)


def _clerks(suggestion: Suggestion, subject: Case) -> Q:
    return Q(congress=suggestion.congress_id, role=Role.CLERK)


def _reviewers(suggestion: Suggestion, subject: Case) -> Q:
    asked = Q(pk__in=())
    for part, organ_id in suggestion.review_parts:
        if part == ReviewPart.GOVERNMENT_OFFICE:
            asked |= Q(congress=suggestion.congress_id, role=Role.GOVERNMENT_CLERK)
        else:
            asked |= Q(organ=organ_id, role=Role.COMMITTEE)
    return asked


def _organs(suggestion: Suggestion, subject: Case) -> Q:
    charged = suggestion.assignments.filter(round=suggestion.round)
    return Q(role=Role.LIAISON, organ__in=charged.values("organ"))


def _answering_organs(suggestion: Suggestion, subject: Case) -> Q:
    charged = suggestion.assignments.filter(round=suggestion.round, role__in=ANSWERING)
    return Q(role=Role.LIAISON, organ__in=charged.values("organ"))


def _of_the_organ(*roles: str) -> Callable[[Suggestion, Case], Q]:
    def reached(suggestion: Suggestion, subject: Case) -> Q:
        assignment = subject.assignment if isinstance(subject, ReplyFile) else subject
        if not isinstance(assignment, Assignment):
            raise TypeError("only an assignment or its reply has an organ")
        return Q(role__in=roles, organ=assignment.organ_id)

    return reached


def _given_handlers(suggestion: Suggestion, subject: Case) -> Q:
    """The handler it was shared out to; without one every handler of the division."""
    if not isinstance(subject, Assignment):
        raise TypeError("only an organ's part is shared out")
    if subject.handler_id is not None:
        return Q(pk=subject.handler_id)
    return Q(role=Role.HANDLER, organ=subject.organ_id, inner_division=subject.division_id)


def _electing_unit(suggestion: Suggestion, subject: Case) -> Q:
    return Q(
        role=Role.ELECTING_LIAISON,
        electing_unit__isnull=False,
        electing_unit=suggestion.lead.electing_unit_id,
    )


AUDIENCES: dict[str, Callable[[Suggestion, Case], Q]] = {
    "lead_deputy": _lead_deputy,
    "deputies": _deputies,
    "cosigners": _cosigners,
    "invited": _invited,
    "clerks": _clerks,
    "reviewers": _reviewers,
    "organs": _organs,
    "answering_organs": _answering_organs,
    "checkers": _of_the_organ(Role.CHECKER),
    "heads": _of_the_organ(Role.HEAD),
    "handlers": _of_the_organ(Role.HANDLER, Role.LIAISON),
    "liaisons": _of_the_organ(Role.LIAISON),
    "given_handlers": _given_handlers,
    "electing_unit": _electing_unit,
}
