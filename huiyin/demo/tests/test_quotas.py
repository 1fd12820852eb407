"""The figures add up before a single row is made."""

from __future__ import annotations

from collections import Counter
from datetime import date

from huiyin.demo import leads, material, quotas
from huiyin.rulebook import add_months


def test_classes_and_ratings_meet_their_margins() -> None:
    assert quotas.CLASSED + quotas.WITHOUT_CLASS == quotas.ANSWERED == 1448
    assert quotas.FEEDBACK_BASE == 1438
    attitudes: Counter[str] = Counter()
    results: Counter[str] = Counter()
    for (attitude, result), count in quotas.RATINGS.items():
        attitudes[attitude] += count
        results[result] += count
    assert attitudes == {"VS": 470, "S": 509, "BS": 58}
    assert results == {"VS": 412, "S": 518, "BS": 107}


def test_the_second_rounds_are_part_of_the_whole() -> None:
    assert sum(quotas.RATINGS_AGAIN.values()) == sum(quotas.CLASSES_AGAIN.values()) == 44
    assert sum(quotas.CLASSES_DISSATISFIED.values()) == 44
    assert sum(quotas.CLASSES_PENDING.values()) == len(quotas.REHANDLING) == 4
    assert sum(quotas.ATTITUDES_DISSATISFIED.values()) == 48
    for rating, count in quotas.RATINGS_AGAIN.items():
        assert count <= quotas.RATINGS[rating]


def test_the_wide_class_leaves_enough_within_three_months() -> None:
    assert sum(quotas.WIDE_CLASSES.values()) == quotas.WIDE
    assert quotas.ANSWERED_IN_THREE_MONTHS >= 1319
    assert quotas.DUE_ON == add_months(quotas.ASSIGNED_ON, 3) == date(2020, 5, 12)
    assert quotas.DUE_WIDE_ON == add_months(quotas.ASSIGNED_ON, 6) == date(2020, 8, 12)


def test_what_is_in_handling_is_not_yet_due() -> None:
    assert len(quotas.PENDING) == quotas.STILL_IN_HANDLING == 17
    assert all(add_months(each.assigned_on, 3) >= quotas.TODAY for each in quotas.PENDING)
    assert all(add_months(each.assigned_on, 1) >= quotas.TODAY for each in quotas.REHANDLING)


def test_the_table_of_organs_gives_the_report_s_counts() -> None:
    led = leads.led_by()
    assert len(led) == quotas.HANDLING_ORGANS
    assert sum(led.values()) == quotas.RECEIVED
    party = {code: count for code, count in led.items() if leads.is_party(code)}
    assert (len(party), sum(party.values())) == (16, 104)
    assert (party["zzb"], party["rd"]) == (21, 15)
    assert sum(party[code] for code in ("zzb", "xcb", "bb", "rd")) == 55


def test_every_organ_that_leads_has_something_to_lead() -> None:
    leading = {topic.lead for topic in material.topics()}
    helping = {code for topic in material.topics() for code in topic.partners}
    for kind in material.organs():
        if kind.code.startswith("city"):
            continue
        assert kind.code in (leading if kind.weight else helping), kind.name
    known = {kind.code for kind in material.organs()}
    assert leading - {"city"} <= known
    assert helping <= known


def test_topics_are_bound_to_facts_and_requests_they_have() -> None:
    for topic in material.topics():
        assert topic.titles
        for title in topic.titles:
            assert title.text.startswith("关于")
            assert title.text.endswith("的建议")
            assert all(ask.count("|") == 1 for ask in title.asks)
