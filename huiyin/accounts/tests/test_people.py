"""People, posts and activation codes: who may give them, and what the database refuses."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from huiyin.accounts import selectors, services, throttle
from huiyin.accounts.models import Activation, KnownDevice, Person, Post, Role, Standing, Tally
from huiyin.accounts.rules import account_keeper
from huiyin.accounts.tests.town import NOW, TERM_BEGAN, TODAY, Town
from huiyin.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from huiyin.ledger.models import Entry
from huiyin.organisations.models import Congress, Delegation, ElectingUnit, Level, Term

pytestmark = [pytest.mark.django_db, pytest.mark.urls("huiyin.accounts.tests.probe")]

PHRASE = "a phrase of my own"


def _give(town: Town, who: str = "leader", **rest) -> Post:
    values = {
        "person": town.person(who),
        "role": Role.HANDLER,
        "congress": town.congress,
        "organ": town.finance,
        "since": TODAY,
        "actor": town.actor("clerk"),
        "at": NOW,
    }
    return services.give_post(**{**values, **rest})


# --- Posts


def test_a_post_is_given_on_record(town: Town) -> None:
    post = _give(town)

    line = Entry.objects.get()
    assert (line.action, line.subject_key, line.after) == ("post.give", post.key, "handler")
    assert post.title == "财政厅 经办人"


def test_the_same_post_is_not_given_twice(town: Town) -> None:
    _give(town)

    with pytest.raises(Conflict):
        _give(town)


def test_an_ended_post_may_be_given_again(town: Town) -> None:
    post = _give(town)
    services.end_post(post=post, on=TODAY, actor=town.actor("clerk"), at=NOW)

    again = _give(town)

    assert again.pk != post.pk
    assert Post.objects.get(pk=post.pk).standing == Standing.ENDED


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"organ": None}, "organ"),
        ({"role": Role.ELECTING_LIAISON}, "electing_unit"),
        ({"role": Role.DEPUTY, "organ": None}, "term"),
        ({"role": Role.DEPUTY, "organ": None}, "delegation"),
        ({"role": "emperor"}, "role"),
        ({"until": TODAY - timedelta(days=1)}, "until"),
    ],
)
def test_a_post_that_makes_no_sense_is_refused_in_words(town: Town, changed, field) -> None:
    with pytest.raises(Invalid) as refused:
        _give(town, **changed)

    assert field in refused.value.fields


def test_a_post_is_held_within_one_congress(town: Town) -> None:
    """T013: no organ, delegation or term of another congress."""
    other = town.neighbour()
    term = Term.objects.create(congress=other, ordinal=13)
    foreign: dict[str, Any] = {
        "organ": town.neighbour_organ,
        "term": term,
        "delegation": Delegation.objects.create(congress=other, term=term, name="某团"),
        "electing_unit": ElectingUnit.objects.create(congress=other, name="某市"),
    }
    for name, place in foreign.items():
        with pytest.raises(Invalid) as refused:
            _give(town, **{name: place})
        assert name in refused.value.fields


def test_an_inner_division_lies_within_the_organ(town: Town) -> None:
    with pytest.raises(Invalid) as refused:
        _give(town, inner_division=town.basic_education)

    assert list(refused.value.fields) == ["inner_division"]


def test_a_post_has_no_other_particulars(town: Town) -> None:
    with pytest.raises(TypeError):
        _give(town, standing=Standing.ENDED)


@pytest.mark.parametrize("who", ["lin", "edu_head", "leader", "government_clerk"])
def test_only_a_clerk_gives_posts(town: Town, who) -> None:
    with pytest.raises(NotPermitted):
        _give(town, "zhou", actor=town.actor(who))


def test_nobody_gives_himself_a_post(town: Town) -> None:
    with pytest.raises(NotPermitted):
        _give(town, "clerk")


def test_the_clerk_of_another_congress_gives_none_here(town: Town) -> None:
    town.neighbour()

    with pytest.raises(NotPermitted):
        _give(town, actor=town.actor("neighbour_clerk"))


@pytest.mark.parametrize("on", [TODAY + timedelta(days=1), TERM_BEGAN - timedelta(days=1)])
def test_a_post_ends_on_a_day_it_ran(town: Town, on) -> None:
    with pytest.raises(Invalid):
        services.end_post(post=town.post("lin"), on=on, actor=town.actor("clerk"), at=NOW)


def test_an_ended_mandate_does_not_resume(town: Town) -> None:
    clerk = town.actor("clerk")
    post = services.end_post(post=town.post("lin"), on=TODAY, actor=clerk, at=NOW, why="辞职")

    with pytest.raises(Conflict):
        services.resume_post(post=post, actor=clerk, at=NOW, why="x")


def test_doing_again_what_is_done_leaves_no_second_line(town: Town) -> None:
    clerk = town.actor("clerk")
    for _each in range(2):
        services.suspend_post(post=town.post("lin"), actor=clerk, at=NOW, why="第六十一条")

    assert Entry.objects.filter(action="post.suspend").count() == 1


@pytest.mark.parametrize(
    "broken",
    [
        {"role": "emperor"},
        {"standing": "asleep"},
        {"until": TERM_BEGAN - timedelta(days=1)},
        {"standing": Standing.ENDED},
        {"role": Role.LIAISON},
        {"role": Role.ELECTING_LIAISON, "electing_unit": None},
        {"term": None},
        {"delegation": None, "electing_unit": None},
    ],
)
def test_the_database_refuses_what_no_mandate_can_be(town: Town, broken) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(pk=town.post("lin").pk).update(**broken)


def test_the_database_knows_one_mandate_per_term(town: Town) -> None:
    mandate = {
        "person": town.person("lin"),
        "role": Role.DEPUTY,
        "congress": town.congress,
        "term": town.term,
        "delegation": town.southern,
        "since": TODAY,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(**mandate)
    Post.objects.create(**mandate, standing=Standing.ENDED, until=TODAY)


@pytest.mark.parametrize("who", ["clerk", "edu_handler"])
def test_the_database_knows_each_post_once(town: Town, who) -> None:
    post = town.post(who)
    post.pk, post.key = None, "another-key-of-22-char"
    post._state.adding = True

    with pytest.raises(IntegrityError), transaction.atomic():
        post.save()


# --- People


def test_the_record_of_a_change_tells_no_personal_detail(town: Town) -> None:
    services.change_person(
        person=town.person("lin"), phone="13800000000", actor=town.actor("clerk"), at=NOW
    )

    line = Entry.objects.get()
    assert (line.action, line.before, line.after) == ("person.change", "", "phone")


def test_an_unchanged_person_is_not_on_record(town: Town) -> None:
    services.change_person(
        person=town.person("lin"), name="林晓岚", actor=town.actor("clerk"), at=NOW
    )

    assert not Entry.objects.exists()


def test_only_contact_and_name_are_changed_here(town: Town) -> None:
    with pytest.raises(TypeError):
        services.change_person(
            person=town.person("lin"), login="x", actor=town.actor("clerk"), at=NOW
        )


def test_a_person_without_a_name_is_nobody() -> None:
    with pytest.raises(Invalid):
        services.enter_person(name=" ", actor=None, at=NOW)


def test_people_of_another_congress_do_not_exist_here(town: Town) -> None:
    """T013: neither their particulars nor their account."""
    town.neighbour()
    clerk = town.actor("neighbour_clerk")

    with pytest.raises(NotFound):
        services.change_person(person=town.person("lin"), phone="1", actor=clerk, at=NOW)
    with pytest.raises(NotFound):
        services.issue_activation(person=town.person("lin"), actor=clerk, at=NOW)
    with pytest.raises(NotPermitted):
        services.end_sessions(person=town.person("zhao"), actor=town.actor("lin"), at=NOW)


def test_no_clerk_closes_his_own_account(town: Town) -> None:
    with pytest.raises(NotPermitted):
        services.disable_person(
            person=town.person("clerk"), actor=town.actor("clerk"), at=NOW, why="x"
        )


def test_the_highest_congress_keeps_an_account(town: Town) -> None:
    """A county's clerk must not get hold of a provincial deputy by giving him a post."""
    county = Congress.objects.create(
        slug="xian", name="岳北县人民代表大会", short_name="岳北县", level=Level.COUNTY
    )
    clerk = town.hire("county_clerk", name="石磊", role=Role.CLERK, congress=county)
    Post.objects.create(person=town.person("lin"), role=Role.LEADER, congress=county, since=TODAY)

    assert account_keeper(town.person("lin")) == town.congress
    for attempt in (
        lambda: services.issue_activation(person=town.person("lin"), actor=clerk, at=NOW),
        lambda: services.change_person(
            person=town.person("lin"), email="x@y.example", actor=clerk, at=NOW
        ),
        lambda: services.end_sessions(person=town.person("lin"), actor=clerk, at=NOW),
        lambda: services.disable_person(person=town.person("lin"), actor=clerk, at=NOW, why="x"),
    ):
        with pytest.raises(NotPermitted):
            attempt()
    assert not Activation.objects.exists()


