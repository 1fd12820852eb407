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
# The organs mark their parts as long as they are not done.
MARKING = {
    "assignment.mark": {"edu_liaison", "edu_head"},
    "co.mark": {"fin_liaison", "fin_head"},
}
SHARING = {"assignment.sub_assign": {"edu_liaison"}}
# As long as an organ owes something the office may urge it.
URGING = {"assignment.urge": CLERKS, "co.urge": CLERKS}

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

# While the organ works and its reply has not gone to be checked: everything but that.
SPEAKING = {
    "merge": CLERKS,
    "agree_to_withdraw": COSIGNER,
    "waive_contact": LEAD,
    "assignment.ask_extension": ASKERS,
    "assignment.plan": WORKERS,
    "assignment.contact": WORKERS,
    "co.acknowledge": {"fin_liaison"},
}

# Within the time for it, and while nobody has, each organ and the lead deputy may dispute a charge.
DISPUTABLE = {
    "assignment.ask_return": {"edu_liaison"},
    "assignment.object_to_organ": LEAD,
}
BOTH_DISPUTABLE = {**DISPUTABLE, "co.ask_return": {"fin_liaison"}}

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
    "registered, handed to an office": {
        "assign": {"government_clerk"},
        "hand_back": {"government_clerk"},
        "merge": CLERKS,
        "agree_to_withdraw": COSIGNER,
    },
    "in handling, not acknowledged": {
        **URGING,
        **BOTH_DISPUTABLE,
        "merge": CLERKS,
        "agree_to_withdraw": COSIGNER,
        "waive_contact": LEAD,
        "assignment.acknowledge": {"edu_liaison"},
        "co.acknowledge": {"fin_liaison"},
        **MARKING,
    },
    "in handling, both acknowledged": {
        **URGING,
        **BOTH_DISPUTABLE,
        **MARKING,
        **SHARING,
        "co.sub_assign": {"fin_liaison"},
        "merge": CLERKS,
        "agree_to_withdraw": COSIGNER,
        "waive_contact": LEAD,
        "assignment.contest_contact": LEAD,
        "assignment.ask_extension": ASKERS,
        "assignment.plan": WORKERS,
        "assignment.contact": WORKERS,
        "co.plan": CO_WORKERS,
        "co.contact": CO_WORKERS,
        "co.give_opinion": CO_WORKERS,
        "reply.send_to_check": WORKERS,
    },
    "in handling, opinion given": {
        "assignment.urge": CLERKS,
        **DISPUTABLE,
        **MARKING,
        "merge": CLERKS,
        "agree_to_withdraw": COSIGNER,
        "waive_contact": LEAD,
        "assignment.acknowledge": {"edu_liaison"},
        "co.contact": CO_WORKERS,
        "co.return_opinion": WORKERS,
        "co.mark_opinion": WORKERS,
    },
    "in handling, planned": {
        **URGING,
        **BOTH_DISPUTABLE,
        **MARKING,
        **SHARING,
        "merge": CLERKS,
        "agree_to_withdraw": COSIGNER,
        "waive_contact": LEAD,
        "assignment.contest_contact": LEAD,
        "assignment.ask_extension": ASKERS,
        "assignment.plan": WORKERS,
        "assignment.contact": WORKERS,
        "reply.send_to_check": WORKERS,
        "co.acknowledge": {"fin_liaison"},
    },
    "in handling, an extension asked": {
        **URGING,
        **BOTH_DISPUTABLE,
        **MARKING,
        **SHARING,
        "merge": CLERKS,
        "agree_to_withdraw": COSIGNER,
        "waive_contact": LEAD,
        "assignment.contest_contact": LEAD,
        "assignment.grant_extension": CLERKS,
        "assignment.refuse_extension": CLERKS,
        "assignment.plan": WORKERS,
        "assignment.contact": WORKERS,
        "reply.send_to_check": WORKERS,
        "co.acknowledge": {"fin_liaison"},
    },
    # It lies with a colleague: the handler who was not given it looks on.
    "in handling, shared out to a colleague": {
        **URGING,
        **MARKING,
        **SHARING,
        "merge": CLERKS,
        "agree_to_withdraw": COSIGNER,
        "assignment.ask_extension": ASKERS,
        "assignment.plan": {"edu_liaison"},
        "assignment.contact": {"edu_liaison"},
        "co.acknowledge": {"fin_liaison"},
        **BOTH_DISPUTABLE,
        "assignment.exempt_contact": {"edu_head"},
        "waive_contact": LEAD,
    },
    # Not shared out yet, any handler of the organ takes it up as ever.
    "in handling, to be shared out": {
        **URGING,
        **MARKING,
        **SHARING,
        "merge": CLERKS,
        "agree_to_withdraw": COSIGNER,
        "assignment.ask_extension": ASKERS,
        "assignment.plan": WORKERS,
        "assignment.contact": WORKERS,
        "co.acknowledge": {"fin_liaison"},
        **BOTH_DISPUTABLE,
        "assignment.exempt_contact": {"edu_head"},
        "waive_contact": LEAD,
    },
    # Where nobody's consent is needed, the organ's word has been enough.
    "in handling, extended": {
        **URGING,
        **BOTH_DISPUTABLE,
        **MARKING,
        **SHARING,
        "merge": CLERKS,
        "agree_to_withdraw": COSIGNER,
        "waive_contact": LEAD,
        "assignment.contest_contact": LEAD,
        "assignment.plan": WORKERS,
        "assignment.contact": WORKERS,
        "reply.send_to_check": WORKERS,
        "co.acknowledge": {"fin_liaison"},
    },
    # Both organs are the government's: its office decides. The co-handler is asked.
    "in handling, a return asked": {
        **URGING,
        **MARKING,
        "merge": CLERKS,
        "agree_to_withdraw": COSIGNER,
        "assignment.acknowledge": {"edu_liaison"},
        "co.acknowledge": {"fin_liaison"},
        "assignment.take_it_on": {"fin_liaison"},
        "assignment.decline_it": {"fin_liaison"},
        "assignment.refuse_return": {"government_clerk"},
        "assignment.reassign": {"government_clerk"},
        "co.ask_return": {"fin_liaison"},
        "waive_contact": LEAD,
    },
    # A party organ was named: what lies between the systems is for the congress office. Nobody of
    # the organ can ask again, nor can the deputy object.
    "in handling, refused twice": {
        **URGING,
        "merge": CLERKS,
        "agree_to_withdraw": COSIGNER,
        "assignment.acknowledge": {"edu_liaison"},
        "co.acknowledge": {"fin_liaison"},
        "assignment.reassign": CLERKS,
        "assignment.uphold": CLERKS,
        "assignment.ask_another": CLERKS,
        "co.ask_return": {"fin_liaison"},
        **MARKING,
        "waive_contact": LEAD,
    },
    "reply in clearance": {
        **URGING,
        **BOTH_DISPUTABLE,
        "merge": CLERKS,
        "agree_to_withdraw": COSIGNER,
        "waive_contact": LEAD,
        "assignment.contest_contact": LEAD,
        "assignment.ask_extension": ASKERS,
        "assignment.plan": WORKERS,
        "assignment.contact": WORKERS,
        "reply.pass_check": {"edu_checker"},
        "reply.send_back": CLEARERS,
        "co.acknowledge": {"fin_liaison"},
        **MARKING,
        **SHARING,
    },
    # The co-handling organ's head alone gives its name; none is given twice to one text.
    "reply in clearance, to be countersigned": {
        "assignment.urge": CLERKS,
        **MARKING,
        **SHARING,
        "merge": CLERKS,
        "agree_to_withdraw": COSIGNER,
        "assignment.ask_extension": ASKERS,
        "assignment.plan": WORKERS,
        "assignment.contact": WORKERS,
        "reply.pass_check": {"edu_checker"},
        "reply.send_back": CLEARERS,
        "co.contact": CO_WORKERS,
        "co.countersign": {"fin_head"},
        "co.refuse_countersignature": {"fin_head"},
        **DISPUTABLE,
        "assignment.contest_contact": LEAD,
        "waive_contact": LEAD,
    },
    "reply in clearance, countersigned": {
        "assignment.urge": CLERKS,
        "merge": CLERKS,
        "agree_to_withdraw": COSIGNER,
        "assignment.ask_extension": ASKERS,
        "assignment.plan": WORKERS,
        "assignment.contact": WORKERS,
        "reply.pass_check": {"edu_checker"},
        "reply.send_back": CLEARERS,
        "co.contact": CO_WORKERS,
        **DISPUTABLE,
        "assignment.contest_contact": LEAD,
        "waive_contact": LEAD,
        **MARKING,
        **SHARING,
    },
    "reply checked": {
        **URGING,
        **BOTH_DISPUTABLE,
        "merge": CLERKS,
        "agree_to_withdraw": COSIGNER,
        "waive_contact": LEAD,
        "assignment.contest_contact": LEAD,
        "assignment.ask_extension": ASKERS,
        "assignment.plan": WORKERS,
        "assignment.contact": WORKERS,
        "reply.sign": {"edu_head"},
        "reply.send_back": CLEARERS,
        "co.acknowledge": {"fin_liaison"},
        **MARKING,
        **SHARING,
    },
    "reply signed": {
        **URGING,
        **BOTH_DISPUTABLE,
        **MARKING,
        **SHARING,
        "merge": CLERKS,
        "agree_to_withdraw": COSIGNER,
        "waive_contact": LEAD,
        "assignment.contest_contact": LEAD,
        "assignment.ask_extension": ASKERS,
        "assignment.plan": WORKERS,
        "assignment.contact": WORKERS,
        "reply.deliver": {"edu_liaison"},
        "reply.deliver_in_person": {"edu_liaison"},
        "reply.send_back": CLEARERS,
        "co.acknowledge": {"fin_liaison"},
    },
    "replied": {
        **MARKING,
        "rate": LEAD,
        "assignment.contact": WORKERS,
        "assignment.contest_contact": LEAD,
        "reply.reclassify": {"edu_head"},
        "enter_rating": CLERKS,
        "report_pressure": SIGNERS,
        "reply.sign_for": CLERKS,
    },
    "replied, not satisfied": {
        **MARKING,
        "order_rehandling": CLERKS,
        "decline_rehandling": CLERKS,
        "report_pressure": SIGNERS,
        "reply.sign_for": CLERKS,
        "assignment.contact": WORKERS,
        "assignment.contest_contact": LEAD,
    },
    # The organ asks how it went (回访), and the deputy may still change his word.
    "closed": {
        "assignment.contact": WORKERS,
        "assignment.contest_contact": LEAD,
        "report_pressure": SIGNERS,
        "reply.sign_for": CLERKS,
    },
    # Not back to the organ before the congress body has done something about it.
    "replied, refused again": {
        "take_measure": CLERKS,
        "report_pressure": SIGNERS,
        "reply.sign_for": CLERKS,
        "assignment.contact": WORKERS,
        "assignment.contest_contact": LEAD,
        "assignment.mark": {"edu_liaison", "edu_head"},
    },
    "replied, the rating may be changed": {
        **MARKING,
        "change_rating": LEAD,
        "report_pressure": SIGNERS,
        "reply.sign_for": CLERKS,
        "assignment.contact": WORKERS,
        "assignment.contest_contact": LEAD,
    },
    "not accepted": {},
    "taken as reference": {},
    "withdrawn": {},
    # Both deputies were named as having taken part; neither organ nor office answers for them.
    "in handling, a contact waits": {
        **URGING,
        **SPEAKING,
        "assignment.confirm_contact": LEAD | COSIGNER,
        "assignment.contest_contact": LEAD | COSIGNER,
        **BOTH_DISPUTABLE,
        **MARKING,
        **SHARING,
    },
    "in handling, a contact contested": {
        **URGING,
        **SPEAKING,
        "assignment.confirm_contact": LEAD | COSIGNER,
        "assignment.contest_contact": LEAD | COSIGNER,
        "assignment.exempt_contact": {"edu_head"},
        **BOTH_DISPUTABLE,
        **MARKING,
        **SHARING,
    },
    "in handling, exempted from contact": {
        **URGING,
        **SPEAKING,
        "assignment.confirm_contact": LEAD | COSIGNER,
        "assignment.contest_contact": LEAD | COSIGNER,
        "reply.send_to_check": WORKERS,
        **BOTH_DISPUTABLE,
        **MARKING,
        **SHARING,
    },
}


