"""Every pack says what the laws say: key by key, and every quoted word stands in its article."""

import re
from datetime import date
from pathlib import Path

import pytest

from huiyin.rulebook import CLASS_SCHEMES, PARAMETERS, Confidence, available, load
from huiyin.rulebook.load import PACKS
from huiyin.rulebook.pack import Entry, read_pack
from huiyin.rulebook.values import written

MATRIX = Path(__file__).with_name("matrix.txt").read_text("utf-8")
TODAY = date(2026, 1, 1)
CHOSEN = "default"
_SWITCH = {True: "yes", False: "no"}

# Read in full too, but no laws: they do not lie in the folder of laws.
NO_LAWS = (
    "关于2020年省人大代表建议督办工作情况的汇报",
    "湖南省人大常委会代表工作委员会《联络动态》2026年第5期",
)
READ = [
    pytest.param(entry, id=f"{name}:{entry.line} {entry.key}")
    for name in available()
    for entries in read_pack(PACKS / f"{name}.toml").entries.values()
    for entry in entries
    if entry.source.confidence is Confidence.READ and entry.source.title.zh not in NO_LAWS
]

# The files that are not called by the title of their law.
FILES = {
    ("代表法", "2015-08-29"): "全国人民代表大会和地方各级人民代表大会代表法(2015-08-29).md",
    ("代表法", "2025-03-11"): "全国人民代表大会和地方各级人民代表大会代表法(2025-03-11).md",
    ("全国人民代表大会议事规则", "2021-03-11"): "全国人民代表大会议事规则2021.md",
    ("山东省乡镇人民代表大会工作若干规定", "2015-12-03"): "山东省乡镇人大工作若干规定2015.md",
}

Rows = dict[str, tuple[str, str]]


def stated() -> dict[tuple[str, date], Rows]:
    """Pack and day → key → value, article. An article holds no space; a value may."""
    tables: dict[tuple[str, date], Rows] = {}
    for line in MATRIX.splitlines():
        if heading := re.fullmatch(r"\[(\S+) (\S+)\]", line):
            rows = tables.setdefault((heading[1], date.fromisoformat(heading[2])), {})
        elif line and not line.startswith("#"):
            key, rest = line.split(maxsplit=1)
            value, article = rest.rsplit(maxsplit=1)
            assert key not in rows
            rows[key] = value.strip(), article
    return tables


STATED = stated()


def as_stated(value: object) -> str:
    raw = written(value)
    if isinstance(raw, bool):
        return _SWITCH[raw]
    return " ".join(raw) if isinstance(raw, list) else str(raw)


def article_of(entry_article: str) -> str:
    """第八条第一款、第六条第二款 → 第八条: the first article named."""
    found = re.match(r"第[一二三四五六七八九十百]+条", entry_article)
    return found[0] if found else entry_article or CHOSEN


@pytest.mark.parametrize(("name", "on"), STATED, ids=str)
def test_a_pack_says_what_the_law_says(name: str, on: date) -> None:
    own = {
        each.key: (as_stated(each.value), article_of(each.source.article.zh))
        for each in load(name, on=on).citations
        if each.origin == name
    }
    assert own == STATED[name, on]


def test_every_pack_and_every_parameter_is_stated() -> None:
    assert {name for name, _on in STATED} == set(available())
    assert set(STATED["national", TODAY]) == set(PARAMETERS)


@pytest.mark.parametrize(
    ("name", "key", "origin"),
    [
        ("qingdao", "feedback.by", "shandong"),
        ("qingdao", "rehandle.limit", "shandong"),
        ("qingdao", "withdrawal.joint_requires_all", "national"),
        ("shandong-township", "cohandle.limit", "shandong"),
        ("shandong-township", "extension.needs_consent", "shandong"),
        ("chongqing-township", "contact.limit", "chongqing"),
        ("chongqing-township", "feedback.delegation_by", "chongqing"),
        ("chongqing-township", "acknowledge.limit", "national"),
    ],
)
def test_what_a_pack_does_not_say_comes_from_the_one_above(
    name: str, key: str, origin: str
) -> None:
    assert load(name, on=TODAY).cite(key).origin == origin


@pytest.mark.parametrize(
    ("name", "before", "after", "key"),
    [
        ("henan", date(2017, 7, 31), date(2017, 8, 1), "return.limit"),
        ("chongqing", date(2017, 12, 31), date(2018, 1, 1), "cohandle.limit"),
        ("qingdao", date(2021, 8, 31), date(2021, 9, 1), "assign.intersession_limit"),
        ("zhejiang", date(2016, 5, 26), date(2016, 5, 27), "acceptance.notice"),
        ("beijing", date(2024, 12, 31), date(2025, 1, 1), "classes.scheme"),
    ],
)
def test_a_value_changes_on_the_day_its_text_comes_into_force(
    name: str, before: date, after: date, key: str
) -> None:
    old, new = load(name, on=before).cite(key), load(name, on=after).cite(key)
    assert old.value != new.value
    assert new.since == after


def normal(text: str) -> str:
    return re.sub(r"\s+", "", text)


def file_of(entry: Entry, folder: Path) -> Path:
    title, version = entry.source.title.zh, entry.source.version
    (path,) = folder.glob(FILES.get((title, version), f"{title}*.md"))
    return path


def articles(text: str) -> dict[str, str]:
    parts = re.split(r"\n(第[一二三四五六七八九十百]+条) ", text)
    return dict(zip(parts[1::2], map(normal, parts[2::2]), strict=True))


@pytest.mark.realdata
@pytest.mark.parametrize("entry", READ)
def test_every_quoted_word_stands_in_the_article_named(entry: Entry, real_data: Path) -> None:
    found = articles(file_of(entry, real_data / "laws").read_text("utf-8"))
    numbers = re.findall(r"第[一二三四五六七八九十百]+条", entry.source.article.zh)
    named = "|".join(found[number] for number in numbers)
    for fragment in entry.source.text.zh.split("……"):
        assert normal(fragment) in named


@pytest.mark.realdata
@pytest.mark.parametrize(
    ("scheme", "law", "article"),
    [
        ("shanghai-4", "上海市人民代表大会关于代表建议、批评和意见的规定", "第十八条"),
        ("shandong-4", "山东省人民代表大会代表建议、批评和意见办理工作条例", "第十八条"),
        ("qingdao-4", "青岛市人民代表大会代表建议、批评和意见工作条例", "第二十六条"),
        ("henan-5", "河南省人民代表大会代表建议、批评和意见办理办法", "第十九条"),
        ("chongqing-4", "重庆市人民代表大会代表建议批评和意见工作条例", "第二十二条"),
    ],
)
def test_classes_are_defined_in_the_words_of_the_law(
    scheme: str, law: str, article: str, real_data: Path
) -> None:
    (path,) = (real_data / "laws").glob(f"{law}*.md")
    text = articles(path.read_text("utf-8"))[article]
    for each in CLASS_SCHEMES[scheme].classes:
        assert each.definition.zh in text