def test_of_equal_congresses_the_first_keeps_the_account(town: Town) -> None:
    other = town.neighbour()
    Post.objects.create(person=town.person("lin"), role=Role.LEADER, congress=other, since=TODAY)

    with pytest.raises(NotPermitted):
        services.issue_activation(
            person=town.person("lin"), actor=town.actor("neighbour_clerk"), at=NOW
        )


def test_nobody_keeps_the_account_of_who_has_left(town: Town) -> None:
    clerk = town.actor("clerk")
    services.end_post(post=town.post("lin"), on=TODAY, actor=clerk, at=NOW)

    assert account_keeper(town.person("lin")) is None
    services.disable_person(person=town.person("lin"), actor=clerk, at=NOW, why="届满")
    services.disable_person(person=town.person("lin"), actor=clerk, at=NOW, why="届满")

    assert Entry.objects.filter(action="account.disable").count() == 1


# --- Activation


def _issue(town: Town, who: str = "lin", **rest):
    return services.issue_activation(
        person=town.person(who), actor=town.actor("clerk"), at=NOW, **rest
    )


def _use(code: str, *, at=NOW, login: str = "", password: str = PHRASE) -> Person:
    return services.activate(code=code, login=login, password=password, at=at)


def test_a_code_opens_the_account_once(town: Town, client) -> None:
    issued = _issue(town)

    _use(issued.code)

    assert client.post("/sign-in/", {"login": "lin", "password": PHRASE}).status_code == 302
    with pytest.raises(Invalid):
        _use(issued.code)


