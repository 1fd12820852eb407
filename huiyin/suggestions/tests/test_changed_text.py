"""Over every route, a changed text of a reply leaves no valid clearance and no countersignature.

The routes come from the table of addresses and the table of steps, so that none added later is
forgotten: each is sent something by those who work on the reply, with words of all kinds in every
field. What the deputy would read is compared as it is rendered, not by the digest that is proven.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.accounts.tests.town import NOW, TODAY, Town
from huiyin.documents.models import Attachment
from huiyin.documents.tests import files
from huiyin.kernel.errors import DomainError
from huiyin.kernel.ids import new_key
from huiyin.suggestions import services, urls
from huiyin.suggestions.lifecycle import where
from huiyin.suggestions.models import Assignment, ReplyFile, Suggestion
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.presenters import papers
from huiyin.suggestions.presenters.file import read
from huiyin.suggestions.scene import Scene
from huiyin.suggestions.services.fixed_text import present_digest, standing_names
from huiyin.suggestions.steps import STEPS
from huiyin.suggestions.tests.situations import Story, follow_countersigning
from huiyin.suggestions.tests.test_merging import spread, written

pytestmark = pytest.mark.django_db

# How often something is sent at random; thousands with HUIYIN_EDITS=2000.
EDITS = int(os.environ.get("HUIYIN_EDITS", "12"))
PEOPLE = ("edu_handler", "edu_liaison", "edu_checker", "edu_head", "fin_head", "clerk", "lin")
ON_A_PART = (Table.ASSIGNMENT, Table.REPLY)
# Written by hand: the addresses through which the words or files of a reply are written.
WRITING = {"reply", "reply_autosave", "reply_files"}
# Writes those of a group too: shown below, for it takes several suggestions.
OF_A_GROUP = "group_reply"
# Where ``text`` is what an organ writes; elsewhere it says which text of the reply was read.
OF_AN_OPINION = ("give_opinion", "co_part", "opinion_autosave")
# A page refused in a line is refused as well, and sooner.
AS_A_PROGRAM = {"Accept": "application/json"}
ALL_KINDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30).map("改".__add__)


class Desk:
    """A reply that was cleared, signed by name beside, and everybody who could lay hands on it."""

    def __init__(self, town: Town, story: Story) -> None:
        self.town, self.story = town, story
        # Signed in before anything is taken back, or they would be signed out with it.
        self._cookies = {who: town.signed_in(Client(), who).cookies.copy() for who in PEOPLE}

    def part(self, organ: str = "education") -> Assignment:
        return self.story.part(organ)

    @property
    def file(self) -> ReplyFile:
        return ReplyFile.objects.select_related("assignment__suggestion").get(
            assignment=self.part()
        )

    def addresses(self) -> Iterator[tuple[str, str, str]]:
        """Every address of the room about this case, or about none: name, step, path."""
        case = self.story.case.key
        parts = [self.part().key, self.part("finance").key]
        for pattern in urls.urlpatterns:
            route, name = str(pattern.pattern), str(getattr(pattern, "name", ""))
            if route.startswith("suggestions/part/<case_key:key>/"):
                keys = parts
            elif route.startswith("suggestions/<case_key:key>/"):
                keys = [case]
            else:
                keys = [""] if "<" not in route else []
            for key in keys:
                for step in _steps_at(name):
                    yield name, step, _path(route, key, step)

    def sends(self, who: str, to: tuple[str, str, str], text: str, act: str) -> None:
        """One person sends one form; what does not fit is refused."""
        name, step, path = to
        browser = Client()
        browser.cookies.load({key: morsel.value for key, morsel in self._cookies[who].items()})
        answer = browser.post(path, self.said(name, step, text, act), headers=AS_A_PROGRAM)
        assert answer.status_code != HTTPStatus.UNAUTHORIZED

    def said(self, name: str, step: str, text: str, act: str) -> dict[str, Any]:
        """A form with every field there is, as on a page opened this moment."""
        case = Suggestion.objects.get(pk=self.story.case.pk)
        asked = case.versions.latest("ordinal").requests.all()
        of_draft = name in {*WRITING, OF_A_GROUP}
        its_own = text if {name, step} & set(OF_AN_OPINION) else self.story.text_in_clearance()
        words = ("opening", "closing", "document_no", "contact_person", "contact_phone", "source")
        more = ("evidence", "plan", "reason", "comment", "note", "will_do", "advice", "signed_by")
        return {
            "once": new_key(),
            "revision": str(self.file.draft_revision if of_draft else case.revision),
            "seen": str(case.acts.count()),
            "act": act,
            "text": its_own,
            "outcome_class": self.story.best_class(),
            "letter_on": TODAY.isoformat(),
            "promised_on": f"{TODAY.year}-12-31",
            **dict.fromkeys((*words, *more), text),
            **{f"answer_{item.key}": text for item in asked},
            "file": ContentFile(files.png(), name="附件.png"),
        }

    # --- What comes of it

    def reads(self) -> tuple[str, list[Any], list[Any]]:
        """Everything the reply says: its letter, what its class claims, its files."""
        scene = Scene(actor=self.town.actor("edu_head"), at=NOW, case=self.story.case)
        part = self.part()
        letter = repr(papers.fixed_letter(read(scene), part=part))
        present = self.file.replies.order_by("ordinal").last()
        claims = list(present.claims.filter(ordinal=1).values()) if present else []
        attached = Attachment.objects.filter(part=f"reply:{part.key}")
        return letter, claims, list(attached.values_list("key", "sha256"))

    def written(self) -> tuple[Any, ...]:
        """What a form may have written of it, sent or not."""
        file = self.file
        return file.draft, file.replies.count(), Attachment.objects.count()

    def valid(self) -> tuple[list[str], bool]:
        """Whose names stand, and whether what was passed carries the text one step further."""
        file = self.file
        names = [] if where.is_drafted(file) else standing_names(file)
        return [each.assignment.organ.name for each in names], self._goes_on(file)

    def _goes_on(self, file: ReplyFile) -> bool:
        take, who = services.sign, "edu_head"
        if not where.is_in_clearance(file):
            take, who = services.deliver, "edu_liaison"
        try:
            with transaction.atomic():
                take(assignment=file.assignment, actor=self.town.actor(who), at=NOW)
                transaction.set_rollback(True)
        except DomainError:
            return False
        return True

    def stands(self) -> tuple[Any, ...]:
        """How far the case, the charge and the reply are."""
        own = Suggestion.objects.get(pk=self.story.case.pk)
        return own.stage, self.part().stage, self.file.stage, self.file.level


def _steps_at(name: str) -> list[str]:
    if name == "step":
        return [step for table, step in STEPS if table == Table.SUGGESTION]
    if name in ("part_step", "group_step"):
        return [step for table, step in STEPS if table in ON_A_PART]
    return ["reply"]


def _path(route: str, key: str, step: str) -> str:
    """A route with its places filled; those of single files and documents name none there is."""
    filled = route.replace("<case_key:key>", key).replace("<slug:name>", step)
    filled = filled.replace("<slug:kind>", "reply").replace("<slug:ending>", "docx")
    return "/" + filled.replace("<case_key:attachment_key>", "A" * 22)


@pytest.fixture
def desk(db: None, settings: Any, tmp_path: Any) -> Desk:
    settings.HUIYIN_HOME = tmp_path
    settings.HUIYIN_TODAY = TODAY
    town = Town()
    follow_countersigning(town)
    story = Story(town).submitted().registered().assigned().acknowledged()
    story.co_acknowledged().opinion_given().sent_to_check().countersigned().checked()
    return Desk(town, story)


def requires_the_property(desk: Desk, before: tuple[Any, ...], stood: tuple[Any, ...]) -> None:
    """Another text: nothing of the old one holds. The same text where it was: all of it does."""
    if desk.reads() != before:
        assert desk.valid() == ([], False)
    elif desk.stands() == stood:
        assert desk.valid() == (["省财政厅"], True)


@pytest.mark.parametrize("signed", [False, True], ids=["in clearance", "signed"])
def test_no_route_changes_a_cleared_text_and_leaves_it_cleared(desk: Desk, *, signed: bool) -> None:
    if signed:
        desk.story.signed()
    before, stood = desk.reads(), desk.stands()
    assert desk.valid() == (["省财政厅"], True)
    every = list(desk.addresses())
    writing = [each for each in every if each[0] in WRITING or each[1] in ("send_back", "sign")]
    sent = st.tuples(
        st.sampled_from(PEOPLE),
        st.sampled_from(every) | st.sampled_from(writing),
        ALL_KINDS,
        st.sampled_from(("save", "send", "do")),
    )

    def holds(sequence: list[tuple[str, tuple[str, str, str], str, str]]) -> None:
        with transaction.atomic():
            for who, to, text, act in sequence:
                desk.sends(who, to, text, act)
            requires_the_property(desk, before, stood)
            transaction.set_rollback(True)

    for each in writing:
        holds([("edu_handler", each, "改过的话", "send")])
    at_random = given(sequence=st.lists(sent, min_size=1, max_size=3))(holds)
    settings(max_examples=EDITS, deadline=None, database=None)(at_random)()


def test_every_route_that_writes_is_among_those_looked_at(desk: Desk) -> None:
    """Each address of the room in the writer's hands, after the text was given back to him.

    It proves that the forms sent above would be taken, and fails when a new one writes a reply.
    """
    before = desk.reads()
    desk.sends("edu_checker", _the(desk, "part_step", "send_back"), "请补充。", "do")
    assert desk.valid() == ([], False)
    written, wrote = desk.written(), set()
    for name, step, path in desk.addresses():
        with transaction.atomic():
            desk.sends("edu_handler", (name, step, path), "改过的话", "send")
            if desk.written() != written:
                wrote.add(name)
                assert desk.valid() == ([], False)
                assert desk.reads() != before or name == "reply_autosave"
            transaction.set_rollback(True)
    assert wrote == WRITING


def test_one_text_for_a_group_passes_by_what_is_cleared(desk: Desk) -> None:
    """The others of the group are written; the one in clearance keeps its text, and is cleared."""
    stories = written(desk.town)
    cleared = stories[1].sent_to_check().checked()
    file = ReplyFile.objects.get(assignment=cleared.part())
    before = present_digest(file), file.draft
    assert spread(desk.town, stories).status_code == 302
    file.refresh_from_db()
    assert (present_digest(file), file.draft) == before
    assert stories[2].part().reply_file.draft
    cleared.signed()


def test_the_other_words_sent_on_wait_for_every_name_anew(desk: Desk) -> None:
    before = desk.reads()
    desk.sends("edu_checker", _the(desk, "part_step", "send_back"), "请补充。", "do")
    desk.sends("edu_handler", _the(desk, "reply", "reply"), "改过的话", "send")
    assert where.is_in_clearance(desk.file)
    assert desk.reads() != before
    assert desk.valid() == ([], False)
    desk.story.checked()
    assert desk.valid() == ([], False)
    desk.story.countersigned()
    assert desk.valid() == (["省财政厅"], True)


def _the(desk: Desk, name: str, step: str) -> tuple[str, str, str]:
    key = desk.part().key
    args = [key, step] if name == "part_step" else [key]
    return name, step, reverse(f"suggestions:{name}", args=args)
