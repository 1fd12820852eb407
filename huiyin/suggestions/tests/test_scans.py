"""Papers that come back: a readable code finds its suggestion, nothing that was sent in is lost."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdfium2 import PdfDocument

from huiyin.accounts.tests.town import Town
from huiyin.documents import selectors as documents
from huiyin.documents.typesetting import to_pdf
from huiyin.ledger.verify import verify_chain
from huiyin.suggestions.letters.code import Code, link_of, read_code
from huiyin.suggestions.models import PlacedScan, ReceivedScan, ScanVerdict
from huiyin.suggestions.services.turn import CASE_TYPE
from huiyin.suggestions.tests.cases import Reader, town_of_pages
from huiyin.suggestions.tests.letters import CONSULTATION, EVALUATION
from huiyin.suggestions.tests.situations import Story
from tests.security.house import NextTown

HOME = "https://huiyin.example/suggestions/AbCdEfGhIjKlMnOpQrStUv/"


def test_a_code_names_the_suggestion_the_document_and_its_round() -> None:
    code = Code(key="AbCdEfGhIjKlMnOpQrStUv", paper="consultation", round=2)
    assert read_code(link_of(HOME, paper="consultation", round_=2)) == code
    assert read_code(HOME) == Code(key="AbCdEfGhIjKlMnOpQrStUv")
    for other in ("", "https://shop.example/", f"{HOME}?next=//evil", f"javascript:{HOME}", "12"):
        assert read_code(other) is None


@pytest.fixture
def town(db: None, settings: Any) -> Town:
    return town_of_pages(settings)


def paper_with(link: str) -> bytes:
    """The form for the deputy with that code on it."""
    return to_pdf(replace(CONSULTATION, matter=replace(CONSULTATION.matter, link=link)).paper())


def photographed(pdf: bytes) -> bytes:
    """Its first page as a picture that lies on its side."""
    drawn = PdfDocument(pdf)[0].render(scale=150 / 72, rotation=90, grayscale=True)
    pixels = bytes(drawn.buffer)
    rows = (b"\0" + pixels[at : at + drawn.width] for at in range(0, len(pixels), drawn.stride))
    size = struct.pack(">IIBBBBB", drawn.width, drawn.height, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", size), (b"IDAT", zlib.compress(b"".join(rows))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    )


def sent(reader: Reader, **files: bytes) -> Any:
    named = [SimpleUploadedFile(name.replace("_", "."), body) for name, body in files.items()]
    return reader.post("scans", said={"files": named})


def the_form(reader: Reader, story: Story) -> bytes:
    return body_of(reader.get("document", story.part().key, "consultation", "pdf"))


def body_of(answer: Any) -> bytes:
    assert answer.status_code == 200
    body = b"".join(answer.streaming_content)
    for close in answer._resource_closers:
        close()
    return body


def test_a_form_that_came_back_finds_its_suggestion_and_its_rating(town: Town) -> None:
    story = Story(town).replied()
    clerk = Reader(town, "clerk")
    answer = sent(clerk, form_png=photographed(the_form(clerk, story)))
    entering = reverse("suggestions:step", args=[story.case.key, "enter_rating"])
    assert (answer.status_code, answer.url) == (302, entering)
    scan = ReceivedScan.objects.get()
    assert (scan.verdict, scan.suggestion, scan.paper, scan.round) == (
        *(ScanVerdict.FOUND, story.case, "consultation", 1),
    )
    kept = documents.find((CASE_TYPE, story.case.key), scan.attachment)
    assert clerk.file(story.case, kept)
    assert Reader(town, "edu_head").file(story.case, kept) is None

    page = clerk.client.get(entering).content.decode()
    assert f'<option value="{kept.key}" selected>' in page
    said = {"filed": kept.key, "rated_on": "2020-03-02", "attitude": "S", "result": "S"}
    answer = clerk.takes(story.case, "enter_rating", **said)
    assert answer.status_code == 302
    entered = documents.find((CASE_TYPE, story.case.key), story.case.ratings.get().scan or "")
    assert entered.sha256 == kept.sha256
    assert verify_chain(town.congress.key) == []


def test_what_no_code_brings_home_is_kept_and_said_in_words(town: Town) -> None:
    story = Story(town).replied().rated("NS")
    story.case.refresh_from_db()
    assert story.case.round == 2
    home = f"https://huiyin.example/suggestions/{story.case.key}/"
    clerk = Reader(town, "clerk")
    answer = sent(
        clerk,
        ballot_pdf=to_pdf(EVALUATION.paper()),
        shop_pdf=paper_with("https://shop.example/pay"),
        strange_pdf=paper_with(HOME),
        first_pdf=paper_with(link_of(home, paper="consultation", round_=1)),
    )
    assert answer.status_code == 302
    verdicts = {each.name: each for each in ReceivedScan.objects.all()}
    assert {name: each.verdict for name, each in verdicts.items()} == {
        "ballot.pdf": "unreadable",
        "shop.pdf": "foreign",
        "strange.pdf": "foreign",
        "first.pdf": "expired",
    }
    page = clerk.get("scans").content.decode()
    for words in ("未能识别二维码", "二维码属于其他", "二维码属于上一轮"):
        assert words in page
    for each in verdicts.values():
        assert body_of(clerk.get("scan_file", each.key))
    _place_by_hand(clerk, verdicts["first.pdf"], story)
    _set_aside(clerk, verdicts["shop.pdf"])


def _place_by_hand(clerk: Reader, scan: ReceivedScan, story: Story) -> None:
    page = clerk.get("scan", scan.key).content.decode()
    assert f'value="{story.case.number}"' in page
    session = story.case.session.key
    wrong = clerk.post("scan", scan.key, said={"session": session, "number": "999"})
    assert (wrong.status_code, 'value="999"' in wrong.content.decode()) == (422, True)
    assert not PlacedScan.objects.exists()
    said = {"session": session, "number": f"第{story.case.number}号"}
    assert clerk.post("scan", scan.key, said=said).status_code == 302
    (kept,) = documents.for_case((CASE_TYPE, story.case.key)).filter(part__startswith="filed:2:")
    assert clerk.file(story.case, kept) == paper_with(
        link_of(
            f"https://huiyin.example/suggestions/{story.case.key}/", paper="consultation", round_=1
        )
    )
    assert clerk.post("scan", scan.key, said=said).status_code == 409


def _set_aside(clerk: Reader, scan: ReceivedScan) -> None:
    assert clerk.post("scan", scan.key, said={"act": "aside"}).status_code == 422
    said = {"act": "aside", "why_aside": "误扫的广告。"}
    assert clerk.post("scan", scan.key, said=said).status_code == 302
    assert "误扫的广告。" in clerk.get("scans").content.decode()
    assert body_of(clerk.get("scan_file", scan.key))


def test_a_file_that_is_no_scan_is_refused_and_the_others_are_kept(town: Town) -> None:
    clerk = Reader(town, "clerk")
    answer = sent(clerk, list_xlsx=b"PK\x03\x04", ballot_pdf=to_pdf(EVALUATION.paper()))
    assert answer.status_code == 422
    assert "list.xlsx" in answer.content.decode()
    assert [each.name for each in ReceivedScan.objects.all()] == ["ballot.pdf"]
    assert clerk.post("scans").status_code == 422


def test_scans_are_the_congress_office_s_own(town: Town) -> None:
    clerk = Reader(town, "clerk")
    sent(clerk, ballot_pdf=to_pdf(EVALUATION.paper()))
    key = ReceivedScan.objects.get().key
    for who in ("lin", "edu_liaison", "government_clerk", "leader"):
        reader = Reader(town, who)
        for name, args in (("scans", ()), ("scan", (key,)), ("scan_file", (key,))):
            assert reader.get(name, *args).status_code == 403
    NextTown(town)
    stranger = Reader(town, "neighbour_clerk")
    assert stranger.get("scan", key).status_code == 404
    assert stranger.get("scan_file", key).status_code == 404
