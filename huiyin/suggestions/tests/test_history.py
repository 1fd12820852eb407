"""A case told from papers is the case that would have come of the steps themselves."""

from __future__ import annotations

import pytest
from django.db import transaction

from huiyin.accounts.tests.town import NOW, Town
from huiyin.ledger.models import Entry
from huiyin.ledger.verify import verify_chain
from huiyin.suggestions import services
from huiyin.suggestions.history import History, Told
from huiyin.suggestions.models import (
    Delivery,
    NumberSeries,
    Rating,
    Reply,
    ReplyPoint,
    RequestItem,
    Suggestion,
)
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.services.assigning import Charge
from huiyin.suggestions.standing import COLUMNS, ReplayError
from huiyin.suggestions.tests.situations import TEXT, Story, follow_hunan
from huiyin.suggestions.texts import SuggestionText

pytestmark = pytest.mark.django_db


def begun(town: Town, history: History) -> Told:
    case = Suggestion(
        congress=town.congress,
        session=town.session,
        lead=town.post("lin"),
        created_at=NOW,
        changed_at=NOW,
    )
    return history.begin(case, cosigners=[town.post("zhao")])


def closed(town: Town, history: History) -> Told:
    told = begun(town, history)
    post = town.post
    written = SuggestionText.of_draft(TEXT).version(told.case, ordinal=1, at=NOW)
    told.take("confirm_signature", post=post("zhao"), at=NOW)
    told.take(
        "submit", post=post("lin"), at=NOW, data={"raised": "between_sessions"}, facts=written
    )
    told.take(
        "register",
        post=post("clerk"),
        at=NOW,
        data={"number": "7", "order": 7, "category": "education"},
    )
    told.case.round = 1
    charge = Charge(organ=town.education, role="sole")
    told.take("assign", post=post("clerk"), at=NOW, data={"wide": False, "organs": []})
    [part] = history.issue(told, [charge], on=NOW.date())
    told.take("acknowledge", post=post("edu_liaison"), at=NOW, subject=part)
    file = history.open_file(told, part, at=NOW)
    reply = Reply(file=file, ordinal=1, outcome_class="A1", letter_on=NOW.date(), at=NOW)
    points = [
        ReplyPoint(reply=reply, request=item, answer="已办。")
        for item in written
        if isinstance(item, RequestItem)
    ]
    told.take(
        "send_to_check",
        post=post("edu_handler"),
        at=NOW,
        subject=file,
        facts=[reply, *points],
    )
    told.take("sign", post=post("edu_head"), at=NOW, subject=file)
    handed = [Delivery(reply=reply, deputy=post(who), at=NOW) for who in ("lin", "zhao")]
    told.take("deliver", post=post("edu_liaison"), at=NOW, subject=file, facts=handed)
    told.take("reply", post=post("edu_liaison"), at=NOW, subject=part)
    told.take("answer", post=post("edu_liaison"), at=NOW)
    rating = Rating(
        suggestion=told.case, round=1, deputy=post("lin"), attitude="VS", result="S", at=NOW
    )
    told.take("rate", post=post("lin"), at=NOW, facts=[rating])
    told.take("close", post=post("lin"), at=NOW)
    told.take("finish", post=post("edu_liaison"), at=NOW, subject=part)
    return told


def test_written_together_it_is_sound_and_on_record() -> None:
    town = Town()
    follow_hunan(town)
    with transaction.atomic():
        history = History()
        for _ in range(3):
            told = closed(town, history)
            told.acts[2][0].data["number"] = str(len(history.told))
        history.write()
    case = Suggestion.objects.get(number="2")
    assert (case.stage, case.outcome_class, case.result) == ("closed", "A1", "S")
    assert case.assignments.get().stage == "done"
    assert Entry.objects.count() >= 3 * case.acts.count()
    assert list(differences()) == []
    assert verify_chain(town.congress.key) == []


def test_it_equals_what_the_steps_write() -> None:
    town = Town()
    story = Story(town).submitted().registered()
    with transaction.atomic():
        history = History()
        told = begun(town, history)
        written = SuggestionText.of_draft(TEXT).version(told.case, ordinal=1, at=NOW)
        told.take("confirm_signature", post=town.post("zhao"), at=NOW)
        told.take(
            "submit",
            post=town.post("lin"),
            at=NOW,
            data={
                "raised": "in_session" if town.session.sits_on(NOW.date()) else "between_sessions"
            },
            facts=written,
        )
        told.take(
            "register",
            post=town.post("clerk"),
            at=NOW,
            data={"number": "2", "order": 2, "category": "education"},
        )
        history.write()
    story.case.refresh_from_db()
    same = [name for name in COLUMNS if name not in ("number", "number_order")]
    assert {name: getattr(told.case, name) for name in same} == {
        name: getattr(story.case, name) for name in same
    }
    assert NumberSeries.objects.get(session=town.session).last == 2
    # The case goes on from there by ordinary steps.
    services.assign(
        case=told.case,
        actor=town.actor("clerk"),
        at=NOW,
        organs=[Charge(organ=town.education, role="sole")],
    )
    assert list(differences()) == []


def test_what_no_table_allows_is_not_told() -> None:
    town = Town()
    told = begun(town, History())
    with pytest.raises(ReplayError):
        told.take("register", post=town.post("clerk"), at=NOW)
