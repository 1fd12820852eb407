"""Who may take which step from where. Every cell, stated here by hand.

A test that took its expectation from the table would agree with any table. A cell that is not
listed below must be refused, and a refused step leaves nothing behind.
"""

from __future__ import annotations

import pytest
from django.db import transaction

from huiyin.accounts.actor import Actor
from huiyin.accounts.tests.town import Town
from huiyin.kernel.errors import DomainError
from huiyin.kernel.workflow import Lifecycle
from huiyin.ledger.models import Entry
from huiyin.suggestions.lifecycle import ASSIGNMENT, REPLY, SUGGESTION
from huiyin.suggestions.models import Act
from huiyin.suggestions.tests.attempts import ATTEMPTS, PEOPLE, Attempt
from huiyin.suggestions.tests.situations import SITUATIONS, UNDER_OTHER_RULES, Story

pytestmark = pytest.mark.django_db

LEAD, COSIGNER = {"lin"}, {"zhao"}
SIGNERS = LEAD | COSIGNER
CLERKS = {"clerk", "second_clerk"}
WORKERS = {"edu_liaison", "edu_handler"}
CO_WORKERS = {"fin_liaison", "fin_handler"}
ASKERS = {"edu_liaison", "edu_head"}
CLEARERS = {"edu_checker", "edu_head"}

# While it is under review and nothing else is pending, the office may do all this.
REVIEWING = {
    "register": CLERKS,
    "return": CLERKS,
    "propose_wording": CLERKS,
    "refuse": CLERKS,
    "take_as_reference": CLERKS,
    "merge": CLERKS,
    "ask_review": CLERKS,
}

# situation → step → those who may. "assignment.x" is of the education department's part,
# "co.x" of the finance department's.
PERMITTED: dict[str, dict[str, set[str]]] = {
    "draft, a co-signer invited": {
        "submit": LEAD,
        "invite": LEAD,
        "confirm_signature": COSIGNER,
        "decline_signature": COSIGNER,
        "withdraw": LEAD,
    },
    "submitted": {**REVIEWING, "agree_to_withdraw": COSIGNER},
    "submitted, co-signer agrees to withdrawal": {**REVIEWING, "withdraw": LEAD},
    "submitted, others asked to review": {
        "give_verdict": {"government_clerk", "committee"},
        "return": CLERKS,
        "propose_wording": CLERKS,
        "refuse": CLERKS,
        "take_as_reference": CLERKS,
        "merge": CLERKS,
        "agree_to_withdraw": COSIGNER,
    },
    "submitted, a wording waits": {
        "accept_wording": LEAD,
        "refuse_wording": LEAD,
        "refuse": CLERKS,
        "take_as_reference": CLERKS,
        "merge": CLERKS,
        "ask_review": CLERKS,
        "agree_to_withdraw": COSIGNER,
    },
    "returned": {"submit": LEAD, "invite": LEAD, "agree_to_withdraw": COSIGNER},
    "registered": {"assign": CLERKS, "merge": CLERKS, "agree_to_withdraw": COSIGNER},
    "registered and merged": {
        "assign": CLERKS,
        "merge": CLERKS,
        "unmerge": CLERKS,
        "agree_to_withdraw": COSIGNER,
    },
    "in handling, not acknowledged": {
        "merge": CLERKS,
        "agree_to_withdraw": COSIGNER,
        "assignment.acknowledge": {"edu_liaison"},
        "co.acknowledge": {"fin_liaison"},
    },
    "in handling, both acknowledged": {
        "merge": CLERKS,
        "agree_to_withdraw": COSIGNER,
        "assignment.ask_extension": ASKERS,
        "assignment.plan": WORKERS,
        "assignment.contact": WORKERS,
        "co.plan": CO_WORKERS,
        "co.contact": CO_WORKERS,
        "co.give_opinion": CO_WORKERS,
        "reply.send_to_check": WORKERS,
    },
    "in handling, opinion given": {
        "merge": CLERKS,
        "agree_to_withdraw": COSIGNER,
        "assignment.acknowledge": {"edu_liaison"},
        "co.contact": CO_WORKERS,
    },
    "in handling, planned": {
        "merge": CLERKS,
        "agree_to_withdraw": COSIGNER,
        "assignment.ask_extension": ASKERS,
        "assignment.plan": WORKERS,
        "assignment.contact": WORKERS,
        "reply.send_to_check": WORKERS,
        "co.acknowledge": {"fin_liaison"},
    },
    "in handling, an extension asked": {
        "merge": CLERKS,
        "agree_to_withdraw": COSIGNER,
        "assignment.grant_extension": CLERKS,
        "assignment.refuse_extension": CLERKS,
        "assignment.plan": WORKERS,
        "assignment.contact": WORKERS,
        "reply.send_to_check": WORKERS,
        "co.acknowledge": {"fin_liaison"},
    },
    # Where nobody's consent is needed, the organ's word has been enough.
    "in handling, extended": {
        "merge": CLERKS,
        "agree_to_withdraw": COSIGNER,
        "assignment.plan": WORKERS,
        "assignment.contact": WORKERS,
        "reply.send_to_check": WORKERS,
        "co.acknowledge": {"fin_liaison"},
    },
    "reply in clearance": {
        "merge": CLERKS,
        "agree_to_withdraw": COSIGNER,
        "assignment.ask_extension": ASKERS,
        "assignment.plan": WORKERS,
        "assignment.contact": WORKERS,
        "reply.pass_check": {"edu_checker"},
        "reply.send_back": CLEARERS,
        "co.acknowledge": {"fin_liaison"},
    },
    "reply checked": {
        "merge": CLERKS,
        "agree_to_withdraw": COSIGNER,
        "assignment.ask_extension": ASKERS,
        "assignment.plan": WORKERS,
        "assignment.contact": WORKERS,
        "reply.sign": {"edu_head"},
        "reply.send_back": CLEARERS,
        "co.acknowledge": {"fin_liaison"},
    },
    "reply signed": {
        "merge": CLERKS,
        "agree_to_withdraw": COSIGNER,
        "assignment.ask_extension": ASKERS,
        "assignment.plan": WORKERS,
        "assignment.contact": WORKERS,
        "reply.deliver": {"edu_liaison"},
        "reply.deliver_in_person": {"edu_liaison"},
        "reply.send_back": CLEARERS,
        "co.acknowledge": {"fin_liaison"},
    },
    "replied": {
        "rate": LEAD,
        "enter_rating": CLERKS,
        "report_pressure": SIGNERS,
        "reply.sign_for": CLERKS,
        "assignment.contact": WORKERS,
    },
    "replied, not satisfied": {
        "order_rehandling": CLERKS,
        "decline_rehandling": CLERKS,
        "report_pressure": SIGNERS,
        "reply.sign_for": CLERKS,
        "assignment.contact": WORKERS,
    },
    # Not back to the organ before the congress body has done something about it.
    "replied, refused again": {
        "take_measure": CLERKS,
        "report_pressure": SIGNERS,
        "reply.sign_for": CLERKS,
        "assignment.contact": WORKERS,
    },
    "replied, the rating may be changed": {
        "change_rating": LEAD,
        "report_pressure": SIGNERS,
        "reply.sign_for": CLERKS,
        "assignment.contact": WORKERS,
    },
    "closed": {"report_pressure": SIGNERS, "reply.sign_for": CLERKS},
    "not accepted": {},
    "taken as reference": {},
    "withdrawn": {},
}


