"""Letters: what they say, what cannot be smuggled into them, and what happens when they fail."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends import locmem
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from huiyin.accounts.models import Language, Person
from huiyin.accounts.tests.town import NOW, Town
from huiyin.outbox import letters, links, sending, words
from huiyin.outbox.models import Channel, Delivery, Notice, State
from huiyin.outbox.sending import PAUSES, TRY_LASTS, Tally, send_due
from huiyin.outbox.tests.conftest import CASE, told, with_address

pytestmark = pytest.mark.django_db

Mailbox = list[EmailMessage]


def queued(town: Town, *names: str, **columns: Any) -> Delivery:
    for name in names or ("lin",):
        with_address(town, name, f"{name}@example.cn")
    told(town, *(names or ("lin",)), **columns)
    return Delivery.objects.filter(channel=Channel.EMAIL).earliest("pk")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception | None], list[str]]:
    """A mail server that answers every letter with the given refusal, and remembers them."""
    seen: list[str] = []

    def answer(refusal: Exception | None) -> list[str]:
        def send(self: object, messages: list[EmailMessage]) -> int:
            seen.extend(message.extra_headers["Message-ID"] for message in messages)
            if refusal:
                raise refusal
            return len(messages)

        monkeypatch.setattr(locmem.EmailBackend, "send_messages", send)
        return seen

    return answer


def test_a_letter_is_sent_in_its_readers_language(town: Town, mailoutbox: Mailbox) -> None:
    delivery = queued(town)
    Person.objects.filter(pk=town.person("lin").pk).update(language=Language.ENGLISH)

    assert send_due(at=NOW) == Tally(sent=1)

    (letter,) = mailoutbox
    assert letter.subject == "Moved: 关于修路的建议"
    assert letter.body.startswith("林晓岚: It bears the number 7.")
    assert "Please sign in" in letter.body
    assert "lin@example.cn" in letter.to[0]
    assert letter.extra_headers["Message-ID"] == f"<{delivery.key}@localhost>"
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.due_at) == (State.SENT, 1, None)


def test_a_chinese_reader_gets_a_chinese_letter(town: Town, mailoutbox: Mailbox) -> None:
    queued(town)
    send_due(at=NOW)

    assert "请登录" in mailoutbox[0].body


def test_a_letter_leads_to_the_case_where_the_house_has_an_address(
    town: Town, mailoutbox: Mailbox, settings: Any
) -> None:
    settings.HUIYIN_PUBLIC_URL = "https://suggestions.example"
    queued(town)
    send_due(at=NOW)

    last = mailoutbox[0].body.splitlines()[-1]
    assert last == f"https://suggestions.example/sample/{CASE[1]}/"


@pytest.mark.parametrize("address", ["", "https://suggestions.example"])
def test_a_letter_without_an_address_or_a_page_has_no_link(
    town: Town, mailoutbox: Mailbox, settings: Any, monkeypatch: Any, address: str
) -> None:
    settings.HUIYIN_PUBLIC_URL = address
    if address:
        monkeypatch.setattr(links, "_links", {})
    queued(town)
    send_due(at=NOW)

    assert "/" not in mailoutbox[0].body


def test_a_letter_is_sent_once_and_not_before_its_time(town: Town, mailoutbox: Mailbox) -> None:
    queued(town)

    assert send_due(at=NOW - timedelta(seconds=1)) == Tally()
    assert send_due(at=NOW) == Tally(sent=1)
    assert send_due(at=NOW + timedelta(days=1)) == Tally()
    assert len(mailoutbox) == 1


def test_a_letter_that_fails_is_tried_again_under_the_same_name(
    town: Town, server: Callable[[Exception | None], list[str]]
) -> None:
    delivery = queued(town)
    server(smtplib.SMTPDataError(451, b"try later"))

    assert send_due(at=NOW) == Tally(postponed=1)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (State.QUEUED, 1)
    assert delivery.due_at == NOW + PAUSES[0]
    assert "try later" in delivery.error
    assert send_due(at=NOW + PAUSES[0] - timedelta(seconds=1)) == Tally()

    names = server(None)
    assert send_due(at=NOW + PAUSES[0]) == Tally(sent=1)
    assert len(names) == 2
    assert len(set(names)) == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.error) == (State.SENT, 2, "")


def test_a_letter_that_keeps_failing_fails_for_good_with_its_reason(
    town: Town, server: Callable[[Exception | None], list[str]]
) -> None:
    delivery = queued(town)
    names = server(smtplib.SMTPServerDisconnected("gone\r\naway"))
    at = NOW
    for pause in PAUSES:
        assert send_due(at=at) == Tally(postponed=1)
        at += pause

    assert send_due(at=at) == Tally(failed=1)
    assert send_due(at=at + timedelta(days=30)) == Tally()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (State.FAILED, len(PAUSES) + 1)
    assert delivery.error == "SMTPServerDisconnected: gone away"
    assert len(names) == len(PAUSES) + 1


@pytest.mark.parametrize(
    "refusal",
    [
        smtplib.SMTPRecipientsRefused({"lin@example.cn": (550, b"no such user")}),
        smtplib.SMTPDataError(554, b"refused"),
        smtplib.SMTPSenderRefused(550, b"not you", "huiyin@localhost"),
        ValueError("Invalid address"),
    ],
)
def test_what_is_refused_for_good_is_not_tried_again(
    town: Town, server: Callable[[Exception | None], list[str]], refusal: Exception
) -> None:
    delivery = queued(town)
    server(refusal)

    assert send_due(at=NOW) == Tally(failed=1)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.due_at) == (State.FAILED, None)
    assert type(refusal).__name__ in delivery.error


@pytest.mark.parametrize(
    "refusal",
    [
        smtplib.SMTPRecipientsRefused({"lin@example.cn": (450, b"full"), "x": (550, b"no")}),
        smtplib.SMTPSenderRefused(451, b"slowly", "huiyin@localhost"),
        smtplib.SMTPAuthenticationError(535, b"wrong password"),
        ConnectionRefusedError("no server"),
        TimeoutError("slow"),
    ],
)
def test_what_may_pass_is_tried_again(
    town: Town, server: Callable[[Exception | None], list[str]], refusal: Exception
) -> None:
    queued(town)
    server(refusal)

    assert send_due(at=NOW) == Tally(postponed=1)


def test_when_the_server_is_down_the_others_wait_untried(
    town: Town, server: Callable[[Exception | None], list[str]]
) -> None:
    queued(town, "lin", "zhao", "zhou")
    names = server(ConnectionRefusedError("no server"))

    assert send_due(at=NOW) == Tally(postponed=1)
    assert len(names) == 1
    waiting = Delivery.objects.filter(channel=Channel.EMAIL).order_by("pk")
    assert list(waiting.values_list("state", "attempts")) == [
        (State.QUEUED, 1),
        (State.QUEUED, 0),
        (State.QUEUED, 0),
    ]
    server(None)
    assert send_due(at=NOW) == Tally(sent=2)


def test_of_many_claimed_at_once_a_dead_run_leaves_none_behind(
    town: Town, server: Callable[[Exception | None], list[str]]
) -> None:
    queued(town, "lin", "zhao", "zhou")
    first = server(KeyboardInterrupt())  # type: ignore[arg-type]
    with pytest.raises(KeyboardInterrupt):
        send_due(at=NOW)
    assert len(first) == 1

    names = server(None)
    assert send_due(at=NOW + TRY_LASTS) == Tally(sent=3)
    assert len(names) == 4
    assert len(set(names)) == 3


def test_one_bad_address_does_not_hold_up_the_others(
    town: Town, server: Callable[[Exception | None], list[str]]
) -> None:
    queued(town, "lin", "zhao")
    server(smtplib.SMTPRecipientsRefused({"x": (550, b"no such user")}))

    assert send_due(at=NOW) == Tally(failed=2)


def test_a_run_that_dies_while_sending_is_made_good_later(
    town: Town, server: Callable[[Exception | None], list[str]]
) -> None:
    delivery = queued(town)
    names = server(KeyboardInterrupt())  # type: ignore[arg-type]
    with pytest.raises(KeyboardInterrupt):
        send_due(at=NOW)

    server(None)
    assert send_due(at=NOW) == Tally()
    assert send_due(at=NOW + TRY_LASTS) == Tally(sent=1)
    assert set(names) == {f"<{delivery.key}@localhost>"}


def test_of_two_runs_only_one_sends_a_letter(
    town: Town, mailoutbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second run lists the letter before the first has claimed it."""
    queued(town)
    listed = list(sending._due(NOW))
    send_due(at=NOW)
    monkeypatch.setattr(sending, "_due", lambda _at: iter(listed))

    assert send_due(at=NOW) == Tally()
    assert len(mailoutbox) == 1


