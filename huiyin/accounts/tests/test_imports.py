"""Lists of deputies and organs: previewed cell by cell, then written whole, and twice the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from huiyin.accounts import services
from huiyin.accounts.imports import (
    DEPUTY_COLUMNS,
    ORGAN_COLUMNS,
    Act,
    Given,
    SourceRow,
    Weight,
    apply_deputies,
    apply_organs,
    guess_columns,
    plan_deputies,
    plan_organs,
)
from huiyin.accounts.models import Person, Post, Role
from huiyin.accounts.tests.town import NOW, TERM_BEGAN, TODAY, Town
from huiyin.kernel.errors import Invalid, NotPermitted, Stale
from huiyin.ledger.models import Entry
from huiyin.organisations import services as organisations
from huiyin.organisations.models import Delegation, ElectingUnit, Organ, System

pytestmark = pytest.mark.django_db


def _rows(*rows: Mapping[str, object]) -> list[SourceRow]:
    return [
        SourceRow(
            number=number,
            cells={name: Given(value, f"Sheet1!{name}{number}") for name, value in row.items()},
        )
        for number, row in enumerate(rows, start=2)
    ]


TANG: dict[str, Any] = {
    "name": "唐一",
    "card_no": "0101",
    "delegation": "岳北代表团",
    "phone": "13900000001",
}
SONG: dict[str, Any] = {
    "name": "宋二",
    "card_no": 102,
    "electing_unit": "岳东市人大",
    "since": date(2019, 1, 28),
}


def _deputies(town: Town, *rows: Mapping[str, object], on=TODAY):
    return plan_deputies(_rows(*rows), congress=town.congress, actor=town.actor("clerk"), on=on)


def _enter(town: Town, *rows: Mapping[str, object]):
    return apply_deputies(
        _deputies(town, *rows), congress=town.congress, actor=town.actor("clerk"), at=NOW
    )


def _only(plan):
    (row,) = plan.rows
    return row


# --- Columns


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        (["序号", "姓名", "代表证号", "代表团"], {"name": 1, "card_no": 2, "delegation": 3}),
        (["代表姓名", "联系电话", "原选举单位"], {"name": 0, "phone": 1, "electing_unit": 2}),
        (["代表团", "代表"], {"delegation": 0, "name": 1}),
        (["姓 名*", "手机号（必填）"], {"name": 0, "phone": 1}),
        (["Name", "Card No."], {"name": 0, "card_no": 1}),
        (["甲", "乙"], {}),
    ],
)
def test_columns_of_deputies_are_guessed(headings, found) -> None:
    assert guess_columns(headings, DEPUTY_COLUMNS) == found


def test_columns_of_organs_are_guessed() -> None:
    headings = ["单位名称", "单位简称", "所属系统", "主要职责"]

    assert guess_columns(headings, ORGAN_COLUMNS) == {
        "name": 0,
        "short_name": 1,
        "system": 2,
        "mandate_text": 3,
    }


# --- Deputies


def test_a_preview_writes_nothing(town: Town) -> None:
    people, lines = Person.objects.count(), Entry.objects.count()

    plan = _deputies(town, TANG, SONG)

    assert plan.counts() == {"enter": 2, "change": 0, "keep": 0, "refuse": 0}
    assert list(plan.proposed) == ["岳东市人大"]
    assert (Person.objects.count(), Entry.objects.count()) == (people, lines)
    assert not ElectingUnit.objects.filter(name="岳东市人大").exists()


def test_deputies_are_entered_on_record_without_password(town: Town) -> None:
    outcome = _enter(town, TANG, SONG)

    tang, song = Post.objects.get(card_no="0101"), Post.objects.get(card_no="102")
    assert (outcome.entered, outcome.refused) == (2, [])
    assert (tang.delegation, tang.since, tang.term) == (town.northern, TERM_BEGAN, town.term)
    assert (str(song.electing_unit), song.since) == ("岳东市人大", date(2019, 1, 28))
    assert not tang.person.has_usable_password()
    assert tang.person.has_placeholder_login
    actions = [line.action for line in Entry.objects.order_by("seq")]
    assert actions == ["electing_unit.enter", *["person.enter", "post.give"] * 2]
    assert set(Entry.objects.values_list("via", flat=True)) == {"import"}


def test_the_same_list_again_changes_nothing(town: Town) -> None:
    _enter(town, TANG, SONG)
    lines = Entry.objects.count()

    outcome = _enter(town, TANG, SONG)

    assert (outcome.entered, outcome.changed, outcome.kept) == (0, 0, 2)
    assert Entry.objects.count() == lines
    assert Person.objects.filter(name="唐一").count() == 1


def test_a_changed_cell_changes_that_alone(town: Town) -> None:
    _enter(town, TANG)
    moved = {**TANG, "delegation": "岳东代表团", "phone": "13900000009"}

    row = _only(_deputies(town, moved))
    assert row.act is Act.CHANGE
    assert {n for n, v in row.verdicts.items() if v.weight is Weight.CHANGED} == {
        "delegation",
        "phone",
    }
    assert "岳北代表团" in str(row.verdicts["delegation"].said)

    _enter(town, moved)
    post = Post.objects.get(card_no="0101")
    assert (str(post.delegation), post.person.phone) == ("岳东代表团", "13900000009")
    assert Delegation.objects.filter(name="岳东代表团").count() == 1


def test_an_empty_cell_says_nothing(town: Town) -> None:
    _enter(town, TANG)

    assert _only(_deputies(town, {**TANG, "phone": "", "card_no": None})).act is Act.KEEP


def test_a_card_number_is_added_to_a_known_deputy(town: Town) -> None:
    row = {"name": "林晓岚", "card_no": "0001", "delegation": "岳北代表团"}

    _enter(town, row)

    assert Post.objects.get(card_no="0001") == town.post("lin")


@pytest.mark.parametrize(
    ("changed", "cell", "said"),
    [
        ({"name": ""}, "name", "缺少代表姓名"),
        ({"delegation": ""}, "delegation", "均未填写"),
        ({"email": "not an address"}, "email", "不是有效的电子邮箱"),
        ({"since": "2018年9月31日"}, "since", "9月31日"),
        ({"since": "去年"}, "since", "不是可识别的日期"),
        ({"since": "2023-01-13"}, "since", "晚于本届届满"),
        ({"name": "长" * 61}, "name", "最多 60 个字符"),
        ({"phone": "1" * 31}, "phone", "最多 30 个字符"),
    ],
)
def test_a_wrong_cell_is_named_and_its_row_left_out(town: Town, changed, cell, said) -> None:
    plan = _deputies(town, {**TANG, **changed}, SONG)

    refused, fine = plan.rows
    assert (refused.act, fine.act) == (Act.REFUSE, Act.ENTER)
    verdict = refused.verdicts[cell]
    assert verdict.weight is Weight.ERROR
    assert said in str(verdict.said)
    assert verdict.ref in (f"Sheet1!{cell}2", "第 2 行")

    outcome = apply_deputies(plan, congress=town.congress, actor=town.actor("clerk"), at=NOW)
    assert (outcome.entered, [row.number for row in outcome.refused]) == (1, [2])
    assert not Person.objects.filter(name="唐一").exists()


def test_the_same_deputy_twice_in_a_list_is_entered_once(town: Town) -> None:
    first, second = _deputies(town, TANG, TANG).rows
    third, fourth = _deputies(town, *[{"name": "唐一", "delegation": "岳北代表团"}] * 2).rows

    assert (first.act, second.act, third.act, fourth.act) == (
        Act.ENTER,
        Act.REFUSE,
        Act.ENTER,
        Act.REFUSE,
    )
    assert "第 2 行" in str(second.verdicts["name"].said)


def test_a_card_number_of_another_is_refused(town: Town) -> None:
    _enter(town, TANG)

    row = _only(_deputies(town, {**SONG, "card_no": "0101"}))

    assert row.act is Act.REFUSE
    assert "唐一" in str(row.verdicts["card_no"].said)


def test_two_of_one_name_are_told_apart_or_asked_about(town: Town) -> None:
    north = {"name": "唐一", "card_no": "1", "delegation": "岳北代表团"}
    south = {"name": "唐一", "card_no": "2", "delegation": "岳南代表团"}
    _enter(town, north, south)

    by_place = _only(_deputies(town, {"name": "唐一", "delegation": "岳南代表团"}))
    unclear = _only(_deputies(town, {"name": "唐一", "electing_unit": "岳北市人民代表大会"}))

    assert by_place.read["post"] == Post.objects.get(card_no="2")
    assert unclear.act is Act.REFUSE
    assert "同名" in str(unclear.verdicts["name"].said)


def test_an_ended_mandate_is_not_revived_by_a_list(town: Town) -> None:
    services.end_post(post=town.post("lin"), on=TODAY, actor=town.actor("clerk"), at=NOW)

    row = _only(_deputies(town, {"name": "林晓岚", "delegation": "岳北代表团"}))

    assert row.act is Act.REFUSE


def test_a_suspended_mandate_stays_suspended(town: Town) -> None:
    services.suspend_post(
        post=town.post("lin"), actor=town.actor("clerk"), at=NOW, why="第六十一条"
    )

    assert _only(_deputies(town, {"name": "林晓岚", "delegation": "岳北代表团"})).act is Act.KEEP


def test_a_person_known_elsewhere_keeps_one_account(town: Town) -> None:
    other = town.neighbour()
    person = town.person("neighbour_clerk")
    person.phone = "13911112222"
    person.save()
    row = {"name": "杨柳", "phone": "13911112222", "delegation": "岳北代表团"}

    _enter(town, row)
    _enter(town, row)

    assert Person.objects.filter(name="杨柳").count() == 1
    assert {post.congress for post in person.posts.all()} == {town.congress, other}


def test_the_contact_of_an_account_kept_elsewhere_is_left_alone(town: Town) -> None:
    """A list must not divert the notices of another congress's people."""
    town.neighbour()
    person = town.person("neighbour_clerk")
    person.phone = "13911112222"
    person.save()
    row = {"name": "杨柳", "phone": "13911112222", "delegation": "岳北代表团", "card_no": "77"}
    _enter(town, row)

    again = _only(_deputies(town, {**row, "email": "mine@evil.example"}))

    assert again.act is Act.REFUSE
    assert again.verdicts["email"].weight is Weight.ERROR


