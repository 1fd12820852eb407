"""Every channel outside the house, up to a real receiver on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage

from huiyin.accounts.models import Person, Role
from huiyin.accounts.tests.town import NOW, Town
from huiyin.kernel.errors import Invalid
from huiyin.outbox import digests, posting, sending, services, timing
from huiyin.outbox.models import Channel, Delivery, Digest, Notice, Reach, State, When, Wish
from huiyin.outbox.sending import PAUSES, Tally, send_due
from huiyin.outbox.tests.conftest import CASE, told, with_address
from huiyin.outbox.tests.receivers import MailServer, WebhookServer, serving

pytestmark = pytest.mark.django_db

Mailbox = list[EmailMessage]
DAY = timedelta(days=1)


@pytest.fixture
def mail_server(settings: Any) -> Iterator[MailServer]:
    with serving(MailServer()) as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = False, 5
        settings.HUIYIN_PUBLIC_URL = "https://suggestions.example"
        yield server


@pytest.fixture
def hook(settings: Any) -> Iterator[WebhookServer]:
    settings.HUIYIN_ROBOT_HOSTS = ["127.0.0.1"]
    settings.HUIYIN_PUBLIC_URL = "https://suggestions.example"
    with serving(WebhookServer()) as server:
        yield server


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample event presses on nobody: it waits for the digest."""
    monkeypatch.setattr(timing, "_pressing", {})


def by(town: Town, name: str, channel: Channel, address: str = "", **more: Any) -> Reach:
    """Let ``name`` be told by ``channel`` alone."""
    given = {"at_once": [channel.value], "digest": channel.value, **more}
    if address:
        given[channel.value] = address
    return Reach.objects.create(person=town.person(name), **given)


def only(town: Town) -> Delivery:
    return Delivery.objects.exclude(channel=Channel.SITE).get()


def test_a_letter_arrives_at_a_real_mail_server(town: Town, mail_server: MailServer) -> None:
    with_address(town, "lin", "lin@example.cn")
    told(town, "lin")

    assert send_due(at=NOW) == Tally(sent=1)
    assert send_due(at=NOW + DAY) == Tally()

    (letter,) = mail_server.arrived
    assert letter["Message-ID"] == f"<{only(town).key}@localhost>"
    assert "lin@example.cn" in letter["To"]
    assert f"https://suggestions.example/sample/{CASE[1]}/" in letter.get_content()


def test_an_address_that_bounces_is_on_record_and_can_be_put_right(
    town: Town, mail_server: MailServer
) -> None:
    mail_server.unknown = {"old@example.cn"}
    with_address(town, "lin", "old@example.cn")
    told(town, "lin")

    assert send_due(at=NOW) == Tally(failed=1)
    delivery = only(town)
    assert (delivery.state, delivery.due_at) == (State.FAILED, None)
    assert "550" in delivery.error
    assert "no such mailbox" in delivery.error

    with_address(town, "lin", "new@example.cn")
    services.send_again(key=delivery.key, actor=town.actor("clerk"), at=NOW + DAY)
    assert send_due(at=NOW + DAY) == Tally(sent=1)
    (letter,) = mail_server.arrived
    assert "new@example.cn" in letter["To"]


def test_a_mail_server_dead_for_a_day_loses_and_doubles_nothing(
    town: Town, mail_server: MailServer, settings: Any
) -> None:
    for name in ("lin", "zhao", "zhou"):
        with_address(town, name, f"{name}@example.cn")
        told(town, name)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    for minutes in range(0, 24 * 60, 5):
        send_due(at=NOW + timedelta(minutes=minutes))
    assert mail_server.arrived == []
    assert set(outside_states()) == {State.QUEUED}

    settings.EMAIL_PORT = port
    for minutes in range(0, 24 * 60, 30):
        send_due(at=NOW + DAY + timedelta(minutes=minutes))
    assert len(mail_server.names()) == len(set(mail_server.names())) == 3
    assert set(outside_states()) == {State.SENT}


def outside_states() -> list[str]:
    rows = Delivery.objects.exclude(channel=Channel.SITE)
    return list(rows.values_list("state", flat=True))


