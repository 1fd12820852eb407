"""Who hears of a step: the names used in the ``notice`` column of the tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db.models import Q, QuerySet

from huiyin.accounts.models import Post, Role, Standing
from huiyin.suggestions.lifecycle import where
from huiyin.suggestions.models import (
    Assignment,
    ContactDeputy,
    ReplyFile,
    ReturnBy,
    ReturnRequest,
    Suggestion,
)
from huiyin.suggestions.models.review import ReviewPart
from huiyin.suggestions.rules import ARBITERS
from huiyin.suggestions.stages import ANSWERING, CHARGED, Signing

Case = Suggestion | Assignment | ReplyFile


def of(names: str, *, subject: Case, suggestion: Suggestion, on: date) -> QuerySet[Post]:
    """Return the posts that the comma-separated ``names`` stand for, each once."""
    reached = Q(pk__in=())
    for name in filter(None, names.split(",")):
        reached |= AUDIENCES[name](suggestion, subject)
    return in_office(Post.objects.filter(reached), on=on)


def in_office(posts: QuerySet[Post], *, on: date) -> QuerySet[Post]:
    """Those of ``posts`` that hear of a step: in office, or a deputy whose term is over.

    He is still answered: 「换届时仍未完成办理的…应当在换届后继续在限期内完成办理并答复」
    (上海市规定第19条).
    """
    running = Q(until__isnull=True) | Q(until__gte=on) | Q(role=Role.DEPUTY)
    return (
        posts.filter(running, since__lte=on)
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


def _system_office(suggestion: Suggestion, subject: Case) -> Q:
    """Those who assign in the office it has just been handed to."""
    clerk = Q(role=Role.GOVERNMENT_CLERK) | Q(role=Role.LIAISON, organ__is_party_office=True)
    return Q(organ__isnull=False, organ=suggestion.office_id) & clerk


def _reviewers(suggestion: Suggestion, subject: Case) -> Q:
    asked = Q(pk__in=())
    for part, organ_id in suggestion.review_parts:
        if part == ReviewPart.GOVERNMENT_OFFICE:
            asked |= Q(congress=suggestion.congress_id, role=Role.GOVERNMENT_CLERK)
        else:
            asked |= Q(organ=organ_id, role=Role.COMMITTEE)
    return asked


def _organs(suggestion: Suggestion, subject: Case) -> Q:
    charged = suggestion.assignments.filter(CHARGED, round=suggestion.round)
    return Q(role=Role.LIAISON, organ__in=charged.values("organ"))


def _answering_organs(suggestion: Suggestion, subject: Case) -> Q:
    charged = suggestion.assignments.filter(CHARGED, round=suggestion.round, role__in=ANSWERING)
    return Q(role=Role.LIAISON, organ__in=charged.values("organ"))


def _of_the_organ(*roles: str) -> Callable[[Suggestion, Case], Q]:
    def reached(suggestion: Suggestion, subject: Case) -> Q:
        assignment = subject.assignment if isinstance(subject, ReplyFile) else subject
        if not isinstance(assignment, Assignment):
            raise TypeError("only an assignment or its reply has an organ")
        return Q(role__in=roles, organ=assignment.organ_id)

    return reached


def _met_deputies(suggestion: Suggestion, subject: Case) -> Q:
    """The lead deputy, and whom the record just made names beside him."""
    if not isinstance(subject, Assignment):
        raise TypeError("only an organ's part has contacts")
    last = subject.contacts.order_by("-pk").values("pk")[:1]
    named = ContactDeputy.objects.filter(contact__in=last)
    return Q(pk=suggestion.lead_id) | Q(pk__in=named.values("deputy"))


def _disputed(subject: Case) -> Assignment:
    """The part in dispute, as it is after the step."""
    if not isinstance(subject, Assignment):
        raise TypeError("only an organ's charge is disputed")
    return Assignment.objects.get(pk=subject.pk)


def _asked_organ(suggestion: Suggestion, subject: Case) -> Q:
    asked = _disputed(subject).asked_organ_id
    return Q(role=Role.LIAISON, organ__isnull=False, organ=asked)


def _arbiters(suggestion: Suggestion, subject: Case) -> Q:
    part = _disputed(subject)
    by_office = Q(congress=suggestion.congress_id, role=ARBITERS[part.arbiter])
    return by_office & ~Q(organ__isnull=False, organ=part.organ_id)


def _objector(suggestion: Suggestion, subject: Case) -> Q:
    """The lead deputy, when it was he who objected last."""
    asked = ReturnRequest.objects.filter(assignment=_disputed(subject))
    last = asked.exclude(by=ReturnBy.ARBITER).order_by("-pk").first()
    return Q(pk=suggestion.lead_id) if last and last.by == ReturnBy.DEPUTY else Q(pk__in=())


def _leaders(suggestion: Suggestion, subject: Case) -> Q:
    return Q(congress=suggestion.congress_id, role=Role.LEADER)


def _leaders_when_final(suggestion: Suggestion, subject: Case) -> Q:
    final = where.awaits_final_decision(_disputed(subject))
    return _leaders(suggestion, subject) if final else Q(pk__in=())


def _clearing(suggestion: Suggestion, subject: Case) -> Q:
    """Who clears the level that the text waits for, as it has just been derived."""
    if not isinstance(subject, ReplyFile):
        raise TypeError("only a reply goes through levels")
    waiting = ReplyFile.objects.get(pk=subject.pk)
    own = Q(key=waiting.waits_post, organ=subject.assignment.organ_id)
    alike = Q(role=waiting.waits_role, organ=subject.assignment.organ_id)
    return own if Post.objects.filter(own, standing=Standing.ACTIVE).exists() else alike


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
    "system_office": _system_office,
    "organs": _organs,
    "answering_organs": _answering_organs,
    "clearing": _clearing,
    "heads": _of_the_organ(Role.HEAD),
    "handlers": _of_the_organ(Role.HANDLER, Role.LIAISON),
    "liaisons": _of_the_organ(Role.LIAISON),
    "met_deputies": _met_deputies,
    "given_handlers": _given_handlers,
    "electing_unit": _electing_unit,
    "asked_organ": _asked_organ,
    "arbiters": _arbiters,
    "objector": _objector,
    "leaders": _leaders,
    "leaders_when_final": _leaders_when_final,
}
