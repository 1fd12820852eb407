"""The rating treats every grade alike (T068): no click more for one than for another."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from huiyin.accounts.tests.town import TODAY, Town
from huiyin.kernel.ids import new_key
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.tests.situations import Story, follow_national

pytestmark = pytest.mark.django_db
CHOICE = re.compile(r'<label class="grade-choice".*?</label>', re.DOTALL)
# What tells one choice from another: its place, its code and its words.
OWN = re.compile(r'suggestion_\w+_\d+|(?<=name=")\w+|value="\w+"|(?<=<span>).*?(?=</span>)')


@pytest.fixture
def town(db: None, settings: Any) -> Town:
    settings.HUIYIN_TODAY = TODAY
    return Town()


def page_of(town: Town, name: str, case: Suggestion) -> str:
    client = town.signed_in(Client(), "lin")
    answer = client.get(reverse("suggestions:step", args=[case.key, name]))
    assert answer.status_code == 200
    return str(answer.content, "utf-8")


@pytest.mark.parametrize("name", ["rate", "change_rating"])
def test_every_grade_is_one_choice_of_the_same_make_and_none_is_made(town: Town, name: str) -> None:
    follow_national(town, {"feedback.change_limit": "5 days"})
    story = Story(town).replied()
    if name == "change_rating":
        story.rated("S")
    page = page_of(town, name, story.case)
    form = page[page.index("grades-asked") :]
    choices = CHOICE.findall(form)
    assert len(choices) >= 3
    assert len({OWN.sub("", choice) for choice in choices}) == 1
    assert "checked" not in "".join(choices)
    sending = re.findall(r"<button[^>]*>", form[: form.index("</form>")])
    assert len(sending) == 1


@pytest.mark.parametrize("result", ["S", "NS"])
def test_best_and_worst_are_sent_by_one_form_in_one_go(town: Town, result: str) -> None:
    case = Story(town).replied().case
    case.refresh_from_db()
    said = {"attitude": "S", "result": result, "comment": "说明。", "revision": case.revision}
    place = reverse("suggestions:step", args=[case.key, "rate"])
    answer = town.signed_in(Client(), "lin").post(place, {"once": new_key(), **said})
    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.result == result