@pytest.mark.parametrize("typed", [str.lower, lambda code: code.replace("-", " "), str.strip])
def test_a_code_is_read_however_it_is_typed(town: Town, typed) -> None:
    assert _use(typed(_issue(town).code)) == town.person("lin")


def test_a_code_holds_for_three_days(town: Town) -> None:
    issued = _issue(town)

    with pytest.raises(Invalid):
        _use(issued.code, at=NOW + timedelta(hours=72))
    _use(issued.code, at=NOW + timedelta(hours=72) - timedelta(seconds=1))


def test_a_new_code_voids_the_one_before(town: Town) -> None:
    first, _second = _issue(town), _issue(town)

    with pytest.raises(Invalid):
        _use(first.code)


def test_the_database_holds_no_code(town: Town) -> None:
    issued = _issue(town)

    kept = Activation.objects.get()
    assert issued.code not in kept.code_digest
    assert issued.code.replace("-", "") not in kept.code_digest
    assert len(issued.code.replace("-", "")) == 28


def test_a_weak_password_does_not_use_the_code_up(town: Town) -> None:
    issued = _issue(town)
    for weak in ("short", "1234567890", "qwertyuiop", "yuechuan.example"):
        with pytest.raises(Invalid) as refused:
            _use(issued.code, password=weak)
        said = refused.value.fields["password"]
        assert not any(str(each).isascii() for each in said), said

    _use(issued.code)


def test_a_person_from_a_list_chooses_his_login(town: Town) -> None:
    person = services.enter_person(name="唐一", actor=town.actor("clerk"), at=NOW)
    Post.objects.create(person=person, role=Role.LEADER, congress=town.congress, since=TODAY)
    code = services.issue_activation(person=person, actor=town.actor("clerk"), at=NOW).code

    for login in ("", "ＬＩＮ", "a b"):
        with pytest.raises(Invalid) as refused:
            _use(code, login=login)
        assert "login" in refused.value.fields, login
    assert _use(code, login="Tang.Yi").login == "tang.yi"


def test_a_closed_account_is_not_opened_by_a_code(town: Town) -> None:
    issued = _issue(town)
    services.disable_person(person=town.person("lin"), actor=town.actor("clerk"), at=NOW, why="x")

    with pytest.raises(Invalid):
        _use(issued.code)


def test_a_code_ends_the_sessions_from_before(town: Town, client, day) -> None:
    town.signed_in(client, "lin")
    assert client.get("/account/").status_code == 200

    _use(_issue(town).code)

    assert client.get("/account/").status_code == 302


def test_no_clerk_issues_a_code_for_himself(town: Town) -> None:
    with pytest.raises(NotPermitted):
        _issue(town, "clerk")


def test_the_page_takes_a_code_and_leads_to_the_door(town: Town, client, day) -> None:
    issued = _issue(town)
    wrong = client.post("/activate/", {"code": "wrong", "password": PHRASE})
    right = client.post("/activate/", {"code": issued.code, "password": PHRASE}, follow=True)

    assert wrong.status_code == 422
    assert "无效" in wrong.content.decode()
    assert right.redirect_chain == [("/sign-in/", 302)]
    assert "账号已激活" in right.content.decode()


def test_codes_are_not_tried_without_end(town: Town, client) -> None:
    for _each in range(throttle.CODES.tries):
        assert client.post("/activate/", {"code": "x", "password": PHRASE}).status_code == 422

    assert client.post("/activate/", {"code": "x", "password": PHRASE}).status_code == 429
    assert client.get("/activate/").status_code == 200


