"""A pack with a fault is refused whole, with file, line and remedy. ``# <--`` marks the line."""

from datetime import date
from pathlib import Path

import pytest

from huiyin.rulebook import RulebookError, load
from huiyin.rulebook.load import PACKS

HEAD = """\
[pack]
title = { zh = "某县", en = "Some county" }
inherits = "national"
since = 2020-01-01

[source.rule]
title = { zh = "某县办法", en = "County rule" }
version = "2020-01-01"
since = 2020-01-01
confidence = "read"
"""
ENTRY = """
[[feedback.by]]
value = "each"
source = "rule"
article = { zh = "第一条", en = "art. 1" }
text.zh = "由各代表分别评价。"
text.en = "Each deputy rates."
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "national.toml").write_bytes((PACKS / "national.toml").read_bytes())
    return tmp_path


def refused(folder: Path, body: str) -> RulebookError:
    (folder / "county.toml").write_text(body, "utf-8")
    with pytest.raises(RulebookError) as refusal:
        load("county", on=date(2020, 2, 12), folder=folder)
    assert refusal.value.message.zh and refusal.value.remedy.zh
    return refusal.value


def test_the_pack_the_faults_are_put_into_is_good(folder: Path) -> None:
    (folder / "county.toml").write_text(HEAD + ENTRY, "utf-8")
    rules = load("county", on=date(2020, 2, 12), folder=folder)
    assert rules.feedback.by == "each"
    assert rules.cite("feedback.by").origin == "county"


def bare(key: str, value: str, mark: str = "") -> str:
    """A default value of ``key``; ``mark`` follows it on its line."""
    text = 'text = { zh = "原因", en = "reason" }'
    return f'\n[[{key}]]\nvalue = {value}{mark}\nsource = "default"\n{text}\n'


FAULTS = {
    "unknown section": (
        HEAD + '\n[[feedbak.by]] # <--\nvalue = "each"\n',
        "Unknown name 'feedbak'",
        "'feedback'",
    ),
    "unknown key": (
        HEAD + '\n[[feedback.whom]] # <--\nvalue = "each"\n',
        "Unknown name 'feedback.whom'",
        "feedback",
    ),
    "unknown field": (
        HEAD + ENTRY + 'vaule = "lead" # <--\n',
        "Unknown name 'vaule'",
        "Did you mean 'value'?",
    ),
    "unknown field far from any": (
        HEAD + ENTRY + "zzz = 1 # <--\n",
        "Unknown name 'zzz'",
        "article, since, source, text, until, value",
    ),
    "unknown field of the pack": (
        HEAD.replace("since = 2020-01-01\n", "begins = 2020-01-01 # <--\n", 1),
        "Unknown name 'begins'",
        "divisions, inherits, levels, since, title",
    ),
    "division that is no code": (
        HEAD.replace("since", 'divisions = ["43", "4"] # <--\nsince', 1),
        "divisions of pack cannot be ['43', '4']",
        'such as ["43"]',
    ),
    "division that is no list": (
        HEAD.replace("since", 'divisions = "43" # <--\nsince', 1),
        "divisions of pack cannot be '43'",
        "a list of division codes",
    ),
    "no division at all": (
        HEAD.replace("since", "divisions = [] # <--\nsince", 1),
        "divisions of pack cannot be []",
        "a list of division codes",
    ),
    "division twice": (
        HEAD.replace("since", 'divisions = ["43", "43"] # <--\nsince', 1),
        "divisions of pack cannot be ['43', '43']",
        "a list of division codes",
    ),
    "level nobody knows": (
        HEAD.replace("since", 'levels = ["village"] # <--\nsince', 1),
        "levels of pack cannot be ['village']",
        "national, province, city, county, township",
    ),
    "level that is a number": (
        HEAD.replace("since", "levels = [1] # <--\nsince", 1),
        "levels of pack cannot be [1]",
        "a list of levels",
    ),
    "unknown field of a source": (
        HEAD + "pages = 3 # <--\n",
        "Unknown name 'pages'",
        "confidence",
    ),
    "unknown source": (
        HEAD + ENTRY.replace('"rule"', '"rulle" # <--'),
        "Unknown name 'rulle'",
        "Did you mean 'rule'?",
    ),
    "no source": (
        HEAD + ENTRY.replace('source = "rule"\n', "").replace("by]]", "by]] # <--"),
        "feedback.by has no source",
        "needs its citation",
    ),
    "no article": (
        HEAD
        + ENTRY.replace('article = { zh = "第一条", en = "art. 1" }\n', "").replace(
            "by]]", "by]] # <--"
        ),
        "feedback.by has no article",
        "needs its citation",
    ),
    "no text": (
        HEAD + '\n[[feedback.by]] # <--\nvalue = "each"\nsource = "default"\n',
        "feedback.by has no text",
        "needs its citation",
    ),
    "no value": (
        HEAD + '\n[[feedback.by]] # <--\nsource = "default"\n',
        "feedback.by has no value",
        "needs its citation",
    ),
    "text in one language": (
        HEAD
        + ENTRY.replace('text.zh = "由', 'text.en = "Each." # <--\n#').replace(
            'text.en = "Each deputy rates."\n', ""
        ),
        "text of feedback.by cannot be",
        "both text.zh and text.en",
    ),
    "empty text": (
        HEAD + ENTRY.replace('"由各代表分别评价。"', '" " # <--'),
        "text of feedback.by cannot be",
        "both text.zh and text.en",
    ),
    "value without its own table": (
        HEAD + '\n[feedback]\nby = "each" # <--\n',
        "feedback.by is not a table with a citation",
        "[[feedback.by]]",
    ),
    "value in a single table": (
        HEAD + '\n[feedback.by] # <--\nvalue = "each"\n',
        "feedback.by is not a table with a citation",
        "[[feedback.by]]",
    ),
    "no value at all": (
        HEAD + "\n[feedback]\nby = [] # <--\n",
        "feedback.by is not a table with a citation",
        "[[feedback.by]]",
    ),
    "section that is no table": (
        "feedback = 1 # <--\n" + HEAD,
        "[feedback] is missing or is not a table",
        "Add [feedback]",
    ),
    "source that is no table": (
        "source = 1 # <--\n" + HEAD.partition("[source.rule]")[0],
        "[source] is missing or is not a table",
        "Add [source]",
    ),
    "no version": (
        HEAD.replace('version = "2020-01-01"\n', "").replace(
            "[source.rule]", "[source.rule] # <--"
        ),
        "source.rule has no version",
        "Add version.",
    ),
    "version that is no text": (
        HEAD.replace('version = "2020-01-01"', "version = 2020 # <--"),
        "version of source.rule cannot be 2020",
        "some text",
    ),
    "confidence nobody knows": (
        HEAD.replace('confidence = "read"', 'confidence = "sure" # <--'),
        "Unknown confidence 'sure'",
        "read (full text) or excerpt",
    ),
    "confidence that hides a choice": (
        HEAD.replace('confidence = "read"', 'confidence = "default" # <--'),
        "Unknown confidence 'default'",
        'source = "default"',
    ),
    "day in quotation marks": (
        HEAD + ENTRY + 'since = "2020-03-01" # <--\n',
        "since of feedback.by cannot be '2020-03-01'",
        "unquoted",
    ),
    "time instead of a day": (
        HEAD + ENTRY + "since = 2020-03-01T08:00:00 # <--\n",
        "since of feedback.by cannot be",
        "a day such as",
    ),
    "day that does not exist": (
        HEAD + ENTRY + "since = 2008-09-31 # <--\n",
        "Not valid TOML",
        "Correct this line",
    ),
    "ends before it begins": (
        HEAD + ENTRY + "since = 2020-03-01\nuntil = 2020-03-01 # <--\n",
        "ends on 2020-03-01, not after it begins",
        "Check the two days",
    ),
    "overlap": (
        HEAD
        + ENTRY
        + "until = 2020-03-02\n"
        + ENTRY.replace('"each"', '"lead" # <--')
        + "since = 2020-03-01\n",
        "feedback.by from 2020-03-01 overlaps the value on line 13",
        "until = 2020-03-01",
    ),
    "overlap written the other way round": (
        HEAD + ENTRY.replace('"each"', '"lead" # <--') + "since = 2020-03-01\n" + ENTRY,
        "feedback.by from 2020-03-01 overlaps",
        "until = 2020-03-01",
    ),
    "word for a period": (
        HEAD + bare("reply.limit", '"three months"', " # <--"),
        "reply.limit cannot be 'three months'",
        '"3 months"',
    ),
    "no time at all": (
        HEAD + bare("reply.limit", '"0 days"', " # <--"),
        "reply.limit cannot be '0 days'",
        '"10 days"',
    ),
    "none where there must be one": (
        HEAD + bare("reply.limit", '"none"', " # <--"),
        "reply.limit cannot be 'none'",
        '"3 months", "10 days", "7 working days".',
    ),
    "longer than any rule": (
        HEAD + bare("reply.limit", '"61 months"', " # <--"),
        "reply.limit cannot be '61 months'",
        "a period",
    ),
    "number for a period": (
        HEAD + bare("contact.limit", "20", " # <--"),
        "contact.limit cannot be 20",
        '"none"',
    ),
    "text for a switch": (
        HEAD + bare("return.written", '"yes"', " # <--"),
        "return.written cannot be 'yes'",
        "true or false",
    ),
    "number for a switch": (
        HEAD + bare("return.written", "1", " # <--"),
        "return.written cannot be 1",
        "true or false",
    ),
    "switch for a number": (
        HEAD + bare("lights.near_due_days", "true", " # <--"),
        "lights.near_due_days cannot be True",
        "0 to 90",
    ),
    "number out of range": (
        HEAD + bare("lights.near_due_days", "-1", " # <--"),
        "lights.near_due_days cannot be -1",
        "0 to 90",
    ),
    "choice nobody knows": (
        HEAD + bare("feedback.by", '"everyone"', " # <--"),
        "feedback.by cannot be 'everyone'",
        '"lead", "each", "group_leader"',
    ),
    "list for a choice": (
        HEAD + bare("feedback.by", '["lead"]', " # <--"),
        "feedback.by cannot be ['lead']",
        "one of",
    ),
    "start that makes no sense": (
        HEAD + bare("reply.counts_from", '"order"', " # <--"),
        "reply.counts_from cannot be 'order'",
        '"assignment", "receipt", "session_close".',
    ),
    "scheme nobody knows": (
        HEAD + bare("classes.scheme", '"hunan-8"', " # <--"),
        "classes.scheme cannot be 'hunan-8'",
        '"hunan-7"',
    ),
    "list with a stranger": (
        HEAD + bare("feedback.dimensions", '["attitude", "colour"]', " # <--"),
        "feedback.dimensions cannot be",
        '"attitude", "result"',
    ),
    "list with a number": (
        HEAD + bare("feedback.dimensions", '["attitude", 3]', " # <--"),
        "feedback.dimensions cannot be",
        "a list",
    ),
    "empty list": (
        HEAD + bare("feedback.dimensions", "[]", " # <--"),
        "feedback.dimensions cannot be []",
        "neither empty nor repeating",
    ),
    "list that repeats": (
        HEAD + bare("feedback.dimensions", '["result", "result"]', " # <--"),
        "feedback.dimensions cannot be",
        "neither empty nor repeating",
    ),
    "text for a list": (
        HEAD + bare("feedback.dimensions", '"result"', " # <--"),
        "feedback.dimensions cannot be 'result'",
        "a list",
    ),
    "wide limit shorter than the ordinary one": (
        HEAD + bare("reply.limit_wide", '"2 months"', " # <--"),
        "reply.limit_wide is shorter than reply.limit",
        "Check the two periods",
    ),
    "extension shorter than the ordinary limit": (
        HEAD + bare("extension.limit", '"2 months"', " # <--"),
        "extension.limit is shorter than reply.limit",
        "Check the two periods",
    ),
    "day no year has": (
        HEAD + bare("session.organ_report_by", '"08-32"', " # <--"),
        "session.organ_report_by cannot be '08-32'",
        'a day of the year, such as "08-31"',
    ),
    "extended no time": (
        HEAD + bare("extension.times", "0", " # <--"),
        "extension.times cannot be 0",
        "a whole number from 1 to 9",
    ),
    "broken line": (HEAD + "\nvalue == 3 # <--\n", "Not valid TOML", "Correct this line"),
}


@pytest.mark.parametrize(("body", "message", "remedy"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_with_its_line_and_remedy(
    folder: Path, body: str, message: str, remedy: str
) -> None:
    (line,) = (at for at, text in enumerate(body.splitlines(), 1) if "# <--" in text)
    refusal = refused(folder, body)
    assert (refusal.file, refusal.line) == ("county.toml", line)
    assert message in refusal.message.en
    assert remedy in refusal.remedy.en
    assert str(refusal).startswith(f"county.toml:{line}: ")
    assert refusal.said_in("zh-hans").startswith(f"county.toml:{line}: {refusal.message.zh}")


def test_a_refusal_reads_as_well_in_chinese(folder: Path) -> None:
    refusal = refused(folder, HEAD + bare("lights.near_due_days", "91"))
    assert refusal.said_in("zh-hans") == (
        "county.toml:13: lights.near_due_days 不能取值 91。应为整数，0 至 90。"
    )


def test_no_pack_table(folder: Path) -> None:
    refusal = refused(folder, ENTRY)
    assert (refusal.file, refusal.line) == ("county.toml", 0)
    assert "[pack]" in refusal.remedy.en


def test_an_unfinished_file(folder: Path) -> None:
    body = HEAD + '\n[[feedback.by]]\nvalue = ["each"'
    refusal = refused(folder, body)
    assert refusal.line == body.count("\n") + 1


def test_a_file_that_is_not_utf_8(folder: Path) -> None:
    (folder / "county.toml").write_bytes(HEAD.encode("gbk"))
    with pytest.raises(RulebookError, match="not UTF-8") as refusal:
        load("county", on=date(2020, 2, 12), folder=folder)
    assert refusal.value.line == 2


def test_a_parent_that_is_not_there(folder: Path) -> None:
    refusal = refused(folder, HEAD.replace('"national"', '"kingdom"') + ENTRY)
    assert (refusal.file, refusal.line) == ("county.toml", 3)
    assert "county, national" in refusal.remedy.en


def test_packs_that_inherit_from_each_other(folder: Path) -> None:
    (folder / "province.toml").write_text(HEAD.replace('"national"', '"county"'), "utf-8")
    refusal = refused(folder, HEAD.replace('"national"', '"province"') + ENTRY)
    assert (refusal.file, refusal.line) == ("province.toml", 3)
    assert "cannot inherit from itself" in refusal.remedy.en


def test_a_pack_that_inherits_from_itself(folder: Path) -> None:
    refusal = refused(folder, HEAD.replace('"national"', '"county"') + ENTRY)
    assert (refusal.file, refusal.line) == ("county.toml", 3)
    assert "不能循环继承" in refusal.remedy.zh


@pytest.mark.parametrize(("body", "message", "remedy"), FAULTS.values(), ids=FAULTS)
def test_what_was_in_force_stays_in_force(
    folder: Path, body: str, message: str, remedy: str
) -> None:
    before = load("national", on=date(2020, 2, 12), folder=folder)
    refused(folder, body)
    assert load("national", on=date(2020, 2, 12), folder=folder) == before


def test_a_root_that_lacks_a_value(tmp_path: Path) -> None:
    root = HEAD.replace('inherits = "national"\n', "") + ENTRY
    refusal = refused(tmp_path, root)
    assert (refusal.file, refusal.line) == ("county.toml", 0)
    assert refusal.remedy.en == "Add [[acceptance.notice]]."


def test_a_fault_in_the_parent_names_the_parent(folder: Path) -> None:
    national = (PACKS / "national.toml").read_text("utf-8")
    broken = national.replace('value = "by_body"', 'value = "by_chance"', 1)
    (folder / "national.toml").write_text(broken, "utf-8")
    refusal = refused(folder, HEAD + ENTRY)
    assert refusal.file == "national.toml"
    assert 'value = "by_chance"' in broken.splitlines()[refusal.line - 1]
