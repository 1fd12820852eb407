"""One satisfied rating in ten is called back; nobody chooses which (quality.md M1)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from huiyin.accounts.tests.town import NOW, TODAY, Town
from huiyin.kernel.errors import Conflict, Invalid, NotPermitted
from huiyin.kernel.ids import new_key
from huiyin.ledger.verify import verify_chain
from huiyin.suggestions import services
from huiyin.suggestions.models import CallBack, CallBackDraw, HeardBack, InDraw
from huiyin.suggestions.sampling import drawn
from huiyin.suggestions.tests.situations import Story, follow_national

pytestmark = pytest.mark.django_db
PAGE = "suggestions:call_back"
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def town(db: None) -> Town:
    return Town()


def closed(town: Town, number: int, result: str = "S") -> Story:
    return Story(town, title=f"关于第{number}所学校的建议").replied().rated(result)


def draw(town: Town, seed: str = "03 07 19 22", who: str = "clerk", **said: Any) -> CallBackDraw:
    given = {"declared": "公报2020年第3号", "at": NOW, **said}
    return services.draw_call_backs(session=town.session, actor=town.actor(who), seed=seed, **given)


def call(town: Town, row: InDraw, heard: str = HeardBack.OWN, **said: Any) -> CallBack:
    given = {"held_on": TODAY, "actor": town.actor("clerk"), "at": NOW, **said}
    return services.record_call_back(drawn=row, heard=heard, **given)


# --- Which


def test_the_same_seed_draws_the_same_whatever_the_order() -> None:
    names = [str(number) for number in range(1, 980)]
    once = drawn("03 07 19 22", names)
    assert list(once) == list(drawn("03 07 19 22", names[::-1]))
    assert len(once) == 98
    other = drawn("03 07 19 23", names)
    assert set(once) != set(other)
    # No number is likelier than another: two seeds share about a tenth of a tenth.
    assert len(set(once) & set(other)) < 30


def test_every_draw_of_any_has_one(town: Town) -> None:
    assert drawn("s", []) == []
    assert len(drawn("s", ["1"])) == 1


def test_final_and_satisfied_ones_stand_in_a_draw_and_no_others(town: Town) -> None:
    satisfied = {closed(town, number).case.pk for number in range(3)}
    closed(town, 3, "NS")
    Story(town).replied()
    made = draw(town)
    assert set(made.ratings.values_list("rating__suggestion", flat=True)) == satisfied
    assert made.ratings.filter(drawn=True).count() == 1
    assert verify_chain(town.congress.key) == []


def test_an_open_rating_is_not_drawn(town: Town) -> None:
    follow_national(town, {"feedback.change_limit": "5 days"})
    closed(town, 1)
    with pytest.raises(Conflict):
        draw(town)


def test_a_rating_stands_in_one_draw_so_that_no_second_seed_spares_it(town: Town) -> None:
    for number in range(2):
        closed(town, number)
    first = draw(town)
    with pytest.raises(Conflict):
        draw(town, "another seed", at=LATER)
    spared = first.ratings.get(drawn=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        InDraw.objects.create(draw=first, rating=spared.rating, drawn=True)


@pytest.mark.parametrize("who", ["government_clerk", "leader", "edu_head", "lin"])
def test_nobody_but_the_office_draws_or_calls(town: Town, who: str) -> None:
    closed(town, 1)
    with pytest.raises(NotPermitted):
        draw(town, who=who)
    row = draw(town).ratings.get()
    with pytest.raises(NotPermitted):
        call(town, row, actor=town.actor(who))
    page = town.signed_in(Client(), who).get(reverse(PAGE))
    assert page.status_code == 404


def test_a_seed_without_its_place_draws_nothing(town: Town) -> None:
    closed(town, 1)
    for said in ({"seed": " "}, {"declared": ""}):
        with pytest.raises(Invalid):
            draw(town, **said)
    assert not CallBackDraw.objects.exists()


# --- The call


def test_a_call_is_on_record_and_changes_no_rating(town: Town) -> None:
    story = closed(town, 1)
    row = draw(town).ratings.get()
    before = list(story.case.ratings.values())
    call(town, row, HeardBack.NOT_REACHED)
    call(town, row, HeardBack.OTHERWISE, gist="说是工作人员代填的。")
    assert list(row.calls.values_list("heard", flat=True)) == ["not_reached", "otherwise"]
    assert list(story.case.ratings.values()) == before
    assert verify_chain(town.congress.key) == []


def test_what_a_call_lacks_is_said(town: Town) -> None:
    for number in range(2):
        closed(town, number)
    made = draw(town)
    row, spared = made.ratings.get(drawn=True), made.ratings.get(drawn=False)
    with pytest.raises(Invalid):
        call(town, row, HeardBack.OTHERWISE)
    with pytest.raises(Conflict):
        call(town, row, held_on=TODAY + timedelta(days=1))
    with pytest.raises(Conflict):
        call(town, spared)
    assert not CallBack.objects.exists()


def test_the_page_draws_and_takes_the_call_down(town: Town, settings: Any) -> None:
    settings.HUIYIN_TODAY = TODAY
    town.neighbour()
    story = closed(town, 1)
    clerk = town.signed_in(Client(), "clerk")
    place = reverse(PAGE)
    assert clerk.post(place, {"once": new_key(), "seed": "3"}).status_code == 422
    said = {"once": new_key(), "seed": "3", "declared": "公报"}
    assert [clerk.post(place, said).status_code for _twice in "ab"] == [302, 302]
    row = InDraw.objects.get()
    page = clerk.get(place, {"call": row.key}).content.decode()
    assert story.case.title in page
    assert "林晓岚" in page
    wrong = {"once": new_key(), "drawn": row.key, "held_on": TODAY, "heard": "otherwise"}
    answer = clerk.post(place, wrong)
    assert answer.status_code == 422
    assert "请写明代表所说的情况" in answer.content.decode()
    right = {**wrong, "once": new_key(), "gist": "说是代填的。"}
    assert clerk.post(place, right).status_code == 302
    assert "说是代填的" in clerk.get(place).content.decode()
    neighbour = town.signed_in(Client(), "neighbour_clerk")
    assert neighbour.get(place, {"call": row.key}).status_code == 404


def test_the_page_asks_no_more_the_more_were_drawn(
    town: Town, settings: Any, django_assert_max_num_queries: Any
) -> None:
    settings.HUIYIN_TODAY = TODAY
    for number in range(11):
        closed(town, number)
    draw(town)
    clerk = town.signed_in(Client(), "clerk")
    clerk.get(reverse(PAGE))
    with django_assert_max_num_queries(16):
        clerk.get(reverse(PAGE))
