"""Each duty waits for exactly those who can do it, and its number opens its rows."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.accounts.tests.town import Town
from huiyin.suggestions.duties import DUTIES, others_owe, rows_awaited, rows_of, waiting_for
from huiyin.suggestions.tests.attempts import PEOPLE
from huiyin.suggestions.tests.situations import SITUATIONS, UNDER_OTHER_RULES, Story

pytestmark = pytest.mark.django_db

# situation → person → the duties that wait for him. Whoever is not named has none.
EXPECTED: dict[str, dict[str, set[str]]] = {
    "draft, a co-signer invited": {"lin": {"finish_draft"}, "zhao": {"confirm"}},
    "submitted": {"clerk": {"review"}, "second_clerk": {"review"}},
    "submitted, others asked to review": {
        "government_clerk": {"verdict"},
        "committee": {"verdict"},
    },
    "submitted, a wording waits": {"lin": {"wording"}},
    "returned": {"lin": {"revise"}},
    "registered": {"clerk": {"assign"}, "second_clerk": {"assign"}},
    "in handling, not acknowledged": {
        "edu_liaison": {"acknowledge"},
        "fin_liaison": {"acknowledge"},
    },
    "in handling, both acknowledged": {
        "edu_liaison": {"plan", "reply"},
        "edu_handler": {"plan", "reply"},
        "fin_liaison": {"opinion"},
        "fin_handler": {"opinion"},
    },
    "registered, handed to an office": {"government_clerk": {"share_out"}},
    "in handling, an extension asked": {
        "clerk": {"extension"},
        "second_clerk": {"extension"},
        "edu_liaison": {"plan", "reply"},
        "edu_handler": {"plan", "reply"},
        "fin_liaison": {"acknowledge"},
    },
    "in handling, opinion given": {
        "edu_liaison": {"acknowledge", "mark_opinion"},
        "edu_handler": {"mark_opinion"},
    },
    "reply in clearance, to be countersigned": {
        "edu_liaison": {"plan"},
        "edu_handler": {"plan"},
        "edu_checker": {"check"},
        "fin_head": {"countersign"},
    },
    "in handling, a return asked": {
        "government_clerk": {"settle"},
        "edu_liaison": {"acknowledge"},
        "fin_liaison": {"acknowledge", "take_on"},
    },
    "in handling, refused twice": {
        "clerk": {"settle"},
        "second_clerk": {"settle"},
        "edu_liaison": {"acknowledge"},
        "fin_liaison": {"acknowledge"},
    },
    "in handling, to be shared out": {
        "edu_liaison": {"give_inside", "plan", "reply"},
        "edu_handler": {"plan", "reply"},
        "fin_liaison": {"acknowledge"},
    },
    "in handling, shared out to a colleague": {
        "edu_liaison": {"plan", "reply"},
        "edu_colleague": {"plan", "reply"},
        "fin_liaison": {"acknowledge"},
    },
    "reply in clearance": {
        "edu_liaison": {"plan"},
        "edu_handler": {"plan"},
        "edu_checker": {"check"},
        "fin_liaison": {"acknowledge"},
    },
    "reply checked": {
        "edu_liaison": {"plan"},
        "edu_handler": {"plan"},
        "edu_head": {"sign"},
        "fin_liaison": {"acknowledge"},
    },
    "reply signed": {
        "edu_liaison": {"plan", "deliver"},
        "edu_handler": {"plan"},
        "fin_liaison": {"acknowledge"},
    },
    "replied": {"lin": {"rate"}},
    "replied, not satisfied": {"clerk": {"order"}, "second_clerk": {"order"}},
    "replied, refused again": {"clerk": {"refused_again"}, "second_clerk": {"refused_again"}},
    # Rated, and not final: nothing is left to do for anybody.
    "replied, the rating may be changed": {},
    "closed": {},
    "withdrawn": {},
    "in handling, a contact waits": {
        "lin": {"contact"},
        "zhao": {"contact"},
        "edu_liaison": {"plan", "reply"},
        "edu_handler": {"plan", "reply"},
        "fin_liaison": {"acknowledge"},
    },
}


@pytest.mark.parametrize("situation", EXPECTED)
def test_who_has_what_to_do(situation: str) -> None:
    town = Town()
    town.neighbour()
    story = (SITUATIONS | UNDER_OTHER_RULES)[situation](Story(town))
    found: dict[str, set[str]] = {}
    for person in {*PEOPLE, *(["edu_colleague"] if "edu_colleague" in town.people else [])}:
        actor = town.actor(person)
        for each in waiting_for(actor):
            found.setdefault(person, set()).add(each.duty.name)
            assert rows_of(actor, each.duty.name).count() == each.count == 1
            assert rows_of(actor, each.duty.name).get() == story.case
    assert found == EXPECTED[situation]


def test_a_duty_of_another_role_has_no_rows() -> None:
    town = Town()
    Story(town).submitted()
    assert not rows_of(town.actor("lin"), "review").exists()
    assert not rows_of(town.actor("clerk"), "no_such_duty").exists()
    assert not rows_awaited(town.actor("lin"), "with_organs").exists()


def test_what_others_owe_is_counted_as_it_is_listed() -> None:
    town = Town()
    Story(town).submitted().asked()
    Story(town, title="关于整治南河的建议").submitted().registered().assigned()
    clerk = town.actor("clerk")
    owed = {name: count for name, _verb, count in others_owe(clerk)}
    assert owed == {"awaiting_verdict": 1, "with_organs": 1, "awaiting_opinions": 1}
    for name, count in owed.items():
        assert rows_awaited(clerk, name).count() == count


def test_every_duty_is_expected_somewhere() -> None:
    named = {duty for people in EXPECTED.values() for duties in people.values() for duty in duties}
    assert named == set(DUTIES)


def test_receipt_is_due_by_its_own_limit_and_the_reply_by_the_reply_s() -> None:
    """Seven days from assignment under both packs; three months for the reply."""
    town = Town()
    Story(town).submitted().registered().assigned()
    [receipt] = waiting_for(town.actor("edu_liaison"))
    assert (receipt.duty.name, receipt.due_on) == ("acknowledge", date(2020, 3, 9))
    Story(town, title="关于修路的建议").submitted().registered().assigned().acknowledged()
    waits = {each.duty.name: each.due_on for each in waiting_for(town.actor("edu_handler"))}
    assert waits == {"plan": date(2020, 6, 2), "reply": date(2020, 6, 2)}
