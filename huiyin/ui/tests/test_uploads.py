"""A form that brings more than this house takes: a page that says so, and little of it is read."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from huiyin.accounts.tests.town import Town
from huiyin.documents.limits import MEGABYTE

pytestmark = [pytest.mark.django_db, pytest.mark.urls("huiyin.ui.tests.pages")]

PASSED = 409  # what the view behind the door answers
TOO_LARGE = 413
WRITTEN = "新区三年间入住一万二千人"


class Counted(BytesIO):
    """A body that knows how much of it was asked for."""

    def __init__(self, body: bytes) -> None:
        super().__init__(body)
        self.taken = 0

    def read(self, size: int | None = -1) -> bytes:
        read = super().read(size)
        self.taken += len(read)
        return read


@pytest.fixture(autouse=True)
def _one_megabyte(settings: Any) -> None:
    settings.HUIYIN_UPLOAD_MEGABYTES = 1


@pytest.fixture
def reader(town: Town) -> Client:
    return town.signed_in(Client(), "lin")


def paper(size: int) -> SimpleUploadedFile:
    return SimpleUploadedFile("scan.pdf", b"%" * size, content_type="application/pdf")


def sent(client: Client, **form: Any) -> tuple[Any, Counted]:
    encoded = encode_multipart(BOUNDARY, form)
    body = Counted(encoded)
    environ: dict[str, Any] = {"wsgi.input": body}
    answer = client.generic("POST", "/refuse/Stale/", encoded, MULTIPART_CONTENT, **environ)
    return answer, body


def test_what_fits_passes(reader: Client) -> None:
    answer, _body = sent(reader, note=WRITTEN, file=paper(MEGABYTE))
    assert answer.status_code == PASSED


def test_a_byte_too_much_is_refused_and_what_was_typed_survives(reader: Client) -> None:
    answer, _body = sent(reader, note=WRITTEN, file=paper(MEGABYTE + 1), later="之后所写的说明")
    page = answer.content.decode()
    assert answer.status_code == TOO_LARGE
    assert "1 MB" in page
    assert "没有作任何改动" in page
    assert WRITTEN in page
    assert "之后所写的说明" in page


def test_files_count_together(reader: Client) -> None:
    half = MEGABYTE // 2 + 1
    answer, _body = sent(reader, one=paper(half), two=paper(half))
    assert answer.status_code == TOO_LARGE


def test_far_too_much_is_not_read_to_its_end(reader: Client) -> None:
    answer, body = sent(reader, note=WRITTEN, file=paper(12 * MEGABYTE))
    assert answer.status_code == TOO_LARGE
    assert WRITTEN in answer.content.decode()
    assert body.taken < 3 * MEGABYTE


def test_the_reader_is_told_in_his_language(town: Town) -> None:
    person = town.person("lin")
    person.language = "en"
    person.save(update_fields=["language"])
    answer, _body = sent(town.signed_in(Client(), "lin"), file=paper(2 * MEGABYTE))
    assert "larger than the 1 MB" in answer.content.decode()


def test_a_form_whose_token_was_cut_off_is_told_the_same(town: Town) -> None:
    client = town.signed_in(Client(enforce_csrf_checks=True), "lin")
    answer, _body = sent(client, file=paper(12 * MEGABYTE))
    assert answer.status_code == TOO_LARGE


def test_a_program_is_told_too(reader: Client) -> None:
    body = {"file": paper(2 * MEGABYTE)}
    answer = reader.post("/refuse/Stale/", body, headers={"Accept": "application/json"})
    assert answer.status_code == TOO_LARGE
    assert answer.json()["code"] == "too_large"


@pytest.mark.parametrize("content_type", [MULTIPART_CONTENT, "application/x-www-form-urlencoded"])
def test_more_text_than_any_form_holds(reader: Client, content_type: str) -> None:
    plain = b"note=" + b"a" * (4 * MEGABYTE)
    in_parts = encode_multipart(BOUNDARY, {"note": "长" * MEGABYTE})
    body = in_parts if content_type == MULTIPART_CONTENT else plain
    answer = reader.generic("POST", "/refuse/Stale/", body, content_type)
    assert answer.status_code == TOO_LARGE
    assert "内容超出大小限制" in answer.content.decode()
