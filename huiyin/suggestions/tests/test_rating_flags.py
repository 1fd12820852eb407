"""Ratings that the organ may have had a hand in are flagged to the congress alone (T069)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.urls import reverse

from huiyin.accounts import devices, whereabouts
from huiyin.accounts.models import KnownDevice, SignInTrace
from huiyin.accounts.tests.town import NOW, TODAY, Town
from huiyin.accounts.whereabouts import NOWHERE, Whereabouts
from huiyin.kernel.ids import new_key
from huiyin.ledger.verify import verify_chain
from huiyin.suggestions import services
from huiyin.suggestions.models import RatingFlag, Suggestion
from huiyin.suggestions.models.flags import FlagKind
from huiyin.suggestions.presenters.file import read
from huiyin.suggestions.presenters.rounds import rounds
from huiyin.suggestions.scene import Scene
from huiyin.suggestions.tests.attempts import scan
from huiyin.suggestions.tests.situations import Story

pytestmark = pytest.mark.django_db
ORGAN_S, HOME = "10.0.0.7", "192.0.2.1"


@pytest.fixture
def town(db: None) -> Town:
    return Town()


def came(address: str, *, token: str = "") -> Any:
    """A request from this address, by a browser with this mark."""
    request = RequestFactory().post("/", REMOTE_ADDR=address)
    request.user = AnonymousUser()
    if token:
        request.COOKIES[devices.cookie_name()] = token
    return request


def signed_in(town: Town, who: str, address: str, *, before: timedelta) -> None:
    person = town.person(who)
    whereabouts.leave_trace(came(address), person=person, at=NOW - before)


def rated(town: Town, where: Whereabouts) -> Suggestion:
    story = Story(town).replied()
    services.rate(
        case=story.case,
        actor=town.actor("lin"),
        at=NOW,
        attitude="S",
        result="S",
        where=where,
    )
    return Suggestion.objects.get(pk=story.case.pk)


def struck() -> set[str]:
    return set(RatingFlag.objects.values_list("kind", flat=True))


def test_a_rating_from_the_organ_s_browser_is_flagged(town: Town) -> None:
    mark = Whereabouts.of(came(HOME, token="the organ's own")).device
    seen = {"token_digest": mark, "first_seen_on": NOW.date(), "last_seen_on": NOW.date()}
    KnownDevice.objects.create(person=town.person("edu_handler"), **seen)
    case = rated(town, Whereabouts.of(came(HOME, token="the organ's own")))
    assert struck() == {FlagKind.DEVICE}
    assert RatingFlag.objects.get().organ == town.education
    assert verify_chain(case.congress.key) == []


@pytest.mark.parametrize(
    ("before", "kinds"),
    [
        (timedelta(hours=5), {FlagKind.ADDRESS}),
        (timedelta(minutes=9), {FlagKind.ADDRESS, FlagKind.JUST_BEFORE}),
        (timedelta(days=8), set()),
    ],
)
def test_a_rating_from_the_organ_s_address_is_flagged_for_a_week(
    town: Town, before: timedelta, kinds: set[str]
) -> None:
    signed_in(town, "edu_liaison", ORGAN_S, before=before)
    rated(town, Whereabouts.of(came(ORGAN_S)))
    assert struck() == kinds


@pytest.mark.parametrize(("minutes", "kinds"), [(10, {FlagKind.JUST_BEFORE}), (11, set())])
def test_ten_minutes_after_the_organ_signed_in_anywhere(
    town: Town, minutes: int, kinds: set[str]
) -> None:
    signed_in(town, "edu_head", ORGAN_S, before=timedelta(minutes=minutes))
    rated(town, Whereabouts.of(came(HOME)))
    assert struck() == kinds


def test_others_at_the_same_place_strike_nobody(town: Town) -> None:
    """The clerk, a colleague, a committee without a part, and the deputy's own earlier sign-in."""
    for who in ("clerk", "zhao", "committee", "lin"):
        signed_in(town, who, ORGAN_S, before=timedelta(minutes=1))
    rated(town, Whereabouts.of(came(ORGAN_S)))
    assert struck() == set()


def test_what_was_typed_at_no_browser_is_not_looked_at(town: Town) -> None:
    signed_in(town, "edu_head", ORGAN_S, before=timedelta(minutes=1))
    rated(town, NOWHERE)
    assert struck() == set()


@pytest.mark.parametrize(("apart", "flagged"), [(25, 1), (40, 0)])
def test_five_from_paper_by_one_clerk_within_two_minutes(
    town: Town, apart: int, flagged: int
) -> None:
    titles = [f"关于第{number}所学校的建议" for number in range(5)]
    cases = [Story(town, title=title).replied().case for title in titles]
    for number, case in enumerate(cases):
        services.enter_rating(
            case=case,
            actor=town.actor("clerk"),
            at=NOW + timedelta(seconds=apart * number),
            on=NOW.date(),
            scan=scan(),
            attitude="S",
            result="S",
        )
        assert RatingFlag.objects.count() == (flagged if number == 4 else 0)
    assert struck() == ({FlagKind.SERIES} if flagged else set())


def test_only_the_congress_office_is_shown_a_flag(town: Town) -> None:
    signed_in(town, "edu_liaison", ORGAN_S, before=timedelta(minutes=1))
    case = rated(town, Whereabouts.of(came(ORGAN_S)))
    shown = {}
    for who in ("clerk", "lin", "zhao", "leader", "government_clerk", "edu_head", "fin_liaison"):
        file = read(Scene(actor=town.actor(who), at=NOW, case=case))
        shown[who] = sum(len(each.flags) for each in rounds(file))
    assert shown == {**dict.fromkeys(shown, 0), "clerk": 2}


def test_the_page_brings_where_the_deputy_sits(town: Town, settings: Any) -> None:
    """Through the address of the step itself; and the clerk reads it on the page of the case."""
    settings.HUIYIN_TODAY = TODAY
    signed_in(town, "edu_liaison", ORGAN_S, before=timedelta(days=2))
    case = Story(town).replied().case
    case.refresh_from_db()
    browser = town.signed_in(Client(REMOTE_ADDR=ORGAN_S), "lin")
    said = {"once": new_key(), "revision": case.revision, "attitude": "S", "result": "S"}
    answer = browser.post(reverse("suggestions:step", args=[case.key, "rate"]), said)
    assert answer.status_code == 302, answer.content.decode()
    assert struck() == {FlagKind.ADDRESS}
    place = reverse("suggestions:case", args=[case.key])
    pages = {
        who: town.signed_in(Client(), who).get(place).content.decode()
        for who in ("clerk", "edu_head", "lin")
    }
    words = "承办单位人员近一周登录所用的网络地址"
    assert {who: words in page for who, page in pages.items()} == {
        "clerk": True,
        "edu_head": False,
        "lin": False,
    }


def test_signing_in_leaves_a_trace_without_the_address_for_a_week(town: Town) -> None:
    old = NOW - timedelta(days=8)
    whereabouts.leave_trace(came(HOME), person=town.person("zhao"), at=old)
    whereabouts.leave_trace(came(ORGAN_S), person=town.person("lin"), at=NOW)
    [trace] = SignInTrace.objects.all()
    assert (trace.person, ORGAN_S in trace.address) == (town.person("lin"), False)
    assert trace.at == NOW