def test_without_a_running_term_there_is_nothing_to_enter(town: Town) -> None:
    with pytest.raises(Invalid):
        _deputies(town, TANG, on=date(2030, 1, 1))


@pytest.mark.parametrize("who", ["lin", "government_clerk", "neighbour_clerk"])
def test_only_the_clerk_of_this_congress_imports(town: Town, who) -> None:
    town.neighbour()
    actor = town.actor(who)

    with pytest.raises(NotPermitted):
        plan_deputies(_rows(TANG), congress=town.congress, actor=actor, on=TODAY)
    with pytest.raises(NotPermitted):
        plan_organs(_rows(TANG), congress=town.congress, actor=actor, on=TODAY)
    with pytest.raises(NotPermitted):
        apply_deputies(_deputies(town, TANG), congress=town.congress, actor=actor, at=NOW)


def test_a_preview_that_has_grown_old_is_not_applied(town: Town) -> None:
    plan = _deputies(town, TANG, SONG)
    _enter(town, TANG)
    people = Person.objects.count()

    with pytest.raises(Stale):
        apply_deputies(plan, congress=town.congress, actor=town.actor("clerk"), at=NOW)

    assert Person.objects.count() == people


def test_the_cost_of_entering_does_not_grow_with_each_row(
    town: Town, django_assert_max_num_queries
) -> None:
    rows = [
        {"name": f"代表{number}", "card_no": str(number), "delegation": "岳北代表团"}
        for number in range(300)
    ]
    with django_assert_max_num_queries(60):
        _enter(town, *rows)

    assert Post.objects.filter(role=Role.DEPUTY).count() == 303