EVERY_SITUATION = SITUATIONS | UNDER_OTHER_RULES


def _try(story: Story, attempt: Attempt, actor: Actor) -> bool:
    """Whether the step is taken; what it does then is undone again."""
    with transaction.atomic():
        try:
            attempt(story, actor)
        except DomainError:
            return False
        transaction.set_rollback(True)
    return True


def _written() -> tuple[int, int]:
    return Act.objects.count(), Entry.objects.count()


@pytest.mark.parametrize("situation", EVERY_SITUATION)
def test_each_cell(db: None, situation: str) -> None:
    town = Town()
    town.neighbour()
    story = EVERY_SITUATION[situation](Story(town))
    story.other = Story(town, title="关于扩建新区幼儿园的建议").submitted().case
    story.other.refresh_from_db()
    has_parts = story.case.assignments.exists()
    taken: dict[str, set[str]] = {}
    before = _written()
    for step, attempt in ATTEMPTS.items():
        if "." in step and not has_parts:
            continue
        story.case.refresh_from_db()
        story.case.forget_cached()
        who = {person for person in PEOPLE if _try(story, attempt, town.actor(person))}
        # What was refused has left nothing; what was taken was undone.
        assert _written() == before, step
        if who:
            taken[step] = who

    assert taken == PERMITTED[situation]


def test_every_step_is_attempted_and_every_situation_stated() -> None:
    rows = {row.name for row in SUGGESTION.moves}
    rows |= {f"assignment.{row.name}" for row in ASSIGNMENT.moves}
    rows |= {f"reply.{row.name}" for row in REPLY.moves}
    by_rule = {"answer", "close", "rehandle", "settle"} | {
        f"assignment.{name}"
        for name in (
            *("reply", "inform", "finish", "stop", "extend", "carry", "ask_countersignature"),
            *("take_over", "fold_in"),
        )
    }
    by_rule.add("reply.void_clearance")
    assert rows - by_rule == {step for step in ATTEMPTS if not step.startswith("co.")}
    assert set(PERMITTED) == set(EVERY_SITUATION)


@pytest.mark.parametrize("lifecycle", [SUGGESTION, ASSIGNMENT, REPLY], ids=lambda each: each.name)
def test_every_stage_is_reached_and_leads_to_an_end(lifecycle: Lifecycle) -> None:
    assert lifecycle.dead_ends() == set()
    assert lifecycle.unreachable() == set()
