"""What an organ had written that was relieved of the case since: nobody's reply any more.

Its people still have the pages they had open. Whatever form of the reply they send from there,
with the state of the case as it is now, is refused, and nothing of it stays.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction

from huiyin.accounts.tests.town import NOW, Town
from huiyin.documents.models import Attachment
from huiyin.documents.tests import files
from huiyin.kernel.errors import DomainError
from huiyin.suggestions import cohandlers, services
from huiyin.suggestions.models import Act, Assignment, Reply, ReplyFile
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.steps import STEPS
from huiyin.suggestions.tests.cases import Reader, town_of_pages
from huiyin.suggestions.tests.disputes import ask, reassign
from huiyin.suggestions.tests.situations import Story
from huiyin.suggestions.tests.test_pages_reply import letter

pytestmark = pytest.mark.django_db

OF_THE_REPLY = [name for table, name in STEPS if table == Table.REPLY]
# How far the reply had come, and who had a step of it open then.
UNTIL = {
    "written": ("edu_handler",),
    "in clearance": ("edu_liaison", "edu_checker"),
    "signed": ("edu_liaison", "edu_head"),
}


def story_until(town: Town, until: str) -> Story:
    story = Story(town).submitted().registered().assigned().acknowledged()
    story.co_acknowledged().opinion_given()
    if until != "written":
        story.sent_to_check()
    if until == "signed":
        story.checked().signed()
    return story


def taken_away(story: Story) -> Assignment:
    """By decision another organ has it; the government office charges finance no second time."""
    ask(story, "organisation_department")
    reassign(story, to="organisation_department", who="clerk")
    return story.part()


def left(part: Assignment) -> tuple[Any, ...]:
    """All that a form of the reply could leave behind."""
    own = ReplyFile.objects.filter(assignment=part).values_list("stage", "draft", "level")
    return (
        list(own),
        Reply.objects.count(),
        Attachment.objects.count(),
        Act.objects.filter(assignment=part).count(),
        Assignment.objects.get(pk=part.pk).stage,
    )


def forms_of(story: Story, part: Assignment, once: str) -> list[tuple[str, tuple[str, ...], Any]]:
    """Every form of the reply, filled as on a page opened this moment."""
    story.case.refresh_from_db()
    said = {
        "revision": str(story.case.revision),
        "seen": str(story.case.acts.count()),
        "text": story.text_in_clearance(),
        "reason": "请补充。",
        "consent": "on",
        "outcome_class": "B1",
    }
    drafted = letter(part, "relieved", once=once)
    return [
        *(("part_step", (part.key, name), {**said, "once": once + name}) for name in OF_THE_REPLY),
        ("reply", (part.key,), {**drafted, "act": "save"}),
        ("reply", (part.key,), {**drafted, "act": "send"}),
        ("reply_autosave", (part.key,), drafted),
        ("reply_files", (part.key,), {"file": ContentFile(files.png(), name="附件.png")}),
    ]


@pytest.mark.parametrize("until", UNTIL)
def test_no_form_of_a_relieved_organs_reply_does_anything(settings: Any, until: str) -> None:
    town = town_of_pages(settings)
    story = story_until(town, until)
    part = taken_away(story)
    before = left(part)
    for who in UNTIL[until]:
        reader = Reader(town, who)
        for name, keys, said in forms_of(story, part, who):
            with transaction.atomic():
                answer = reader.post(name, *keys, said=said)
                assert left(part) == before, (who, name, keys)
                transaction.set_rollback(True)
            assert answer.status_code in (403, 404, 409, 422), (who, name, keys)


@pytest.mark.parametrize(
    ("until", "who", "step"),
    [("in clearance", "edu_checker", "pass_check"), ("signed", "edu_liaison", "deliver")],
)
def test_control_the_same_form_is_taken_while_the_organ_has_it(
    settings: Any, until: str, who: str, step: str
) -> None:
    town = town_of_pages(settings)
    story = story_until(town, until)
    part = story.part()
    said = {keys: form for name, keys, form in forms_of(story, part, who) if name == "part_step"}
    answer = Reader(town, who).post("part_step", part.key, step, said=said[part.key, step])
    assert answer.status_code == 302


def test_the_services_refuse_it_too_in_words(settings: Any) -> None:
    town = town_of_pages(settings)
    story = story_until(town, "in clearance")
    part = taken_away(story)
    with pytest.raises(DomainError) as refused:
        services.pass_check(assignment=part, actor=town.actor("edu_checker"), at=NOW)
    assert str(refused.value) == "本件已改交其他单位。"


def test_who_handles_it_beside_is_not_asked_to_sign_the_dead_text(settings: Any) -> None:
    town = town_of_pages(settings)
    story = story_until(town, "in clearance")
    helping = story.part("finance")
    assert cohandlers.file_of_lead(helping) is not None
    taken_away(story)
    helping = story.part("finance")
    assert cohandlers.file_of_lead(helping) is None
