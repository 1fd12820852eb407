"""What may be done to a form on its way: nothing smuggled in, nothing done twice, nothing late.

T009, T111, T118 at every form of the house.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction

from huiyin.accounts.tests.town import NOW
from huiyin.kernel import clock
from huiyin.kernel.ids import new_key
from huiyin.suggestions.models import Suggestion
from tests.security.detector import Held, Told, changes, held
from tests.security.form import Form
from tests.security.house import House
from tests.security.sending import FORMS, sent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two runs of one step then leave the same rows."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


def each_form(*forms: Form) -> Any:
    return pytest.mark.parametrize("form", forms or FORMS, ids=lambda form: form.name)


def told_by(*acts: Callable[[], Any]) -> tuple[list[int], Told]:
    """The answers to what was sent, and what all of it changed; taken back afterwards."""
    with transaction.atomic():
        answers = [act().status_code for act in acts]
        told = changes(_untouched(), held())
        transaction.set_rollback(True)
    return answers, told


@cache
def _untouched() -> Held:
    """What the house holds before anything is sent: the same for every test."""
    with transaction.atomic():
        return held()


_straight: dict[str, tuple[list[int], Told]] = {}


def straight(house: House, form: Form) -> tuple[list[int], Told]:
    """What the form does as its sender means it."""
    if form.name not in _straight:
        _untouched()
        _straight[form.name] = told_by(lambda: sent(house, form, form.filled(house)))
    return _straight[form.name]


@each_form()
def test_sent_straight_it_is_taken_and_leaves_its_mark(house: House, form: Form) -> None:
    answers, told = straight(house, form)
    assert answers == [form.taken]
    assert told or form.name == "accounts:switch_post"


# Forms that are attacked in the tests of their own pages, or need not be.
ELSEWHERE = {
    # Attacked in the room of the accounts: throttled, and told nobody who failed.
    "accounts:sign_in",
    "accounts:activate",
    "accounts:password",
    # Leaves nothing but the session, or a cookie.
    "accounts:sign_out",
    "accounts:language",
    # New secrets each time.
    "accounts:codes",
    "accounts:open_feed",
    "accounts:close_feed",
    # Change files, which no savepoint brings back: in the tests of the import's own pages.
    "suggestions:imports",
    "suggestions:import",
    "suggestions:import_discard",
    # Of channels and letters that this house has none of: in the tests of their own pages.
    "outbox:wishes",
    "outbox:send_again",
    "suggestions:urge_many",
    # Write files beside the database: in the tests of the letters' and scans' own pages.
    "suggestions:letters",
    "suggestions:letters_batch",
    "suggestions:scans",
    "suggestions:scan",
    # Every case here is under the rules of its one day: in the tests of the rules' pages.
    "suggestions:rules_open",
    # The congress of this house names the organs itself: in the tests of handing over.
    "suggestions:hand_over_many",
    "suggestions:hand_back_many",
    # Over a group, a term or an organ as a whole: in the tests of merging, terms and reforms.
    "suggestions:merge_many",
    "suggestions:group_step",
    "suggestions:group_reply",
    "suggestions:terms",
    "suggestions:reform_organs",
    # Written one on the other over a meeting: in the tests of the meetings' pages.
    "suggestions:meeting_new",
    "suggestions:meeting_edit",
    "suggestions:meeting_gather",
    "suggestions:meeting_organs",
    "suggestions:meeting_attendance",
    "suggestions:meeting_speech",
    "suggestions:meeting_attach",
    "suggestions:meeting_conclude",
    "suggestions:meeting_batch",
    "suggestions:meeting_drop",
    "suggestions:meeting_issue",
    # It keeps nothing of what is sent: in the tests of the statistics' room.
}


ABOVE = ("promises:", "supervision:", "reporting:")


def test_every_address_that_takes_a_form_is_here_or_said_why_not() -> None:
    """A form that nobody sends here would be attacked by nobody."""
    from tests.security.test_matrix import MATRIX, NO_SENDING

    sending = {name for name, row in MATRIX.items() if row.post is not NO_SENDING}
    here = {form.name for form in FORMS} | {"suggestions:step", "suggestions:part_step"}
    # Those of the rooms above are attacked in their own tests.
    below = {name for name in sending if not name.startswith(ABOVE)}
    assert below - here == ELSEWHERE


# --- Nothing smuggled in: T009


def _forged() -> dict[str, str]:
    """A value for every column of every row a form could reach, each unlike what stands there."""
    forged: dict[str, str] = {"is_superuser": "1", "is_staff": "1", "tenant": "1", "score": "100"}
    for room in ("accounts", "documents", "ledger", "organisations", "outbox", "suggestions", "ui"):
        for model in apps.get_app_config(room).get_models():
            for column in model._meta.concrete_fields:
                for name in (column.name, column.attname):
                    forged[name] = _unlike(column)
    return forged


def _unlike(column: Any) -> str:
    if column.choices:
        return str(column.choices[-1][0])
    if isinstance(column, models.DateTimeField):
        return "2031-01-01T00:00"
    if isinstance(column, models.DateField):
        return "2031-01-01"
    if isinstance(column, models.CharField | models.TextField):
        return "伪造"
    return "1"


FORGED = _forged()
CONTROL = frozenset({"once", "csrfmiddlewaretoken", "revision", "seen", "act", "next", "chosen"})


@each_form()
def test_what_no_field_of_the_form_asks_for_changes_nothing(house: House, form: Form) -> None:
    honest = straight(house, form)
    said = form.filled(house)
    known = CONTROL | form.fields | said.keys()
    smuggled = {name: value for name, value in FORGED.items() if name not in known}
    assert {"stage", "congress", "lead", "due_on", "is_active", "tenant"} <= smuggled.keys()
    assert told_by(lambda: sent(house, form, {**smuggled, **said})) == honest


# --- Nothing done twice: T111

# The mark of a file's form is proven below; a switch of posts begins a new session each time.
ANEW = {"suggestions:attach", "suggestions:reply_files", "accounts:switch_post"}
SECOND = {
    # What the first sending took away is no longer there.
    "ui:delete_view": 404,
    "suggestion.decline_signature": 404,
    # Without a mark: the post that is held already is refused in words.
    "accounts:give_post": 422,
}


@each_form(*[form for form in FORMS if form.name not in ANEW])
def test_the_same_form_sent_twice_acts_once(house: House, form: Form) -> None:
    """A double click, a retry, "back" and "send" again: the second answer is like the first."""
    honest = straight(house, form)
    said = form.filled(house)
    answers, told = told_by(lambda: sent(house, form, said), lambda: sent(house, form, said))
    assert answers == [form.taken, SECOND.get(form.name, form.taken)]
    assert told == honest[1]


# --- Nothing late: T118

WORDS = "写了很久的一段话，不能丢。"


@each_form(*[form for form in FORMS if not form.may_repeat])
def test_a_page_opened_anew_after_the_step_is_told_and_changes_nothing(
    house: House, form: Form
) -> None:
    """Sent again with a mark of its own: the step is over, and what was typed is still there."""
    said = form.filled(house)
    late = {**said, "once": new_key(), **dict.fromkeys(form.texts, WORDS[:20])}
    page: list[str] = []

    def again() -> Any:
        answer = sent(house, form, late)
        page.append(answer.content.decode())
        return answer

    honest = straight(house, form)
    answers, told = told_by(lambda: sent(house, form, said), again)
    assert answers[1] in (403, 404, 409, 422), answers
    assert told == honest[1]
    if form.texts and answers[1] != 404:
        assert WORDS[:20] in page[0]


@each_form(*[form for form in FORMS if form.name.startswith("suggestion.")])
def test_what_others_did_meanwhile_stops_a_step_of_the_suggestion(house: House, form: Form) -> None:
    """The revision that the page showed is no longer the case's own."""
    said = {**form.filled(house), **dict.fromkeys(form.texts, WORDS[:20])}
    Suggestion.objects.update(revision=models.F("revision") + 1)
    before = held()
    answer = sent(house, form, said)
    if form.name in MINDS_NOBODY:
        assert answer.status_code == form.taken
        return
    assert (answer.status_code, changes(before, held())) == (409, {})
    assert all(WORDS[:20] in answer.content.decode() for _each in form.texts)


# A deputy's own answer, whatever the others answered meanwhile.
MINDS_NOBODY = {
    "suggestion.confirm_signature",
    "suggestion.decline_signature",
    "suggestion.agree_to_withdraw",
    "suggestion.waive_contact",
}


def test_a_choice_made_in_an_old_window_is_not_lost_in_silence(house: House) -> None:
    """T110: the words are the same, the ticks are not; both are shown before one is kept."""
    form = next(form for form in FORMS if form.name == "suggestions:edit")
    said = form.filled(house)
    assert sent(house, form, {**said, "publish_scope": "none"}).status_code == 302

    late = sent(house, form, {**said, "raised_before": "two", "wants_contact": "on"})

    assert late.status_code == 409
    page = late.content.decode()
    assert '<input type="hidden" name="publish_scope" value="full">' in page
    assert '<input type="hidden" name="wants_contact" value="on">' in page
