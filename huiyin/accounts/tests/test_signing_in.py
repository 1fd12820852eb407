"""Signing in and out, guessing, other sessions, and the one-click sign-in of the demo."""

from __future__ import annotations

import importlib
import re
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.conf import settings as configured
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import get_hasher
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, clear_url_caches, reverse

from huiyin.accounts import devices, offering, services, sessions, throttle
from huiyin.accounts import urls as account_urls
from huiyin.accounts.models import KnownDevice, Person, Tally
from huiyin.accounts.models.people import normalise_login
from huiyin.accounts.tests import probe
from huiyin.accounts.tests.town import NOW, PASSWORD, Town
from huiyin.accounts.throttle import ACCOUNT, ACCOUNT_AND_ADDRESS, ADDRESS, Knock, Limit
from huiyin.kernel.errors import Conflict, Invalid
from huiyin.ledger.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.urls("huiyin.accounts.tests.probe")]


@pytest.fixture
def lin(town: Town) -> Person:
    person = town.person("lin")
    person.set_password(PASSWORD)
    person.save()
    return person


def _try(client: Client, login: str = "lin", password: str = PASSWORD, **extra):
    return client.post("/sign-in/", {"login": login, "password": password, **extra})


def test_the_owner_gets_in_and_on_to_where_he_was_going(lin, client) -> None:
    response = _try(client, next="/account/?a=1")

    assert (response.status_code, response["Location"]) == (302, "/account/?a=1")
    assert client.get("/account/").status_code == 200
    assert client.get("/sign-in/?next=/account/")["Location"] == "/account/"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "account/",
        "http:///evil.example",
        "",
    ],
)
def test_nobody_is_led_out_of_the_house(lin, client, elsewhere) -> None:
    assert _try(client, next=elsewhere)["Location"] == "/"


@pytest.mark.parametrize(("login", "password"), [("lin", "wrong"), ("nobody", PASSWORD), ("", "")])
def test_what_does_not_match_does_not_open(lin, client, login, password) -> None:
    response = _try(client, login, password)

    assert response.status_code == 422
    assert configured.SESSION_COOKIE_NAME not in client.cookies


@pytest.mark.parametrize("login", ["LIN", "ｌｉｎ", " lin ", "Ｌin"])
def test_case_and_width_make_no_second_account(lin, client, login) -> None:
    """T019: one account, however it is typed."""
    assert _try(client, login).status_code == 302
    with pytest.raises(Conflict):
        services.enter_person(name="另一人", login=login, actor=None, at=NOW)
    assert Person.objects.filter(login="lin").count() == 1


@pytest.mark.parametrize(
    "login", ["lın", "lіn", "l", "", "p-abcdef", "林\u200b晓", "a b", "ﬀ\u0301x"]
)
def test_a_login_that_could_pass_for_another_is_refused(lin, login) -> None:
    """T019: a dotless ı, a Cyrillic і, an invisible space."""
    from huiyin.accounts.services.people import require_plain_login

    with pytest.raises(Invalid):
        require_plain_login(login)


@pytest.mark.parametrize("login", ["ｓｔｒａße", "STRASSE", "ΐ", "ŉ", "林晓岚"])
def test_folding_a_login_twice_changes_nothing(login) -> None:
    once = normalise_login(login)

    assert normalise_login(once) == once


def test_a_session_id_is_new_after_signing_in(lin, client) -> None:
    """T043: a planted id gains nothing."""
    client.get("/account/")
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies[configured.SESSION_COOKIE_NAME] = session.session_key
    planted = session.session_key

    _try(client)

    assert client.session.session_key != planted
    assert Client(cookies=None).get("/account/").status_code == 302
    thief = Client()
    thief.cookies[configured.SESSION_COOKIE_NAME] = planted
    assert thief.get("/account/").status_code == 302


def test_signing_out_leaves_nothing(lin, client) -> None:
    """T043, T047: the session is dead on the server, and the browser is told to forget."""
    _try(client)
    stolen = client.cookies[configured.SESSION_COOKIE_NAME].value

    response = client.post("/sign-out/")

    assert response["Clear-Site-Data"] == '"cache", "storage", "executionContexts"'
    assert response["Cache-Control"] == "no-store, private"
    assert response.cookies[sessions.cookie_name()].value == ""
    thief = Client()
    thief.cookies[configured.SESSION_COOKIE_NAME] = stolen
    assert thief.get("/account/").status_code == 302


def test_signing_out_takes_a_press_not_a_link(lin, client) -> None:
    _try(client)

    assert client.get("/sign-out/").status_code == 405
    assert client.get("/account/").status_code == 200


