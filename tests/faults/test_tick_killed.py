"""The tick, killed anywhere: no notice lost, none doubled to a person (T075)."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from conftest import KILLS
from huiyin.accounts.tests.town import NOW, Town
from huiyin.ledger.verify import verify_chain
from huiyin.outbox import jobs, locks, timing, words
from huiyin.outbox import services as outbox
from huiyin.outbox.models import Channel, Delivery, Digest, Notice, Reach, State
from huiyin.outbox.sending import TRY_LASTS
from huiyin.outbox.tests.receivers import MailServer, WebhookServer, serving
from huiyin.suggestions.models import Urging
from huiyin.suggestions.services import ladder
from huiyin.suggestions.tests.situations import Story, follow_hunan
from tests.faults.killing import Killed, kill, places

pytestmark = pytest.mark.django_db(transaction=True)

# Published, so that a run that fails can be run again.
SEED = 20261122
PRESSES, RESTS = "sample.presses", "sample.rests"


@pytest.fixture
def town(monkeypatch: pytest.MonkeyPatch) -> Town:
    said = {event: (_("Moved: %(title)s"), _("Moved.")) for event in (PRESSES, RESTS)}
    monkeypatch.setattr(words, "_words", {**words._words, **said})
    pressing = {PRESSES: (timing.Pressing.DUTY, timing.EVERYBODY)}
    monkeypatch.setattr(timing, "_pressing", {**timing._pressing, **pressing})
    town = Town()
    follow_hunan(town)
    return town


@pytest.fixture
def mail_server(settings: Any) -> Iterator[MailServer]:
    with serving(MailServer()) as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS = False
        yield server


@pytest.fixture
def hook(settings: Any) -> Iterator[WebhookServer]:
    settings.HUIYIN_ROBOT_HOSTS = ["127.0.0.1"]
    with serving(WebhookServer()) as server:
        yield server


def tick(at: datetime) -> Callable[[], object]:
    return lambda: jobs.run_all(at=at)


def done(at: datetime) -> None:
    """Tick until nobody is at it any more: PostgreSQL notices a dead runner a moment later."""
    for _each in range(200):
        if jobs.run_all(at=at) is not None:
            return
        time.sleep(0.02)
    pytest.fail("a dead runner holds the lock")


def trials(count: int, of: int) -> list[Killed]:
    """Half of them at the writes in turn, half at odd moments."""
    chance = random.Random(SEED)  # noqa: S311 - to be repeated, not to be secret
    return [
        Killed(place=n // 2 % of) if n % 2 else Killed(after=chance.uniform(0.0, 0.12))
        for n in range(count)
    ]


TOLD = ((PRESSES, ("lin", "zhao", "zhou")), (RESTS, ("lin",)))


@transaction.atomic
def tell(
    town: Town, nth: int, at: datetime, told: Sequence[tuple[str, Sequence[str]]] = TOLD
) -> None:
    """Two get a letter at once, one a word by robot; one thing waits for a digest."""
    for event, names in told:
        outbox.tell(
            posts=[town.post(name) for name in names],
            event=event,
            case=("sample", f"case-{nth}-{event}"),
            title=f"第{nth}件",
            params={},
            actor=None,
            at=at,
        )


def test_killed_anywhere_nothing_is_lost_and_nothing_doubled(
    town: Town, mail_server: MailServer, hook: WebhookServer
) -> None:
    for name in ("lin", "zhao"):
        person = town.person(name)
        person.email = f"{name}@example.cn"
        person.save()
    robot = {"at_once": [Channel.WECOM], "digest": Channel.WECOM}
    Reach.objects.create(person=town.person("zhou"), wecom=hook.url("/zhou"), **robot)
    tell(town, 0, NOW)
    of = places(tick(NOW))

    killed = 0
    for nth, at in enumerate(trials(KILLS, of), start=1):
        moment = NOW + timedelta(days=nth)
        tell(town, nth, moment)
        killed += kill(tick(moment), at)
        done(moment + TRY_LASTS)
        done(moment + 2 * TRY_LASTS)

    assert killed > KILLS // 3
    letters = KILLS + 1
    assert Notice.objects.count() == letters * 4
    # By mail: each under one name, one name for each notice and digest, none missing.
    sent = Delivery.objects.filter(channel=Channel.EMAIL, digest__isnull=True)
    expected = {f"<{key}@localhost>" for key in sent.values_list("key", flat=True)}
    digests = {f"<{key}@localhost>" for key in Digest.objects.values_list("key", flat=True)}
    assert len(expected) == 2 * letters
    assert len(digests) == letters
    assert set(mail_server.names()) == expected | digests
    # A mailbox knows by its name a letter that came once more; that happens only where the
    # process died between the server's word and ours.
    again = len(mail_server.names()) - len(set(mail_server.names()))
    assert again <= killed
    # By robot: never twice. What may not have been said waits for the office.
    said = Counter(posted["text"]["content"] for _path, posted in hook.arrived)
    assert set(said.values()) == {1}
    robots = Delivery.objects.filter(channel=Channel.WECOM)
    unsure = robots.filter(state=State.UNSURE).count()
    assert robots.filter(state=State.SENT).count() + unsure == letters
    assert len(said) >= letters - unsure
    assert set(robots.values_list("state", flat=True)) <= {State.SENT, State.UNSURE}


def test_killed_anywhere_each_day_has_one_urging(town: Town) -> None:
    """Beside it two more runners come by every day."""
    story = Story(town).submitted().registered().assigned().acknowledged()
    due = story.part().due_on
    assert due is not None
    first = NOW.replace(year=due.year, month=due.month, day=due.day) + timedelta(days=7)
    of = places(tick(first))
    for nth, at in enumerate(trials(KILLS, of), start=1):
        moment = first + timedelta(days=7 * nth)
        kill(tick(moment), at)
        done(moment)
        done(moment)
        ladder.urge_due(at=moment)
    days = [first.date() + timedelta(days=7 * nth) for nth in range(KILLS + 1)]
    urged = Urging.objects.filter(assignment=story.part()).order_by("on")
    assert list(urged.values_list("on", flat=True)) == days
    told = Notice.objects.filter(event="urging.overdue").values_list("person", "created_at__date")
    assert set(Counter(told).values()) == {1}
    assert told.filter(post__organ=town.education).count() % len(days) == 0
    assert verify_chain(town.congress.key) == []


def test_control_without_the_intent_written_first_a_robot_speaks_twice(
    town: Town, hook: WebhookServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same work with the claim taken away: killed after the robot has spoken, it repeats."""
    robot = {"at_once": [Channel.WECOM], "digest": Channel.WECOM}
    Reach.objects.create(person=town.person("zhou"), wecom=hook.url("/zhou"), **robot)
    monkeypatch.setattr("huiyin.outbox.sending._taken", lambda batch, **_at: list(batch))
    monkeypatch.setattr(jobs, "_daily", {})
    tell(town, 0, NOW, ((PRESSES, ("zhou",)),))
    # The first write is the note that it was sent.
    assert kill(tick(NOW), Killed(place=0))
    done(NOW)
    assert len(hook.arrived) == 2


def test_two_runners_at_once_only_one_works(town: Town) -> None:
    with locks.only_runner() as held:
        assert held
        connection.close()
        tell(town, 0, NOW)
        assert jobs.run_all(at=NOW) is None
