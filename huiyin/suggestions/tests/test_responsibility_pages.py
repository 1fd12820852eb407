"""Who answers for what, the three lists, the schedule, leaders' meetings: as it is on record."""

from __future__ import annotations

import html
import io
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from docx import Document

from huiyin.accounts.tests.town import NOW, TODAY, Town
from huiyin.documents import workbooks
from huiyin.kernel.errors import Conflict, Invalid, NotPermitted
from huiyin.ledger.verify import verify_chain
from huiyin.suggestions import services
from huiyin.suggestions.models import LeaderAct, OrganLeader, ResponsibilitySystem
from huiyin.suggestions.tests.cases import Reader, many, town_of_pages
from huiyin.suggestions.tests.situations import Story

pytestmark = pytest.mark.django_db

CASE = re.compile(r'<a class="words" href="/suggestions/([\w-]{22})/"')


@pytest.fixture
def town(db: None, settings: Any) -> Town:
    return town_of_pages(settings)


def handled(town: Town, title: str) -> Story:
    return Story(town, title=title).submitted().registered().assigned().acknowledged()


def leader(town: Town, name: str, *, main: bool = False) -> OrganLeader:
    return services.add_leader(
        organ=town.education,
        actor=town.actor("edu_liaison"),
        at=NOW,
        name=name,
        title="厅长" if main else "副厅长",
        is_main=main,
    )


def plan(story: Story, **more: Any) -> None:
    said: dict[str, Any] = {
        "division": "基础教育处",
        "handler": "钱学文",
        "requirement": "逐条答复",
        "feedback_on": TODAY + timedelta(days=30),
        **more,
    }
    liaison = story.town.actor("edu_liaison")
    services.plan(assignment=story.part(), actor=liaison, at=NOW, **said)


def mark(story: Story, *marks: str) -> None:
    head = story.town.actor("edu_head")
    services.mark(assignment=story.part(), actor=head, at=NOW, marks=marks)


def page(town: Town, who: str, name: str, *args: str, **query: str) -> str:
    answer = Reader(town, who).get(name, *args, **query)
    assert answer.status_code == 200, name
    return str(answer.content.decode())


def listed(text: str) -> set[str]:
    return set(CASE.findall(text))


def downloaded(answer: Any) -> bytes:
    assert answer.status_code == 200
    body = b"".join(answer.streaming_content)
    for close in answer._resource_closers:
        close()
    return body


# --- The table


def test_each_leader_has_his_items_and_one_without_is_shown(town: Town) -> None:
    main, busy, idle = leader(town, "郑育才", main=True), leader(town, "周立"), leader(town, "吴闲")
    first, second = handled(town, "关于校车的建议"), handled(town, "关于食堂的建议")
    unplanned = handled(town, "关于操场的建议")
    plan(first, leader=busy)
    plan(second, leader=busy)
    plan(second, leader=main)
    text = page(town, "edu_liaison", "responsibility")
    rows = re.findall(r'<tr role="row"><th scope="row".*?</tr>', text, re.DOTALL)
    by_name = {
        each.name: next(row for row in rows if each.name in row) for each in (main, busy, idle)
    }
    assert "未领办" in by_name["吴闲"]
    assert "未领办" not in by_name["周立"]
    for one, story in ((main, second), (busy, first)):
        assert f"leader={one.key}" in by_name[one.name]
        session = town.session.key
        shown = page(town, "edu_head", "work_list", "assigned", leader=one.key, session=session)
        assert listed(shown) == {story.case.key}
    assert f'/suggestions/{unplanned.case.key}/">{unplanned.case.number}</a>' in text
    assert f'/suggestions/{first.case.key}/">{first.case.number}</a>' not in text


