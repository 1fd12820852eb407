"""An organ cannot end its own promise by any route (Must show 4), and who may take which step.

Every cell is stated here by hand; a cell that is not listed must be refused and leave nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from huiyin.accounts.models import Role
from huiyin.accounts.tests.town import NAMES, NOW, TODAY, Town
from huiyin.kernel.errors import DomainError
from huiyin.kernel.ids import new_key
from huiyin.ledger.models import Entry
from huiyin.promises import services
from huiyin.promises.lifecycle import PROMISE
from huiyin.promises.models import Promise, PromiseAct
from huiyin.promises.services import Said
from huiyin.promises.stages import ENDED, OUTSIDERS
from huiyin.promises.tests.stories import EVIDENCE, Promised, follow_hunan, promised

pytestmark = pytest.mark.django_db

LEAD, CLERKS = {"lin"}, {"clerk", "second_clerk"}
OUTSIDE = LEAD | CLERKS
WORKERS = {"edu_liaison", "edu_handler"}
TELLERS = {"edu_liaison", *CLERKS}

SITUATIONS: dict[str, Callable[[Promised], Promised]] = {
    "open": lambda story: story,
    "open, explained": Promised.explained,
    "said to be done": Promised.claimed,
    "checked": Promised.checked_done,
    "struck off": Promised.confirmed,
    "released": Promised.released,
}
WORKING = {
    "progress": WORKERS,
    "postpone": {"edu_liaison", "edu_head"},
    "explain": {"edu_head"},
    "claim_done": WORKERS,
    "tell": TELLERS,
}
PERMITTED: dict[str, dict[str, set[str]]] = {
    "open": WORKING,
    "open, explained": {**WORKING, "release": OUTSIDE},
    # The handler reported it: anybody else of the organ who checks may.
    "said to be done": {
        "pass_check": {"edu_liaison", "edu_checker", "edu_head"},
        "send_back": {"edu_liaison", "edu_checker", "edu_head"},
        # That it is not so, a deputy may say at once.
        "refuse": OUTSIDE,
        "tell": TELLERS,
    },
    "checked": {"confirm": OUTSIDE, "refuse": OUTSIDE, "tell": TELLERS},
    "struck off": {"reopen": OUTSIDE, "tell": TELLERS},
    "released": {"reopen": OUTSIDE, "tell": TELLERS},
}
FULL = Said(
    why="实际情况如此。",
    until=date(2022, 6, 30),
    evidence=EVIDENCE.evidence,
    source=EVIDENCE.source,
    grade="VS",
)


@pytest.fixture
def town(db: None, settings: Any) -> Town:
    settings.HUIYIN_TODAY = TODAY
    town = Town()
    follow_hunan(town)
    town.neighbour()
    return town


# Refusals in a line, not as a page.
AS_A_PROGRAM = {"Accept": "application/json"}


class _Undone(Exception):
    """Taken; now back to where it was."""


def may(story: Promised, who: str, name: str) -> bool:
    before = Entry.objects.count(), PromiseAct.objects.count()
    try:
        with transaction.atomic():
            services.take(
                name, promise=story.promise, actor=story.town.actor(who), at=NOW, said=FULL
            )
            raise _Undone
    except _Undone:
        return True
    except DomainError:
        assert (Entry.objects.count(), PromiseAct.objects.count()) == before
        return False


@pytest.mark.parametrize("situation", SITUATIONS)
def test_who_may_take_which_step(town: Town, situation: str) -> None:
    story = SITUATIONS[situation](promised(town))
    found = {
        row.name: taken
        for row in PROMISE.moves
        if (taken := {who for who in [*NAMES, "neighbour_clerk"] if may(story, who, row.name)})
    }
    assert found == PERMITTED[situation]


def test_no_stage_is_a_dead_end_and_every_one_is_reached() -> None:
    assert PROMISE.dead_ends() == set()
    assert PROMISE.unreachable() == set()


def test_no_sequence_of_an_organ_s_steps_ends_a_promise(town: Town) -> None:
    """Every step of every post of every organ, from every place they can bring it to."""
    story = promised(town)
    organs = [
        who for who in NAMES if town.post(who).role not in (*OUTSIDERS, Role.ELECTING_LIAISON)
    ]
    rules = {
        (row.name, who)
        for row in PROMISE.moves
        for who in organs
        if row.target in ENDED and row.allowed(town.actor(who), story.promise)
    }
    assert rules == set()
    reached: set[str] = set()
    for goes_on in (Promised.claimed, lambda each: each.does("edu_checker", "pass_check"), None):
        for row in PROMISE.moves:
            reached |= {_brought_to(story, who, row.name) for who in organs}
        if goes_on is not None:
            goes_on(story)
    assert reached == {"", "open", "claimed", "checked"}


def _brought_to(story: Promised, who: str, name: str) -> str:
    there = ""
    try:
        with transaction.atomic():
            act = services.take(
                name, promise=story.promise, actor=story.town.actor(who), at=NOW, said=FULL
            )
            there = act.to_stage
            raise _Undone
    except (_Undone, DomainError):
        return there


def _addresses(patterns: Any, under: str = "") -> list[str]:
    found = []
    for each in patterns:
        if isinstance(each, URLResolver):
            space = f"{under}{each.namespace}:" if each.namespace else under
            found += _addresses(each.url_patterns, space)
        elif isinstance(each, URLPattern) and each.name:
            found.append(under + each.name)
    return found


def test_no_address_of_the_house_ends_a_promise_for_an_organ(town: Town) -> None:
    """Whatever takes a promise's key, with every step's name, sent by every other post."""
    story = promised(town).checked_done()
    key = story.promise.key
    urls = {reverse("promises:step", args=[key, row.name]) for row in PROMISE.moves}
    for name in _addresses(get_resolver().url_patterns):
        for arguments in ([], [key], [key, 2020], [key, "confirm"]):
            try:
                urls.add(reverse(name, args=arguments))
            except Exception:  # noqa: BLE001, S112 - another number of arguments
                continue
    assert len(urls) > 200, "hardly an address was asked"
    ours = {url for url in urls if url.startswith("/promises/")}
    elsewhere = {url for url in urls - ours if key in url}
    said = {"reason": "已办结。", "seen": story.promise.last_seq, "stage": "confirmed"}
    ending = {url for url in urls if url.endswith(("/confirm/", "/release/"))}
    for who in NAMES:
        if town.post(who).role in OUTSIDERS:
            continue
        client = town.signed_in(Client(), who)
        # Of its own organ everything is tried, of others what ends a promise.
        tried = ours if who.startswith("edu_") else ending
        # What every other room does with its key, the post with most rights tries.
        for url in tried | elsewhere if who == "edu_liaison" else tried:
            client.post(url, {**said, "once": new_key()}, headers=AS_A_PROGRAM)
            assert str(story.promise.stage) not in ENDED, (who, url)
    # The same form, sent by the deputy, does end it: it was the post that was refused.
    client = town.signed_in(Client(), "lin")
    url = reverse("promises:step", args=[key, "confirm"])
    said["seen"] = story.promise.last_seq
    assert client.post(url, {**said, "once": new_key()}).status_code == 302
    assert story.promise.stage == "confirmed"


# --- The database itself


@pytest.mark.parametrize("role", ["liaison", "deputy"])
def test_the_database_refuses_an_end_by_an_organ_s_post(town: Town, role: str) -> None:
    """With its own role on the act, and with a role it does not have."""
    promise = promised(town).checked_done().promise
    with pytest.raises(IntegrityError), transaction.atomic():
        PromiseAct(
            promise=promise,
            seq=promise.last_seq + 1,
            move="confirm",
            from_stage="checked",
            to_stage="confirmed",
            at=NOW,
            on=TODAY,
            post=town.post("edu_liaison"),
            role=role,
        ).save()


def test_the_database_refuses_a_row_that_says_it_is_ended(town: Town) -> None:
    promise = promised(town).checked_done().promise
    for stage in sorted(ENDED):
        with pytest.raises(IntegrityError), transaction.atomic():
            Promise.objects.filter(pk=promise.pk).update(stage=stage, ended_on=TODAY)


def test_the_database_changes_and_deletes_no_act(town: Town) -> None:
    promise = promised(town).checked_done().promise
    for sql in (
        "UPDATE promises_promiseact SET post_id = %s WHERE promise_id = %s",
        "DELETE FROM promises_promiseact WHERE post_id <> %s AND promise_id = %s",
    ):
        with (
            pytest.raises(IntegrityError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql, [town.post("lin").pk, promise.pk])


def test_who_reported_it_as_done_does_not_check_it(town: Town) -> None:
    story = promised(town)
    story.does("edu_liaison", "claim_done", evidence="已开园。", source="验收表")
    assert not may(story, "edu_liaison", "pass_check")
    assert may(story, "edu_checker", "pass_check")


def test_where_the_rules_ask_for_no_check_the_claim_goes_to_the_deputy(
    db: None, settings: Any
) -> None:
    settings.HUIYIN_TODAY = TODAY
    town = Town()
    follow_hunan(town, overrides={"promise.completion_check": False})
    story = promised(town).claimed()
    assert may(story, "lin", "confirm")


def test_where_the_rules_have_it_rated_the_deputy_rates_what_he_was_told(
    db: None, settings: Any
) -> None:
    settings.HUIYIN_TODAY = TODAY
    town = Town()
    follow_hunan(town, overrides={"promise.feedback_limit": "20 working days"})
    story = promised(town)
    assert not may(story, "lin", "rate")
    story.does("edu_liaison", "tell", year=2020)
    assert not may(story, "edu_head", "rate")
    late = town.actor("lin"), date(2020, 5, 6)
    with pytest.raises(DomainError, match=r"."):
        story.does("lin", "rate", on=late[1], grade="S")
    story.does("lin", "rate", grade="S")
    assert (story.promise.grade, story.promise.rated_on) == ("S", TODAY)
    assert not may(story, "lin", "rate")
