"""Every class of every scheme has something to prove, alike for classes that come to the same."""

import pytest

from huiyin.rulebook import CLASS_SCHEMES, PROOFS, Outcome, Promise, Proof, load
from huiyin.rulebook.tests.test_matrix import TODAY


def test_hunan_s_seven_classes_each_ask_for_their_own_proof() -> None:
    proofs = {each.code: each.proof for each in CLASS_SCHEMES["hunan-7"].classes}
    assert proofs == {
        "A1": Proof.EVIDENCE,
        "A2": Proof.THIS_YEAR,
        "A3": Proof.GROUND,
        "B1": Proof.NEAR_TERM,
        "B2": Proof.PLAN,
        "C1": Proof.GROUND,
        "C2": Proof.GROUND,
    }


def test_four_classes_follow_by_what_they_come_to() -> None:
    proofs = {each.code: each.proof for each in CLASS_SCHEMES["national-4"].classes}
    assert proofs == {
        "A": Proof.EVIDENCE,
        "B": Proof.PLAN,
        "C": Proof.GROUND,
        "D": Proof.GROUND,
    }


@pytest.mark.parametrize("scheme", CLASS_SCHEMES.values(), ids=lambda each: each.code)
def test_a_promise_asks_for_a_day_and_nothing_else_does(scheme: object) -> None:
    for each in scheme.classes:  # type: ignore[attr-defined]
        assert each.proof.asks_day == (each.promise is not None)
        if each.outcome is Outcome.SOLVED:
            assert each.proof is Proof.EVIDENCE
        if each.promise is Promise.PLANNED:
            assert each.proof is Proof.PLAN


def test_every_proof_says_its_rule_in_both_languages() -> None:
    assert set(PROOFS) == set(Proof)
    for kind in PROOFS.values():
        assert kind.label.zh and kind.label.en and kind.rule.zh and kind.rule.en


def test_proof_is_asked_for_where_no_text_says_otherwise() -> None:
    rules = load("hunan", on=TODAY)
    assert rules.classes.proof
    assert rules.clearance.text_checks
    assert rules.clearance.levels == 2