# --- Organs


def _organs(town: Town, *rows: Mapping[str, object]):
    return plan_organs(_rows(*rows), congress=town.congress, actor=town.actor("clerk"), on=TODAY)


def _enter_organs(town: Town, *rows: Mapping[str, object]):
    return apply_organs(
        _organs(town, *rows), congress=town.congress, actor=town.actor("clerk"), at=NOW
    )


WATER: dict[str, Any] = {
    "name": "省水利厅",
    "short_name": "水利厅",
    "system": "政府系统",
    "code": "031",
}
COURT: dict[str, Any] = {"name": "省高级人民法院"}


def test_organs_are_entered_and_found_again(town: Town) -> None:
    first = _enter_organs(town, WATER, COURT)
    lines = Entry.objects.count()
    second = _enter_organs(town, WATER, COURT)

    assert (first.entered, second.kept) == (2, 2)
    assert Entry.objects.count() == lines == 2
    assert Organ.objects.get(name="省高级人民法院").system == System.JUDICIAL
    assert Organ.objects.get(name="省水利厅").code == "031"


def test_a_guessed_system_is_shown_for_checking(town: Town) -> None:
    verdict = _only(_organs(town, COURT)).verdicts["system"]

    assert verdict.weight is Weight.WARNING
    assert "两院及监委" in str(verdict.said)