@pytest.mark.parametrize(
    ("channel", "answer", "body"),
    [
        (Channel.WECOM, {"errcode": 0}, ("text", "content")),
        (Channel.DINGTALK, {"errcode": 0}, ("text", "content")),
        (Channel.FEISHU, {"code": 0, "msg": "success"}, ("content", "text")),
    ],
)
def test_a_robot_says_one_line_and_where_to_read(
    town: Town, hook: WebhookServer, channel: Channel, answer: Any, body: tuple[str, str]
) -> None:
    hook.answer = answer
    by(town, "lin", channel, hook.url("/hook?key=secret"))
    told(town, "lin")

    assert send_due(at=NOW) == Tally(sent=1)
    ((path, posted),) = hook.arrived
    assert path == "/hook?key=secret"
    address = f"https://suggestions.example/sample/{CASE[1]}/"
    assert posted[body[0]][body[1]] == f"Moved: 关于修路的建议 {address}"


def test_an_sms_gateway_gets_number_words_and_a_name_to_know_them_by(
    town: Town, hook: WebhookServer, settings: Any
) -> None:
    settings.HUIYIN_SMS_URL, settings.HUIYIN_SMS_TOKEN = hook.url("/sms"), "token"
    Person.objects.filter(pk=town.person("lin").pk).update(phone="13800000000")
    town.person("lin").phone = "13800000000"
    by(town, "lin", Channel.SMS)
    told(town, "lin")

    assert send_due(at=NOW) == Tally(sent=1)
    ((_path, posted),) = hook.arrived
    assert (posted["phone"], posted["id"]) == ("13800000000", only(town).key)
    assert hook.heads[0]["Authorization"] == "Bearer token"


@pytest.mark.parametrize(
    ("status", "answer", "state"),
    [
        # An answer in order for HTTP, in which the robot refuses.
        (200, {"errcode": 93000, "errmsg": "invalid webhook url"}, State.FAILED),
        (200, {"code": 19001, "msg": "param invalid"}, State.FAILED),
        (200, {"errcode": 45009, "errmsg": "api freq out of limit"}, State.QUEUED),
        (404, {}, State.FAILED),
        (302, {}, State.FAILED),
        (429, {}, State.QUEUED),
        (500, {}, State.QUEUED),
        # Somebody between us and the robot gave up waiting: it may have been said.
        (504, {}, State.UNSURE),
    ],
)
def test_what_a_robot_refuses_is_not_taken_for_delivered(
    town: Town, hook: WebhookServer, status: int, answer: Any, state: State
) -> None:
    hook.status, hook.answer = status, answer
    by(town, "lin", Channel.WECOM, hook.url("/hook?key=secret"))
    told(town, "lin")
    send_due(at=NOW)

    delivery = only(town)
    assert delivery.state == state
    assert delivery.error
    assert "secret" not in delivery.error


