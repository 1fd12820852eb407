"""What has been taken away is gone: at the next request, and between a form and its commit.

T010 and T117 at the pages and forms of every room; how the door itself judges a post is tested in
the room of the accounts.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from huiyin.accounts import services
from huiyin.accounts.actor import Actor
from huiyin.accounts.middleware import ActorMiddleware
from huiyin.accounts.models import Person, Post, Role, Standing
from huiyin.accounts.tests.town import NOW, TODAY, Town
from huiyin.suggestions.models import Suggestion
from tests.security.addresses import DRAFT, HANDLED, KEYS, address
from tests.security.detector import changes, held, lasting, writes
from tests.security.form import Form
from tests.security.house import AS_A_PROGRAM, House
from tests.security.sending import FORMS, sent

Revoking = Callable[[Town, str], Any]


def _clerk(town: Town, who: str) -> Any:
    return town.actor("second_clerk" if who == "clerk" else "clerk")


def _ended(town: Town, who: str) -> Any:
    return services.end_post(
        post=town.post(who), on=TODAY, actor=_clerk(town, who), at=NOW, why="x"
    )


def _suspended(town: Town, who: str) -> Any:
    return services.suspend_post(post=town.post(who), actor=_clerk(town, who), at=NOW, why="x")


def _run_out(town: Town, who: str) -> Any:
    return Post.objects.filter(pk=town.post(who).pk).update(until=TODAY - timedelta(days=1))


def _closed(town: Town, who: str) -> Any:
    person = town.person(who)
    return services.disable_person(person=person, actor=_clerk(town, who), at=NOW, why="x")


REVOKED: dict[str, Revoking] = {
    "post ended": _ended,
    "mandate suspended": _suspended,
    "last day over": _run_out,
    "account closed": _closed,
}
# Open to whoever is signed in, with a post or without, for his own account alone.
NEEDS_NO_POST = {"accounts:preferences", "accounts:switch_post"}


@pytest.mark.parametrize("revoked", REVOKED)
@pytest.mark.parametrize("who", ["lin", "clerk", "edu_handler"])
def test_the_next_request_obeys(house: House, revoked: str, who: str) -> None:
    browser = house.browser(who)
    assert browser.get("/suggestions/").status_code == 200

    REVOKED[revoked](house.town, who)

    out = 302 if revoked == "account closed" else 403
    # A calendar's address opens to nobody's session; its own tests revoke the post behind it.
    apart = ("accounts", "suggestions:feed")
    mine = {
        name: each.named(house.ours) for name, each in KEYS.items() if not name.startswith(apart)
    }
    pages = ["/", "/suggestions/", "/overview/", "/notices/", "/suggestions/?export=csv"]
    for path in [*pages, *(address(name, keys) for name, keys in mine.items())]:
        assert browser.get(path).status_code in {out}, path


def each_form(*, but: set[str]) -> Any:
    forms = [form for form in FORMS if form.name not in but]
    return pytest.mark.parametrize("form", forms, ids=lambda form: form.name)


@each_form(but=NEEDS_NO_POST)
def test_a_form_of_who_has_lost_his_post_is_refused(house: House, form: Form) -> None:
    said = form.filled(house)
    _run_out(house.town, form.who)
    with writes() as written:
        answer = sent(house, form, said, headers=AS_A_PROGRAM)
    assert (answer.status_code, written) == (403, [])


# What is the sender's own, whatever post he holds, and the choice of columns before an import.
ONES_OWN = {
    *("accounts:preferences", "accounts:switch_post", "outbox:read", "outbox:read_all"),
    *("ui:save_view", "ui:rename_view", "ui:delete_view", "suggestions:import_columns"),
}
# Tells of each suggestion what became of it: here, that none was assigned.
ANSWERS_EACH = "suggestions:assign_many"


def read_before(actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    """The request was let in while the actor was still what he is here."""

    def as_he_was(_self: ActorMiddleware, request: Any) -> Actor:
        return Actor(person=request.person, post=actor.post)

    monkeypatch.setattr(ActorMiddleware, "_actor", as_he_was)


@each_form(but=ONES_OWN)
def test_what_is_taken_away_under_way_is_denied_at_the_commit(
    house: House, form: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The post ends after the request was let in and before anything of it is written."""
    said, post = form.filled(house), house.town.post(form.who)
    read_before(house.town.actor(form.who), monkeypatch)
    Post.objects.filter(pk=post.pk).update(standing=Standing.ENDED, until=TODAY)
    before = held()
    with writes() as written:
        answer = sent(house, form, said, headers=AS_A_PROGRAM)
    left: Any = changes(before, held()) if lasting(written) else {}
    if form.name == ANSWERS_EACH:
        left = {line for _sign, line in left if "IdempotencyKey" not in line}
    assert (answer.status_code in {200, 403, 422}, set(left)) == (True, set())


