"""The reply reaches the deputies: sent, given in person, opened, signed for (T061)."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from docx import Document

from huiyin.accounts.tests.town import NOW, Town
from huiyin.documents.tests import files
from huiyin.kernel.errors import Invalid, NotPermitted
from huiyin.ledger.models import Entry
from huiyin.ledger.verify import verify_chain
from huiyin.suggestions import services
from huiyin.suggestions.models import Assignment, FaceToFaceReply, Receipt
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.stages import ReplyStage, Stage
from huiyin.suggestions.tests.attempts import scan
from huiyin.suggestions.tests.cases import Reader, town_of_pages
from huiyin.suggestions.tests.situations import Story, follow_national
from huiyin.suggestions.tests.test_guards import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db: None) -> Town:
    return Town()


def signed(town: Town) -> Story:
    story = Story(town).submitted().registered().assigned().acknowledged()
    return story.sent_to_check().checked().signed()


def in_person(story: Story, **said: Any) -> Any:
    return services.deliver_in_person(
        **{
            "assignment": story.part(),
            "actor": story.town.actor("edu_liaison"),
            "at": NOW,
            "held_on": NOW.date(),
            "place": "新区管委会",
            "answered_by": "周副厅长",
            "rank": "省教育厅副厅长",
            "present": [story.town.post("lin")],
            "said": "同意选址。",
            "scan": scan(),
            **said,
        }
    )


def after_due(part: Assignment, *, days: int) -> datetime:
    """So many days after the part was due."""
    assert part.due_on
    return NOW + timedelta(days=(part.due_on - NOW.date()).days + days)


# --- In person


def test_an_answer_in_person_delivers_and_those_present_have_it(town: Town) -> None:
    story = signed(town)
    in_person(story)
    part = story.part()
    assert story.case.stage == Stage.REPLIED
    assert part.reply_file.stage == ReplyStage.DELIVERED
    record = FaceToFaceReply.objects.get()
    assert (record.answered_by, record.rank) == ("周副厅长", "省教育厅副厅长")
    # 赵 was not there: the reply is sent to him, and nobody knows yet that he has it.
    assert [(each.delivery.deputy, each.how) for each in Receipt.objects.all()] == [
        (town.post("lin"), "in_person")
    ]
    assert record.reply.deliveries.count() == 2
    assert list(differences()) == []
    assert verify_chain(town.congress.key) == []


def test_an_earlier_day_in_the_record_does_not_stop_the_clock_earlier(town: Town) -> None:
    story = signed(town)
    part = story.part()
    late = after_due(part, days=3)
    in_person(story, at=late, held_on=part.due_on)
    assert story.part().done_on == late.date()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"held_on": NOW.date() + timedelta(days=1)}, "以后"),
        ({"present": []}, "在场"),
        ({"scan": None}, "扫描件"),
    ],
)
def test_what_an_answer_in_person_lacks_is_said(
    town: Town, said: dict[str, Any], words: str
) -> None:
    story = signed(town)
    with refused(words):
        in_person(story, **said)
    assert not FaceToFaceReply.objects.exists()


def test_a_damaged_record_is_refused(town: Town) -> None:
    with pytest.raises(Invalid, match="打不开"):
        in_person(signed(town), scan=scan("记录.pdf", b"%PDF-1.7\n%%EOF\n"))


def test_where_face_to_face_comes_first_another_form_needs_consent(town: Town) -> None:
    """青岛市条例第28条."""
    follow_national(town, {"reply.form": "face_first"})
    story = signed(town)
    liaison = town.actor("edu_liaison")
    with refused("当面"):
        services.deliver(assignment=story.part(), actor=liaison, at=NOW)
    services.deliver(
        assignment=story.part(), actor=liaison, at=NOW, consent="代表来电同意书面答复。"
    )
    assert story.part().reply_file.acts.get(move="deliver").why == "代表来电同意书面答复。"


# --- Opened, signed for


def test_the_first_page_that_shows_it_is_when_it_was_opened(settings: Any) -> None:
    town = town_of_pages(settings)
    case = Story(town).replied().case
    before = Entry.objects.count()
    revision = type(case).objects.get(pk=case.pk).revision
    for who in ("clerk", "edu_liaison", "leader"):
        Reader(town, who).get("case", case.key)
    assert not Receipt.objects.exists()
    lin = Reader(town, "lin")
    for _twice in range(2):
        page = lin.get("case", case.key).content.decode()
    opened = Receipt.objects.get()
    assert (opened.delivery.deputy, opened.how) == (town.post("lin"), "opened")
    assert "已阅" in page
    assert Entry.objects.count() == before + 1
    # No step of the case: nobody's page grows old by it.
    assert type(case).objects.get(pk=case.pk).revision == revision
    organ = Reader(town, "edu_liaison").get("case", case.key).content.decode()
    assert "已阅" in organ
    assert "尚未阅看" in organ


def test_asking_for_the_head_of_the_page_opens_nothing(settings: Any) -> None:
    town = town_of_pages(settings)
    story = Story(town).replied()
    client = Reader(town, "lin").client
    client.head(f"/suggestions/{story.case.key}/")
    assert not Receipt.objects.exists()
    client.get(f"/suggestions/part/{story.part().key}/letter/")
    assert Receipt.objects.count() == 1


def test_once_a_deputy(town: Town) -> None:
    story = Story(town).replied()
    lin = town.actor("lin")
    assert services.open_replies(case=story.case, actor=lin, at=NOW) == 1
    assert services.open_replies(case=story.case, actor=lin, at=NOW) == 0
    again = Receipt(delivery=Receipt.objects.get().delivery, how="signed", on=NOW.date(), at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()


def test_the_office_enters_when_a_paper_was_signed_for(town: Town) -> None:
    story = Story(town).replied()

    def sign_for(who: str, days: int = 0, deputy: str = "zhao") -> Any:
        return services.sign_for(
            assignment=story.part(),
            actor=town.actor(who),
            at=NOW,
            deputy=town.post(deputy),
            received_on=NOW.date() + timedelta(days=days),
        )

    with pytest.raises(NotPermitted):
        sign_for("edu_liaison")
    with refused("送达"):
        sign_for("clerk", -1)
    with refused("没有送达"):
        sign_for("clerk", deputy="zhou")
    sign_for("clerk")
    assert Receipt.objects.get().how == "signed"
    with refused("已有记录"):
        sign_for("clerk")


# --- Late by delivery


def test_a_letter_of_last_month_delivered_late_is_late(settings: Any) -> None:
    """T061: both dates stand on the page, and the delivery decides."""
    town = town_of_pages(settings)
    story = signed(town)
    part = story.part()
    late = after_due(part, days=5)
    services.deliver(assignment=part, actor=town.actor("edu_liaison"), at=late)
    settings.HUIYIN_TODAY = late.date()
    page = Reader(town, "clerk").get("case", story.case.key).content.decode()
    assert "函件日期2020年3月2日" in page.replace(" ", "")
    assert "逾期 5 天送达" in page
    story.case.refresh_from_db()
    assert (story.case.letter_on, story.case.replied_on) == (NOW.date(), late.date())


# --- Links


def test_an_expired_or_foreign_link_answers_in_words(settings: Any) -> None:
    town = town_of_pages(settings)
    story = Story(town).replied().rated("S")
    link = f"/suggestions/{story.case.key}/step/rate/"
    gone = Reader(town, "lin").client.get(link, follow=True)
    assert gone.status_code == 200
    assert "已评价并办结" in gone.content.decode()
    foreign = Reader(town, "zhou").client.get(link)
    assert foreign.status_code == 404
    assert "没有您能" in foreign.content.decode()


def test_the_document_is_made_from_the_record(settings: Any) -> None:
    town = town_of_pages(settings)
    story = signed(town)
    in_person(story)
    kept = ("document", story.part().key, "face-to-face", "docx")
    answer = Reader(town, "lin").get(*kept)
    paper = Document(io.BytesIO(b"".join(answer.streaming_content)))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    for said in ("新区管委会", "周副厅长（省教育厅副厅长）", "林晓岚", "同意选址。"):
        assert any(said in cell for cell in cells), said
    assert Reader(town, "leader").get(*kept).status_code == 404


def test_on_the_page_a_damaged_record_costs_nothing_that_was_typed(settings: Any) -> None:
    town = town_of_pages(settings)
    story = signed(town)
    liaison = Reader(town, "edu_liaison")
    said = {
        "held_on": "2020-03-02",
        "place": "新区管委会",
        "answered_by": "周副厅长",
        "rank": "省教育厅副厅长",
        "present": [town.post("lin").key],
        "said": "同意选址，请按期开工。",
    }
    damaged = SimpleUploadedFile("记录.pdf", b"%PDF-1.7\n%%EOF\n")
    page = liaison.takes_on(story.part(), "deliver_in_person", **said, scan=damaged)
    assert page.status_code == 422
    shown = page.content.decode()
    assert "打不开" in shown
    assert "summary-bad" in shown
    assert "同意选址，请按期开工。" in shown
    whole = SimpleUploadedFile("记录.png", files.png())
    taken = liaison.takes_on(story.part(), "deliver_in_person", **said, scan=whole)
    assert taken.status_code == 302
    assert story.part().reply_file.stage == ReplyStage.DELIVERED
