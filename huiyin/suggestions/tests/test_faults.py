"""Whatever fails in the middle of a step, nothing of the step remains (T101, T119)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction

from huiyin.accounts.tests.town import Town
from huiyin.ledger.models import Entry
from huiyin.outbox.models import Notice
from huiyin.suggestions.models import Act, Assignment, Delivery, Rating, Suggestion, Version
from huiyin.suggestions.tests.attempts import ATTEMPTS
from huiyin.suggestions.tests.situations import Story, follow_hunan
from huiyin.suggestions.tests.test_matrix import EVERY_SITUATION, PERMITTED

pytestmark = pytest.mark.django_db

COUNTED = (Act, Entry, Notice, Version, Assignment, Delivery, Rating)
# situation, step, who: steps that write several kinds of rows.
STEPS = {
    ("draft, a co-signer invited", "submit", "lin"),
    ("submitted", "register", "clerk"),
    ("registered", "assign", "clerk"),
    ("reply signed", "reply.deliver", "edu_liaison"),
    ("replied", "rate", "lin"),
}
# Every step that anybody may take anywhere, once, with HUIYIN_FAULTS=all; as the matrix has it.
OF_THE_PROVINCE = frozenset(STEPS)
if os.environ.get("HUIYIN_FAULTS") == "all":
    STEPS |= {
        (situation, step, min(who))
        for step, (situation, who) in {
            step: (situation, who)
            for situation, steps in PERMITTED.items()
            for step, who in steps.items()
        }.items()
    }


# The case locked, the act kept, its line of the record: fewer statements are no step.
FEWEST = 10


class Fault(Exception):
    """The database fails here."""


@contextmanager
def failing_at(number: int) -> Iterator[list[int]]:
    """Let the ``number``-th statement fail; the list holds how many were run."""
    ran = [0]

    def execute(run: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            ran[0] += 1
            if ran[0] == number:
                raise Fault(sql)
        return run(sql, *rest)

    with connection.execute_wrapper(execute):
        yield ran


def counts(case: Suggestion) -> tuple[Any, ...]:
    row = Suggestion.objects.filter(pk=case.pk).values_list().get()
    return (*(model.objects.count() for model in COUNTED), row)


@pytest.mark.parametrize(("situation", "step", "who"), sorted(STEPS))
def test_every_statement_may_fail(situation: str, step: str, who: str) -> None:
    town = Town()
    if (situation, step, who) in OF_THE_PROVINCE:
        follow_hunan(town)
    story = EVERY_SITUATION[situation](Story(town))
    story.case.refresh_from_db()
    if step == "merge":
        story.other = Story(town, title="关于扩建新区幼儿园的建议").submitted().case
        story.other.refresh_from_db()
    actor = town.actor(who)
    before = counts(story.case)
    number = 0
    while True:
        number += 1
        with failing_at(number) as ran:
            try:
                with transaction.atomic():
                    ATTEMPTS[step](story, actor)
            except Fault:
                pass
        if ran[0] < number:
            break
        assert counts(story.case) == before, f"statement {number} left something"
        story.case.refresh_from_db()
        story.case.forget_cached()
    # The last try ran through: the wrapper does not hide a step that never works.
    assert counts(story.case) != before
    assert number > FEWEST
