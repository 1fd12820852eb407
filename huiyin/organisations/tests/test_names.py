"""How lists write sessions, organs and divisions, and how they are read."""

from __future__ import annotations

import doctest
import json
from pathlib import Path

import pytest
from django.conf import settings

from huiyin.organisations import divisions, organ_names, session_names
from huiyin.organisations.models import Assembly, Level, System
from huiyin.organisations.session_names import parse_session

CONGRESS, CPPCC, PARTY = Assembly.CONGRESS, Assembly.CPPCC, Assembly.PARTY


@pytest.mark.parametrize("module", [organ_names, session_names])
def test_the_examples_in_the_documentation_hold(module) -> None:
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("text", "assembly", "term", "ordinal", "place"),
    [
        ("省十三届人大三次会议", CONGRESS, 13, 3, "省"),
        ("县十三届人大六次", CONGRESS, 13, 6, "县"),
        ("市政协十五届四次", CPPCC, 15, 4, "市"),
        ("区人大十九届六次", CONGRESS, 19, 6, "区"),
        ("十三届全国人大五次", CONGRESS, 13, 5, "全国"),
        ("天水市政协六届一次", CPPCC, 6, 1, "天水市"),
        ("湖南省第十三届人民代表大会第三次会议", CONGRESS, 13, 3, "湖南省"),
        ("中国人民政治协商会议湖南省第十二届委员会第三次会议", CPPCC, 12, 3, "湖南省"),
        ("中国共产党湖南省第十二次代表大会", PARTY, 12, 1, "湖南省"),
        ("县五届二次党代会", PARTY, 5, 2, "县"),
        ("第 １３ 届 人大 第 ３ 次会议", CONGRESS, 13, 3, ""),
        ("二十一届人大十次会议", CONGRESS, 21, 10, ""),
        ("县人大", CONGRESS, None, None, "县"),
    ],
)
def test_a_session_is_read(text, assembly, term, ordinal, place) -> None:
    name = parse_session(text)

    assert name is not None
    assert (name.assembly, name.term, name.ordinal, name.place) == (assembly, term, ordinal, place)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "闭会期间",
        "市人大、市政协",
        "州人大政协",
        "省十三届人大常委会第十六次会议",
        "十三届三次",
    ],
)
def test_what_names_no_single_session_is_not_guessed(text) -> None:
    assert parse_session(text) is None


def test_a_bare_ordinal_is_read_when_the_list_says_whose_it_is() -> None:
    name = parse_session("十三届三次", assembly=CPPCC)

    assert name is not None
    assert (name.assembly, name.term, name.ordinal) == (CPPCC, 13, 3)


def test_what_the_text_says_wins_over_what_the_list_says() -> None:
    name = parse_session("县政协九届一次", assembly=CONGRESS)

    assert name is not None
    assert name.assembly is CPPCC


@pytest.mark.parametrize("value", range(1, 100))
def test_numbers_are_read_as_they_are_written(value) -> None:
    assert session_names.read_number(session_names.write_number(value)) == value


@pytest.mark.realdata
def test_every_session_of_the_real_lists_is_read_or_truly_ambiguous() -> None:
    """Only rows naming two assemblies at once may stay unread."""
    unread = set()
    for name in ("suggestions.jsonl", "assignments.jsonl"):
        path = Path(str(settings.HUIYIN_REAL_DATA)) / "corpus" / name
        for line in path.read_text(encoding="utf-8").splitlines():
            said = json.loads(line)["session"]
            parsed = parse_session(said)
            if parsed is None:
                unread.add(said)
            else:
                assert (parsed.assembly is CPPCC) is ("政协" in said), said

    assert {said for said in unread if not ("人大" in said and "政协" in said)} == set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("湖南省教育厅", "省教育厅"),
        ("省教育厅", "教育厅"),
        ("省　住房和城乡建设厅", "住房城乡建设厅"),
        ("湖南省发展和改革委员会", "发展改革委"),
        ("省人民政府办公厅", "省政府办公厅"),
        ("湖南省高级人民法院", "省高级法院"),
        ("省人大常委会联络工作委员会", "湖南省人大常委会联络工作委"),
    ],
)
def test_two_ways_of_writing_one_organ_are_equal(one, other) -> None:
    places = ["湖南省", "湖南"]

    assert organ_names.fold(one, places=places) == organ_names.fold(other, places=places)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("省委办公厅", "省政府办公厅"),
        ("省委", "省政府"),
        ("省高级人民法院", "省人民检察院"),
        ("省水利厅", "省林业厅"),
        ("岳北市教育局", "省教育厅"),
    ],
)
def test_two_organs_stay_two(one, other) -> None:
    assert organ_names.fold(one, places=["湖南省"]) != organ_names.fold(other, places=["湖南省"])


@pytest.mark.parametrize(
    ("name", "system"),
    [
        ("省教育厅", System.GOVERNMENT),
        ("省工商行政管理局", System.GOVERNMENT),
        ("县农业农村局", System.GOVERNMENT),
        ("省发展和改革委员会", System.GOVERNMENT),
        ("省卫生健康委员会", System.GOVERNMENT),
        ("省委组织部", System.PARTY),
        ("中共岳川省委宣传部", System.PARTY),
        ("省总工会", System.PARTY),
        ("团省委", System.PARTY),
        ("省人大常委会办公厅", System.CONGRESS),
        ("省高级人民法院", System.JUDICIAL),
        ("省监察委员会", System.JUDICIAL),
        ("国家税务总局湖南省税务局", System.CENTRAL),
        ("长沙海关", System.CENTRAL),
        ("省机场管理集团有限公司", System.ENTERPRISE),
    ],
)
def test_a_name_points_to_a_system(name, system) -> None:
    assert organ_names.likely_system(name) is system


HUNAN = {
    "430100": "长沙市",
    "430200": "株洲市",
    "430300": "湘潭市",
    "430400": "衡阳市",
    "430500": "邵阳市",
    "430600": "岳阳市",
    "430700": "常德市",
    "430800": "张家界市",
    "430900": "益阳市",
    "431000": "郴州市",
    "431100": "永州市",
    "431200": "怀化市",
    "431300": "娄底市",
    "433100": "湘西土家族苗族自治州",
}


def test_the_codes_of_hunan_are_the_published_ones() -> None:
    published = {code: divisions.published(code) for code in HUNAN}

    assert {code: known.name for code, known in published.items() if known} == HUNAN
    assert all(known.level is Level.CITY for known in published.values() if known)


def test_every_province_is_there_once() -> None:
    provinces = [
        f"{number}0000" for number in range(11, 83) if divisions.published(f"{number}0000")
    ]

    assert len(provinces) == 34
    assert divisions.published("110000") == divisions.Published("110000", "北京市")


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [
        ("430121", Level.COUNTY, "430100"),
        ("500229", Level.COUNTY, "500000"),  # 城口县: no city between it and 重庆
        ("429004", Level.COUNTY, "420000"),  # 仙桃市: straight below the province
        ("430000", Level.PROVINCE, "000000"),
        ("000000", Level.NATIONAL, None),
        ("430121101", Level.TOWNSHIP, "430121"),
    ],
)
def test_a_code_says_its_level_and_what_lies_above(code, level, parent) -> None:
    assert (divisions.level_of(code), divisions.parent_of(code)) == (level, parent)


def test_names_repeat_and_the_province_tells_them_apart() -> None:
    assert len(divisions.named("鼓楼区")) == 4
    assert [known.code for known in divisions.named("鼓楼区", within="32")] == ["320106", "320302"]
    assert [known.code for known in divisions.named("双牌县")] == ["431123"]
