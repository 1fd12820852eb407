"""A form that is sent twice does its work once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction

from huiyin.kernel.errors import Conflict, Invalid
from huiyin.ledger.models import IdempotencyKey
from huiyin.ledger.services import KEY_LENGTH, once
from huiyin.ledger.tests.conftest import LIN, MORNING, Somebody, deed
from huiyin.ledger.tests.sample.models import Deed

pytestmark = pytest.mark.django_db


def send(
    key: str = "form-1", *, actor: Somebody = LIN, action: str = "sample.done", title: str = "one"
) -> tuple[str, bool]:
    return once(key=key, actor=actor, action=action, at=MORNING, do=lambda: deed(title).title)


def test_the_second_sending_gets_the_answer_of_the_first() -> None:
    assert send() == ("one", True)
    assert send(title="two") == ("one", False)
    assert [one.title for one in Deed.objects.all()] == ["one"]

    kept = IdempotencyKey.objects.get()
    assert (kept.key, kept.person_key, kept.at) == ("form-1", "person-lin", MORNING)
    assert (kept.result, kept.replays) == ("one", 1)
    assert str(kept) == "sample.done 2020-02-12"


def test_another_form_and_another_person_are_served() -> None:
    send()

    assert send("form-2", title="two") == ("two", True)
    assert send(actor=replace(LIN, person_key="person-zhao"), title="three") == ("three", True)
    assert Deed.objects.count() == 3


def test_the_same_person_in_another_post_is_the_same_person() -> None:
    send()

    assert send(actor=replace(LIN, post_key="post-clerk"), title="two") == ("one", False)


def test_work_that_is_refused_leaves_no_key_and_may_be_sent_again() -> None:
    def refuse() -> str:
        deed("half done")
        raise Conflict("not now")

    with pytest.raises(Conflict, match="not now"):
        once(key="form-1", actor=LIN, action="sample.done", at=MORNING, do=refuse)

    assert not Deed.objects.exists()
    assert send() == ("one", True)


def test_the_key_is_lost_with_the_transaction_around_it() -> None:
    with transaction.atomic():
        send()
        transaction.set_rollback(True)

    assert send() == ("one", True)


def test_a_form_of_another_step_is_refused() -> None:
    send()

    with pytest.raises(Conflict):
        send(action="sample.undone")
    assert IdempotencyKey.objects.get().replays == 0


@pytest.mark.parametrize("key", ["", "x" * (KEY_LENGTH + 1)])
def test_a_form_without_a_proper_key_is_refused(key: str) -> None:
    with pytest.raises(Invalid):
        send(key)
    assert not Deed.objects.exists()


def test_the_longest_key_is_accepted_and_time_makes_no_difference() -> None:
    longest = "x" * KEY_LENGTH
    send(longest)
    later = MORNING + timedelta(days=400)

    again = once(key=longest, actor=LIN, action="sample.done", at=later, do=lambda: "two")

    assert again == ("one", False)
