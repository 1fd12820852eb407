"""A clerk imports a list in the browser; what does not fit is said in the page."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import get_language, override

from huiyin.accounts.models import Person, Post, Standing
from huiyin.accounts.tests.town import Town
from huiyin.documents.tests import files
from huiyin.documents.tests.test_bombs import a_sheet_of_blanks
from huiyin.kernel.ids import new_key
from huiyin.ledger.models import Entry
from huiyin.organisations.models import Organ
from huiyin.suggestions.importing import background, storage
from huiyin.suggestions.models import ImportRun, ImportState, Suggestion

HEADINGS = ["建议编号", "标题", "领衔代表", "附议代表", "届次", "提出日期", "具体建议", "主办单位"]
GOOD = [
    12,
    "关于新区幼儿园的建议",
    "林晓岚",
    "",
    "省十三届人大三次会议",
    "2020-01-15",
    "建两所幼儿园",
    "省教育厅",
]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.fixture(autouse=True)
def _own_day(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.HUIYIN_TODAY = date(2020, 3, 2)
    settings.HUIYIN_HOME = tmp_path
    # A request leaves its reader's language behind in the thread.
    with override(get_language()):
        yield


@pytest.fixture
def town(db: None) -> Town:
    town = Town()
    Person.objects.update(language="en")
    return town


@pytest.fixture
def clerk(client: Client, town: Town) -> Client:
    signed_in: Client = town.signed_in(client, "clerk")
    return signed_in


def row(**changes: Any) -> list[Any]:
    names = ("number", "title", "lead", "cosigners", "session", "day", "request", "organ")
    return [changes.get(name, usual) for name, usual in zip(names, GOOD, strict=True)]


def upload(
    client: Client, content: bytes | io.BytesIO, name: str = "list.xlsx", **more: str
) -> Any:
    file = io.BytesIO(content) if isinstance(content, bytes) else content
    file.name = name
    posted = {"kind": "suggestions", "once": new_key(), "file": file, **more}
    return client.post(reverse("suggestions:imports"), posted)


def to_preview(client: Client, *rows: list[Any], **choices: str) -> tuple[str, str]:
    """Send rows through to the preview; its address and text."""
    sent = upload(client, files.xlsx([HEADINGS, *rows]))
    assert sent.status_code == 302, sent.content.decode()
    return looked_at(client, sent["Location"], **choices)


def looked_at(client: Client, address: str, **choices: str) -> tuple[str, str]:
    """From the columns as they are guessed on to the preview."""
    page = client.get(address).content.decode()
    option = r'name="(column_\d+)".*?<option value="(\w*)" selected'
    chosen = dict(re.findall(option, page, re.DOTALL))
    asked = client.post(address, {**chosen, "new_sessions": "on", **choices})
    assert asked.status_code == 302, asked.content.decode()
    return asked["Location"], client.get(asked["Location"]).content.decode()


def mark(page: str) -> str:
    found = re.search(r'name="mark" value="(\w+)"', page)
    assert found
    return found[1]


def confirm(client: Client, address: str, page: str) -> str:
    client.post(address, {"act": "confirm", "mark": mark(page)})
    return client.get(address).content.decode()


def test_from_the_file_to_the_case(clerk: Client, town: Town) -> None:
    address, page = to_preview(clerk, row(), row(number=13, day="2020年9月31日"))
    assert "Import 1 row" in page
    assert not Suggestion.objects.exists()
    result = confirm(clerk, address, page)
    assert "1 row entered" in result
    assert "1 row was not taken" in result
    case = Suggestion.objects.get()
    assert (case.number, case.lead_organ) == ("12", town.education)
    run = ImportRun.objects.get()
    assert run.counts == {"enter": 1, "change": 0, "keep": 0, "refuse": 1}
    assert Entry.objects.filter(action="import.apply", subject_key=run.key).count() == 1


def test_the_rows_not_taken_come_back_with_their_reasons_and_can_be_sent_again(
    clerk: Client, town: Town
) -> None:
    wrong = row(number=13, title="关于桥的建议", day="2020年2月31日")
    address, page = to_preview(clerk, row(), wrong)
    confirm(clerk, address, page)
    answer = clerk.get(f"{address}failed/")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    sheet = files.opened(io.BytesIO(content))
    rows = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert len(rows) == 2
    assert "2020年2月31日" in rows[1]
    assert "F3" in rows[1][-1]
    sheet["F2"] = "2020-02-29"
    corrected = io.BytesIO()
    sheet.parent.save(corrected)
    sent = upload(clerk, corrected.getvalue())
    address, page = looked_at(clerk, sent["Location"])
    assert "1 row entered" in confirm(clerk, address, page)
    assert Suggestion.objects.count() == 2


def test_the_same_file_again_changes_nothing(clerk: Client, town: Town) -> None:
    address, page = to_preview(clerk, row())
    confirm(clerk, address, page)
    before = Entry.objects.count()
    address, page = to_preview(clerk, row())
    assert "No row of this list would change anything." in page
    assert (Suggestion.objects.count(), Entry.objects.count()) == (1, before)


def test_pressed_twice_it_is_written_once(clerk: Client, town: Town) -> None:
    address, page = to_preview(clerk, row())
    confirm(clerk, address, page)
    again = clerk.post(address, {"act": "confirm", "mark": mark(page)})
    assert again.status_code == 302
    assert Suggestion.objects.count() == 1


def test_a_register_that_changed_meanwhile_is_shown_again(clerk: Client, town: Town) -> None:
    address, page = to_preview(clerk, row())
    Post.objects.filter(pk=town.post("lin").pk).update(standing=Standing.SUSPENDED)
    after = confirm(clerk, address, page)
    assert "The register has changed since this preview; nothing has been written." in after
    assert "suspended" in after
    assert not Suggestion.objects.exists()
    assert ImportRun.objects.get().state == ImportState.FAILED


def test_an_organ_nobody_knows_is_chosen(clerk: Client, town: Town) -> None:
    address, page = to_preview(clerk, row(organ="省教委"))
    assert "Import 1 row" not in page
    assert "Organs nobody knows" in page
    clerk.post(address, {"act": "decide", "organ_0": town.education.key})
    page = clerk.get(address).content.decode()
    confirm(clerk, address, page)
    assert Suggestion.objects.get().lead_organ == town.education


def test_an_organ_nobody_knows_is_entered(clerk: Client, town: Town) -> None:
    address, _page = to_preview(clerk, row(organ="省能源局"))
    clerk.post(address, {"act": "decide", "organ_0": "new"})
    page = clerk.get(address).content.decode()
    assert "Would be entered with the list" in page
    confirm(clerk, address, page)
    assert Organ.objects.filter(name="省能源局", congress=town.congress).exists()


def test_a_wrong_header_says_which_column_is_missing(clerk: Client, town: Town) -> None:
    sent = upload(clerk, files.xlsx([["甲", "乙", "丙"], ["1", "关于桥的建议", "林晓岚"]]))
    refused = clerk.post(sent["Location"], {"column_0": "number", "new_organs": "on"})
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "No column is given for: title" in page
    # What was chosen is still chosen.
    assert re.search(r'name="column_0".*?<option value="number" selected', page, re.DOTALL)
    assert re.search(r'name="new_organs"[^>]* checked', page)


def test_a_column_may_be_put_right(clerk: Client, town: Town) -> None:
    sent = upload(clerk, files.xlsx([["甲", "乙", "丙"], ["1", "关于桥的建议", "林晓岚"]]))
    said = {"column_1": "title", "column_2": "lead", "session": town.session.key}
    asked = clerk.post(sent["Location"], said)
    page = clerk.get(asked["Location"]).content.decode()
    confirm(clerk, asked["Location"], page)
    assert Suggestion.objects.get().title == "关于桥的建议"


def test_two_columns_cannot_be_one_title(clerk: Client, town: Town) -> None:
    sent = upload(clerk, files.xlsx([HEADINGS, row()]))
    refused = clerk.post(sent["Location"], {"column_0": "title", "column_1": "title"})
    assert "Two columns are given for: title" in refused.content.decode()


def test_another_row_of_headings(clerk: Client, town: Town) -> None:
    rows = [HEADINGS, HEADINGS, row()]
    sent = upload(clerk, files.xlsx(rows))
    clerk.post(sent["Location"], {"act": "reread", "header_row": "2"})
    _address, page = looked_at(clerk, sent["Location"])
    assert "Import 1 row" in page
    refused = clerk.post(sent["Location"], {"act": "reread", "header_row": "9"})
    assert refused.status_code == 422
    assert "cannot be the row of headings" in refused.content.decode()


@pytest.mark.parametrize(
    ("content", "name", "status", "words"),
    [
        (b"", "list.xlsx", 422, "is empty"),
        (files.xlsx().getvalue()[:400], "list.xlsx", 422, "was cut off on its way"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "list.xlsx", 422, "protected by a password"),
        (
            files.repacked(files.xlsx(), add={"xl/vbaProject.bin": b"x"}).getvalue(),
            "list.xlsx",
            422,
            "macro",
        ),
        (files.xlsx().getvalue(), "list.xlsm", 422, "macro"),
        (a_sheet_of_blanks(), "list.xlsx", 413, "unpack to far more"),
        (
            "编号,标题\n1,饮水\n".encode() + "2,道路\n".encode("gbk"),
            "list.csv",
            422,
            "another encoding",
        ),
        (b"%PDF-1.7", "list.pdf", 422, "none of these"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_in_the_page(
    clerk: Client, town: Town, content: bytes, name: str, status: int, words: str
) -> None:
    refused = upload(clerk, content, name, kind="organs")
    page = refused.content.decode()
    assert refused.status_code == status
    assert words in page
    assert re.search(r'value="organs"[^>]* checked', page)
    assert not ImportRun.objects.exists()
    assert not storage.folder().exists()


def test_a_hundred_megabytes_are_refused(clerk: Client, town: Town) -> None:
    refused = upload(clerk, b"PK\x03\x04" + bytes(100 * 1024 * 1024))
    assert refused.status_code == 413
    assert "larger than the 50 MB" in refused.content.decode()
    refused = upload(clerk, b"PK\x03\x04" + bytes(30 * 1024 * 1024))
    assert refused.status_code == 413
    assert "larger than 20 MB" in refused.content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"day": "9月31日"}, ["F2", "2020-09-10"]),
        ({"organ": "省教育听"}, ["H2", "Did you mean 省教育厅?"]),
        ({"cosigners": "赵立新"}, ["D2", "s mandate is suspended", "Take the name out"]),
        ({"lead": "林小岚"}, ["C2", "Did you mean 林晓岚?"]),
        ({"title": ""}, ["B2", "A suggestion needs a title."]),
        ({"session": "县人大"}, ["E2", "is no session of"]),
    ],
)
def test_each_fault_is_in_its_cell_with_its_remedy(
    clerk: Client, town: Town, change: dict[str, str], words: list[str]
) -> None:
    Post.objects.filter(pk=town.post("zhao").pk).update(standing=Standing.SUSPENDED)
    _address, page = to_preview(clerk, row(**change))
    for each in words:
        assert each in page
    assert 'class="cell-error"' in page
    assert "Import 1 row" not in page
    assert not Suggestion.objects.exists()


def test_only_problems_are_shown_when_asked(clerk: Client, town: Town) -> None:
    address, page = to_preview(clerk, row(), row(number=12, title="另一件"))
    assert "Number 12 stands in row 2 already." in page
    assert "关于新区幼儿园的建议" in page
    only = clerk.get(f"{address}?only=problems").content.decode()
    assert "关于新区幼儿园的建议" not in only


def test_a_folder_of_documents_in_a_zip(clerk: Client, town: Town) -> None:
    document = files.docx(
        "关于农村饮水安全的建议",
        "村里没有自来水。",
        "建议：",
        "1.修水厂",
        "2.铺管道",
        table=[["领衔代表", "林晓岚"]],
    )
    sent = upload(clerk, files.zipped({"一.docx": document.getvalue()}), "docs.zip")
    address, page = looked_at(clerk, sent["Location"], session=town.session.key)
    confirm(clerk, address, page)
    version = Suggestion.objects.get().versions.get()
    assert version.title == "关于农村饮水安全的建议"
    assert [each.text for each in version.requests.all()] == ["修水厂", "铺管道"]


def test_deputies_and_organs_come_in_the_same_way(clerk: Client, town: Town) -> None:
    seat = "岳北代表团"
    people = [["姓名", "代表证号", "代表团"], ["高山", "0101", seat], ["", "0102", seat]]
    sent = upload(clerk, files.xlsx(people), kind="deputies")
    address, page = looked_at(clerk, sent["Location"])
    assert "1 row entered" in confirm(clerk, address, page)
    assert Post.objects.filter(person__name="高山", card_no="0101").exists()
    organs = [["单位名称", "系统"], ["省能源局", "政府"], ["省教育厅", "政府"]]
    sent = upload(clerk, files.xlsx(organs), kind="organs")
    address, page = looked_at(clerk, sent["Location"])
    assert "1 here already" in confirm(clerk, address, page)
    assert Organ.objects.filter(name="省能源局").exists()


def test_a_congress_without_a_term_is_told_what_is_missing(clerk: Client, town: Town) -> None:
    town.term.starts_on = None
    town.term.save()
    sent = upload(clerk, files.xlsx([["姓名", "代表团"], ["高山", "岳北代表团"]]), kind="deputies")
    asked = clerk.post(sent["Location"], {"column_0": "name", "column_1": "delegation"})
    stopped = clerk.get(asked["Location"])
    assert stopped.status_code == 422
    assert "Enter the term" in stopped.content.decode()


def test_only_clerks_import_and_only_their_own(client: Client, town: Town) -> None:
    clerk = town.signed_in(Client(), "clerk")
    address, _page = to_preview(clerk, row())
    town.neighbour()
    for who, status in (("lin", 403), ("edu_liaison", 403), ("neighbour_clerk", 404)):
        other = town.signed_in(Client(), who)
        for path in ("", "columns/", "failed/"):
            assert other.get(address + path).status_code == status, (who, path)
        assert other.post(address + "discard/").status_code == status
        assert other.post(address, {"act": "confirm", "mark": "x"}).status_code == status
    assert not Suggestion.objects.exists()


def test_fields_of_the_row_cannot_be_slipped_in(clerk: Client, town: Town) -> None:
    sent = upload(clerk, files.xlsx([HEADINGS, row()]))
    said = {"column_1": "title", "column_2": "stage", "column_99": "lead"}
    refused = clerk.post(sent["Location"], said)
    assert refused.status_code == 422
    address, page = looked_at(clerk, sent["Location"])
    posted = {"act": "confirm", "mark": mark(page), "state": "applied", "congress": "1"}
    clerk.post(address, {**posted, "stage": "closed"})
    assert Suggestion.objects.get().stage == "in_handling"


def test_an_import_may_be_given_up(clerk: Client, town: Town) -> None:
    address, _page = to_preview(clerk, row())
    run = ImportRun.objects.get()
    assert storage.list_file(run.key, run.name).exists()
    clerk.post(address + "discard/")
    assert not storage.list_file(run.key, run.name).exists()
    assert "Given up" in clerk.get(address).content.decode()
    assert clerk.get(address + "columns/").status_code == 409


def test_what_is_cut_off_can_be_opened_again(clerk: Client, town: Town) -> None:
    address, page = to_preview(clerk, row())
    ImportRun.objects.update(state=ImportState.APPLYING)
    waiting = clerk.get(address)
    assert waiting["Refresh"]
    assert "probably cut off" in waiting.content.decode()
    clerk.post(address, {})
    assert "Writing was cut off" in clerk.get(address).content.decode()
    assert "1 row entered" in confirm(clerk, address, page)


def test_what_is_being_written_is_left_alone(clerk: Client, town: Town) -> None:
    address, page = to_preview(clerk, row())
    run = ImportRun.objects.get()
    ImportRun.objects.update(state=ImportState.APPLYING)
    storage.say_progress(run.key, 3, 14)
    waiting = clerk.get(address).content.decode()
    assert "Step 3 of 14" in waiting
    assert "cut off" not in waiting
    clerk.post(address, {"act": "confirm", "mark": mark(page)})
    assert clerk.post(address + "discard/").status_code == 409
    assert not Suggestion.objects.exists()


def test_a_fault_of_ours_writes_nothing_and_says_so(
    clerk: Client, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, page = to_preview(clerk, row())

    def fails(*_args: Any, **_more: Any) -> None:
        raise RuntimeError("disk")

    monkeypatch.setattr("huiyin.suggestions.importing.apply.tell", fails)
    assert "A fault on our side; nothing has been written." in confirm(clerk, address, page)
    assert not Suggestion.objects.exists()
    monkeypatch.undo()
    assert "1 row entered" in confirm(clerk, address, page)


@pytest.mark.django_db(transaction=True)
def test_a_long_list_is_written_beside_the_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    town = Town()
    Person.objects.update(language="en")
    clerk = town.signed_in(client, "clerk")
    monkeypatch.setattr(background, "AT_ONCE", 0)
    address, page = to_preview(clerk, row())
    clerk.post(address, {"act": "confirm", "mark": mark(page)})
    for thread in threading.enumerate():
        if thread.name.startswith("import "):
            thread.join(20)
    assert "1 row entered" in clerk.get(address).content.decode()
    assert Suggestion.objects.count() == 1
