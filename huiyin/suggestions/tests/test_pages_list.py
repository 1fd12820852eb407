"""The list: exactly the rows that are meant, in a fixed number of queries, for whom they are."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huiyin.accounts.actor import Actor
from huiyin.accounts.tests.town import TODAY, Town
from huiyin.documents import workbooks
from huiyin.organisations.selectors import rulebook_for
from huiyin.suggestions import duties
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.selectors import POPULATIONS, visible_to
from huiyin.suggestions.stages import Stage
from huiyin.suggestions.tables import LIST, list_for, rows_for
from huiyin.suggestions.tests.cases import HunanStory, Reader, many, town_of_pages
from huiyin.suggestions.tests.situations import SITUATIONS

pytestmark = pytest.mark.django_db

ROW = re.compile(r'<a class="words" href="/suggestions/([\w-]{22})/"')


@pytest.fixture
def town(db: None, settings: Any) -> Town:
    return town_of_pages(settings)


def keys(answer: Any) -> set[str]:
    assert answer.status_code == 200
    return set(ROW.findall(answer.content.decode()))


def every_situation(town: Town) -> None:
    for number, carry in enumerate(SITUATIONS.values()):
        carry(HunanStory(town, title=f"关于第{number}条公路的建议"))


# --- Exactly the rows


def test_each_named_set_lists_exactly_its_rows(town: Town) -> None:
    every_situation(town)
    clerk = Reader(town, "clerk")
    visible = visible_to(town.actor("clerk"))
    filled = 0
    for name, condition in POPULATIONS.items():
        expected = set(visible.filter(condition).values_list("key", flat=True))
        assert keys(clerk.get("list", set=name, size="100")) == expected, name
        filled += bool(expected)
    assert filled > len(POPULATIONS) // 2


def test_every_case_stands_under_exactly_one_light(town: Town, settings: Any) -> None:
    every_situation(town)
    clerk = Reader(town, "clerk")
    everything = keys(clerk.get("list", size="100"))
    # The replies are due on 2 June; the light turns fifteen days before.
    for today, light in (("2020-05-17", "green"), ("2020-05-18", "amber"), ("2020-06-03", "red")):
        settings.HUIYIN_TODAY = date.fromisoformat(today)
        lit = {
            each: keys(clerk.get("list", light=each, size="100"))
            for each in ("red", "amber", "green", "grey")
        }
        assert lit[light], today
        assert set().union(*lit.values()) == everything
        assert sum(map(len, lit.values())) == len(everything)
        both = keys(clerk.client.get("/suggestions/?light=red&light=grey&size=100"))
        assert both == lit["red"] | lit["grey"]


def test_each_duty_of_the_workbench_lists_exactly_its_rows(town: Town) -> None:
    every_situation(town)
    filled = 0
    for who in ("lin", "zhao", "clerk", "committee", "edu_liaison", "edu_checker", "edu_head"):
        actor = town.actor(who)
        reader = Reader(town, who)
        together: set[str] = set()
        for name, duty in duties.DUTIES.items():
            if actor.role not in duty.roles:
                continue
            expected = set(duties.rows_of(actor, name).values_list("key", flat=True))
            assert keys(reader.get("list", duty=name, size="100")) == expected, (who, name)
            together |= expected
            filled += bool(expected)
        assert keys(reader.get("list", tab="mine", size="100")) == together, who
    assert filled > 8


def test_tabs_divide_the_rows_by_where_they_stand(town: Town) -> None:
    every_situation(town)
    clerk = Reader(town, "clerk")
    stages = {
        "review": Stage.SUBMITTED,
        "to_assign": Stage.REGISTERED,
        "handling": Stage.IN_HANDLING,
        "to_rate": Stage.REPLIED,
        "closed": Stage.CLOSED,
    }
    for tab, stage in stages.items():
        rows = Suggestion.objects.filter(stage=stage)
        if tab == "to_rate":
            # What was refused a second time has been rated; it waits for the congress body.
            rows = rows.filter(result="")
        expected = set(rows.values_list("key", flat=True))
        assert keys(clerk.get("list", tab=tab, size="100")) == expected != set(), tab
    the_export_says_what_whole_objects_would(town.actor("clerk"))


def the_export_says_what_whole_objects_would(actor: Actor) -> None:
    rules = rulebook_for(congress=actor.congress, on=TODAY)
    spec = list_for(actor, asked={}, today=TODAY, threshold=15, rules=rules)
    columns = [column for column in spec.columns if column.is_exported]
    rows = rows_for(actor).order_by("pk")
    assert spec.exported is not None
    light = [[column.value(row) for column in columns] for row in spec.exported(rows)]
    whole = [[column.value(row) for column in columns] for row in rows]
    assert light == whole


def test_filters_ask_for_organs_systems_deputies_and_days(town: Town) -> None:
    assigned = HunanStory(town).submitted().registered().assigned().case
    waiting = HunanStory(town).submitted().registered().case
    clerk = Reader(town, "clerk")
    only = {assigned.key}
    both = {assigned.key, waiting.key}
    education, finance = town.education.key, town.finance.key
    assert keys(clerk.get("list", organ=finance)) == only
    assert keys(clerk.get("list", leading=education)) == only
    assert keys(clerk.get("list", leading=finance)) == set()
    assert keys(clerk.get("list", owing=education)) == only
    assert keys(clerk.get("list", system="government")) == only
    assert keys(clerk.get("list", system="party+congress")) == set()
    assert keys(clerk.get("list", led_by="government")) == only
    assert keys(clerk.get("list", deputy="赵立新")) == both
    assert keys(clerk.get("list", deputy="周海平")) == set()
    assert keys(clerk.get("list", due_from="2020-06-02", due_to="2020-06-02")) == only
    assert keys(clerk.get("list", due_from="2020-06-03")) == set()
    assert keys(clerk.get("list", registered_to="2020-03-02", category="education")) == both
    assert keys(clerk.get("list", delegation=town.northern.key, raised="between_sessions")) == both
    assert keys(clerk.get("list", q="幼儿园")) == both
    assert keys(clerk.get("list", q=str(Suggestion.objects.get(pk=waiting.pk).number))) == {
        waiting.key
    }


def test_the_month_of_the_first_reply_is_asked_like_2020_03(town: Town) -> None:
    case = HunanStory(town).replied().case
    clerk = Reader(town, "clerk")
    assert keys(clerk.get("list", replied_in="2020-03")) == {case.key}
    assert keys(clerk.get("list", replied_in="2020-04")) == set()
    assert clerk.get("list", replied_in="2020-13").status_code == 400


def test_what_the_list_does_not_know_is_refused(town: Town) -> None:
    clerk = Reader(town, "clerk")
    assert clerk.get("list", set="everything").status_code == 400
    assert clerk.get("list", duty="rate").status_code == 400
    assert clerk.get("list", due_from="2020-02-31").status_code == 400
    assert clerk.get("list", lead__person__phone="1").status_code == 400


# --- For whom


def test_nobody_lists_counts_or_exports_what_he_may_not_see(town: Town) -> None:
    case = HunanStory(town, title="关于秘密事项的建议").submitted().case
    for who in ("zhou", "edu_liaison", "leader", "electing_liaison", "government_clerk"):
        reader = Reader(town, who)
        for query in ({}, {"q": "秘密"}, {"export": "csv"}, {"print": "1"}):
            answer = reader.get("list", **query)
            body = answer.getvalue() if answer.streaming else answer.content
            assert case.key.encode() not in body
            assert "关于秘密事项".encode() not in body
        assert ">1</span>" not in reader.get("list").content.decode().split("<main")[1]


def test_only_roles_that_write_are_offered_a_new_suggestion(town: Town) -> None:
    assert "/suggestions/new/" in Reader(town, "lin").get("list").content.decode()
    assert "/suggestions/new/" not in Reader(town, "edu_liaison").get("list").content.decode()
    assert Reader(town, "edu_liaison").get("new").status_code == 403


# --- Cost


def queries(reader: Reader, name: str, *args: str, **query: str) -> list[str]:
    reader.get(name, *args, **query)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        reader.get(name, *args, **query)
    return [each["sql"] for each in caught.captured_queries]


def test_the_list_asks_as_much_for_forty_rows_as_for_five(town: Town) -> None:
    clerk = Reader(town, "clerk")
    many(town, 5)
    few = queries(clerk, "list", size="50")
    many(town, 35)
    lot = queries(clerk, "list", size="50")
    assert len(few) == len(lot), "\n".join(sorted(set(lot)))
    assert len(lot) <= 35


def test_the_export_is_a_workbook_with_every_row_and_no_formula(town: Town, tmp_path: Any) -> None:
    many(town, 3)
    HunanStory(town, title='=HYPERLINK("http://x")的建议').submitted()
    answer = Reader(town, "clerk").get("list", export="xlsx", sort="number")
    file = tmp_path / "list.xlsx"
    file.write_bytes(b"".join(answer.streaming_content))
    table = workbooks.read(file, name="list.xlsx")
    assert len(table.rows) == 4
    names = [column.name for column in table.columns]
    organ = names.index("主办单位")
    assert {row.values[organ] for row in table.rows} == {"省教育厅", None}
    titles = {row.values[names.index("标题")] for row in table.rows}
    assert '=HYPERLINK("http://x")的建议' in titles


def test_saved_views_keep_a_filtered_list(town: Town) -> None:
    clerk = Reader(town, "clerk")
    address = clerk.get("list", tab="to_assign", category="education").request["QUERY_STRING"]
    said = {"list_name": LIST.name, "query": address, "name": "待交办教育", "next": "/suggestions/"}
    clerk.client.post(reverse("ui:save_view"), said)
    assert "待交办教育" in clerk.get("list").content.decode()


# --- Many at once


def registered(town: Town, count: int) -> list[Suggestion]:
    made = []
    for number in range(count):
        story = HunanStory(town, title=f"关于第{number}座桥的建议").submitted().registered()
        story.case.refresh_from_db()
        made.append(story.case)
    return made


def test_many_are_assigned_after_a_preview_and_each_outcome_is_told(town: Town) -> None:
    cases = registered(town, 3)
    late = cases[2]
    clerk = Reader(town, "clerk")
    chosen = {"chosen": [case.key for case in cases]}
    organs = {"organ_1": "教育厅", "role_1": "lead", "organ_2": "省财政厅", "role_2": "co"}
    assert "批量交办" in clerk.post("assign_many", said=chosen).content.decode()
    seen = clerk.post("assign_many", said={**chosen, **organs, "act": "preview"})
    page = seen.content.decode()
    assert "2020年6月2日" in page
    assert "交办 3 件" in page
    assert not Suggestion.objects.filter(stage=Stage.IN_HANDLING).exists()
    other = {"organ_1": "省财政厅", "role_1": "sole"}
    assert Reader(town, "second_clerk").takes(late, "assign", **other).status_code == 302

    form = {**chosen, **organs, "act": "do", "once": "a-key-of-this-form"}
    first = clerk.client.post(reverse("suggestions:assign_many"), form)
    again = clerk.client.post(reverse("suggestions:assign_many"), form)

    for answer in (first, again):
        page = answer.content.decode()
        assert "交办 2 件，保持原状 1 件" in page
    assert set(
        Suggestion.objects.filter(lead_organ=town.education).values_list("key", flat=True)
    ) == {case.key for case in cases[:2]}
    assert late.assignments.get().organ == town.finance
    assert sum(case.assignments.count() for case in cases[:2]) == 4


def test_only_clerks_assign_many_and_only_what_they_see(town: Town) -> None:
    case = registered(town, 1)[0]
    said = {"chosen": [case.key], "act": "do", "organ_1": "省教育厅", "role_1": "sole"}
    assert Reader(town, "edu_liaison").post("assign_many", said=said).status_code == 403
    missing = {**said, "chosen": [case.key, "x" * 22]}
    assert Reader(town, "clerk").post("assign_many", said=missing).status_code == 404
    assert case.assignments.count() == 0


def test_an_unknown_organ_keeps_the_whole_form(town: Town) -> None:
    case = registered(town, 1)[0]
    said = {"chosen": [case.key], "act": "preview", "organ_1": "省教育委", "role_1": "lead"}
    answer = Reader(town, "clerk").post("assign_many", said=said)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "省教育委" in page
    assert case.key in page
