"""A session's letters from the screen: started, left, come back to, stopped and gone on with."""

from __future__ import annotations

import io
import os
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from huiyin.accounts.tests.town import Town
from huiyin.suggestions.letters import batch as writing
from huiyin.suggestions.letters import batches
from huiyin.suggestions.letters.batches import Batch, Progress
from huiyin.suggestions.letters.kinds import LetterKind
from huiyin.suggestions.tests.cases import Reader, many, town_of_pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db: None, settings: Any, tmp_path: Path) -> Town:
    settings.HUIYIN_HOME = tmp_path
    return town_of_pages(settings)


def begun(clerk: Reader, *endings: str) -> Any:
    said = {"session": clerk.town.session.key, "kind": "assignment", "endings": list(endings)}
    return clerk.post("letters", said=said)


def test_letters_are_started_stopped_gone_on_with_and_fetched(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(town, 3)
    clerk, put, wrote = Reader(town, "clerk"), writing.Shelf.put, list[str]()

    def full_after_four(self: writing.Shelf, name: str, content: str, made: bytes) -> None:
        if len(wrote) == 4:
            raise OSError(28, "No space left on device")
        wrote.append(name)
        put(self, name, content, made)

    monkeypatch.setattr(writing.Shelf, "put", full_after_four)
    page = begun(clerk, "docx").url
    stopped = clerk.client.get(page).content.decode()
    assert "No space left on device" in stopped
    assert "继续生成" in stopped
    assert clerk.get("letters_zip", town.session.key, "assignment").status_code == 404

    monkeypatch.undo()
    assert clerk.client.post(page, {"once": "0" * 22}).status_code == 302
    shown = clerk.client.get(page)
    assert "Refresh" not in shown
    assert re.search(r"新生成\s*2\s*个文件，沿用\s*4\s*个", shown.content.decode())
    assert page in clerk.get("letters").content.decode()
    packed = clerk.get("letters_zip", town.session.key, "assignment")
    body = b"".join(packed.streaming_content)
    for close in packed._resource_closers:
        close()
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert len(archive.namelist()) == 6
        assert all(name.endswith("_assignment.docx") for name in archive.namelist())


def test_a_running_batch_shows_how_far_it_is_and_is_not_started_twice(town: Town) -> None:
    batch = Batch(town.session, LetterKind.REPLY)
    clerk = Reader(town, "clerk")
    page = reverse("suggestions:letters_batch", args=[town.session.key, "reply"])
    assert clerk.client.get(page).status_code == 404
    batch.say(Progress(done=300, whole=1000, endings=("docx",)))
    running = clerk.client.get(page)
    assert running["Refresh"] == "3"
    assert 'value="30"' in running.content.decode()
    clerk.client.post(page, {"once": "0" * 22})
    assert batch.progress == Progress(done=300, whole=1000, endings=("docx",))

    (said,) = batch.folder.glob(".progress.json")
    os.utime(said, (said.stat().st_mtime - batches.SILENCE - 1,) * 2)
    cut_off = clerk.client.get(page)
    assert "Refresh" not in cut_off
    assert "<button" in cut_off.content.decode()
    clerk.client.post(page, {"once": "1" * 22})
    gone_on = batch.progress
    assert gone_on is not None
    assert gone_on.finished

    os.utime(said, (said.stat().st_mtime - batches.KEPT - 1,) * 2)
    begun(clerk, "docx")
    assert not batch.folder.exists()


def test_only_the_clerk_of_this_congress_has_letters_made(town: Town) -> None:
    assert begun(Reader(town, "clerk")).status_code == 422
    session = town.session.key
    for who in ("lin", "edu_liaison", "government_clerk", "leader"):
        reader = Reader(town, who)
        assert reader.get("letters").status_code == 403
        assert reader.get("letters_batch", session, "assignment").status_code == 403
        assert reader.get("letters_zip", session, "assignment").status_code == 403
    clerk = Reader(town, "clerk")
    assert clerk.get("letters_batch", session, "secrets").status_code == 404
    assert clerk.get("letters_batch", "A" * 22, "assignment").status_code == 404
