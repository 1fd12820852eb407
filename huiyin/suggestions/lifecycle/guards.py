"""What is still missing before a step: each guard says it in the reader's words, or None.

A guard is given the case of its table (suggestion, assignment or reply file) and what the step
brings: always ``rules`` (the rulebook in force), ``calendar`` and ``on`` (the business day), and
whatever the step's service adds. It reads; it changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.accounts.models import Standing
from huiyin.kernel.errors import Words
from huiyin.organisations.models import Organ
from huiyin.rulebook import RehandleTrigger, Rulebook, WithdrawalUntil
from huiyin.rulebook.clocks import due
from huiyin.suggestions.models import Assignment, Rating, ReplyFile, Suggestion
from huiyin.suggestions.stages import (
    ANSWERING,
    CHARGED,
    AssignmentStage,
    HandlingRole,
    ReplyStage,
    Signing,
    Stage,
)
from huiyin.ui.days import plain_day

Brought = Mapping[str, Any]

# --- Writing and signing


def text_is_complete(case: Suggestion, brought: Brought) -> Words | None:
    text = brought["text"]
    if not text.title.strip():
        return _("Give the suggestion a title.")
    if not text.situation.strip():
        return _("Describe the situation and the problem.")
    if not any(request.strip() for request in text.requests):
        return _("Write at least one concrete request.")
    return None


def mandate_is_in_force(case: Suggestion, brought: Brought) -> Words | None:
    """What is new needs a mandate; what was submitted under one goes on without (换届)."""
    if case.lead.is_usable(on=brought["on"]):
        return None
    return _("%(name)s's mandate is not in force; nothing new can be submitted.") % {
        "name": case.lead.person.name
    }


def signer_is_in_office(case: Suggestion, brought: Brought) -> Words | None:
    if brought["actor"].post.is_usable(on=brought["on"]):
        return None
    return _("Your mandate is not in force; you cannot sign now.")


def scan_is_kept(case: Suggestion, brought: Brought) -> Words | None:
    if case.entered_by_id is None or brought["has_scan"]:
        return None
    return _("Attach the scan of the signed paper first.")


def deputy_can_sign(case: Suggestion, brought: Brought) -> Words | None:
    deputy = brought["deputy"]
    if deputy.congress_id != case.congress_id:
        return _("%(name)s is not a deputy of this congress.") % {"name": deputy.person.name}
    if deputy.standing == Standing.SUSPENDED:
        return _("%(name)s's mandate is suspended; he cannot co-sign now.") % {
            "name": deputy.person.name
        }
    if not deputy.is_usable(on=brought["on"]):
        return _("%(name)s's mandate has ended; he cannot co-sign.") % {"name": deputy.person.name}
    if case.signatures_by_post.get(deputy.pk) in (Signing.LEAD, Signing.CONFIRMED, Signing.INVITED):
        return _("%(name)s has already been asked.") % {"name": deputy.person.name}
    return None


def agrees_once(case: Suggestion, brought: Brought) -> Words | None:
    if brought["actor"].post_id in brought["agreed"]:
        return _("You have already agreed to the withdrawal.")
    return None


def withdrawal_is_open(case: Suggestion, brought: Brought) -> Words | None:
    rules: Rulebook = brought["rules"]
    if rules.withdrawal.until == WithdrawalUntil.ASSIGNED and case.stage == Stage.IN_HANDLING:
        return _("It has been assigned; from then on it can no longer be withdrawn here.")
    return None


def cosigners_agree_to_withdraw(case: Suggestion, brought: Brought) -> Words | None:
    rules: Rulebook = brought["rules"]
    if not rules.withdrawal.joint_requires_all or case.stage == Stage.DRAFT:
        return None
    confirmed = {
        post for post, standing in case.signatures_by_post.items() if standing == Signing.CONFIRMED
    }
    if confirmed - brought["agreed"]:
        return _("A joint suggestion is withdrawn only when every co-signer agrees.")
    return None


# --- Review


def not_asked_yet(case: Suggestion, brought: Brought) -> Words | None:
    if (brought["part"], brought["organ_id"]) in case.review_parts:
        return _("This party has already been asked.")
    return None


def no_verdict_yet(case: Suggestion, brought: Brought) -> Words | None:
    part = (brought["part"], brought["organ_id"])
    if part in brought["verdicts"]:
        return _("Your verdict on this version has been given.")
    return None


def verdicts_are_in(case: Suggestion, brought: Brought) -> Words | None:
    if case.review_parts - brought["verdicts"]:
        return _("Others were asked to review; their verdict is still awaited.")
    return None


def wording_is_answered(case: Suggestion, brought: Brought) -> Words | None:
    if brought["wording_waits"]:
        return _("The deputy has not answered the proposed wording yet.")
    return None


def wording_waits(case: Suggestion, brought: Brought) -> Words | None:
    if not brought["wording_waits"]:
        return _("No wording is waiting for your answer.")
    return None


def reason_is_allowed(case: Suggestion, brought: Brought) -> Words | None:
    rules: Rulebook = brought["rules"]
    if brought["reason_code"] not in {reason.code for reason in rules.review.reasons}:
        return _("Choose one of the reasons your rules allow.")
    return None


def not_a_wording_fault(case: Suggestion, brought: Brought) -> Words | None:
    rules: Rulebook = brought["rules"]
    barred = {reason.code for reason in rules.review.reasons if reason.barred}
    if brought["reason_code"] not in barred:
        return _("A fault of wording is a reason to return it for revision, not to refuse it.")
    return None


def number_is_free(case: Suggestion, brought: Brought) -> Words | None:
    if brought["number_taken"]:
        return _("Number %(number)s has been given in this session.") % {
            "number": brought["number"]
        }
    return None


def merges_with_another(case: Suggestion, brought: Brought) -> Words | None:
    other: Suggestion | None = brought["other"]
    if other is None or other.pk == case.pk:
        return _("Choose another suggestion to merge with.")
    if other.congress_id != case.congress_id or other.session_id != case.session_id:
        return _("Only suggestions of one session are merged.")
    if other.stage not in (Stage.SUBMITTED, Stage.REGISTERED, Stage.IN_HANDLING):
        return _("The other suggestion is no longer open.")
    if case.merge_group_id is not None and case.merge_group_id == other.merge_group_id:
        return _("They are merged already.")
    return None


def is_merged(case: Suggestion, brought: Brought) -> Words | None:
    return None if case.merge_group_id else _("It is not merged with another.")


# --- Assignment


def organs_are_named_right(case: Suggestion, brought: Brought) -> Words | None:
    """One lead with any number of co-handlers, or one alone, or two and more separately."""
    named = brought["organs"]
    if said := _organs_exist(case, named, on=brought["on"]):
        return said
    roles = [charge.role for charge in named]
    counts = {role: roles.count(role) for role in HandlingRole}
    if counts[HandlingRole.REFERENCE]:
        return _("An organ for reference only is named when it is circulated.")
    if counts[HandlingRole.SEPARATE]:
        if len(roles) != counts[HandlingRole.SEPARATE] or len(roles) < 2:
            return _("Separate handling needs at least two organs, all of them separate.")
        if not all(charge.said_part for charge in named):
            return _("Say which part each organ handles.")
        return None
    if counts[HandlingRole.SOLE]:
        return None if len(roles) == 1 else _("A sole organ handles it alone.")
    if counts[HandlingRole.LEAD] != 1:
        return _("Name exactly one lead organ.")
    return None


def names_an_organ(case: Suggestion, brought: Brought) -> Words | None:
    return _organs_exist(case, brought["organs"], on=brought["on"])


def _organs_exist(case: Suggestion, named: list[Any], *, on: date) -> Words | None:
    if not named:
        return _("Name at least one organ.")
    if len({charge.organ.pk for charge in named}) != len(named):
        return _("An organ is named twice.")
    # As they are now: one of them may have been abolished since the page was made.
    now = Organ.objects.in_bulk([charge.organ.pk for charge in named])
    for charge in named:
        organ = now[charge.organ.pk]
        if organ.congress_id != case.congress_id or not organ.exists_on(on):
            return _("%(organ)s cannot be given work now; choose its successor.") % {
                "organ": charge.organ.name
            }
    return None


def deputy_wants_no_reply(case: Suggestion, brought: Brought) -> Words | None:
    if case.wants_no_reply:
        return None
    return _("The deputy has not asked for study without a written reply.")


def every_answering_organ_replied(case: Suggestion, brought: Brought) -> Words | None:
    left = case.assignments.filter(CHARGED, round=case.round, role__in=ANSWERING).exclude(
        stage=AssignmentStage.REPLIED
    )
    return _("An organ has not replied yet.") if left.exists() else None


# --- Feedback


def not_rated_this_round(case: Suggestion, brought: Brought) -> Words | None:
    if _rating(case) is not None:
        return _("This round has been rated.")
    return None


def rated_this_round(case: Suggestion, brought: Brought) -> Words | None:
    return None if _rating(case) is not None else _("It has not been rated.")


def result_not_satisfied(case: Suggestion, brought: Brought) -> Words | None:
    rules: Rulebook = brought["rules"]
    rating = _rating(case)
    if rating is None or not calls_for_rehandling(rating, rules=rules):
        return _("The deputy has not rated it as not satisfied.")
    return None


def calls_for_rehandling(rating: Rating, *, rules: Rulebook) -> bool:
    """Whether the rating holds a lowest grade in a dimension that calls for handling again."""
    scale = rules.feedback.scale
    grades = [getattr(rating, dimension.code) for dimension in rules.rehandle.dimensions]
    return any(scale.find(grade).dissatisfied for grade in grades if grade)


def rehandles_by_itself(rating: Rating, *, rules: Rulebook) -> bool:
    """Whether handling again follows at once, without an order of the congress body.

    Only after a first reply: a second one that does not satisfy goes to the congress body.
    """
    at_once = rules.rehandle.trigger == RehandleTrigger.AUTOMATIC and rating.round == 1
    return at_once and calls_for_rehandling(rating, rules=rules)


def feedback_limit_is_over(case: Suggestion, brought: Brought) -> Words | None:
    rules: Rulebook = brought["rules"]
    if case.replied_on is None:
        return _("It has not been replied to.")
    limit = due(case.replied_on, rules.feedback.limit, rules=rules, calendar=brought["calendar"])
    if brought["on"] <= limit.date:
        return _("The deputy may still rate it until %(date)s.") % {"date": plain_day(limit.date)}
    return None


def _rating(case: Suggestion) -> Rating | None:
    return case.ratings.filter(round=case.round, counted=True).order_by("pk").last()


# --- An organ's work


def suggestion_is_in_handling(case: Assignment, brought: Brought) -> Words | None:
    if case.suggestion.stage == Stage.IN_HANDLING and case.round == case.suggestion.round:
        return None
    return _("The suggestion is not in handling.")


def contact_not_in_the_future(case: Assignment, brought: Brought) -> Words | None:
    if brought["held_on"] > brought["on"]:
        return _("A contact is recorded after it was held.")
    return None


def is_for_reference(case: Assignment, brought: Brought) -> Words | None:
    if case.role == HandlingRole.REFERENCE:
        return None
    return _("This organ has more to do than to study it.")


def reply_is_delivered(case: Assignment, brought: Brought) -> Words | None:
    if case.reply_file.stage == ReplyStage.DELIVERED:
        return None
    return _("The reply has not been delivered.")


def assignment_is_open(case: ReplyFile, brought: Brought) -> Words | None:
    assignment = case.assignment
    if assignment.stage == AssignmentStage.ISSUED:
        return _("Acknowledge receipt first.")
    if assignment.stage == AssignmentStage.REASSIGNED:
        return _("It has been given to another organ.")
    return suggestion_is_in_handling(assignment, brought)


def every_request_is_answered(case: ReplyFile, brought: Brought) -> Words | None:
    answered = {request.pk for request, answer in brought["answers"] if answer.strip()}
    missing = [item.ordinal for item in brought["requests"] if item.pk not in answered]
    if missing:
        return _("Request %(number)s has no answer yet.") % {"number": missing[0]}
    return None


def class_fits(case: ReplyFile, brought: Brought) -> Words | None:
    rules: Rulebook = brought["rules"]
    if brought["outcome_class"] not in rules.classes.scheme.codes:
        return _("Choose the outcome class of the reply.")
    return None