@pytest.mark.parametrize("address", ["/sign-in/", "/sign-out/", "/language/", "/account/post/"])
def test_a_form_of_another_site_is_refused(lin, address) -> None:
    """T045: unsafe methods need the token of this site."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(lin)

    assert browser.post(address, {"login": "lin", "password": PASSWORD}).status_code == 403


def test_a_new_password_ends_every_other_session(lin) -> None:
    """T044: three sessions, two of them elsewhere."""
    here, there, elsewhere = Client(), Client(), Client()
    for browser in (here, there, elsewhere):
        _try(browser)

    response = here.post("/account/password/", {"old": PASSWORD, "new": "another long phrase"})

    assert response.status_code == 302
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302
    assert elsewhere.get("/account/").status_code == 302
    assert _try(Client()).status_code == 422
    assert _try(Client(), password="another long phrase").status_code == 302


def test_a_clerk_ends_the_sessions_of_a_lost_device(lin, town: Town, client, day) -> None:
    """T044: and its owner may sign in again."""
    _try(client)

    services.end_sessions(person=lin, actor=town.actor("clerk"), at=NOW)

    assert client.get("/account/").status_code == 302
    assert _try(Client()).status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [("wrong", "another long phrase", "old"), (PASSWORD, "short", "new"), (PASSWORD, "", "new")],
)
def test_a_password_is_not_changed_without_the_old_or_to_a_weak_one(
    lin, client, old, new, field
) -> None:
    _try(client)

    response = client.post("/account/password/", {"old": old, "new": new})

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert _try(Client()).status_code == 302


# --- Guessing: T041


def test_the_sixth_guess_waits(lin, client) -> None:
    for _each in range(ACCOUNT_AND_ADDRESS.tries):
        assert _try(client, password="guess").status_code == 422

    held = _try(client, password="guess")

    assert held.status_code == 429
    assert "15 分钟后再试" in held.content.decode()
    # The right one waits too, or the wait would tell it apart.
    assert _try(client).status_code == 429


def test_the_wait_ends(lin) -> None:
    knock = Knock(login="lin", address="10.0.0.1")
    for _each in range(ACCOUNT_AND_ADDRESS.tries):
        assert throttle.count_try(knock.buckets(), at=NOW) is None
    assert throttle.count_try(knock.buckets(), at=NOW) is not None

    later = NOW + ACCOUNT_AND_ADDRESS.window
    assert throttle.count_try(knock.buckets(), at=later - timedelta(seconds=1)) is not None
    assert throttle.count_try(knock.buckets(), at=later) is None


def test_ten_thousand_guesses_on_one_account_get_few_looks_at_a_password(lin) -> None:
    passed = sum(
        throttle.count_try(
            Knock(login="lin", address=f"10.0.{n % 250}.{n // 250}").buckets(), at=NOW
        )
        is None
        for n in range(1000)
    )

    assert passed == ACCOUNT.tries


def test_one_guess_on_each_of_many_accounts_is_stopped_too(lin) -> None:
    passed = sum(
        throttle.count_try(Knock(login=f"person{n}", address="10.0.0.1").buckets(), at=NOW) is None
        for n in range(500)
    )

    assert passed == ADDRESS.tries


def test_the_owner_gets_in_from_a_known_computer_while_others_guess(lin) -> None:
    office = Client()
    _try(office)
    office.post("/sign-out/")
    for n in range(ACCOUNT.tries * 2):
        throttle.count_try(Knock(login="lin", address=f"10.1.0.{n}").buckets(), at=NOW)
    crowd = Client(REMOTE_ADDR="10.1.0.1")

    assert _try(crowd).status_code in (302, 429)
    assert _try(office).status_code == 302


def test_a_known_computer_of_one_person_is_unknown_for_another(lin, town: Town, client) -> None:
    _try(client)
    request = client.get("/sign-in/").wsgi_request

    device = KnownDevice.objects.get()
    on = device.last_seen_on

    assert device.person == lin
    assert devices.known_device(request, login="ＬＩＮ", on=on) != ""
    assert devices.known_device(request, login="zhao", on=on) == ""
    assert devices.known_device(request, login="lin", on=on + timedelta(days=181)) == ""


def test_a_success_forgives_the_typing_errors_before_it(lin, client) -> None:
    for _each in range(ACCOUNT_AND_ADDRESS.tries - 1):
        _try(client, password="typo")
    _try(client)
    client.post("/sign-out/")
    client.cookies.clear()

    for _each in range(ACCOUNT_AND_ADDRESS.tries - 1):
        assert _try(client, password="typo").status_code == 422


def test_old_counts_do_not_pile_up(lin) -> None:
    for n in range(30):
        throttle.count_try(Knock(login=f"x{n}", address=f"10.0.0.{n}").buckets(), at=NOW)
    piled = Tally.objects.count()

    for day in range(2, 6):
        at = NOW + timedelta(days=day)
        throttle.count_try(Knock(login="x0", address="10.0.0.0").buckets(), at=at)

    assert Tally.objects.count() < piled / 2


def sixteen_at_once(passes: Callable[[dict[str, Limit]], bool]) -> list[bool]:
    """Guesses at one account from one address, in the same instant: which of them got through."""
    Town()
    passed: list[bool] = []
    start = Barrier(16)

    def guess() -> None:
        try:
            start.wait()
            passed.append(passes(Knock(login="lin", address="10.0.0.1").buckets()))
        finally:
            connection.close()

    threads = [Thread(target=guess) for _each in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(passed) == 16
    return passed


@pytest.mark.django_db(transaction=True)
def test_guesses_in_the_same_instant_share_the_limit() -> None:
    """Counted before compared: sixteen at once, five get through."""
    passed = sixteen_at_once(lambda buckets: throttle.count_try(buckets, at=NOW) is None)
    assert sum(passed) == ACCOUNT_AND_ADDRESS.tries


@pytest.mark.django_db(transaction=True)
def test_control_compared_before_counted_all_of_them_get_through() -> None:
    looked = Barrier(16)

    def passes(buckets: dict[str, Limit]) -> bool:
        tallies = Tally.objects.filter(bucket__in=buckets)
        within = all(each.tries < buckets[each.bucket].tries for each in tallies)
        looked.wait()
        throttle.count_try(buckets, at=NOW)
        return within

    assert sum(sixteen_at_once(passes)) == 16


@pytest.mark.parametrize(
    ("trusted", "header", "counted"),
    [
        (False, "203.0.113.9", "127.0.0.1"),
        (True, "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        (True, "", "127.0.0.1"),
    ],
)
def test_an_address_is_believed_from_the_proxy_alone(
    rf, settings, trusted, header, counted
) -> None:
    from huiyin.accounts.doorway import visitor_address

    settings.HUIYIN_TRUST_PROXY = trusted
    request = rf.get("/", headers={"X-Forwarded-For": header} if header else {})

    assert visitor_address(request) == counted


# --- Nothing is told about who exists: T040


def test_known_and_unknown_names_get_the_same_page(lin, client) -> None:
    known = _try(client, "lin", "wrong")
    unknown = _try(Client(), "xin", "wrong")

    def without_tokens(page: bytes) -> str:
        lines = page.decode().replace("xin", "lin").splitlines()
        return "\n".join(line for line in lines if "csrfmiddlewaretoken" not in line)

    assert known.status_code == unknown.status_code == 422
    assert without_tokens(known.content) == without_tokens(unknown.content)


def test_a_closed_account_is_told_nothing_else(lin, client) -> None:
    services.disable_person(person=lin, actor=None, at=NOW, why="x")

    response = _try(client)

    assert response.status_code == 422
    assert "登录名或密码不正确" in response.content.decode()


@pytest.mark.slow
@override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.Argon2PasswordHasher"])
def test_known_and_unknown_names_take_the_same_time(town: Town) -> None:
    """The hash is nearly all of the time: were it left out for one, it would answer in a tenth."""
    person = town.person("lin")
    person.set_password(PASSWORD)
    person.save()
    took: dict[str, list[float]] = {"lin": [], "xin": []}
    for n in range(8):
        for login, times in took.items():
            began = time.perf_counter()
            _try(Client(REMOTE_ADDR=f"10.9.{n}.1"), login, f"wrong{n}")
            times.append(time.perf_counter() - began)
            Tally.objects.all().delete()

    known, unknown = (statistics.median(times) for times in took.values())
    assert abs(known - unknown) < 0.5 * max(known, unknown)


@pytest.mark.parametrize("state", ["wrong password", "no password yet", "closed", "right, closed"])
def test_known_and_unknown_names_do_the_same_work(lin, monkeypatch, state) -> None:
    """The very same statements and hashes, whatever there is to be known about the name."""
    hashed: list[str] = []
    hasher = get_hasher()
    plain = type(hasher).encode

    def counted(self, password: str, salt: str) -> str:
        hashed.append(password)
        return plain(self, password, salt)

    monkeypatch.setattr(type(hasher), "encode", counted)
    if state == "no password yet":
        lin.set_unusable_password()
    lin.is_active = "closed" not in state
    lin.save()
    password = PASSWORD if state.startswith("right") else "wrong"

    def work(login: str) -> tuple[list[str], int]:
        hashed.clear()
        with CaptureQueriesContext(connection) as asked:
            _try(Client(), login, password)
        said = [re.sub(r"s\d+_x\d+|'[^']*'|\d+", "", query["sql"]) for query in asked]
        return said, len(hashed)

    work("warm-up")
    assert work("xin") == work("lin")
    assert len(hashed) == 1


# --- On record


def test_coming_and_going_is_on_record(lin, town: Town, client) -> None:
    _try(client, password="wrong")
    _try(client)
    client.post("/sign-out/")

    lines = Entry.objects.order_by("at", "seq").values_list("chain_id", "action", "person_key")
    key = town.congress.key
    assert list(lines) == [
        ("house", "account.sign_in_failed", ""),
        (key, "account.sign_in", lin.key),
        (key, "account.sign_out", lin.key),
    ]


def test_a_flood_of_guesses_leaves_one_line_per_wait(lin, client) -> None:
    for _each in range(20):
        _try(client, password="guess")

    failed = Entry.objects.filter(action="account.sign_in_failed").count()
    held = Entry.objects.filter(action="account.sign_in_held_up").count()
    assert (failed, held) == (ACCOUNT_AND_ADDRESS.tries, 1)


def test_the_record_names_nobody_who_failed(lin, client) -> None:
    _try(client, "lin", "wrong")

    line = Entry.objects.get(action="account.sign_in_failed")
    assert "lin" not in line.subject_key
    assert line.subject_key == Knock(login="ＬＩＮ", address="elsewhere").account


# --- The page: T179


def test_the_page_asks_for_no_picture_and_lets_one_paste(client) -> None:
    page = client.get("/sign-in/").content.decode()

    assert "captcha" not in page.lower()
    assert "<img" not in page
    assert "onpaste" not in page
    assert 'autocomplete="current-password"' in page
    assert 'autocomplete="username"' in page


def test_addresses_of_the_account_pages_carry_keys_and_acts_alone() -> None:
    """39 c: no credential, name or code in an address."""
    carried = {name for each in account_urls.urlpatterns for name in each.pattern.converters}

    assert carried == {"key", "act"}


# --- The demo


@pytest.fixture
def demo(settings):
    """The demo switched on as it is at a start: the addresses are read anew."""

    def reload() -> None:
        for module in (account_urls, probe):
            importlib.reload(module)
        clear_url_caches()

    settings.HUIYIN_DEMO = True
    reload()
    yield
    settings.HUIYIN_DEMO = False
    reload()


def test_outside_the_demo_there_is_no_such_address(lin, town: Town, client) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("accounts:demo_sign_in")
    assert client.post("/demo/sign-in/", {"post": town.post("lin").key}).status_code == 404
    assert "演示" not in client.get("/sign-in/").content.decode()


def test_the_view_itself_refuses_outside_the_demo(lin, town: Town, rf) -> None:
    from django.http import Http404

    from huiyin.accounts.views.demo import demo_sign_in

    with pytest.raises(Http404):
        demo_sign_in(rf.post("/demo/sign-in/", {"post": town.post("lin").key}))


def test_one_press_enters_the_demo_in_each_role(town: Town, demo, settings) -> None:
    offered = Client().get("/sign-in/").context["offered"]

    assert [card.post.role for card in offered] == [
        "deputy",
        "clerk",
        "government_clerk",
        "liaison",
        "handler",
        "checker",
        "head",
        "committee",
        "leader",
        "electing_liaison",
    ]
    for card in offered:
        browser = Client()
        browser.post("/demo/sign-in/", {"post": card.post.key})
        assert card.post.person.name in browser.get("/account/").content.decode()


def test_somebody_beside_the_first_of_a_role_is_offered_by_name(
    town: Town, demo, client, monkeypatch
) -> None:
    monkeypatch.setattr(offering, "_BESIDE", {})
    offering.offer_beside("zhou", label="联名代表", shows="确认或者谢绝联名")
    offering.offer_beside("lin", label="二度", shows="二度")
    offering.offer_beside("nobody", label="无此人", shows="无此人")
    offered = client.get("/sign-in/").context["offered"]

    assert [card.post.person.login for card in offered[:3]] == ["lin", "zhou", "clerk"]
    page = client.get("/sign-in/").content.decode()
    assert "联名代表" in page
    assert "确认或者谢绝联名" in page
    assert "二度" not in page
    client.post("/demo/sign-in/", {"post": town.post("zhou").key})
    assert town.person("zhou").name in client.get("/account/").content.decode()


def test_the_demo_opens_only_what_it_offers(town: Town, demo, client) -> None:
    response = client.post("/demo/sign-in/", {"post": town.post("zhou").key})

    assert response.status_code == 404
    assert configured.SESSION_COOKIE_NAME not in client.cookies


def test_a_form_waits_for_its_writer_in_the_demo_too(town: Town, demo, client) -> None:
    page = client.post("/closed/", {"title": "关于校车的建议"}).content.decode()
    sealed = page.split('name="kept" value="')[1].split('"')[0]
    sent = {"post": town.post("lin").key, "kept": sealed}

    assert "关于校车的建议" in client.post("/demo/sign-in/", sent).content.decode()


def test_nobody_has_a_password_before_he_has_set_one() -> None:
    """T051: a fresh house holds no account at all."""
    assert get_user_model().objects.count() == 0
