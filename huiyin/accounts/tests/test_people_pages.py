"""The clerk's pages: the roll, one person, posts, and slips with activation codes."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from huiyin.accounts import services
from huiyin.accounts.models import Activation, Person, Post, Role, Standing
from huiyin.accounts.tests.town import NOW, TODAY, Town
from huiyin.kernel.ids import new_key
from huiyin.organisations.models import Congress, Level

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("huiyin.accounts.tests.probe"),
    pytest.mark.usefixtures("day"),
]


@pytest.fixture
def clerk(town: Town, client: Client) -> Client:
    return town.signed_in(client, "clerk")


def _names(client: Client, query: str = "") -> list[str]:
    rows = client.get(f"/people/{query}").context["rows"]
    return [post.person.login for post in rows]


def _addresses(town: Town) -> list[tuple[str, str]]:
    lin, post = town.person("lin").key, town.post("lin").key
    return [
        ("get", "/people/"),
        ("get", "/people/new/"),
        ("get", f"/people/{lin}/"),
        ("post", f"/people/{lin}/"),
        ("post", f"/people/{lin}/post/"),
        ("post", f"/people/{lin}/account/close/"),
        ("post", f"/people/{lin}/account/end-sessions/"),
        ("post", f"/people/post/{post}/end/"),
        ("post", "/people/codes/"),
    ]


@pytest.mark.parametrize("who", ["lin", "government_clerk", "edu_head", "leader"])
def test_to_everybody_else_these_pages_do_not_exist(town: Town, client, who) -> None:
    town.signed_in(client, who)

    for method, address in _addresses(town):
        sent = {"person": town.person("lin").key, "reason": "x"}
        assert getattr(client, method)(address, sent).status_code == 404, address


def test_another_congress_has_none_of_these_people(town: Town, client) -> None:
    """T013: by address and by form field."""
    town.neighbour()
    town.signed_in(client, "neighbour_clerk")

    assert _names(client) == ["neighbour_clerk"]
    for method, address in _addresses(town)[2:]:
        sent = {"person": town.person("lin").key, "reason": "x"}
        assert getattr(client, method)(address, sent).status_code == 404, address
    assert not Activation.objects.exists()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=林", {"lin"}),
        ("?q=edu_", {"edu_checker", "edu_handler", "edu_head", "edu_liaison"}),
        ("?role=deputy", {"lin", "zhao", "zhou"}),
        ("?role=emperor&q=赵", {"zhao"}),
        ("?q=无此人", set()),
        ("?page=2", set()),
        ("?page=x&q=林", {"lin"}),
        ("?page=99999&q=林", {"lin"}),
    ],
)
def test_the_roll_is_searched(clerk, query, found) -> None:
    assert set(_names(clerk, query)) == found


def test_the_roll_shows_who_has_no_password(town: Town, clerk) -> None:
    person = town.person("lin")
    person.set_password("a phrase of my own")
    person.save()
    services.disable_person(person=town.person("zhao"), actor=town.actor("clerk"), at=NOW, why="x")

    waiting = _names(clerk, "?waiting=1&role=deputy")

    assert waiting == ["zhou"]
    page = clerk.get("/people/?role=deputy").content.decode()
    for state in ("正常使用", "已停用", "尚未设定密码"):
        assert state in page


def test_a_long_roll_is_turned_page_by_page(town: Town, clerk, django_assert_num_queries) -> None:
    people = [Person(login=f"a{n:03}", name=f"甲{n:03}", name_sort=f"0{n:03}") for n in range(60)]
    Person.objects.bulk_create(people)
    Post.objects.bulk_create(
        Post(person=person, role=Role.LEADER, congress=town.congress, since=TODAY)
        for person in people
    )

    first, second = clerk.get("/people/"), clerk.get("/people/?page=2")

    assert (first.context["before"], first.context["more"]) == (None, 2)
    assert (second.context["before"], second.context["more"]) == (1, None)
    assert len(first.context["rows"]) == 50
    # Session, person, posts of the reader, the rows: however many they are.
    with django_assert_num_queries(4):
        clerk.get("/people/")


def _form(town: Town, **changed: Any) -> dict[str, Any]:
    sent = {
        "name": "唐一",
        "role": "handler",
        "organ": town.finance.key,
        "since": "2020-03-02",
        "email": "tang@yuechuan.example",
        "once": new_key(),
    }
    return {**sent, **changed}


def test_a_person_is_entered_with_a_post(town: Town, clerk) -> None:
    response = clerk.post("/people/new/", _form(town))

    post = Post.objects.get(person__name="唐一")
    assert response["Location"] == f"/people/{post.person.key}/"
    assert (post.organ, post.role, post.term) == (town.finance, "handler", None)
    page = clerk.get(response["Location"]).content.decode()
    assert "唐一" in page
    assert "尚未设定密码" in page


def test_a_deputy_sits_in_the_present_term(town: Town, clerk) -> None:
    sent = _form(town, role="deputy", organ="", delegation=town.southern.key, card_no="0301")
    clerk.post("/people/new/", sent)

    post = Post.objects.get(person__name="唐一")
    assert (post.term, post.delegation, post.card_no) == (town.term, town.southern, "0301")


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"organ": ""}, {"organ": "other"}, {"since": "9月31日"}, {"role": "emperor"}],
)
def test_a_wrong_form_enters_nobody_and_keeps_what_was_typed(town: Town, clerk, wrong) -> None:
    town.neighbour()
    if wrong.get("organ") == "other":
        wrong = {"organ": town.neighbour_organ.key}

    response = clerk.post("/people/new/", _form(town, **wrong))

    assert response.status_code == 422
    assert "tang@yuechuan.example" in response.content.decode()
    assert not Person.objects.filter(name="唐一").exists()


def test_particulars_are_changed(town: Town, clerk) -> None:
    address = f"/people/{town.person('lin').key}/"

    assert clerk.post(address, {"name": "林晓岚", "phone": "0731-0000"}).status_code == 302
    assert clerk.post(address, {"name": "", "phone": "1"}).status_code == 422

    town.person("lin").refresh_from_db()
    assert (town.person("lin").phone, town.person("lin").name) == ("0731-0000", "林晓岚")


def test_one_more_post_is_given_or_refused_in_words(town: Town, clerk) -> None:
    address = f"/people/{town.person('leader').key}/post/"
    sent = {"role": "head", "organ": town.finance.key, "since": "2020-03-02"}

    assert clerk.post(address, sent).status_code == 302
    assert clerk.post(address, sent).status_code == 422
    assert clerk.post(address, {**sent, "role": ""}).status_code == 422
    assert town.person("leader").posts.count() == 2


def test_posts_are_suspended_resumed_and_ended_with_a_reason(town: Town, clerk) -> None:
    post = town.post("lin")
    address = f"/people/post/{post.key}"

    assert clerk.post(f"{address}/end/").status_code == 422
    assert clerk.post(f"{address}/abolish/", {"reason": "x"}).status_code == 404
    standings = []
    for act in ("suspend", "resume", "end"):
        assert clerk.post(f"{address}/{act}/", {"reason": "第六十一条"}).status_code == 302
        post.refresh_from_db()
        standings.append(post.standing)

    assert standings == [Standing.SUSPENDED, Standing.ACTIVE, Standing.ENDED]
    assert post.until == TODAY
    assert "已终止" in clerk.get(f"/people/{town.person('lin').key}/").content.decode()


def test_an_account_is_closed_and_opened_with_a_reason(town: Town, clerk) -> None:
    address = f"/people/{town.person('lin').key}/account"

    assert clerk.post(f"{address}/close/").status_code == 422
    assert clerk.post(f"{address}/delete/", {"reason": "x"}).status_code == 404
    assert clerk.post(f"{address}/close/", {"reason": "离任"}).status_code == 302
    assert not Person.objects.get(login="lin").is_active
    assert clerk.post(f"{address}/open/", {"reason": "返岗"}).status_code == 302
    assert Person.objects.get(login="lin").is_active


def test_sessions_are_ended_from_the_page(town: Town, clerk) -> None:
    other = Client()
    town.signed_in(other, "lin")

    clerk.post(f"/people/{town.person('lin').key}/account/end-sessions/")

    assert other.get("/account/").status_code == 302


def test_codes_are_shown_once_as_slips(town: Town, clerk) -> None:
    keys = [town.person("lin").key, town.person("zhao").key, town.person("lin").key]

    response = clerk.post("/people/codes/", {"person": keys})

    page = response.content.decode()
    assert response["Cache-Control"] == "no-store, private"
    for issued in response.context["issued"]:
        assert issued.code in page
    assert {issued.person.name for issued in response.context["issued"]} == {"林晓岚", "赵立新"}
    assert Activation.objects.count() == 2


@pytest.mark.parametrize("wanted", [[], ["no such key"], ["mine"]])
def test_codes_are_issued_to_all_chosen_or_none(town: Town, clerk, wanted) -> None:
    if wanted == ["mine"]:
        wanted = [town.person("lin").key, town.person("clerk").key]

    response = clerk.post("/people/codes/", {"person": wanted})

    assert response.status_code in (403, 404, 422)
    assert not Activation.objects.exists()


def test_an_account_kept_elsewhere_shows_its_posts_only(town: Town, client) -> None:
    county = Congress.objects.create(
        slug="xian", name="岳北县人民代表大会", short_name="岳北县", level=Level.COUNTY
    )
    town.hire("county_clerk", name="石磊", role=Role.CLERK, congress=county)
    Post.objects.create(person=town.person("lin"), role=Role.LEADER, congress=county, since=TODAY)
    town.signed_in(client, "county_clerk")

    page = client.get(f"/people/{town.person('lin').key}/").content.decode()

    assert "账号由岳川省人民代表大会管理" in page
    assert "签发激活码" not in page
    assert "lin@yuechuan.example" not in page
