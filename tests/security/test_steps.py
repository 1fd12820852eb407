"""Each form of the house in the hands of everybody else: refused, and nothing left behind (T004).

Who may is stated here by hand beside the sender each form names; the room of the suggestions has
the same matrix for its services, and this one shows that no page lies between.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from tests.security.detector import changes, held, lasting, writes
from tests.security.form import Form
from tests.security.handling_forms import HANDLING
from tests.security.house import AS_A_PROGRAM, READERS, STRANGER, House
from tests.security.sending import (
    DISPUTES,
    KEPT,
    PEOPLE,
    RESPONSIBILITY,
    REVIEW,
    WRITING,
    sent,
)

WORKERS = {"edu_liaison", "edu_handler"}
# Who else may send it, besides the one it names.
ALSO: dict[str, set[str]] = {
    # Of the same level: either keeps the calendar of the house.
    "suggestions:working_days": {"neighbour_clerk"},
    "suggestions:new": {"zhao", "zhou"},
    # Each clerk for the session of his own congress.
    "suggestions:cutoff": {"neighbour_clerk"},
    "suggestion.give_verdict": {"committee"},
    "part.plan": WORKERS,
    "part.contact": WORKERS,
    # Named in the record too; no other deputy, no organ and no office answers for him.
    "part.confirm_contact": {"zhao"},
    "part.contest_contact": {"zhao"},
    "suggestions:talk": {"clerk"},
    "part.ask_extension": {"edu_head"},
    "part.mark": {"edu_head"},
    # Each for his own organ; a leader of another is not on their list.
    "suggestions:responsibility_system": {"fin_liaison", "party_liaison"},
    "suggestions:organ_leaders": {"fin_liaison", "party_liaison"},
    "suggestions:leader_acts": {"fin_liaison", "party_liaison"},
    "part.give_opinion": {"fin_liaison"},
    "suggestions:co_part": {"fin_liaison"},
    "suggestions:opinion_autosave": {"fin_liaison"},
    "co.mark_opinion": WORKERS,
    "co.return_opinion": WORKERS,
    "suggestions:reply": WORKERS,
    "suggestions:reply_autosave": WORKERS,
    "reply, sent": WORKERS,
    "suggestions:reply_files": WORKERS,
    "part.send_back": {"edu_checker"},
    # Of another organ: each keeps its own levels.
    "suggestions:levels": {"edu_head", "fin_liaison", "party_liaison"},
    "suggestion.report_pressure": {"zhao"},
}
# Everybody's own: what they change is the sender's.
OWN = {"accounts:preferences", "outbox:read_all", "ui:save_view"}
# They have such a form too, and this one does not fit theirs.
TOLD_WHAT_IS_WRONG = {
    ("suggestions:new", "clerk"),
    ("suggestions:new", "neighbour_clerk"),
    ("accounts:new_person", "neighbour_clerk"),
}


# He clears the text too, when those before him have; nothing is written till then.
CLEARS_LATER = ("part.pass_check", "edu_head")
# His own congress has no rating to draw; ours he does not reach.
DRAWS_NOTHING = ("suggestions:call_back", "neighbour_clerk")


@pytest.mark.parametrize(
    "form",
    [
        form
        for form in (
            *(*WRITING, *REVIEW, *HANDLING, *DISPUTES),
            *(*PEOPLE, *RESPONSIBILITY, *KEPT),
        )
        if form.name not in OWN
    ],
    ids=lambda form: form.name,
)
def test_everybody_else_is_refused_and_leaves_nothing(house: House, form: Form) -> None:
    may = {form.who} | ALSO.get(form.name, set())
    said = form.filled(house)
    before = held()
    wrong: dict[str, Any] = {}
    for who in READERS:
        if who in may:
            continue
        with transaction.atomic():
            with writes() as written:
                answer = sent(house, form, said, who=who, headers=AS_A_PROGRAM)
            status = answer.status_code
            left = changes(before, held()) if lasting(written) else None
            transaction.set_rollback(True)
        if status not in refusals(form, who) or left:
            wrong[who] = (status, left)
    assert wrong == {}


def refusals(form: Form, who: str) -> set[int]:
    if who == STRANGER:
        return {401}
    if (form.name, who) in {CLEARS_LATER, DRAWS_NOTHING}:
        return {409}
    return {422} if (form.name, who) in TOLD_WHAT_IS_WRONG else {403, 404}


@pytest.mark.parametrize(
    ("form", "who"),
    [(form, who) for form in HANDLING for who in sorted(ALSO.get(form.name, set()))],
    ids=lambda each: each if isinstance(each, str) else each.name,
)
def test_who_else_may_is_taken(house: House, form: Form, who: str) -> None:
    assert sent(house, form, form.filled(house), who=who).status_code == form.taken