def test_without_the_claim_it_would_be_sent_twice(
    town: Town, mailoutbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    queued(town)
    listed = list(sending._due(NOW))
    send_due(at=NOW)
    monkeypatch.setattr(sending, "_due", lambda _at: iter(listed))
    monkeypatch.setattr(sending, "_taken", lambda batch, **_at: list(batch))
    send_due(at=NOW)

    assert len(mailoutbox) == 2


@pytest.mark.parametrize("column", [{"email": ""}, {"is_active": False}])
def test_a_letter_to_an_account_closed_since_is_not_sent(
    town: Town, mailoutbox: Mailbox, column: dict[str, object]
) -> None:
    delivery = queued(town)
    Person.objects.filter(pk=town.person("lin").pk).update(**column)

    assert send_due(at=NOW) == Tally(failed=1)
    assert not mailoutbox
    delivery.refresh_from_db()
    assert delivery.error


def test_words_that_ask_for_what_the_event_did_not_give_fail_that_letter_only(
    town: Town, mailoutbox: Mailbox
) -> None:
    queued(town, params={})

    assert send_due(at=NOW) == Tally(failed=1)
    assert not mailoutbox


HOSTILE = [
    "x\r\nBcc: thief@example.cn",
    "x\nSubject: y",
    "x\u2028y\u2029z",
    "\x1b[31mred\x07",
    "\u202egnp.exe",
    "a\x00b",
]


@pytest.mark.parametrize("title", HOSTILE)
def test_nothing_in_a_title_ends_a_head_line(town: Town, mailoutbox: Mailbox, title: str) -> None:
    delivery = queued(town)
    Person.objects.filter(pk=town.person("lin").pk).update(name="林\r\nBcc: thief@example.cn")
    delivery.notice.title = title
    delivery.notice.person.refresh_from_db()

    raw = letters.by_mail(delivery).message().as_bytes()

    read = message_from_bytes(raw, policy=policy.default)
    assert set(read.keys()) == {
        "Content-Type",
        "Content-Transfer-Encoding",
        "MIME-Version",
        "Subject",
        "From",
        "To",
        "Date",
        "Message-ID",
        "Auto-Submitted",
    }
    assert not any(letter in read["Subject"] for letter in "\r\n\x1b\x00\u202e\u2028")


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=some.text(max_size=60))
def test_one_line_is_one_line(text: str) -> None:
    line = letters.one_line(text)

    assert len(line.splitlines()) <= 1
    assert letters.one_line(line) == line


@pytest.mark.parametrize("typed", ["{{7*7}}", "{% debug %}", "%s %(number)s %d %%", "${x}", "<b>"])
def test_what_people_type_is_never_interpreted(town: Town, mailoutbox: Mailbox, typed: str) -> None:
    queued(town, title=typed, params={"number": typed})
    send_due(at=NOW)

    assert mailoutbox[0].subject.endswith(typed)
    assert typed in mailoutbox[0].body
    assert words.subject("sample.moved", Notice.objects.get().values).endswith(typed)
