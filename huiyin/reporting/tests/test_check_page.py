"""The page where a published table is pasted or sent."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from huiyin.accounts.tests.town import Town

pytestmark = pytest.mark.django_db
ADDRESS = "/check-table/"


@pytest.fixture
def client() -> Client:
    return Town().signed_in(Client(), "clerk")


def test_what_is_pasted_is_shown_again_with_its_rows_marked(client: Client) -> None:
    text = "类别,件数,占比\n甲,3,30%\n乙,7,71%\n合计,10,"
    page = client.post(ADDRESS, {"text": text}).content.decode()
    assert "1张表中有1张对不上" in page
    assert "乙：印作71%，应为70%。" in page
    assert page.count("check-row-wrong") == 1
    # What was typed is still there to be corrected.
    assert "乙,7,71%" in page


def test_a_file_is_read_and_not_kept(client: Client) -> None:
    file = SimpleUploadedFile("表.csv", "甲,3\n乙,4\n合计,7\n".encode())
    page = client.post(ADDRESS, {"file": file}).content.decode()
    assert "各项之和等于总数，3 + 4 = 7" in page


def test_a_text_that_is_no_table_survives_its_refusal(client: Client) -> None:
    answer = client.post(ADDRESS, {"text": "今天开会。"})
    assert answer.status_code == 422
    assert "这不是表格" in answer.content.decode()
    assert "今天开会。" in answer.content.decode()


def test_a_text_or_a_file_but_not_both_and_not_neither(client: Client) -> None:
    assert client.post(ADDRESS, {}).status_code == 422
    both = {"text": "甲,3", "file": SimpleUploadedFile("表.csv", BytesIO(b"a,1").read())}
    assert client.post(ADDRESS, both).status_code == 422


def test_a_selection_is_taken_at_its_word(client: Client) -> None:
    text = "甲,3\n乙,4\n合计,10"
    assert "check-wrong" in client.post(ADDRESS, {"text": text}).content.decode()
    said = client.post(ADDRESS, {"text": text, "selection": "on"}).content.decode()
    assert "check-wrong" not in said
