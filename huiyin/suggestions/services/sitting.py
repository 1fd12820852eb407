"""Many cases dealt with in one sitting: locked, read, told and put on record all at once.

Each case still has its own turn (``services.turn``), and one that is refused leaves nothing. What
a turn alone would ask the database for its one case is asked here for all of them together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import prefetch_related_objects

from huiyin.accounts.actor import Actor
from huiyin.accounts.rules import require_as_read
from huiyin.ledger import services as ledger
from huiyin.organisations.models import Congress
from huiyin.outbox import services as outbox
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.ruling import Rulings
from huiyin.suggestions.standing import CaseFacts, load_many


@dataclass(slots=True, kw_only=True)
class Sitting:
    """Cases of one congress under lock, as they are now, and what has been written on them."""

    congress: Congress
    rulings: Rulings
    facts: dict[int, CaseFacts]
    lines: list[ledger.Line] = field(default_factory=list)
    tellings: list[outbox.Telling] = field(default_factory=list)

    def facts_of(self, case: Suggestion) -> CaseFacts:
        """What is known of a case, its own to add to: each has one turn in a sitting."""
        return self.facts.pop(case.pk)


@contextmanager
def sitting(*, cases: Sequence[Suggestion], actor: Actor, at: datetime) -> Iterator[Sitting]:
    """Lock ``cases`` for the actor; what their turns have written is told and recorded at the end.

    One transaction. The record comes last, for its chain stays locked until then.
    """
    with transaction.atomic():
        locked = locked_in_order(cases)
        require_as_read(actor)
        known = {facts.case.pk: facts for facts in load_many(locked)}
        texts = [version for facts in known.values() for version in facts.versions]
        prefetch_related_objects(texts, "requests")
        now = Sitting(congress=actor.congress, rulings=Rulings.now(cases=locked), facts=known)
        yield now
        outbox.tell_many(now.tellings, actor=actor, at=at)
        if now.lines:
            ledger.record_many(chain=now.congress.key, lines=now.lines)


def locked_in_order(cases: Sequence[Suggestion]) -> list[Suggestion]:
    """Lock several cases before the first turn, and read them as they are now.

    By primary key, and before any line is recorded: whoever takes them in another order, or the
    record first, would wait for one who waits for him.
    """
    chosen = Suggestion.objects.filter(pk__in=[case.pk for case in cases]).order_by("pk")
    list(chosen.select_for_update().values_list("pk", flat=True))
    rows = list(chosen.select_related("session", "lead__person"))
    prefetch_related_objects(rows, "congress", "signatures")
    return rows
