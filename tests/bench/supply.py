"""What the measures visit and use up: addresses, drafts to submit, registered cases to assign."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from huiyin.accounts.models import Post, Role
from huiyin.organisations.models import Organ
from huiyin.suggestions.history import History
from huiyin.suggestions.models import Assignment, NumberSeries, Suggestion
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.stages import Stage
from tests.bench.deck import Life, keep_titles
from tests.bench.ground import Ground

DRAFTS = 900
TO_ASSIGN = 400
CASES = 200
ORGANS = 8


@dataclass(frozen=True, kw_only=True)
class Supply:
    """Keys of rows, and the logins of those who visit them."""

    drafts: list[str]
    registered: list[str]
    cases: list[str]
    organs: list[Organ]
    sessions: list[str]
    writer: Post
    liaison: Post

    def login(self, role: str) -> str:
        """Who reads in that role."""
        own = {Role.DEPUTY.value: self.writer, Role.LIAISON.value: self.liaison}
        return own[role].person.login if role in own else role


def lay_in(ground: Ground) -> Supply:
    """Write what the measures will use up and look for what they visit."""
    busy = _busiest(ground)
    writer = ground.deputies[0]
    return Supply(
        drafts=_drafts(ground, writer),
        registered=_registered(ground),
        cases=_cases(ground),
        organs=busy,
        sessions=[session.key for session in ground.sessions],
        writer=writer,
        liaison=ground.staff[busy[0].pk][Role.LIAISON],
    )


def _lives(ground: Ground, *, count: int, lead: Post | None, day: int) -> History:
    history = History(via=Via.PAGE)
    first = NumberSeries.objects.get(session=ground.sessions[-1]).last
    for number in range(first, first + count):
        life = Life(
            history=history, ground=ground, session=ground.sessions[-1], number=number, day=day
        )
        if lead is None:
            life.submitted().later(2).registered()
        else:
            life.drafted()
    return history


def _drafts(ground: Ground, writer: Post) -> list[str]:
    """Drafts of one deputy without co-signers, ready to be submitted."""
    with transaction.atomic():
        history = _lives(ground, count=DRAFTS, lead=writer, day=120)
        for told in history.told:
            told.case.lead = writer
            del told.signatures[1:]
            told.signatures[0].deputy = writer
        history.write()
        keep_titles(history.told)
    return [told.case.key for told in history.told]


def _registered(ground: Ground) -> list[str]:
    with transaction.atomic():
        history = _lives(ground, count=TO_ASSIGN, lead=None, day=118)
        history.write()
    return [told.case.key for told in history.told]


def _cases(ground: Ground) -> list[str]:
    """Cases of all sessions that have been answered, spread over the table."""
    rows = Suggestion.objects.filter(congress=ground.congress, stage=Stage.CLOSED).order_by("pk")
    keys = list(rows.values_list("key", flat=True))
    return keys[:: max(len(keys) // CASES, 1)][:CASES]


def _busiest(ground: Ground) -> list[Organ]:
    """The organs with most in handling: their filtered lists are the longest."""
    counts = {
        organ.pk: Assignment.objects.filter(
            organ=organ, suggestion__stage=Stage.IN_HANDLING
        ).count()
        for organ in ground.organs
    }
    return sorted(ground.organs, key=lambda organ: -counts[organ.pk])[:ORGANS]