# --- Choosing co-signers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("林", {"lin"}),
        ("海平", {"zhou"}),
        ("岳北", {"lin", "zhao"}),
        ("岳北　赵", {"zhao"}),
        ("43-007", {"zhao"}),
        ("岳南 林", set()),
        ("", set()),
        ("%", set()),
        ("陈", set()),
    ],
)
def test_deputies_are_found_by_name_card_and_delegation(town: Town, text, found) -> None:
    Post.objects.filter(pk=town.post("zhao").pk).update(card_no="43-007")

    posts = selectors.search_deputies(town.congress, text, on=TODAY)

    assert {post.person.login for post in posts} == found


def test_a_deputy_whose_account_is_closed_is_not_offered(town: Town) -> None:
    services.disable_person(
        person=town.person("zhao"), actor=town.actor("clerk"), at=NOW, why="去世"
    )

    assert not selectors.search_deputies(town.congress, "赵", on=TODAY).exists()


def test_a_suspended_deputy_is_not_offered(town: Town) -> None:
    services.suspend_post(
        post=town.post("zhao"), actor=town.actor("clerk"), at=NOW, why="第六十一条"
    )

    assert not selectors.search_deputies(town.congress, "赵", on=TODAY).exists()
    assert not selectors.search_deputies(town.neighbour(), "林", on=TODAY).exists()


# --- One's own account


def test_the_account_page_shows_who_one_is(town: Town, client, day) -> None:
    page = town.signed_in(client, "lin").get("/account/").content.decode()

    assert "林晓岚" in page
    assert "岳北代表团 代表" in page


def test_a_language_chosen_by_a_stranger_stays_in_his_browser(town: Town) -> None:
    browser = Client()
    browser.post("/language/", {"language": "en", "next": "/sign-in/"})
    assert "Sign in" in browser.get("/sign-in/").content.decode()

    browser.post("/language/", {"language": "tlh"})
    assert "Sign in" in browser.get("/sign-in/").content.decode()


def test_a_language_chosen_in_the_frame_stays_with_the_person(town: Town, client, day) -> None:
    town.signed_in(client, "lin").post("/language/", {"language": "en", "next": "/account/"})

    assert Person.objects.get(login="lin").language == "en"


def test_one_choice_leaves_the_others(town: Town, client, day) -> None:
    town.signed_in(client, "lin")
    client.post("/account/preferences/", {"theme": "dark"})
    client.post("/account/preferences/", {"large_type": "1"})
    client.post("/account/preferences/", {"density": "compact", "theme": "neon"})
    client.post("/account/preferences/", {})

    person = Person.objects.get(login="lin")
    assert (person.theme, person.large_type, person.density) == ("dark", True, "comfortable")
    client.post("/account/preferences/", {"large_type": "0"})
    assert Person.objects.get(login="lin").large_type is False


def test_only_preferences_are_kept_as_such(town: Town) -> None:
    with pytest.raises(TypeError):
        services.keep_preferences(person=town.person("lin"), login="x")


def test_a_day_without_posts_still_has_an_account_page(town: Town, client, day) -> None:
    Post.objects.filter(pk=town.post("lin").pk).update(since=date(2030, 1, 1))
    town.signed_in(client, "lin")

    assert client.get("/account/").status_code == 200
    assert client.post("/sign-out/").status_code == 302


def test_every_row_says_in_words_what_it_is(town: Town) -> None:
    issued = _issue(town)
    tally = Tally(bucket="0123456789", opened_at=NOW, closes_at=NOW, tries=3)
    device = KnownDevice(person=town.person("lin"), last_seen_on=TODAY)

    said = [
        str(each)
        for each in (town.person("lin"), town.post("lin"), Activation.objects.get(), device, tally)
    ]

    assert said == [
        "林晓岚",
        "岳北代表团 代表",
        "林晓岚 2020-03-02",
        "林晓岚 2020-03-02",
        "01234567 3",
    ]
    assert issued.person == town.person("lin")


def test_a_post_without_an_organ_is_held_for_the_congress(town: Town) -> None:
    unit = town.post("electing_liaison")

    assert (str(unit.place), unit.title) == (
        "岳北市人民代表大会",
        "岳北市人民代表大会 原选举单位联络员",
    )
    assert town.post("leader").title == "岳川省 领导"
    assert town.post("edu_liaison").title == "教育厅 联络员"
    assert str(town.post("edu_liaison").place) == "省教育厅"


def test_two_keys_make_sessions_live_through_a_change_of_key(town: Town, settings) -> None:
    """While the old key is a fallback, a session begun under it goes on."""
    before = town.person("lin").get_session_auth_hash()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key " * 5

    assert before in list(town.person("lin").get_session_auth_fallback_hash())
    assert before != town.person("lin").get_session_auth_hash()