@pytest.mark.parametrize("written", ["党委系统", "党委", "Party", "party"])
def test_a_system_is_read_in_either_language(town: Town, written) -> None:
    _enter_organs(town, {"name": "省委宣传部", "system": written})

    assert Organ.objects.get(name="省委宣传部").system == System.PARTY


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        ({"name": ""}, "name"),
        ({"name": "省水利厅", "system": "联邦"}, "system"),
        ({"name": "省水利厅", "since": "2018-02-30"}, "since"),
        ({"name": "省水利厅", "code": "1" * 21}, "code"),
    ],
)
def test_a_wrong_cell_of_an_organ_is_named(town: Town, row, cell) -> None:
    planned = _only(_organs(town, row))

    assert planned.act is Act.REFUSE
    assert [verdict.ref for verdict in planned.errors] == [f"Sheet1!{cell}2"]


def test_an_organ_written_otherwise_is_the_same_organ(town: Town) -> None:
    full, short = _organs(town, {"name": "岳川省教育厅"}, {"name": "财政厅"}).rows
    again = _organs(town, {"name": "省教育厅"}, {"name": "岳川省 教育厅"}).rows[1]

    assert (full.act, short.act) == (Act.KEEP, Act.KEEP)
    assert full.verdicts["name"].weight is Weight.WARNING
    assert again.act is Act.REFUSE


def test_a_former_name_and_an_heir_are_said_to_be_such(town: Town) -> None:
    clerk = town.actor("clerk")
    organisations.rename_organ(
        organ=town.finance, name="省财税厅", on=date(2019, 1, 1), actor=clerk, at=NOW
    )
    organisations.abolish_organ(
        organ=town.education,
        on=date(2019, 12, 31),
        successor=town.finance,
        actor=clerk,
        at=NOW,
    )

    former, heir = _organs(town, {"name": "省财政厅"}), _organs(town, {"name": "省教育厅"})

    assert "曾用名" in str(_only(former).verdicts["name"].said)
    assert "承接" in str(_only(heir).verdicts["name"].said)


def test_changed_particulars_are_changed(town: Town) -> None:
    _enter_organs(town, WATER)
    changed = {**WATER, "code": "032", "system": "中央驻地单位"}

    assert _only(_organs(town, changed)).act is Act.CHANGE
    _enter_organs(town, changed)

    organ = Organ.objects.get(name="省水利厅")
    assert (organ.code, organ.system) == ("032", System.CENTRAL)


def test_an_old_preview_of_organs_is_not_applied(town: Town) -> None:
    plan = _organs(town, WATER)
    _enter_organs(town, WATER)

    with pytest.raises(Stale):
        apply_organs(plan, congress=town.congress, actor=town.actor("clerk"), at=NOW)


def test_days_and_numbers_are_read_as_a_workbook_gives_them() -> None:
    assert Given(datetime(2020, 3, 2, 8, 0)).text == "2020-03-02"  # noqa: DTZ001
    assert Given(TODAY + timedelta(days=1)).text == "2020-03-03"
    assert (Given(12).text, Given(None).text, Given(" 两\n行 ").text) == ("12", "", "两 行")
