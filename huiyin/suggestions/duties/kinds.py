"""The kinds of duty and of waiting: for which roles, in which words, which rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Role
from huiyin.kernel.errors import Words
from huiyin.suggestions.duties import cohandling, disputes
from huiyin.suggestions.duties import conditions as rows
from huiyin.suggestions.duties.conditions import Condition
from huiyin.suggestions.stages import (
    ANSWERING,
    AssignmentStage,
    HandlingRole,
    ReplyStage,
    Stage,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One kind of thing to do. ``verb`` begins its sentence, ``act`` is its button."""

    name: str
    roles: frozenset[str]
    verb: Words
    act: Words
    rows: Condition
    # The column, on the suggestion or on the organ's part, that holds the day by which.
    due: str = ""
    on_part: bool = False
    # The day by which is that of acknowledging receipt, not that of the reply.
    by_receipt: bool = False
    # The page on which all of them are done at once, where there is one.
    page: str = ""


_ALL = (
    Duty(
        name="confirm",
        roles=frozenset({Role.DEPUTY}),
        verb=p_("duty verb", "Confirm your signature on"),
        act=p_("duty", "Read and confirm"),
        rows=rows.asked_to_sign,
    ),
    Duty(
        name="contact",
        roles=frozenset({Role.DEPUTY}),
        verb=p_("duty verb", "Say whether organs spoke with you about"),
        act=p_("duty", "Say whether it was so"),
        rows=rows.contact_to_check,
        page="suggestions:contacts_to_check",
    ),
    Duty(
        name="revise",
        roles=frozenset({Role.DEPUTY}),
        verb=p_("duty verb", "Revise and submit again"),
        act=p_("duty", "Revise"),
        rows=rows.mine(Stage.RETURNED),
    ),
    Duty(
        name="wording",
        roles=frozenset({Role.DEPUTY}),
        verb=p_("duty verb", "Answer the proposed wording of"),
        act=p_("duty", "Compare and answer"),
        rows=rows.wording_waits,
    ),
    Duty(
        name="rate",
        roles=frozenset({Role.DEPUTY}),
        verb=p_("duty verb", "Read the reply and rate"),
        act=p_("duty", "Read the reply and rate"),
        rows=rows.to_rate,
    ),
    Duty(
        name="finish_draft",
        roles=frozenset({Role.DEPUTY}),
        verb=p_("duty verb", "Finish and submit"),
        act=p_("duty", "Go on writing"),
        rows=rows.mine(Stage.DRAFT),
    ),
    Duty(
        name="review",
        roles=frozenset({Role.CLERK}),
        verb=p_("duty verb", "Review and register"),
        act=p_("duty", "Review"),
        rows=rows.to_review,
    ),
    Duty(
        name="assign",
        roles=frozenset({Role.CLERK}),
        verb=p_("duty verb", "Assign"),
        act=p_("duty", "Assign"),
        rows=rows.to_assign,
    ),
    Duty(
        name="share_out",
        roles=frozenset({Role.GOVERNMENT_CLERK, Role.LIAISON}),
        verb=p_("duty verb", "Name the organs for"),
        act=p_("duty", "Name the organs"),
        rows=rows.to_share_out,
    ),
    Duty(
        name="order",
        roles=frozenset({Role.CLERK}),
        verb=p_("duty verb", "Decide on handling again"),
        act=p_("duty", "Decide"),
        rows=rows.to_order,
    ),
    Duty(
        name="refused_again",
        roles=frozenset({Role.CLERK}),
        verb=p_("duty verb", "Take up the second “not satisfied” of"),
        act=p_("duty", "Take up"),
        rows=rows.refused_again,
    ),
    Duty(
        name="extension",
        roles=frozenset({Role.CLERK}),
        verb=p_("duty verb", "Decide on the extension of"),
        act=p_("duty", "Decide"),
        rows=rows.extension_asked,
        due="due_on",
    ),
    Duty(
        name="settle",
        roles=disputes.SETTLERS,
        verb=disputes.SETTLE_VERB,
        act=disputes.SETTLE_ACT,
        rows=disputes.to_settle,
    ),
    Duty(
        name="take_on",
        roles=disputes.ANSWERERS,
        verb=disputes.ANSWER_VERB,
        act=disputes.ANSWER_ACT,
        rows=disputes.to_answer,
    ),
    Duty(
        name="verdict",
        roles=frozenset({Role.GOVERNMENT_CLERK, Role.COMMITTEE}),
        verb=p_("duty verb", "Give your verdict on"),
        act=p_("duty", "Give a verdict"),
        rows=rows.verdict_of,
    ),
    Duty(
        name="acknowledge",
        roles=frozenset({Role.LIAISON}),
        verb=p_("duty verb", "Acknowledge"),
        act=p_("duty", "Acknowledge"),
        rows=rows.organ_part(AssignmentStage.ISSUED),
        due="due_on",
        on_part=True,
        by_receipt=True,
    ),
    Duty(
        name="give_inside",
        roles=frozenset({Role.LIAISON}),
        verb=p_("duty verb", "Share out inside your organ"),
        act=p_("duty", "Share out"),
        rows=rows.to_give_inside,
        due="due_on",
        on_part=True,
    ),
    Duty(
        name="plan",
        roles=frozenset({Role.LIAISON, Role.HANDLER}),
        verb=p_("duty verb", "Enter the handling plan of"),
        act=p_("duty", "Enter the plan"),
        rows=rows.organ_part(AssignmentStage.ACKNOWLEDGED, roles=tuple(ANSWERING)),
        due="due_on",
        on_part=True,
    ),
    Duty(
        name="opinion",
        roles=frozenset({Role.LIAISON, Role.HANDLER}),
        verb=p_("duty verb", "Give your co-handling opinion on"),
        act=p_("duty", "Give the opinion"),
        rows=rows.organ_part(*rows.STARTED, roles=(HandlingRole.CO,)),
        due="due_on",
        on_part=True,
    ),
    Duty(
        name="mark_opinion",
        roles=frozenset({Role.LIAISON, Role.HANDLER}),
        verb=p_("duty verb", "Judge the co-handling opinions on"),
        act=p_("duty", "Judge the opinions"),
        rows=cohandling.to_mark,
        due="due_on",
    ),
    Duty(
        name="countersign",
        roles=frozenset({Role.HEAD}),
        verb=p_("duty verb", "Countersign the reply to"),
        act=p_("duty", "Read and countersign"),
        rows=cohandling.to_countersign,
    ),
    Duty(
        name="reply",
        roles=frozenset({Role.LIAISON, Role.HANDLER}),
        verb=p_("duty verb", "Reply to"),
        act=p_("duty", "Write the reply"),
        rows=rows.organ_part(*rows.STARTED, roles=tuple(ANSWERING), reply=ReplyStage.DRAFTING),
        due="due_on",
    ),
    Duty(
        name="check",
        roles=frozenset({Role.CHECKER, Role.HEAD}),
        verb=p_("duty verb", "Check the reply to"),
        act=p_("duty", "Check"),
        rows=rows.in_clearance(last=False),
        due="due_on",
    ),
    Duty(
        name="sign",
        roles=frozenset({Role.HEAD}),
        verb=p_("duty verb", "Sign the reply to"),
        act=p_("duty", "Sign"),
        rows=rows.in_clearance(last=True),
        due="due_on",
    ),
    Duty(
        name="deliver",
        roles=frozenset({Role.LIAISON}),
        verb=p_("duty verb", "Deliver the signed reply to"),
        act=p_("duty", "Deliver"),
        rows=rows.organ_part(*rows.STARTED, roles=tuple(ANSWERING), reply=ReplyStage.SIGNED),
        due="due_on",
    ),
)
DUTIES: dict[str, Duty] = {duty.name: duty for duty in _ALL}


