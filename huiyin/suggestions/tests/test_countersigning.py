"""Countersigning: a name stands under one text alone, on every route by which a text changes."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

import huiyin
from huiyin.accounts.tests.town import NOW, TODAY, Town
from huiyin.kernel.clock import ZONE
from huiyin.kernel.errors import Conflict, NotPermitted, Stale
from huiyin.ledger import triggers
from huiyin.ledger.verify import verify_chain
from huiyin.outbox.models import Notice
from huiyin.suggestions import duties, services
from huiyin.suggestions.lifecycle import where
from huiyin.suggestions.models import (
    ClassClaim,
    CoOpinion,
    CoStatement,
    Countersignature,
    CountersignLapse,
    Reply,
    ReplyFile,
    ReplyPoint,
)
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.services.fixed_text import standing_names, text_digest
from huiyin.suggestions.tests.situations import Story, follow_countersigning

pytestmark = pytest.mark.django_db

# Five working days from Monday, 2 March 2020.
LAST_DAY = date(2020, 3, 9)


@pytest.fixture
def town(db: None, settings: Any) -> Town:
    settings.HUIYIN_TODAY = TODAY
    town = Town()
    follow_countersigning(town)
    return town


@pytest.fixture
def story(town: Town) -> Story:
    """A text in clearance that waits for one name."""
    story = Story(town).submitted().registered().assigned().acknowledged()
    return story.co_acknowledged().opinion_given().sent_to_check()


def later(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=ZONE)


def standing(story: Story) -> list[str]:
    """Whose names stand under the text as it is now."""
    file = ReplyFile.objects.get(assignment=story.part())
    if where.is_drafted(file):
        return []
    return [each.assignment.organ.name for each in standing_names(file)]


def send_back(story: Story) -> None:
    services.send_back(
        assignment=story.part(), actor=story.town.actor("edu_checker"), at=NOW, why="补充数据。"
    )


def resend(story: Story, **changed: object) -> None:
    services.send_to_check(
        assignment=story.part(),
        actor=story.town.actor("edu_handler"),
        at=NOW,
        text=replace(story.reply_text(), **changed),  # type: ignore[arg-type]
    )


# --- The gate


def test_the_head_signs_once_every_name_stands(story: Story) -> None:
    story.checked()
    with pytest.raises(Conflict, match="省财政厅"):
        story.signed()
    story.countersigned()
    assert standing(story) == ["省财政厅"]
    story.signed().delivered()
    assert standing(story) == ["省财政厅"]
    assert not CountersignLapse.objects.exists()
    assert list(differences()) == []
    assert verify_chain(story.town.congress.key) == []


def test_whoever_lets_his_time_run_out_is_named_and_waited_for_no_longer(story: Story) -> None:
    story.checked()
    head, part = story.town.actor("edu_head"), story.part()
    with pytest.raises(Conflict):
        services.sign(assignment=part, actor=head, at=later(LAST_DAY))
    services.sign(assignment=part, actor=head, at=later(date(2020, 3, 10)))
    lapse = CountersignLapse.objects.get()
    assert (lapse.assignment.organ.name, lapse.due_on) == ("省财政厅", LAST_DAY)


def test_an_organ_without_an_opinion_is_not_asked(town: Town) -> None:
    story = Story(town).submitted().registered().assigned().acknowledged().co_acknowledged()
    story.sent_to_check().checked()
    with pytest.raises(NotPermitted):
        services.countersign(
            assignment=story.part("finance"),
            actor=town.actor("fin_handler"),
            at=NOW,
            text=story.text_in_clearance(),
        )
    story.signed()
    assert not CountersignLapse.objects.exists()


def test_where_the_rules_do_not_ask_nobody_waits(db: None, settings: Any) -> None:
    settings.HUIYIN_TODAY = TODAY
    story = Story(Town()).submitted().registered().assigned().acknowledged()
    story.co_acknowledged().opinion_given().sent_to_check()
    with pytest.raises(Conflict):
        story.countersigned()
    story.checked().signed()
    assert not CountersignLapse.objects.exists()


def test_those_asked_are_told_and_find_it_among_their_duties(story: Story) -> None:
    head = story.town.actor("fin_head")
    events = set(Notice.objects.filter(person=head.person).values_list("event", flat=True))
    assert "assignment.ask_countersignature" in events
    assert duties.rows_of(head, "countersign").get() == story.case
    story.countersigned()
    assert not duties.rows_of(head, "countersign").exists()
    send_back(story)
    resend(story)
    # Asked anew about the new text.
    assert duties.rows_of(head, "countersign").get() == story.case


def test_a_refusal_sends_the_text_back_with_its_reason(story: Story) -> None:
    services.refuse_countersignature(
        assignment=story.part("finance"),
        actor=story.town.actor("fin_head"),
        at=NOW,
        text=story.text_in_clearance(),
        why="金额与会办意见不一致。",
    )
    file = ReplyFile.objects.get()
    assert where.is_drafted(file)
    back = file.acts.get(move="send_back")
    assert (back.why, back.post.person.name) == ("金额与会办意见不一致。", "卫东升")
    assert list(differences()) == []
    resend(story, opening="现答复如下。")
    story.countersigned()
    assert standing(story) == ["省财政厅"]


def test_nobody_signs_a_text_he_has_not_seen(story: Story) -> None:
    seen = story.text_in_clearance()
    send_back(story)
    resend(story, closing="感谢支持。")
    part, head = story.part("finance"), story.town.actor("fin_head")
    with pytest.raises(Stale):
        services.countersign(assignment=part, actor=head, at=NOW, text=seen)
    with pytest.raises(Stale):
        services.refuse_countersignature(
            assignment=part, actor=head, at=NOW, text=seen, why="不妥。"
        )
    assert standing(story) == []


# --- Every route by which a text changes


def _save_draft(story: Story) -> None:
    with pytest.raises(Conflict):
        services.save_reply_draft(
            assignment=story.part(),
            actor=story.town.actor("edu_handler"),
            at=NOW,
            content={"opening": "改过的开头"},
            revision=0,
        )


def _sent_back_and_changed(story: Story) -> None:
    send_back(story)
    resend(story, opening="改过的开头")


def _sent_back_and_the_same(story: Story) -> None:
    send_back(story)
    resend(story)


def _refused_by_another_reading(story: Story) -> None:
    story.checked().signed()
    services.send_back(
        assignment=story.part(), actor=story.town.actor("edu_head"), at=NOW, why="日期有误。"
    )


def _again(story: Story) -> None:
    story.checked().signed().delivered().rated("NS")
    services.order_rehandling(
        case=story.case, actor=story.town.actor("clerk"), at=NOW, why="请再次办理。"
    )
    story.acknowledged().sent_to_check()


ROUTES: dict[str, Callable[[Story], None]] = {
    "sent back and changed": _sent_back_and_changed,
    "sent back and sent unchanged": _sent_back_and_the_same,
    "sent back after signature": _refused_by_another_reading,
    "handled again": _again,
}


@pytest.mark.parametrize("route", ROUTES)
def test_no_route_leaves_a_name_under_another_text(story: Story, route: str) -> None:
    story.countersigned()
    assert standing(story) == ["省财政厅"]
    ROUTES[route](story)
    assert standing(story) == []
    # The name that was given stays on record for the text it was given to.
    assert Countersignature.objects.count() == 1


def test_control_a_text_nobody_changed_keeps_its_names(story: Story) -> None:
    story.countersigned()
    _save_draft(story)
    story.checked()
    assert standing(story) == ["省财政厅"]


FIELDS = (
    *("outcome_class", "document_no", "letter_on", "opening", "closing"),
    *("contact_person", "contact_phone"),
)


@pytest.mark.parametrize("field", FIELDS)
def test_one_character_changed_in_the_database_itself_voids_the_name(
    story: Story, field: str
) -> None:
    """By a route nobody has yet written: the names are verified wherever they are read."""
    story.countersigned()
    _unprotect(Reply)
    was = getattr(Reply.objects.get(), field)
    now = date(2020, 3, 3) if field == "letter_on" else f"{was}，"
    Reply.objects.update(**{field: now})
    assert standing(story) == []
    Reply.objects.update(**{field: was})
    assert standing(story) == ["省财政厅"]


CHANGES: dict[str, tuple[Any, dict[str, object]]] = {
    "an answer": (ReplyPoint, {"answer": "已列入今年计划，"}),
    "the opinion it states": (CoOpinion, {"text": "经费已列入年初预算"}),
    "what its class claims": (ClassClaim, {"evidence": "改过的依据"}),
    "what it says of an organ": (CoStatement, {"kind": "absent", "opinion": None, "marked": None}),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_answer_or_word_on_an_organ_voids_the_name(story: Story, change: str) -> None:
    story.countersigned()
    model, now = CHANGES[change]
    _unprotect(model)
    row = model.objects.order_by("pk").first()
    due_on = {"due_on": TODAY} if model is CoStatement else {}
    model.objects.filter(pk=row.pk).update(**now, **due_on)
    assert standing(story) == []


def test_a_point_added_to_a_fixed_text_voids_the_name(story: Story) -> None:
    """Adding a row is no change of a fact, and yet a change of the text."""
    story.countersigned()
    other = Story(story.town, title="关于扩建新区幼儿园的建议").submitted()
    foreign = other.case.versions.get().requests.first()
    ReplyPoint(reply=Reply.objects.get(), request=foreign, answer="另加一条。").save()
    assert standing(story) == []


def test_the_digest_tells_where_one_field_ends_and_the_next_begins(story: Story) -> None:
    reply = Reply.objects.get()
    nothing: dict[str, Any] = {"points": [], "claims": [], "stated": [], "files": []}
    reply.opening, reply.closing = "甲乙", "丙"
    one = text_digest(reply, **nothing)
    reply.opening, reply.closing = "甲", "乙丙"
    assert text_digest(reply, **nothing) != one


def _unprotect(model: Any) -> None:
    """Let the test do what the database refuses; undone with the test's transaction."""
    with connection.cursor() as cursor:
        for statement in triggers.dropping(model._meta.db_table, vendor=connection.vendor):
            cursor.execute(statement)


# Who writes the text of a reply at all. A new one has to be added to ``ROUTES`` above.
WRITERS = {
    "suggestions/services/replying.py",  # send_to_check: another row, another text
    "suggestions/importing/telling.py",  # new cases only; what was imported is not written again
    "suggestions/presenters/papers.py",  # a preview, never stored
    "demo/answering.py",  # new cases only
    "demo/last_year.py",  # new cases only
}


def test_every_writer_of_a_reply_is_known() -> None:
    root = Path(huiyin.__file__).parent
    found = set()
    for path in root.rglob("*.py"):
        relative = path.relative_to(root)
        if {"tests", "migrations"} & set(relative.parts):
            continue
        names = {
            name
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Call)
            for name in [_called(node)]
        }
        if names & {"Reply", "ReplyPoint", "book.row Reply"}:
            found.add(relative.as_posix())
    assert found == WRITERS


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute) and node.func.attr == "row" and node.args:
        first = node.args[0]
        return f"book.row {first.id}" if isinstance(first, ast.Name) else ""
    return node.func.id if isinstance(node.func, ast.Name) else ""
