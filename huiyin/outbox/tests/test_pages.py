"""What a person wishes to be told how; and what did not arrive."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from huiyin.accounts.models import Person
from huiyin.accounts.tests.town import NOW, Town
from huiyin.ledger.models import Entry
from huiyin.outbox import services, timing
from huiyin.outbox.models import Channel, Delivery, Digest, Reach, State, When, Wish
from huiyin.outbox.tests.conftest import told, with_address

pytestmark = pytest.mark.django_db

WISHES, STRANDED, AGAIN = "/notices/wishes/", "/notices/not-arrived/", "/notices/send-again/"
ROBOT = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=secret-1234"
FORM: dict[str, Any] = {"at_once": ["email", "wecom"], "digest": "email", "wecom": ROBOT}


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "没有这种渠道。"), ("en", "There is no such channel.")]
)
def test_an_unknown_channel_is_refused_in_words_and_what_was_typed_stays(
    town: Town, client: Client, language: str, words: str
) -> None:
    Person.objects.update(language=language)
    reader = town.signed_in(client, "lin")
    answer = reader.post(WISHES, {**FORM, "at_once": ["email", "pigeon"]})
    page = answer.content.decode()
    assert (answer.status_code, words in page, ROBOT in page) == (422, True, True)
    assert not Reach.objects.exists()


def test_wishes_are_kept_and_a_robots_address_is_shown_by_its_end(
    town: Town, client: Client
) -> None:
    reader = town.signed_in(client, "lin")
    chosen = {"when:sample.moved": "digest", f"when:{timing.REST}": "site"}
    assert reader.post(WISHES, {**FORM, **chosen}).status_code == 302

    reach = Reach.objects.get()
    assert (reach.person, reach.at_once, reach.wecom) == (
        town.person("lin"),
        ["email", "wecom"],
        ROBOT,
    )
    kept = dict(Wish.objects.values_list("event", "when"))
    assert kept == {"sample.moved": When.DIGEST, timing.REST: When.SITE}
    page = reader.get(WISHES).content.decode()
    assert "secret" not in page
    assert "…1234" in page
    # Left empty it stays; a dash takes it away.
    reader.post(WISHES, {**FORM, "wecom": ""})
    assert Reach.objects.get().wecom == ROBOT
    reader.post(WISHES, {"digest": "email", "wecom": "-"})
    assert Reach.objects.get().wecom == ""


@pytest.mark.parametrize(
    "wrong",
    [
        {"at_once": ["pigeon"]},
        {"digest": "pigeon"},
        {"digest": ""},
        {"digest": "sms"},
        {"wecom": "https://evil.example/send"},
        {"at_once": ["feishu"]},
        {"when:sample.moved": "site"},
        {"when:sample.moved": "never"},
        {f"when:{timing.REST}": "at_once"},
    ],
)
def test_what_cannot_be_is_refused_and_what_was_typed_stays(
    town: Town, client: Client, wrong: dict[str, Any]
) -> None:
    refused = town.signed_in(client, "lin").post(WISHES, {**FORM, "dingtalk": "", **wrong})

    assert refused.status_code == 422
    assert 'role="alert"' in refused.content.decode()
    assert wrong.get("wecom", ROBOT) in refused.content.decode()
    assert not Reach.objects.exists()
    assert not Wish.objects.exists()


def stranded(town: Town, state: State = State.FAILED) -> Delivery:
    with_address(town, "lin", "lin@example.cn")
    told(town, "lin")
    rows = Delivery.objects.filter(channel=Channel.EMAIL)
    rows.update(state=state, due_at=None, attempts=8, error="550 no such mailbox")
    return rows.get()


@pytest.mark.parametrize("state", [State.FAILED, State.UNSURE])
def test_the_office_sees_why_and_sends_again_once(town: Town, client: Client, state: State) -> None:
    delivery = stranded(town, state)
    reader = town.signed_in(client, "clerk")
    assert "550 no such mailbox" in reader.get(STRANDED).content.decode()

    assert reader.post(AGAIN, {"letter": delivery.key}).status_code == 302
    again = reader.post(AGAIN, {"letter": delivery.key})
    assert again.status_code == 409
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (State.QUEUED, 0)
    assert Entry.objects.filter(action="letter.send_again").count() == 1
    assert "550" not in reader.get(STRANDED).content.decode()


def test_a_digest_is_sent_again_as_one(town: Town) -> None:
    person = town.person("lin")
    digest = Digest.objects.create(
        person=person, on=NOW.date(), channel=Channel.EMAIL, state=State.FAILED, at=NOW
    )
    services.send_again(key=digest.key, actor=town.actor("clerk"), at=NOW)
    digest.refresh_from_db()
    assert digest.state == State.QUEUED


@pytest.mark.parametrize(("name", "status"), [("lin", 403), ("edu_liaison", 403)])
def test_nobody_else_sees_or_sends(town: Town, client: Client, name: str, status: int) -> None:
    delivery = stranded(town)
    reader = town.signed_in(client, name)
    assert reader.get(STRANDED).status_code == status
    assert reader.post(AGAIN, {"letter": delivery.key}).status_code == status


def test_the_office_next_door_neither(town: Town, client: Client) -> None:
    delivery = stranded(town)
    town.neighbour()
    reader = town.signed_in(client, "neighbour_clerk")
    assert "550" not in reader.get(STRANDED).content.decode()
    assert reader.post(AGAIN, {"letter": delivery.key}).status_code == 404
    assert reader.post(AGAIN, {"letter": "../.."}).status_code == 404
