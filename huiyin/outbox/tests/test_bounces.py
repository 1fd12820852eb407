"""A letter that comes back hours later stands with its reason among what did not arrive."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage
from io import BytesIO, StringIO, TextIOWrapper
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import translation

from huiyin.accounts.tests.town import NOW, Town
from huiyin.outbox.bounces import came_back
from huiyin.outbox.models import Channel, Delivery, State
from huiyin.outbox.sending import Tally, send_due
from huiyin.outbox.tests.conftest import told, with_address
from huiyin.outbox.undelivered import send_again, stranded

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=3)
NOBODY = "smtp; 550 5.1.1 <lin@example.cn>: no such user"


@pytest.fixture
def sent(town: Town, mailoutbox: list[Any]) -> Delivery:
    with_address(town, "lin", "lin@example.cn")
    told(town, "lin")
    assert send_due(at=NOW) == Tally(sent=1)
    return Delivery.objects.get(channel=Channel.EMAIL)


def report(name: str, *, action: str = "failed", whole: bool = True) -> bytes:
    """As Postfix writes it: the words, the status, and the letter itself or its head alone."""
    head = f"Message-ID: {name}\r\nSubject: x\r\nTo: lin@example.cn\r\n\r\n"
    kind = "message/rfc822" if whole else "text/rfc822-headers"
    return (
        "From: MAILER-DAEMON@mail.example.cn\r\nTo: huiyin@localhost\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nI'm sorry.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mail.example.cn\r\n\r\n"
        f"Final-Recipient: rfc822; lin@example.cn\r\nAction: {action}\r\nStatus: 5.1.1\r\n"
        f"Diagnostic-Code: {NOBODY}\r\n\r\n"
        f"--b\r\nContent-Type: {kind}\r\n\r\n{head}--b--\r\n"
    ).encode()


@pytest.mark.parametrize("whole", [True, False])
def test_what_came_back_is_noted_and_can_be_sent_again(
    town: Town, sent: Delivery, *, whole: bool
) -> None:
    with translation.override("zh-hans"):
        letter = came_back(report(f"<{sent.key}@localhost>", whole=whole), at=LATER)
    assert letter == sent
    sent.refresh_from_db()
    assert (sent.state, sent.error) == (State.FAILED, f"事后退回：{NOBODY}")
    assert [each.key for each in stranded(town.actor("clerk"))] == [sent.key]
    send_again(key=sent.key, actor=town.actor("clerk"), at=LATER)
    assert send_due(at=LATER) == Tally(sent=1)


def test_in_english_too(sent: Delivery) -> None:
    with translation.override("en"):
        came_back(report(f"<{sent.key}@localhost>"), at=LATER)
    sent.refresh_from_db()
    assert sent.error == f"came back: {NOBODY}"


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed"])
def test_a_delay_is_no_end(sent: Delivery, action: str) -> None:
    assert came_back(report(f"<{sent.key}@localhost>", action=action), at=LATER) is None
    sent.refresh_from_db()
    assert sent.state == State.SENT


def test_what_speaks_of_no_letter_of_ours_changes_nothing(sent: Delivery) -> None:
    holiday = EmailMessage()
    holiday["Subject"] = "自动回复：休假"
    holiday["In-Reply-To"] = f"<{sent.key}@localhost>"
    holiday.set_content("我在休假。")
    others = (bytes(holiday), report(f"<{'A' * 22}@localhost>"), b"", b"\xff\x00" * 50)
    assert [came_back(raw, at=LATER) for raw in others] == [None] * 4
    sent.refresh_from_db()
    assert sent.state == State.SENT


def test_the_mail_server_pipes_it_in(sent: Delivery, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = report(f"<{sent.key}@localhost>")
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(raw)))
    said = StringIO()
    call_command("bounced", stdout=said)
    assert said.getvalue() == f"-: {sent.key}\n"
    sent.refresh_from_db()
    assert sent.state == State.FAILED
