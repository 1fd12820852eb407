"""Every number opens exactly the rows it counts, for every post, today and on a past day."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.test import Client

from huiyin.accounts.actor import Actor
from huiyin.accounts.tests.town import TODAY, Town
from huiyin.organisations.selectors import rulebook_for
from huiyin.reporting.addresses import rows
from huiyin.reporting.counting import Counted, count, counted_by
from huiyin.reporting.standpoint import standpoint
from huiyin.reporting.statistics.catalogue import open_to
from huiyin.reporting.statistics.dimensions import DIMENSIONS
from huiyin.suggestions.models import Contact, ReturnRequest, Suggestion
from huiyin.suggestions.stages import CHARGED, HandlingRole, Stage
from huiyin.suggestions.tests.situations import SITUATIONS, Story, follow_hunan

pytestmark = pytest.mark.django_db

SHOWN = (
    "submitted",
    "registered and merged",
    "in handling, extended",
    "in handling, a return asked",
    "replied",
    "closed",
    "withdrawn",
    "in handling, a contact contested",
)
POSTS = ("clerk", "leader", "edu_liaison", "lin", "electing_liaison")


@pytest.fixture
def town(settings: Any) -> Town:
    """Every situation there is, one case not satisfied twice, and more of it on a later line."""
    settings.HUIYIN_TODAY = TODAY
    town = Town()
    follow_hunan(town)
    for place, situation in enumerate(SHOWN, start=1):
        SITUATIONS[situation](Story(town, title=f"关于第{place}项工程的建议"))
    SITUATIONS["replied"](Story(town, title="关于再次办理的建议")).rated("NS")
    return town


def counted(actor: Actor, town: Town, *, known: int | None = None) -> Counted:
    rules = rulebook_for(congress=town.congress, session=town.session, on=TODAY)
    return count(
        actor=actor,
        session=town.session,
        as_of=TODAY,
        rules=rules,
        codes=open_to(actor.role),
        known=known,
    )


def listed(client: Client, address: str) -> int:
    page = client.get(f"{address}&size=100")
    assert page.status_code == 200, address
    assert page.context["number"] == len(page.context["page"].rows)
    return len(page.context["page"].rows)


def test_the_list_is_as_long_as_the_number(town: Town) -> None:
    line = counted(town.actor("clerk"), town).known - 12
    for who in POSTS:
        actor, client = town.actor(who), town.signed_in(Client(), who)
        for known in (None, line) if who in ("clerk", "edu_liaison") else (None,):
            for code, number in counted(actor, town, known=known).numbers.items():
                # An empty list is looked at once for each code, by the clerk.
                if number or (who == "clerk" and known is None):
                    address = rows(code, session=town.session, as_of=TODAY, known=known)
                    assert listed(client, address) == number, (who, known, code)


def exported(client: Client, code: str, town: Town) -> list[dict[str, str]]:
    address = rows(code, session=town.session, as_of=TODAY)
    answer: Any = client.get(f"{address}&export=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_no_export_leaves_out_a_date_or_a_rating(town: Town) -> None:
    """T061 and T066: the letter's day beside the delivery's, the first rating beside the last."""
    client = town.signed_in(Client(), "clerk")
    [again] = exported(client, "R040", town)
    assert (again["首轮办理结果"], again["最后一轮办理结果评价"]) == ("不满意", "")
    for row in exported(client, "R010", town):
        assert row["首次答复送达日期"] == "2020-03-02"
        assert row["最近答复函落款日期"]
        assert row["首轮答复期限"]
        assert row["截至"] == "2020-03-02"
        assert row["记录至第几条"].isdigit()


def test_a_group_opens_its_own_rows(town: Town) -> None:
    clerk, client = town.actor("clerk"), town.signed_in(Client(), "clerk")
    here = standpoint(actor=clerk, session=town.session, as_of=TODAY)
    asked = ["R001", "R010", "R065", "R073"]
    found = {key: counted_by(key, here, codes=asked) for key in DIMENSIONS}
    assert found["leading"][town.education.key]["R001"] > 1
    assert sum(numbers["R065"] for numbers in found["category"].values()) == 1
    for key, groups in found.items():
        for group, numbers in groups.items():
            for code, number in numbers.items():
                if number:
                    at = rows(code, session=town.session, as_of=TODAY, known=None, **{key: group})
                    assert listed(client, at) == number, (key, group, code)


def test_what_was_put_on_record_of_a_case_counts_that_case_alone(town: Town) -> None:
    """Looked up here case by case, by hand: the list of a number asks as the number does."""
    received = [
        case
        for case in Suggestion.objects.filter(registered_on__isnull=False)
        if case.stage != Stage.WITHDRAWN
    ]
    by_hand = {
        "R005": [case for case in received if case.signatures.filter(standing="confirmed")],
        "R060": [case for case in received if _of(case, Contact)],
        "R062": [case for case in received if _has_part(case, role=HandlingRole.CO)],
        "R073": [case for case in received if _of(case, ReturnRequest)],
    }
    numbers = counted(town.actor("clerk"), town).numbers
    assert {code: numbers[code] for code in by_hand} == {
        code: len(cases) for code, cases in by_hand.items()
    }
    for code in ("R060", "R073"):
        assert 0 < numbers[code] < len(received)


def _of(case: Suggestion, kind: Any) -> bool:
    return any(fact.assignment.suggestion_id == case.pk for fact in kind.objects.all())


def _has_part(case: Suggestion, **named: Any) -> bool:
    return case.assignments.filter(CHARGED, **named).exists()