def test_key_items_not_led_by_the_main_leader_are_shown(town: Town) -> None:
    main, deputy = leader(town, "郑育才", main=True), leader(town, "周立")
    by_main, by_deputy, plain = (handled(town, f"关于{name}的建议") for name in "甲乙丙")
    for story, who in ((by_main, main), (by_deputy, deputy), (plain, deputy)):
        plan(story, leader=who)
    mark(by_main, "hot")
    mark(by_deputy, "hard")
    key = page(town, "edu_checker", "work_list", "key")
    assert listed(key) == {by_main.case.key, by_deputy.case.key}
    not_by_main = page(town, "edu_checker", "work_list", "key", tab="not_by_main")
    assert listed(not_by_main) == {by_deputy.case.key}
    table = page(town, "edu_head", "responsibility")
    assert table.count("非主要领导") == 1
    assert "其中1件不是由主要领导领办" in table


def test_levels_are_the_organ_s_own_and_name_who_stands_at_each(town: Town) -> None:
    leader(town, "郑育才", main=True)
    story = handled(town, "关于校车的建议")
    plan(story, responsible_leader="周立", division_head="王处")
    liaison = Reader(town, "edu_liaison")
    refused = liaison.post("responsibility_system", said={"six_fixed": "on"})
    assert (refused.status_code, ResponsibilitySystem.objects.count()) == (422, 0)
    levels = ("main_leader", "deputy_leader", "division_head", "liaison")
    said = {f"level_{level}": "on" for level in levels}
    said["words_main_leader"] = "负总责"
    assert liaison.post("responsibility_system", said=said).status_code == 302
    text = page(town, "edu_liaison", "responsibility")
    for words in ("负总责", "郑育才", "周立", "基础教育处　王处", "孙敏"):
        assert words in text, words
    system = ResponsibilitySystem.objects.get()
    assert [level for level, _words in system.levels] == list(levels)
    assert (system.six_fixed, system.shares_out) == (False, False)


@pytest.mark.parametrize("who", ["edu_checker", "edu_head", "clerk", "government_clerk"])
def test_only_the_liaison_sets_it_up(town: Town, who: str) -> None:
    one = leader(town, "周立")
    reader = Reader(town, who)
    for name, args in (
        ("responsibility_system", ()),
        ("organ_leaders", ()),
        ("leader_left", (one.key,)),
        ("leader_acts", ()),
    ):
        assert reader.post(name, *args, said={"name": "某", "office": "某"}).status_code == 403
    one.refresh_from_db()
    assert one.until is None


def test_leaders_come_and_go_and_there_is_one_main_leader(town: Town) -> None:
    liaison = Reader(town, "edu_liaison")
    said = {"name": "郑育才", "office": "厅长", "is_main": "on", "post": town.post("edu_head").key}
    assert liaison.post("organ_leaders", said=said).status_code == 302
    second = {"name": "林新", "office": "厅长", "is_main": "on"}
    refused = liaison.post("organ_leaders", said=second)
    assert (refused.status_code, "林新" in refused.content.decode()) == (409, True)
    first = OrganLeader.objects.get()
    assert first.post == town.post("edu_head")
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganLeader.objects.create(
            organ=town.education, name="林新", title="厅长", is_main=True, since=TODAY
        )
    assert liaison.post("leader_left", first.key).status_code == 302
    assert liaison.post("organ_leaders", said=second).status_code == 302
    with pytest.raises(Conflict):
        services.end_leader(leader=first, actor=town.actor("edu_liaison"), at=NOW)
    with pytest.raises(NotPermitted):
        services.end_leader(
            leader=OrganLeader.objects.get(name="林新"), actor=town.actor("fin_liaison"), at=NOW
        )


def test_another_organ_s_things_are_not_there(town: Town) -> None:
    one = leader(town, "周立")
    finance = Reader(town, "fin_liaison")
    assert finance.get("responsibility", organ=town.education.key).status_code == 404
    assert finance.post("leader_left", one.key).status_code == 404
    for who in ("lin", "edu_handler", "committee", "leader", "electing_liaison"):
        reader = Reader(town, who)
        for name, args in (
            ("responsibility", ()),
            ("work_list", ("assigned",)),
            ("schedule", ()),
            ("leader_acts", ()),
            ("handling_summary", ("docx",)),
        ):
            assert reader.get(name, *args).status_code == 404, (who, name)


