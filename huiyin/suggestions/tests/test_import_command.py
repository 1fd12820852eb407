"""``huiyin import``: the same as in the browser, for an operator."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from huiyin.accounts.models import Post
from huiyin.accounts.tests.town import Town
from huiyin.documents.tests import files
from huiyin.organisations.models import Organ
from huiyin.suggestions.importing import storage
from huiyin.suggestions.models import ImportRun, Suggestion

pytestmark = pytest.mark.django_db

HEADINGS = ["编号", "标题", "领衔代表", "届次", "提出日期", "主办单位", "交办日期"]
GOOD = [7, "关于桥的建议", "林晓岚", "十三届人大三次", "2020-01-14", "教育厅", "2020-02-12"]


@pytest.fixture(autouse=True)
def _own_day(settings: Any, tmp_path: Path) -> Any:
    settings.HUIYIN_TODAY = date(2020, 3, 2)
    settings.HUIYIN_HOME = tmp_path / "home"
    with override("en"):
        yield


@pytest.fixture
def town() -> Town:
    return Town()


def listed(tmp_path: Path, *rows: list[Any], headings: list[str] = HEADINGS) -> str:
    path = tmp_path / "list.xlsx"
    path.write_bytes(files.xlsx([headings, *rows]).getvalue())
    return str(path)


def run(kind: str, path: str, *options: str) -> str:
    out = io.StringIO()
    said = ["--congress", "yuechuan", "--clerk", "clerk", *options]
    call_command("import", kind, path, *said, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_a_list_of_suggestions(town: Town, tmp_path: Path) -> None:
    said = run("suggestions", listed(tmp_path, GOOD), "--yes")
    assert "标题 → title" in said
    assert "1 row entered" in said
    assert Suggestion.objects.get().lead_organ == town.education
    assert ImportRun.objects.get().was_applied
    assert "1 here already" in run("suggestions", listed(tmp_path, GOOD), "--yes")
    # A second run that changes nothing leaves nothing behind.
    assert ImportRun.objects.count() == 1
    assert not list(storage.folder().glob("*.xlsx")) if storage.folder().exists() else True


def test_nothing_is_written_before_it_is_confirmed(town: Town, tmp_path: Path) -> None:
    path = listed(tmp_path, GOOD)
    assert "1 new" in run("suggestions", path, "--dry-run")
    with pytest.raises(CommandError, match="--yes"):
        run("suggestions", path)
    assert not Suggestion.objects.exists()
    assert not ImportRun.objects.exists()


def test_rows_not_taken_are_named_and_given_back(town: Town, tmp_path: Path) -> None:
    bad = [8, "关于路的建议", "林晓岚", "十三届人大三次", "2020年9月31日", "", ""]
    out = tmp_path / "back.xlsx"
    said = run("suggestions", listed(tmp_path, GOOD, bad), "--yes", "--failed", str(out))
    assert "E3" in said
    assert "1 not taken" in said
    sheet = files.opened(out)
    assert [cell.value for cell in sheet[2]][:2] == [8, "关于路的建议"]
    assert "E3" in sheet.cell(2, sheet.max_column).value


def test_columns_sessions_and_days_may_be_named(town: Town, tmp_path: Path) -> None:
    headings = ["甲", "乙", "代表", "承办"]
    path = listed(tmp_path, [7, "关于桥的建议", "林晓岚", "省教育厅"], headings=headings)
    run(
        "suggestions",
        path,
        *("--column", "number=甲", "--column", "title=乙", "--column", "category="),
        *("--session", town.session.name, "--assigned-on", "2020-02-12", "--yes"),
    )
    case = Suggestion.objects.get()
    assert (case.number, case.first_assigned_on) == ("7", date(2020, 2, 12))


def test_what_is_unknown_is_entered_when_asked(town: Town, tmp_path: Path) -> None:
    row = [7, "关于桥的建议", "新代表", "十四届人大一次", "2020-01-14", "省能源局", "2020-02-12"]
    options = ("--new-sessions", "--new-organs", "--new-deputies", "--yes")
    assert "Would be entered with it (3)" in run("suggestions", listed(tmp_path, row), *options)
    assert Organ.objects.filter(name="省能源局").exists()
    assert Post.objects.filter(person__name="新代表", congress=town.congress).exists()


def test_deputies_and_organs(town: Town, tmp_path: Path) -> None:
    people = listed(tmp_path, ["高山", "岳北代表团"], headings=["姓名", "代表团"])
    assert "1 row entered" in run("deputies", people, "--yes")
    organs = listed(tmp_path, ["省能源局", "政府"], headings=["单位名称", "系统"])
    assert "1 row entered" in run("organs", organs, "--yes")


def test_a_folder_of_documents(town: Town, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    content = files.docx(
        "关于水的建议", "没有水。", "建议：", "修水厂", table=[["领衔代表", "林晓岚"]]
    )
    (folder / "一.docx").write_bytes(content.getvalue())
    run("suggestions", str(folder), "--session", town.session.name, "--yes")
    assert Suggestion.objects.get().title == "关于水的建议"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--congress", "nowhere"], "There is no congress"),
        (["--clerk", "lin"], "--clerk LOGIN"),
        (["--column", "colour=甲"], "There is no field"),
        (["--column", "title=丙"], "There is no heading"),
        (["--column", "title="], "No column is given for: title"),
        (["--session", "没有"], "There is no session called"),
        (["--assigned-on", "9月31日"], "9月31日"),
    ],
)
def test_what_the_operator_got_wrong_is_said(
    town: Town, tmp_path: Path, options: list[str], words: str
) -> None:
    with pytest.raises(CommandError, match=words):
        run("suggestions", listed(tmp_path, GOOD), *options, "--yes")
    assert not Suggestion.objects.exists()


def test_a_file_that_is_not_there(town: Town, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no file"):
        run("suggestions", str(tmp_path / "none.xlsx"), "--yes")