@pytest.mark.parametrize(
    "lost",
    [
        {"standing": Standing.SUSPENDED},
        {"standing": Standing.ENDED, "until": TODAY},
        {"until": TODAY - timedelta(days=1)},
        {"role": Role.LEADER},
    ],
    ids=str,
)
def test_whatever_changed_of_a_post_is_noticed(
    house: House, monkeypatch: pytest.MonkeyPatch, lost: dict[str, Any]
) -> None:
    form = next(form for form in FORMS if form.name == "suggestion.register")
    said = form.filled(house)
    read_before(house.town.actor("clerk"), monkeypatch)
    Post.objects.filter(pk=house.town.post("clerk").pk).update(**lost)
    assert sent(house, form, said).status_code == 403
    assert house.own("submitted").number is None


def test_an_organ_changed_or_an_account_closed_under_way_is_noticed_too(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = next(form for form in FORMS if form.name == "part.acknowledge")
    said, post = form.filled(house), house.town.post("edu_liaison")
    read_before(house.town.actor("edu_liaison"), monkeypatch)
    Post.objects.filter(pk=post.pk).update(organ=house.town.government_office)
    assert sent(house, form, said).status_code == 403
    Post.objects.filter(pk=post.pk).update(organ=house.town.education)

    recognise = ActorMiddleware._recognise

    def then_closed(self: ActorMiddleware, request: Any) -> None:
        recognise(self, request)
        Person.objects.filter(pk=post.person_id).update(is_active=False)

    monkeypatch.setattr(ActorMiddleware, "_recognise", then_closed)
    assert sent(house, form, said).status_code == 403
    assert house.part("in handling, not acknowledged").acknowledged_on is None


# --- Another place, another role


def test_an_organ_left_takes_its_cases_with_it(house: House) -> None:
    """Moved to the organisation department, the handler no longer sees what education handles."""
    case, part = house.own(HANDLED), house.part(HANDLED)
    browser = house.browser("edu_handler")
    assert browser.get(reverse("suggestions:reply", args=[part.key])).status_code == 200

    Post.objects.filter(pk=house.town.post("edu_handler").pk).update(
        organ=house.town.organisation_department, inner_division=None
    )

    for name, key in (("case", case.key), ("paper", case.key), ("reply", part.key)):
        assert browser.get(reverse(f"suggestions:{name}", args=[key])).status_code == 404
    assert case.title not in browser.get("/suggestions/", {"size": "100"}).content.decode()
    export = browser.get("/suggestions/", {"export": "csv"}).getvalue()
    assert case.title not in export.decode("utf-8-sig")


def test_a_role_given_up_leaves_the_other(house: House) -> None:
    """One person, two posts: what the ended one could do, the other cannot do for it."""
    town = house.town
    clerk = services.give_post(
        person=town.person("zhou"),
        role=Role.CLERK,
        congress=town.congress,
        since=TODAY,
        organ=town.congress_office,
        actor=town.actor("clerk"),
        at=NOW,
    )
    browser = house.browser("zhou")
    browser.post(reverse("accounts:switch_post"), {"post": clerk.key})
    case = house.own("submitted")
    assert browser.get(reverse("suggestions:case", args=[case.key])).status_code == 200

    services.end_post(post=clerk, on=TODAY, actor=town.actor("clerk"), at=NOW)

    assert browser.get(reverse("suggestions:case", args=[case.key])).status_code == 404
    assert browser.get(reverse("accounts:people")).status_code == 404
    assert browser.get("/").status_code == 200
    told = browser.post(reverse("accounts:switch_post"), {"post": clerk.key})
    assert told.status_code == 404


def test_a_withdrawn_invitation_closes_the_draft(house: House) -> None:
    """A deputy who has declined no longer reads what the others write on."""
    draft = house.own(DRAFT)
    zhao = house.browser("zhao")
    page = reverse("suggestions:case", args=[draft.key])
    assert zhao.get(page).status_code == 200
    form = next(form for form in FORMS if form.name == "suggestion.decline_signature")
    sent(house, form, form.filled(house))
    assert zhao.get(page).status_code == 404
    assert (
        Suggestion.objects.get(pk=draft.pk).title not in zhao.get("/suggestions/").content.decode()
    )