def test_offices_see_every_organ_of_theirs_and_choose_one(town: Town) -> None:
    leader(town, "周立")
    story = handled(town, "关于校车的建议")
    text = page(town, "clerk", "responsibility")
    assert {"省教育厅", "省财政厅"} <= set(re.findall(r'title"><a [^>]*>(.*?)</a>', text))
    row = next(row for row in re.findall(r"<tr.*?</tr>", text, re.DOTALL) if "省教育厅" in row)
    clerk = Reader(town, "clerk")
    behind = [
        clerk.client.get(html.unescape(url)) for url in re.findall(r'num[^>]*><a href="(.*?)"', row)
    ]
    assert [listed(answer.content.decode()) for answer in behind] == [{story.case.key}] * 2
    one = page(town, "government_clerk", "responsibility", organ=town.education.key)
    assert "周立" in one
    party = Reader(town, "government_clerk").get(
        "responsibility", organ=town.organisation_department.key
    )
    assert party.status_code == 404


# --- The three lists


def test_the_first_list_has_every_item_with_who_has_it(town: Town) -> None:
    story = handled(town, "关于校车的建议")
    services.sub_assign(
        assignment=story.part(),
        actor=town.actor("edu_liaison"),
        at=NOW,
        handler=town.post("edu_handler"),
    )
    raw = downloaded(Reader(town, "edu_liaison").get("work_list", "assigned", export="xlsx"))
    table = workbooks.read(io.BytesIO(raw), name="清单.xlsx")
    headings = [column.name for column in table.columns]
    row = dict(zip(headings, table.rows[0].values, strict=True))
    assert row["编号"] == story.case.number
    assert row["领衔代表"] == "林晓岚"
    assert row["会办单位"] == "省财政厅"
    assert (row["承办处室"], row["经办人"]) == ("基础教育处", "钱学文")
    mine = page(town, "edu_liaison", "work_list", "assigned", division=town.basic_education.key)
    assert listed(mine) == {story.case.key}
    assert listed(page(town, "edu_liaison", "work_list", "assigned", division="none")) == set()
    of_finance = page(town, "fin_liaison", "work_list", "assigned")
    assert "省教育厅" in of_finance


def test_marks_are_a_tab_and_a_filter_of_the_organ_alone(town: Town) -> None:
    hot, plain = handled(town, "关于校车的建议"), handled(town, "关于食堂的建议")
    mark(hot, "hot", "focus")
    for tab, expected in (("hot", {hot.case.key}), ("hard", set()), ("focus", {hot.case.key})):
        assert listed(page(town, "edu_liaison", "list", tab=tab)) == expected
    assert listed(page(town, "edu_handler", "list", mark="hot")) == {hot.case.key}
    assert listed(page(town, "clerk", "list", mark="hot")) == {hot.case.key}
    # The finance department has marked nothing; the deputy knows of no marks.
    assert listed(page(town, "fin_liaison", "list", mark="hot")) == set()
    assert listed(page(town, "lin", "list", tab="hot")) == set()
    assert listed(page(town, "lin", "list", mark="hot")) == {hot.case.key, plain.case.key}
    assert plain.case.key not in page(town, "edu_liaison", "work_list", "key")


def test_the_third_list_is_what_has_to_be_urged(town: Town, settings: Any) -> None:
    bare, planned, spoken = (handled(town, f"关于{name}的建议") for name in "甲乙丙")
    for story in (planned, spoken):
        plan(story, responsible_leader="周立")
    services.record_contact(
        assignment=spoken.part(),
        actor=town.actor("edu_liaison"),
        at=NOW,
        phase="before",
        form="phone",
        held_on=TODAY,
        gist="听取意见。",
    )
    keys = {name: story.case.key for name, story in (("a", bare), ("b", planned), ("c", spoken))}

    def urged(tab: str = "all") -> set[str]:
        return listed(page(town, "edu_liaison", "work_list", "chasing", tab=tab))

    assert urged() == {keys["a"], keys["b"]}
    assert urged("no_plan") == {keys["a"]}
    assert urged("no_contact") == {keys["a"], keys["b"]}
    assert urged("late") == urged("near") == set()
    # Due on 2 June: the light turns fifteen days before.
    settings.HUIYIN_TODAY = date(2020, 5, 20)
    assert urged("near") == urged() == set(keys.values())
    settings.HUIYIN_TODAY = date(2020, 6, 5)
    assert urged("late") == set(keys.values())
    assert "逾期3天" in page(town, "edu_liaison", "work_list", "chasing", tab="late")


