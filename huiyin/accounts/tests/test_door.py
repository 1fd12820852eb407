"""The closed door: who is let in, in which post, and what an ended session leaves behind."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings as configured
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huiyin.accounts import services, sessions
from huiyin.accounts.access import Access, access_of, public, without_post
from huiyin.accounts.models import Post, Role, Standing
from huiyin.accounts.tests.town import NOW, TERM_BEGAN, TODAY, Town

pytestmark = [pytest.mark.django_db, pytest.mark.urls("huiyin.accounts.tests.probe")]


def _seen(client: Client) -> dict[str, Any]:
    response = client.get("/closed/")
    assert response.status_code == 200, response.content
    seen: dict[str, Any] = response.json()
    return seen


# --- Strangers


def test_a_view_that_says_nothing_is_closed(client) -> None:
    response = client.get("/closed/?organ=3")

    assert response.status_code == 302
    assert response["Location"] == "/sign-in/?next=%2Fclosed%2F%3Forgan%3D3"


def test_a_view_for_any_person_is_closed_to_strangers(client) -> None:
    assert client.get("/person/").status_code == 302


def test_an_open_view_needs_nobody(client) -> None:
    assert client.get("/open/").content.decode() == "stranger"


def test_a_mark_that_is_no_access_keeps_the_door_shut() -> None:
    def view() -> None: ...

    view.huiyin_access = "public"  # type: ignore[attr-defined]

    assert access_of(view) is Access.IN_POST
    assert access_of(public(view)) is Access.PUBLIC
    assert access_of(without_post(view)) is Access.SIGNED_IN


@pytest.mark.parametrize(
    "headers",
    [
        {"HX-Request": "true"},
        {"X-Requested-With": "XMLHttpRequest"},
        {"Accept": "application/json"},
        {"Sec-Fetch-Mode": "cors"},
    ],
)
def test_a_script_is_told_and_keeps_its_text(client, headers) -> None:
    response = client.post("/closed/", {"title": "关于校车的建议"}, headers=headers)

    assert response.status_code == 401
    assert response.json()["code"] == "signed_out"
    assert "仍在" in response.json()["message"]
    assert "HX-Redirect" not in response


@pytest.mark.parametrize(
    ("shown", "leads_to"),
    [
        ("http://testserver/closed/?q=1", "/sign-in/?next=%2Fclosed%2F"),
        ("https://evil.example", "/sign-in/"),
        ("", "/sign-in/"),
    ],
)
def test_a_partial_leads_the_whole_page_to_the_door(client, shown, leads_to) -> None:
    response = client.get("/closed/", headers={"HX-Request": "true", "HX-Current-URL": shown})

    assert (response.status_code, response["HX-Redirect"]) == (401, leads_to)


# --- The actor


def test_the_actor_is_read_from_the_first_usable_post(town: Town, client, day) -> None:
    town.signed_in(client, "lin")

    seen = _seen(client)

    assert seen["post"] == town.post("lin").key
    assert seen["today"] == TODAY.isoformat()


def test_the_open_page_knows_who_reads_it(town: Town, client, day) -> None:
    assert town.signed_in(client, "lin").get("/open/").content.decode() == "林晓岚"


def _second_post(town: Town) -> Post:
    return Post.objects.create(
        person=town.person("lin"), role=Role.LEADER, congress=town.congress, since=TERM_BEGAN
    )


def test_another_post_is_used_from_the_switch_on(town: Town, client, day) -> None:
    second = _second_post(town)
    town.signed_in(client, "lin")
    before = client.session.session_key

    response = client.post("/account/post/", {"post": second.key, "next": "/closed/"})

    assert response["Location"] == "/closed/"
    assert _seen(client)["post"] == second.key
    assert client.session.session_key != before


def test_a_post_in_use_that_is_taken_away_is_gone_at_the_next_request(
    town: Town, client, day
) -> None:
    second = _second_post(town)
    town.signed_in(client, "lin").post("/account/post/", {"post": second.key})
    services.end_post(post=second, on=TODAY, actor=None, at=NOW)

    assert _seen(client)["post"] == town.post("lin").key


@pytest.mark.parametrize("whose", ["zhao", "clerk", "neighbour_clerk"])
def test_nobody_uses_a_post_of_another(town: Town, client, day, whose) -> None:
    """T013: neither a colleague's nor another congress's."""
    town.neighbour()
    town.signed_in(client, "lin")

    response = client.post("/account/post/", {"post": town.post(whose).key})

    assert response.status_code == 404
    assert _seen(client)["post"] == town.post("lin").key


@pytest.mark.parametrize("ending", ["end", "suspend", "term", "not begun"])
def test_what_has_been_taken_away_is_gone_at_the_next_request(
    town: Town, client, day, ending
) -> None:
    """T010: the session goes on, the post does not."""
    town.signed_in(client, "lin")
    assert _seen(client)["role"] == "deputy"
    post = town.post("lin")

    if ending == "end":
        services.end_post(post=post, on=TODAY, actor=town.actor("clerk"), at=NOW)
    elif ending == "suspend":
        services.suspend_post(post=post, actor=town.actor("clerk"), at=NOW, why="第六十一条")
    elif ending == "term":
        Post.objects.filter(pk=post.pk).update(until=TODAY - timedelta(days=1))
    else:
        Post.objects.filter(pk=post.pk).update(since=TODAY + timedelta(days=1))

    refused = client.get("/closed/")
    assert refused.status_code == 403
    assert "目前没有可用的职务" in refused.content.decode()
    assert client.get("/person/").content.decode() == "林晓岚"


def test_an_account_that_is_closed_has_no_session_left(town: Town, client, day) -> None:
    """T010: an account disabled while its owner is at work."""
    town.signed_in(client, "lin")
    services.disable_person(
        person=town.person("lin"), actor=town.actor("clerk"), at=NOW, why="本人申请"
    )

    assert client.get("/closed/").status_code == 302

    services.enable_person(person=town.person("lin"), actor=town.actor("clerk"), at=NOW, why="恢复")
    assert client.get("/closed/").status_code == 302


def test_a_removed_delegation_member_resumes(town: Town, client, day) -> None:
    clerk = town.actor("clerk")
    post = services.suspend_post(post=town.post("lin"), actor=clerk, at=NOW, why="x")
    services.resume_post(post=post, actor=clerk, at=NOW, why="y")

    assert _seen(town.signed_in(client, "lin"))["role"] == "deputy"


# --- How long a session lives: T043


@pytest.fixture
def clock(monkeypatch):
    """A wall clock the test moves by hand."""

    class Clock:
        now = 1_600_000_000

    monkeypatch.setattr(sessions, "wall_clock", lambda: Clock.now)
    return Clock


def test_half_an_hour_of_silence_ends_the_session(town: Town, client, clock) -> None:
    town.signed_in(client, "lin")
    clock.now += configured.SESSION_IDLE_SECONDS - 1
    assert client.get("/person/").status_code == 200

    clock.now += configured.SESSION_IDLE_SECONDS - 1
    assert client.get("/person/").status_code == 200

    clock.now += configured.SESSION_IDLE_SECONDS
    assert client.get("/person/").status_code == 302
    # On the server, not only in this browser.
    assert not client.session.keys()


def test_half_a_day_ends_it_however_busy(town: Town, client, clock) -> None:
    town.signed_in(client, "lin")
    steps = configured.SESSION_COOKIE_AGE // 1000
    for _each in range(steps):
        clock.now += 1000
        assert client.get("/person/").status_code == 200

    clock.now += configured.SESSION_COOKIE_AGE - steps * 1000
    assert client.get("/person/").status_code == 302


def test_a_session_id_without_its_mark_counts_from_the_beginning(town: Town, client, clock) -> None:
    town.signed_in(client, "lin")
    clock.now += 1200
    client.get("/person/")
    clock.now += 1200
    stolen = Client()
    stolen.cookies[configured.SESSION_COOKIE_NAME] = client.cookies[
        configured.SESSION_COOKIE_NAME
    ].value

    assert stolen.get("/person/").status_code == 302


@pytest.mark.parametrize("forged", ["", "x", "tampered", "of another session"])
def test_a_forged_mark_prolongs_nothing(town: Town, client, clock, forged) -> None:
    town.signed_in(client, "lin")
    client.get("/person/")
    name = sessions.cookie_name()
    if forged == "tampered":
        client.cookies[name] = client.cookies[name].value + "x"
    elif forged == "of another session":
        later = clock.now + configured.SESSION_IDLE_SECONDS
        value = signing.dumps(["other", "key", later], salt="huiyin.accounts.seen")
        client.cookies[name] = value
    else:
        client.cookies[name] = forged
    clock.now += configured.SESSION_IDLE_SECONDS

    assert client.get("/person/").status_code == 302


def test_a_session_that_began_nowhere_has_ended(town: Town, client) -> None:
    town.signed_in(client, "lin")
    session = client.session
    del session[sessions.BEGAN]
    session.save()

    assert client.get("/person/").status_code == 302


def test_reading_writes_nothing(town: Town, client, day) -> None:
    """T045, as far as this room reaches: three questions, no answer written."""
    town.signed_in(client, "lin")
    client.get("/closed/")

    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get("/closed/")

    assert [query["sql"].split()[0] for query in asked] == ["SELECT"] * 3


def test_the_mark_is_renewed_at_most_once_a_minute(town: Town, client, clock) -> None:
    town.signed_in(client, "lin")

    assert sessions.cookie_name() in client.get("/person/").cookies
    clock.now += 59
    assert sessions.cookie_name() not in client.get("/person/").cookies
    clock.now += 1
    assert sessions.cookie_name() in client.get("/person/").cookies


# --- Caches: D11


def test_what_a_session_saw_is_kept_nowhere(town: Town, client, day) -> None:
    town.signed_in(client, "lin")

    for address in ("/closed/", "/cached/", "/person/"):
        assert client.get(address)["Cache-Control"] == "no-store, private", address


def test_an_open_page_without_session_may_be_cached_and_leaves_no_cookie(client) -> None:
    response = client.get("/cached/")

    assert response["Cache-Control"] == "max-age=600, public"
    assert "Vary" not in response or "Cookie" not in response["Vary"]
    assert not response.cookies


def test_a_session_id_of_nobody_is_a_stranger(client) -> None:
    client.cookies[configured.SESSION_COOKIE_NAME] = "0123456789abcdef0123456789abcdef"

    assert client.get("/open/").content.decode() == "stranger"
    assert client.get("/cached/")["Cache-Control"] == "no-store, private"
    assert client.get("/closed/").status_code == 302


# --- Language and display


def test_each_reads_in_his_language(town: Town, client, day) -> None:
    town.signed_in(client, "lin")
    client.post("/account/preferences/", {"language": "en", "large_type": "1", "next": "/x/"})

    assert _seen(client)["language"] == "en"
    page = client.get("/account/").content.decode()
    assert 'lang="en"' in page
    assert 'data-type="large"' in page
    assert "My account" in page


def test_the_next_reader_in_the_same_process_reads_in_his_own(town: Town, day) -> None:
    english, chinese = Client(), Client()
    town.person("lin").language = "en"
    town.person("lin").save()
    town.signed_in(english, "lin")
    town.signed_in(chinese, "zhao")

    english.get("/account/")

    assert "我的账号" in chinese.get("/account/").content.decode()
    assert "登录" in Client().get("/sign-in/").content.decode()


# --- What was typed survives: the form arrives after the session has ended


def _expire(client: Client) -> None:
    session = client.session
    session[sessions.BEGAN] = 0
    session.save()
    client.cookies.pop(sessions.cookie_name(), None)


TYPED = {
    "title": "关于规范校车管理的建议",
    "asks": ["第一条", "第二条"],
    "once": "key-of-the-form",
    "password": "not to be kept",
    "activation_code": "nor this",
    "csrfmiddlewaretoken": "nor this",
}


def _password(town: Town, who: str = "lin") -> str:
    person = town.person(who)
    person.set_password("a-long-test-phrase")
    person.save()
    return "a-long-test-phrase"


def _stopped(town: Town, client: Client) -> str:
    """Send a form with an ended session; return the sealed text in the answer."""
    town.signed_in(client, "lin")
    _expire(client)
    response = client.post("/closed/?draft=7", TYPED)
    assert response.status_code == 401
    page = response.content.decode()
    assert "您输入的内容保留在本页" in page
    return page.split('name="kept" value="')[1].split('"')[0]


def test_a_form_of_an_ended_session_is_sent_after_signing_in(town: Town, client, day) -> None:
    password = _password(town)
    sealed = _stopped(town, client)

    failed = client.post("/sign-in/", {"login": "lin", "password": "wrong", "kept": sealed})
    assert sealed in failed.content.decode()
    back = client.post("/sign-in/", {"login": "lin", "password": password, "kept": sealed})

    page = back.content.decode()
    assert back.status_code == 200
    assert 'action="/closed/?draft=7"' in page
    for shown in ("关于规范校车管理的建议", "第一条", "第二条", "key-of-the-form"):
        assert f'value="{shown}"' in page
    assert "not to be kept" not in page
    assert "nor this" not in page


def test_a_form_waits_for_its_own_writer_only(town: Town, client, day) -> None:
    password = _password(town, "zhao")
    sealed = _stopped(town, client)

    response = client.post("/sign-in/", {"login": "zhao", "password": password, "kept": sealed})

    assert (response.status_code, response["Location"]) == (302, "/")


def test_a_form_sealed_by_somebody_else_is_dropped(town: Town, client, day) -> None:
    password = _password(town)

    response = client.post(
        "/sign-in/", {"login": "lin", "password": password, "kept": "forged:1abc:xyz"}
    )

    assert (response.status_code, response["Location"]) == (302, "/")


def test_a_form_whose_session_vanished_goes_to_who_signs_in_there(town: Town, client, day) -> None:
    password = _password(town)
    page = client.post("/closed/", {"title": "关于校车的建议"}).content.decode()
    sealed = page.split('name="kept" value="')[1].split('"')[0]

    back = client.post("/sign-in/", {"login": "lin", "password": password, "kept": sealed})

    assert "关于校车的建议" in back.content.decode()


def test_a_form_too_long_to_keep_is_not_thrown_away_silently(client) -> None:
    response = client.post("/closed/", {"body": "长" * 200_001})

    page = response.content.decode()
    assert response.status_code == 401
    assert "另一个标签页" in page
    assert 'name="kept"' not in page


def test_lost_files_are_named(town: Town, client, day, tmp_path) -> None:
    password = _password(town)
    town.signed_in(client, "lin")
    _expire(client)
    scan = tmp_path / "签名页.pdf"
    scan.write_bytes(b"%PDF-1.7")
    with scan.open("rb") as file:
        page = client.post("/closed/", {"title": "校车", "scan": file}).content.decode()
    sealed = page.split('name="kept" value="')[1].split('"')[0]

    back = client.post("/sign-in/", {"login": "lin", "password": password, "kept": sealed})

    assert "签名页.pdf" in back.content.decode()


def test_the_posted_form_itself_never_reached_the_page(town: Town, client, day) -> None:
    """The stopped form did nothing; the re-sent one does it once."""
    town.signed_in(client, "lin")

    echoed = json.loads(client.post("/closed/", {"title": "校车"}).content)

    assert echoed["posted"] == {"title": "校车"}


def test_the_actor_of_a_foreign_post_cannot_be_made(town: Town) -> None:
    from huiyin.accounts.actor import Actor

    with pytest.raises(ValueError, match="own post"):
        Actor(person=town.person("lin"), post=town.post("zhao"))
    actor = Actor.of(town.post("lin"))
    assert (actor.person_key, actor.post_key) == (town.person("lin").key, town.post("lin").key)
    assert (actor.person_id, actor.post_id) == (town.person("lin").pk, town.post("lin").pk)
    assert (actor.congress, actor.congress_id) == (town.congress, town.congress.pk)
    assert (actor.organ_id, actor.role) == (None, "deputy")


@pytest.mark.parametrize(
    ("since", "until", "standing", "usable"),
    [
        (TODAY, None, Standing.ACTIVE, True),
        (TODAY, TODAY, Standing.ACTIVE, True),
        (TODAY + timedelta(days=1), None, Standing.ACTIVE, False),
        (TERM_BEGAN, TODAY - timedelta(days=1), Standing.ACTIVE, False),
        (TERM_BEGAN, None, Standing.SUSPENDED, False),
        (TERM_BEGAN, TODAY, Standing.ENDED, False),
    ],
)
def test_both_ways_of_asking_whether_a_post_is_usable_agree(
    town: Town, since: date, until: date | None, standing: str, *, usable: bool
) -> None:
    from huiyin.accounts.selectors import posts_of

    post = town.post("lin")
    post.since, post.until, post.standing = since, until, standing
    post.save()

    assert post.is_usable(on=TODAY) is usable
    assert bool(posts_of(town.person("lin"), on=TODAY)) is usable