EVERY_SITUATION = SITUATIONS | UNDER_OTHER_RULES


def _try(story: Story, attempt: Attempt, actor: Actor) -> bool:
    """Whether the step is taken; whatever it does is undone again."""
    before = (Act.objects.count(), Entry.objects.count())
    taken = False
    with transaction.atomic():
        try:
            attempt(story, actor)
            taken = True
        except DomainError:
            assert (Act.objects.count(), Entry.objects.count()) == before
        transaction.set_rollback(True)
    return taken


@pytest.mark.parametrize("situation", EVERY_SITUATION)
def test_each_cell(db: None, situation: str) -> None:
    town = Town()
    town.neighbour()
    story = EVERY_SITUATION[situation](Story(town))
    story.other = Story(town, title="关于扩建新区幼儿园的建议").submitted().case
    story.other.refresh_from_db()
    has_parts = story.case.assignments.exists()
    taken: dict[str, set[str]] = {}
    for step, attempt in ATTEMPTS.items():
        if "." in step and not has_parts:
            continue
        story.case.refresh_from_db()
        story.case.forget_cached()
        who = {person for person in PEOPLE if _try(story, attempt, town.actor(person))}
        if who:
            taken[step] = who

    assert taken == PERMITTED[situation]


def test_every_step_is_attempted_and_every_situation_stated() -> None:
    rows = {row.name for row in SUGGESTION.moves}
    rows |= {f"assignment.{row.name}" for row in ASSIGNMENT.moves}
    rows |= {f"reply.{row.name}" for row in REPLY.moves}
    by_rule = {"answer", "close", "rehandle", "settle"} | {
        f"assignment.{name}" for name in ("reply", "inform", "finish", "stop", "extend")
    }
    assert rows - by_rule == {step for step in ATTEMPTS if not step.startswith("co.")}
    assert set(PERMITTED) == set(EVERY_SITUATION)


@pytest.mark.parametrize("lifecycle", [SUGGESTION, ASSIGNMENT, REPLY], ids=lambda each: each.name)
def test_every_stage_is_reached_and_leads_to_an_end(lifecycle: Lifecycle) -> None:
    assert lifecycle.dead_ends() == set()
    assert lifecycle.unreachable() == set()