@pytest.mark.parametrize("name", ["assigned", "key", "chasing"])
def test_queries_do_not_grow_with_the_rows(town: Town, name: str) -> None:
    def asked() -> int:
        reader = Reader(town, "clerk")
        reader.get("work_list", name)
        with CaptureQueriesContext(connection) as caught:
            page(town, "clerk", "work_list", name)
        return len(caught)

    for number in range(2):
        mark(handled(town, f"关于第{number}条路的建议"), "hot")
    few = asked()
    for number in range(2, 6):
        mark(handled(town, f"关于第{number}条路的建议"), "hot")
    assert asked() == few


def test_the_table_of_organs_asks_as_often_for_many(town: Town) -> None:
    def asked(name: str, **query: str) -> int:
        reader = Reader(town, "clerk")
        reader.get(name, **query)
        with CaptureQueriesContext(connection) as caught:
            reader.get(name, **query)
        return len(caught)

    many(town, 1)
    few = asked("responsibility"), asked("responsibility", organ=town.education.key)
    days = asked("schedule")
    many(town, 4)
    assert (asked("responsibility"), asked("responsibility", organ=town.education.key)) == few
    assert asked("schedule") == days


# --- The schedule


def test_the_schedule_has_each_day_with_what_is_due(town: Town, settings: Any) -> None:
    story = handled(town, "关于校车的建议")
    days = [(date(2020, 4, 1), "完成选址"), (date(2020, 9, 1), "开工")]
    plan(story, responsible_leader="周立", feedback_on=date(2020, 4, 20), milestones=days)
    text = page(town, "edu_liaison", "schedule", **{"from": "2020-03-02", "to": "2020-06-30"})
    found = re.findall(r'<time datetime="([\d-]+)">|<span class="schedule-kind">(.*?)</span>', text)
    said = [on or kind for on, kind in found]
    assert said == ["2020-04-01", "时间节点", "2020-04-20", "内部反馈", "2020-06-02", "答复到期"]
    assert "完成选址" in text
    assert "开工" not in text
    plan(story, responsible_leader="周立", feedback_on=date(2020, 4, 25))
    newer = page(town, "edu_liaison", "schedule", **{"from": "2020-03-02", "to": "2020-06-30"})
    assert "完成选址" not in newer
    settings.HUIYIN_TODAY = date(2020, 6, 10)
    late = page(town, "edu_liaison", "schedule")
    assert "schedule-day is-late" in late
    raw = downloaded(Reader(town, "edu_liaison").get("schedule", export="xlsx"))
    table = workbooks.read(io.BytesIO(raw), name="安排.xlsx")
    assert [row.values[1] for row in table.rows] == ["答复到期"]
    assert Reader(town, "edu_liaison").get("schedule", **{"from": "soon"}).status_code == 400


# --- Leaders' meetings and visits


def test_a_leaders_meeting_is_recorded_counted_and_told_on_its_case(town: Town) -> None:
    one = leader(town, "周立")
    story, other = handled(town, "关于校车的建议"), handled(town, "关于食堂的建议")
    liaison = Reader(town, "edu_liaison")
    said = {
        "kind": "met",
        "held_on": "2020-03-01",
        "leader": one.key,
        "session": town.session.key,
        "numbers": f"第{story.case.number}号，99",
        "gist": "当面听取代表意见。",
    }
    refused = liaison.post("leader_acts", said=said)
    assert refused.status_code == 422
    assert "99" in refused.content.decode()
    assert "当面听取代表意见。" in refused.content.decode()
    story.case.refresh_from_db()
    good = {**said, "numbers": f"第{story.case.number}号"}
    assert liaison.post("leader_acts", said=good).status_code == 302
    act = LeaderAct.objects.get()
    assert [each.suggestion for each in act.cases.all()] == [story.case]
    assert "当面听取代表意见。" in page(town, "clerk", "leader_acts", organ=town.education.key)
    inside = page(town, "edu_head", "case", story.case.key)
    assert "领导与代表见面" in inside
    assert "当面听取代表意见。" in inside
    # The deputy is told that a leader met him, not what the organ made of it.
    outside = page(town, "lin", "case", story.case.key)
    assert "领导与代表见面" in outside
    assert "当面听取代表意见。" not in outside
    assert "领导与代表见面" not in page(town, "edu_head", "case", other.case.key)
    assert verify_chain(town.congress.key) == []