# --- What waits for others, as those who oversee see it


WAITS_FOR_OTHERS: dict[str, tuple[frozenset[str], Words, Callable[[Actor], Q]]] = {
    "awaiting_verdict": (
        frozenset({Role.CLERK}),
        p_("waits", "Waiting for another's verdict:"),
        lambda actor: Q(stage=Stage.SUBMITTED) & rows.verdict_awaited(),
    ),
    "awaiting_deputy": (
        frozenset({Role.CLERK}),
        p_("waits", "Waiting for the deputy's answer to a wording:"),
        lambda actor: rows.open_wording(),
    ),
    "with_deputies": (
        frozenset({Role.CLERK, Role.LIAISON}),
        p_("waits", "Replied to, not rated yet:"),
        rows.to_be_rated,
    ),
    "with_offices": (
        frozenset({Role.CLERK}),
        p_("waits", "Handed to offices, not assigned yet:"),
        lambda actor: Q(stage=Stage.REGISTERED, office__isnull=False),
    ),
    "with_organs": (
        frozenset({Role.CLERK, Role.GOVERNMENT_CLERK, Role.LEADER, Role.COMMITTEE}),
        p_("waits", "In handling with the organs:"),
        lambda actor: Q(stage=Stage.IN_HANDLING),
    ),
    "awaiting_opinion": (
        frozenset({Role.LIAISON, Role.HANDLER}),
        p_("waits", "Waiting for another organ's co-handling opinion:"),
        cohandling.opinion_awaited,
    ),
    "awaiting_opinions": (
        frozenset({Role.CLERK, Role.GOVERNMENT_CLERK}),
        p_("waits", "Co-handling opinions still to come:"),
        cohandling.any_opinion_awaited,
    ),
    "disputed": (
        frozenset({Role.CLERK, Role.GOVERNMENT_CLERK, Role.LEADER, Role.COMMITTEE}),
        p_("waits", "Disputed whose business it is:"),
        disputes.unowned,
    ),
    "final_awaited": (
        frozenset({Role.CLERK, Role.GOVERNMENT_CLERK, Role.LEADER}),
        p_("waits", "Refused twice, to be decided finally:"),
        disputes.final_awaited,
    ),
    "mine_running": (
        frozenset({Role.DEPUTY, Role.ELECTING_LIAISON}),
        p_("waits", "In handling:"),
        lambda actor: Q(stage__in=(Stage.REGISTERED, Stage.IN_HANDLING)),
    ),
}