def test_a_message_broken_off_is_not_said_twice(
    town: Town, hook: WebhookServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    by(town, "lin", Channel.WECOM, hook.url("/hook?key=secret"))
    told(town, "lin")

    def die(*_letter: object, **_more: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(sending, "note", die)
        with pytest.raises(KeyboardInterrupt):
            send_due(at=NOW)
    assert len(hook.arrived) == 1
    assert send_due(at=NOW + DAY) == Tally(unsure=1)
    assert len(hook.arrived) == 1
    assert only(town).state == State.UNSURE


def test_one_dead_channel_does_not_hold_up_another(
    town: Town, hook: WebhookServer, mailoutbox: Mailbox
) -> None:
    hook.status = 500
    for name in ("zhao", "zhou"):
        by(town, name, Channel.WECOM, hook.url("/hook?key=secret"))
    with_address(town, "lin", "lin@example.cn")
    told(town, "zhao", "zhou", "lin")

    assert send_due(at=NOW) == Tally(sent=1, postponed=1)
    assert len(hook.arrived) == 1
    assert len(mailoutbox) == 1


@pytest.mark.parametrize(
    "address",
    [
        "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1",
        "https://qyapi.weixin.qq.com.evil.example/send?key=1",
        "https://qyapi.weixin.qq.com@evil.example/send",
        "https://u:p@qyapi.weixin.qq.com/send",
        "https://127.0.0.1/send",
        "https://qyapi.weixin.qq.com:8443/send",
        "https://[::1/send",
        "file:///etc/passwd",
        "",
    ],
)
def test_only_the_makers_hosts_are_spoken_to(address: str) -> None:
    with pytest.raises(Invalid):
        posting.check_address(Channel.WECOM, address)


def test_an_unknown_channel_is_refused_in_words() -> None:
    assert posting.check_address(
        Channel.WECOM, " https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1 "
    ).endswith("key=1")
    with pytest.raises(Invalid, match=r"channel|渠道"):
        posting.check_address("pigeon", "https://qyapi.weixin.qq.com/send")


# --- The daily digest


@pytest.mark.usefixtures("quiet")
def test_what_does_not_press_comes_once_a_day_with_a_line_for_each_case(
    town: Town, mailoutbox: Mailbox, settings: Any
) -> None:
    settings.HUIYIN_PUBLIC_URL = "https://suggestions.example"
    with_address(town, "lin", "lin@example.cn")
    told(town, "lin", title="关于修路的建议")
    told(town, "lin", title="关于修路的建议", params={"number": 8})
    told(town, "lin", case=("sample", "another"), title="关于养老的建议")
    assert send_due(at=NOW) == Tally()
    assert set(outside_states()) == {State.HELD}

    assert digests.compose(at=NOW) == 1
    assert digests.compose(at=NOW) == 0
    assert send_due(at=NOW) == Tally(sent=1)

    (letter,) = mailoutbox
    assert letter.body.count("\n· ") == 2
    assert letter.body.count("关于修路的建议") == 1
    assert "https://suggestions.example/sample/another/" in letter.body
    assert "https://suggestions.example/notices/wishes/" in letter.body
    assert set(outside_states()) == {State.SENT}


@pytest.mark.usefixtures("quiet")
def test_nobody_gets_two_digests_on_a_day_nor_what_he_has_read(
    town: Town, mailoutbox: Mailbox
) -> None:
    with_address(town, "lin", "lin@example.cn")
    told(town, "lin")
    digests.compose(at=NOW)
    (later,) = told(town, "lin", case=("sample", "later"))
    told(town, "lin", case=("sample", "read"))
    services.seen(case=("sample", "read"), actor=town.actor("lin"), at=NOW)

    assert digests.compose(at=NOW + timedelta(hours=3)) == 0
    assert digests.compose(at=NOW + DAY) == 1
    send_due(at=NOW + DAY)

    assert Digest.objects.count() == len(mailoutbox) == 2
    told_second = Digest.objects.latest("on").deliveries.values_list("notice", flat=True)
    assert list(told_second) == [later.pk]


@pytest.mark.usefixtures("quiet")
def test_a_digest_that_fails_says_so_at_every_notice_it_held(
    town: Town, mail_server: MailServer
) -> None:
    mail_server.unknown = {"old@example.cn"}
    with_address(town, "lin", "old@example.cn")
    told(town, "lin")
    digests.compose(at=NOW)

    assert send_due(at=NOW) == Tally(failed=1)
    assert "no such mailbox" in only(town).error
    assert only(town).state == State.FAILED
    assert Notice.objects.get().read_at is None


def test_wishes_hold_within_what_may_be_wished(town: Town, mailoutbox: Mailbox) -> None:
    """A duty may wait for the digest but is never only in the site; what is past the reverse."""
    with_address(town, "lin", "lin@example.cn")
    wish = Wish.objects.create(
        person=town.person("lin"), event="sample.moved", when=When.SITE.value
    )
    told(town, "lin")
    assert only(town).state == State.QUEUED
    Delivery.objects.all().delete()

    wish.when = When.DIGEST.value
    wish.save()
    told(town, "lin")
    assert only(town).state == State.HELD
    assert timing.choices("sample.unheard", Role.DEPUTY) == (When.DIGEST, When.SITE)


def test_a_letter_touched_by_a_wrong_clock_does_not_wait_for_its_time(
    town: Town, mailoutbox: Mailbox
) -> None:
    with_address(town, "lin", "lin@example.cn")
    told(town, "lin")
    ahead = NOW + timedelta(days=365)
    Delivery.objects.exclude(channel=Channel.SITE).update(at=ahead, due_at=ahead + PAUSES[-1])

    assert send_due(at=NOW) == Tally(sent=1)