def test_a_record_entered_wrongly_is_struck_and_counts_no_more(town: Town) -> None:
    one = leader(town, "周立")
    story = handled(town, "关于校车的建议")
    act = services.record_leader_act(
        organ=town.education,
        actor=town.actor("edu_liaison"),
        at=NOW,
        kind="studied",
        held_on=TODAY,
        leader=one,
        gist="专题研究。",
        cases=[story.case],
    )
    counted = re.compile(r'专题研究</dt><dd class="figure-number">(\d+)<')
    assert counted.findall(page(town, "edu_liaison", "leader_acts")) == ["1"]
    liaison = Reader(town, "edu_liaison")
    liaison.post("strike_leader_act", act.key, said={"reason": " "})
    assert counted.findall(page(town, "edu_liaison", "leader_acts")) == ["1"]
    liaison.post("strike_leader_act", act.key, said={"reason": "日期有误"})
    text = page(town, "edu_liaison", "leader_acts")
    assert counted.findall(text) == ["0"]
    assert "日期有误" in text
    assert "党组（党委）会议专题研究" not in page(town, "edu_head", "case", story.case.key)
    with pytest.raises(Conflict):
        services.strike_leader_act(act=act, actor=town.actor("edu_liaison"), at=NOW, why="再次")


def test_what_has_not_happened_or_is_another_s_is_not_recorded(town: Town) -> None:
    one = leader(town, "周立")
    alone = Story(town).submitted().registered()
    said: dict[str, Any] = {
        "organ": town.education,
        "actor": town.actor("edu_liaison"),
        "at": NOW,
        "kind": "met",
        "held_on": TODAY,
        "leader": one,
        "gist": "见面。",
    }
    with pytest.raises(Invalid):
        services.record_leader_act(**{**said, "held_on": TODAY + timedelta(days=1)})
    with pytest.raises(Invalid):
        services.record_leader_act(**said, cases=[alone.case])
    with pytest.raises(NotPermitted):
        services.record_leader_act(**{**said, "actor": town.actor("edu_head")})
    assert LeaderAct.objects.count() == 0


# --- The summary


def test_the_summary_says_what_is_on_record(town: Town) -> None:
    main, _idle = leader(town, "郑育才", main=True), leader(town, "吴闲")
    story, bare = handled(town, "关于校车的建议"), handled(town, "关于食堂的建议")
    plan(story, leader=main)
    mark(story, "hot")
    Story.sharing(story)
    services.record_leader_act(
        organ=town.education,
        actor=town.actor("edu_liaison"),
        at=NOW,
        kind="studied",
        held_on=TODAY,
        leader=main,
        gist="专题研究。",
    )
    raw = downloaded(Reader(town, "edu_head").get("handling_summary", "docx"))
    made: Any = Document(io.BytesIO(raw))
    text = "\n".join(each.text for each in made.paragraphs)
    for words in (
        "实行二级责任制：分管领导分管领导直接抓、经办人承办处室具体办。",
        "郑育才厅长领办1件",
        "党组（党委）会议专题研究1次",
        "热点问题1件",
        f"尚未制定办理方案1件（第{bare.case.number or bare.part().suggestion.number}号）",
        "尚未领办建议的领导：吴闲副厅长",
    ):
        assert words in text, words
    rows = {row.cells[0].text: row.cells[1].text for row in made.tables[0].rows}
    assert (rows["承办总数"], rows["会办件"]) == ("2", "0")
    assert Reader(town, "edu_head").get("handling_summary", "exe").status_code == 404
