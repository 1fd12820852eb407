"""``huiyin letters``: complete, to be stopped anywhere, and never twice the same work."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from docx import Document

from huiyin.accounts.tests.town import Town
from huiyin.suggestions.letters import batch
from huiyin.suggestions.tests.cases import Reader, many, town_of_pages
from huiyin.suggestions.tests.situations import Story

pytestmark = pytest.mark.django_db
ADDRESS = "https://huiyin.example"


@pytest.fixture
def town(db: None, settings: Any) -> Town:
    return town_of_pages(settings)


def letters(town: Town, folder: Path, *, kind: str = "assignment", **more: Any) -> str:
    out = io.StringIO()
    said = {"kind": kind, "to": folder, "address": ADDRESS, **more}
    call_command("letters", town.session.name, **said, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def counts(said: str) -> list[int]:
    return [int(each) for each in re.findall(r"\d+", said)]


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("[!.]*")}


def test_every_organ_of_every_suggestion_has_its_letter(town: Town, tmp_path: Path) -> None:
    cases = many(town, 3)
    for case in cases:
        case.refresh_from_db()
    assert counts(letters(town, tmp_path)) == [6, 0, 0]
    assert sorted(files(tmp_path)) == sorted(
        f"{case.number}_{organ}_assignment.docx"
        for case in cases
        for organ in ("省教育厅", "省财政厅")
    )


def test_begun_again_it_writes_nothing_that_is_there(town: Town, tmp_path: Path) -> None:
    many(town, 2)
    letters(town, tmp_path)
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("[!.]*")}
    assert counts(letters(town, tmp_path)) == [0, 4, 0]
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("[!.]*")} == before


def test_what_was_lost_spoilt_or_cut_off_is_written_again(town: Town, tmp_path: Path) -> None:
    many(town, 2)
    letters(town, tmp_path)
    whole = files(tmp_path)
    lost, spoilt, *_rest = sorted(whole)
    (tmp_path / lost).unlink()
    (tmp_path / spoilt).write_bytes(b"")
    listed = tmp_path / ".letters.jsonl"
    listed.write_text(listed.read_text("utf-8")[:-40], encoding="utf-8")

    written, kept, none = counts(letters(town, tmp_path))

    assert (written, kept, none) == (3, 1, 0)
    assert files(tmp_path) == whole
    assert counts(letters(town, tmp_path)) == [0, 4, 0]


def test_stopped_in_the_middle_it_goes_on_from_there(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(town, 3)
    put = batch.Shelf.put
    wrote: list[str] = []

    def breaks(self: batch.Shelf, name: str, content: str, made: bytes) -> None:
        if len(wrote) == 4:
            raise KeyboardInterrupt
        wrote.append(name)
        put(self, name, content, made)

    monkeypatch.setattr(batch.Shelf, "put", breaks)
    with pytest.raises(KeyboardInterrupt):
        letters(town, tmp_path)
    monkeypatch.undo()
    assert counts(letters(town, tmp_path)) == [2, 4, 0]


def test_a_letter_whose_facts_have_changed_is_written_anew(town: Town, tmp_path: Path) -> None:
    many(town, 1)
    letters(town, tmp_path)
    town.education.former_names.create(name="省教育委员会", until="2020-12-31")
    assert counts(letters(town, tmp_path))[:2] == [2, 0]


def test_the_batch_and_the_page_make_the_same_letter(town: Town, tmp_path: Path) -> None:
    story = Story(town).replied()
    address = "http://testserver"
    for kind in ("assignment", "reply", "consultation"):
        letters(town, tmp_path, kind=kind, endings=["docx", "pdf"], address=address)
        for ending in ("docx", "pdf"):
            answer = Reader(town, "clerk").get("document", story.part().key, kind, ending)
            page = b"".join(answer.streaming_content)
            for close in answer._resource_closers:
                close()
            number = story.part().suggestion.number
            assert files(tmp_path)[f"{number}_省教育厅_{kind}.{ending}"] == page


def test_what_has_not_left_its_organ_is_written_for_nobody(town: Town, tmp_path: Path) -> None:
    Story(
        town
    ).submitted().registered().assigned().acknowledged().sent_to_check().checked().signed()
    assert counts(letters(town, tmp_path, kind="reply")) == [0, 0, 2]


def test_another_congress_s_session_is_not_written_by_chance(town: Town, tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        call_command("letters", "没有的会议", kind="assignment", to=tmp_path)
    with pytest.raises(CommandError):
        call_command("letters", town.session.name, "--kind=assignment", "--congress=linhai",
                     f"--to={tmp_path}")  # fmt: skip
    with pytest.raises(CommandError):
        call_command("letters", town.session.name, "--kind=secrets", f"--to={tmp_path}")
    with pytest.raises(CommandError):
        call_command("letters", town.session.name, "--kind=reply", f"--to={tmp_path}",
                     "--address=javascript:alert(1)")  # fmt: skip


def test_a_folder_that_cannot_be_written_is_said(town: Town, tmp_path: Path) -> None:
    many(town, 1)
    (tmp_path / "file").write_text("x")
    with pytest.raises(CommandError):
        letters(town, tmp_path / "file")


def test_the_list_names_what_each_file_was_made_from(town: Town, tmp_path: Path) -> None:
    many(town, 1)
    letters(town, tmp_path)
    lines = [line for line in (tmp_path / ".letters.jsonl").read_text("utf-8").split("\n") if line]
    assert {json.loads(line)[0] for line in lines} == set(files(tmp_path))
    for content in files(tmp_path).values():
        assert Document(io.BytesIO(content)).paragraphs


def test_queries_do_not_grow_with_the_letters(
    town: Town, tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    many(town, 6)
    with django_assert_max_num_queries(22):
        letters(town, tmp_path)
