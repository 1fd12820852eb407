"""Real rows come in whole: places, sessions, organs and kinds as the pages name them."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from huiyin.accounts.models import Post, Role
from huiyin.kernel.clock import ZONE
from huiyin.kernel.errors import Invalid
from huiyin.ledger.models import Entry
from huiyin.ledger.verify import verify_chain
from huiyin.organisations.models import Congress, Level, Organ, Session
from huiyin.rulebook import load
from huiyin.rulebook.errors import RulebookError
from huiyin.suggestions.importing.carrying import Carried, carry_in
from huiyin.suggestions.importing.corpus import RULES_KNOWN_FROM, read_folder
from huiyin.suggestions.importing.places import owner_of, place_of
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.selectors import POPULATIONS

AT = datetime(2026, 6, 1, 9, 0, tzinfo=ZONE)

CARD = {
    "id": "a1",
    "level": "county",
    "province": "湖南",
    "place": "临湘市",
    "date": "2020-10-23",
    "year": "2020",
    "session": "市十七届人大五次",
    "no": "34",
    "class_code": "B",
    "topic": "交通出行",
    "subject": "关于拓宽社区村道的建议",
    "ask": "拓宽硬化一公里半村道",
    "lead": "临湘市交通运输局",
    "co_units": [],
    "body": "人大",
    "url": "https://example.invalid/1",
    "note": "",
}


def folder(tmp_path: Path, cards: list[dict[str, Any]], organs: list[dict[str, Any]]) -> Path:
    for name, rows in (("suggestions", cards), ("assignments", organs)):
        lines = (json.dumps(row, ensure_ascii=False) for row in rows)
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def carried(tmp_path: Path, *cards: dict[str, Any], organs: Any = ()) -> Carried:
    read = read_folder(folder(tmp_path, [{**CARD, **card} for card in cards], list(organs)))
    return carry_in(read, at=AT, today=AT.date())


def assignment(**changes: Any) -> dict[str, Any]:
    row = {key: value for key, value in CARD.items() if key not in ("lead", "ask", "body")}
    return {**row, "lead_unit": "临湘市交通运输局", "duplicate_of": None, **changes}


@pytest.mark.django_db
def test_a_row_founds_what_it_names(tmp_path: Path) -> None:
    done = carried(tmp_path, {})
    case = Suggestion.objects.get()
    assert (done.entered, done.founded) == (1, ["临湘市人民代表大会"])
    assert (case.congress.level, case.congress.division_id) == (Level.COUNTY, "430682")
    assert case.session.name == "临湘市第十七届人民代表大会第五次会议"
    assert (case.number, case.category, case.kind) == ("34", "transport", "suggestion")
    assert case.lead.person.name == "未载明代表"
    assert case.lead_organ and case.lead_organ.name == "临湘市交通运输局"
    assert case.stage == "in_handling"
    note = case.acts.get(move="register").why
    assert "来源所载答复类别：B" in note
    assert "https://example.invalid/1" in note
    assert list(differences()) == []
    assert verify_chain(case.congress.key) == []


@pytest.mark.django_db
def test_twice_changes_nothing(tmp_path: Path) -> None:
    cards = [{}, {"id": "a2", "no": "", "subject": "关于桥的建议"}]
    carried(tmp_path, *cards)
    before = Entry.objects.count()
    again = carried(tmp_path, *cards)
    assert (again.entered, again.kept, again.founded) == (0, 2, [])
    assert Entry.objects.count() == before


@pytest.mark.django_db
def test_a_trial_writes_nothing(tmp_path: Path) -> None:
    read = read_folder(folder(tmp_path, [CARD], []))
    done = carry_in(read, at=AT, today=AT.date(), dry=True)
    assert done.entered == 1
    assert not Congress.objects.exists()


@pytest.mark.django_db
def test_a_congress_that_is_there_is_found(tmp_path: Path) -> None:
    carried(tmp_path, {})
    known = Congress.objects.get()
    longer = {"id": "b1", "place": "岳阳市临湘市", "no": "35", "subject": "关于灯的建议"}
    done = carried(tmp_path, longer)
    assert done.founded == []
    assert set(Suggestion.objects.values_list("congress", flat=True)) == {known.pk}
    # The organ is found too, and one stands for all deputies the pages do not name.
    assert Organ.objects.count() == 1
    assert Post.objects.filter(role=Role.DEPUTY).count() == 1


@pytest.mark.django_db
def test_cppcc_rows_keep_their_kind_and_are_counted_nowhere(tmp_path: Path) -> None:
    carried(tmp_path, {"session": "市政协十届一次", "body": "政协", "subject": "关于农田的提案"})
    case = Suggestion.objects.get()
    assert (case.kind, case.session.assembly) == ("cppcc_proposal", "cppcc")
    assert case.lead.person.name == "未载明委员"
    assert case.lead.term and case.lead.term.assembly == "cppcc"
    for name, condition in POPULATIONS.items():
        assert not Suggestion.objects.filter(condition).exists(), name


@pytest.mark.django_db
def test_where_a_text_names_two_assemblies_the_body_decides(tmp_path: Path) -> None:
    carried(tmp_path, {"session": "市人大、市政协", "body": "政协"})
    assert Suggestion.objects.get().kind == "cppcc_proposal"


@pytest.mark.django_db
def test_a_session_without_ordinals_stands_under_its_year(tmp_path: Path) -> None:
    second = {"id": "a2", "no": "9", "subject": "关于水的建议", "year": "2021"}
    carried(tmp_path, {"session": "市人大"}, {**second, "session": "市人大"})
    names = sorted(Session.objects.values_list("name", flat=True))
    assert names == [
        "临湘市人大2020年会议（届次未载明）",
        "临湘市人大2021年会议（届次未载明）",
    ]


@pytest.mark.django_db
def test_one_number_twice_under_a_year_keeps_both(tmp_path: Path) -> None:
    other = {"id": "b7c8d9e0", "subject": "关于另一件事的建议", "session": "市人大"}
    done = carried(tmp_path, {"session": "市人大"}, other)
    assert done.refused == []
    assert set(Suggestion.objects.values_list("number", flat=True)) == {"34", "34(b7c8d9)"}
    again = carried(tmp_path, {"session": "市人大"}, other)
    assert (again.entered, again.kept) == (0, 2)


@pytest.mark.django_db
def test_assignments_are_put_to_their_suggestion(tmp_path: Path) -> None:
    rows = [
        assignment(id="a1", lead_unit="临湘市公路局", co_units=["市财政局", "各乡镇"]),
        assignment(id="x1", duplicate_of="a1"),
        assignment(id="x2", no="77", subject="关于单独一件事的建议"),
    ]
    done = carried(tmp_path, {"lead": ""}, organs=rows)
    assert done.entered == 2
    joined = Suggestion.objects.get(number="34")
    assert {(p.organ.name, p.role) for p in joined.assignments.all()} == {
        ("临湘市公路局", "lead"),
        ("市财政局", "co"),
    }
    assert "未作为承办单位：各乡镇" in joined.acts.get(move="register").why
    assert Suggestion.objects.get(number="77").lead_organ


@pytest.mark.django_db
def test_more_than_one_leading_organ_leaves_one_in_the_lead(tmp_path: Path) -> None:
    carried(tmp_path, {"lead": "市公安局;市城市管理局", "co_units": ["省发展改革委等21个单位"]})
    roles = {p.organ.name: p.role for p in Suggestion.objects.get().assignments.all()}
    assert roles == {"市公安局": "lead", "市城市管理局": "co", "省发展改革委": "co"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "day"),
    [
        ({"date": "2011-10-29"}, RULES_KNOWN_FROM),
        ({"date": "2018-01"}, date(2018, 1, 1)),
        ({"date": "2019"}, date(2019, 1, 1)),
        ({"date": "2099-01-01"}, AT.date()),
        ({"date": "", "year": ""}, AT.date()),
    ],
)
def test_days_are_taken_as_far_as_they_are_known(
    tmp_path: Path, said: dict[str, str], day: date
) -> None:
    carried(tmp_path, said)
    assert Suggestion.objects.get().submitted_on == day


def test_the_first_day_of_known_rules_is_the_first() -> None:
    load("national", on=RULES_KNOWN_FROM)
    with pytest.raises(RulebookError):
        load("national", on=RULES_KNOWN_FROM - timedelta(days=1))


@pytest.mark.django_db
def test_a_title_that_is_too_long_or_missing_comes_in(tmp_path: Path) -> None:
    carried(tmp_path, {"subject": "长" * 200}, {"id": "a2", "no": "1", "subject": "", "ask": ""})
    titles = set(Suggestion.objects.values_list("title", flat=True))
    assert titles == {"长" * 119 + "…", "（未载明标题）"}


@pytest.mark.django_db
def test_a_motion_is_told_from_a_suggestion(tmp_path: Path) -> None:
    carried(tmp_path, {"no": "81(议案)"})
    assert Suggestion.objects.get().kind == "motion"


@pytest.mark.parametrize(
    ("province", "place", "session", "owner"),
    [
        ("湖南", "永州市双牌县", "县十三届人大六次", "双牌县"),
        ("湖南", "永顺县", "州人大", "湘西土家族苗族自治州"),
        ("湖南", "湘西州", "州人大政协", "湘西土家族苗族自治州"),
        ("湖南", "衡南县", "市十六届人大一次", "衡阳市"),
        ("江苏", "盐城市", "省十三届人大三次", "江苏省"),
        ("甘肃", "张家川县", "天水市政协六届一次", "天水市"),
        ("浙江", "温州市", "苍南县十一届人大三次", "苍南县"),
        ("安徽", "池州市贵池区", "区人大", "贵池区"),
        ("辽宁", "鞍山市铁西区", "区人大", "鞍山市铁西区"),
        ("云南", "楚雄市三街镇", "镇十一届人大二次", "楚雄市三街镇"),
        ("重庆", "綦江区", "市五届人大一次", "重庆市"),
        ("内蒙古", "莫力达瓦旗", "旗政协", "莫力达瓦达斡尔族自治旗"),
        ("", "全国", "十三届全国人大五次", "全国"),
        ("", "某县", "县政协十三届三次", "某县（地名未载明）"),
        ("湖南", "", "县人大", "未载明"),
    ],
)
def test_whose_session_it_is(province: str, place: str, session: str, owner: str) -> None:
    found = place_of(place, province=province, level="county")
    assert owner_of(found, session, province=province).full_name == owner


def test_a_folder_without_rows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid):
        read_folder(tmp_path)


def test_a_line_that_is_no_record_is_named(tmp_path: Path) -> None:
    (tmp_path / "suggestions.jsonl").write_text('{"id": "1"}\nkaput\n', encoding="utf-8")
    with pytest.raises(Invalid, match="2"):
        read_folder(tmp_path)


@pytest.mark.django_db
def test_the_command_says_what_was_found_and_proposed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder(tmp_path, [CARD], [])
    call_command("import", "corpus", str(path), "--dry-run")
    assert not Suggestion.objects.exists()
    call_command("import", "corpus", str(path))
    assert "suggestion 1" in capsys.readouterr().out
    assert Suggestion.objects.count() == 1
    with pytest.raises(CommandError):
        call_command("import", "corpus", str(tmp_path / "nowhere"))


@pytest.mark.django_db
@pytest.mark.realdata
def test_the_real_rows_come_in_whole_and_once() -> None:
    named = settings.HUIYIN_REAL_DATA
    assert named
    path = named / "corpus" if (named / "corpus").is_dir() else named
    found = read_folder(path)
    cards = sum(map(len, found.cards.values()))
    assert cards + found.joined + found.duplicates == sum(found.rows.values())
    today = datetime.now(tz=ZONE)
    done = carry_in(found, at=today, today=today.date())
    assert (done.refused, done.entered) == ([], cards)
    assert list(differences()) == []
    proposals = Suggestion.objects.filter(session__assembly="cppcc")
    assert proposals.exists()
    assert set(proposals.values_list("kind", flat=True)) == {"cppcc_proposal"}
    for condition in POPULATIONS.values():
        assert not proposals.filter(condition).exists()
    before = Entry.objects.count()
    again = carry_in(found, at=today, today=today.date())
    assert (again.entered, again.kept, Entry.objects.count()) == (0, cards, before)
