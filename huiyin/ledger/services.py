"""Writing the record, in the transaction of the change it speaks of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from huiyin.kernel.acting import Acting
from huiyin.kernel.canonical import ALGORITHM
from huiyin.kernel.creating import create_many
from huiyin.kernel.errors import Conflict, Invalid
from huiyin.ledger import words
from huiyin.ledger.hashing import COLUMNS, line_hash, reason_digest
from huiyin.ledger.models import Chain, Entry, Fact, IdempotencyKey

# The chain for what belongs to no congress.
HOUSE = "house"
# The role on a line that no person caused.
SYSTEM = "system"
# Two machines' clocks differ; what lies further behind the last line is a wrong clock.
CLOCK_SLACK = timedelta(seconds=2)
KEY_LENGTH = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing done. ``facts`` are the saved rows it left; ``why`` stays out of the record.

    ``back_dated`` states that the time may lie before the last line's: history entered later.
    """

    at: datetime
    action: str
    subject: tuple[str, str]
    actor: Acting | None = None
    before: str = ""
    after: str = ""
    why: str = ""
    facts: Sequence[Fact] = ()
    on_behalf_of: str = ""
    via: str = "web"
    back_dated: bool = False


def record(
    *,
    chain: str,
    actor: Acting | None,
    at: datetime,
    action: str,
    subject: tuple[str, str],
    before: str = "",
    after: str = "",
    why: str = "",
    facts: Sequence[Fact] = (),
    on_behalf_of: str = "",
    via: str = "web",
    back_dated: bool = False,
) -> Entry:
    """Write one line, and return it. See ``record_many`` for what is refused."""
    line = Line(
        at=at,
        action=action,
        subject=subject,
        actor=actor,
        before=before,
        after=after,
        why=why,
        facts=facts,
        on_behalf_of=on_behalf_of,
        via=via,
        back_dated=back_dated,
    )
    return record_many(chain=chain, lines=[line])[0]


def record_many(*, chain: str, lines: Sequence[Line]) -> list[Entry]:
    """Write the lines in order. They are the same lines as if written one by one.

    The head of the chain stays locked until the transaction ends, so write the record last.
    Raises ``TransactionManagementError`` outside a transaction, ``Conflict`` when a line's time
    lies behind the chain's, ``LookupError`` for an action without words and ``ValueError`` for
    a fact that is not saved; nothing has been written then.
    """
    head = _locked_head(chain)
    entries = [_chained(head, line) for line in lines]
    create_many(Entry, entries)
    head.save(update_fields=["head_seq", "head_hash", "head_at"])
    return entries


def once(
    *, key: str, actor: Acting, action: str, at: datetime, do: Callable[[], str]
) -> tuple[str, bool]:
    """Run ``do`` unless this person has sent this form before. Return its result, and if it ran.

    The key and the work commit together: when ``do`` raises, neither is kept and the form may be
    sent again. A second request that arrives meanwhile waits for the first. Raises ``Invalid``
    for a key that no form carries and ``Conflict`` for a key of another action.
    """
    if not 0 < len(key) <= KEY_LENGTH:
        raise Invalid(
            _("This form has lost the mark that keeps it from being sent twice."),
            remedy=_("Open the page again and send the form once more."),
        )
    with transaction.atomic():
        sent = _claim(key=key, person_key=actor.person_key, action=action, at=at)
        if sent is None:
            return _replayed(key=key, person_key=actor.person_key, action=action), False
        sent.result = do()
        sent.save(update_fields=["result"])
        return sent.result, True


def _locked_head(chain: str) -> Chain:
    # Evaluated under select_for_update, which itself refuses to run outside a transaction on
    # PostgreSQL only; on SQLite the transaction is the lock, so it is asked for in words.
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(
            "the record is written in the transaction of the change it speaks of"
        )
    heads = Chain.objects.select_for_update().filter(key=chain)
    head = heads.first()
    if head is None:
        # Of two first writers one inserts and the other waits for it here.
        Chain.objects.bulk_create([Chain(key=chain)], ignore_conflicts=True)
        head = heads.get()
    return head


def _chained(head: Chain, line: Line) -> Entry:
    """Return the line that follows ``head``, and move ``head`` on to it."""
    words.require(line.action)
    entry = Entry(
        chain_id=head.key,
        seq=head.head_seq + 1,
        at=line.at,
        back_dated=_is_back_dated(line, head=head),
        person_key=line.actor.person_key if line.actor else "",
        post_key=line.actor.post_key if line.actor else "",
        role=line.actor.role if line.actor else SYSTEM,
        on_behalf_of=line.on_behalf_of,
        via=line.via,
        action=line.action,
        subject_type=line.subject[0],
        subject_key=line.subject[1],
        before=line.before,
        after=line.after,
        why_digest=reason_digest(line.why),
        facts=[_named(fact) for fact in line.facts],
        alg=ALGORITHM,
        prev=head.head_hash,
    )
    entry.hash = line_hash(entry.alg, [getattr(entry, column) for column in COLUMNS])
    head.head_seq = entry.seq
    head.head_hash = entry.hash
    head.head_at = max(entry.at, head.head_at or entry.at)
    return entry


def _is_back_dated(line: Line, *, head: Chain) -> bool:
    """Whether the line lies behind the chain. Raises ``Conflict`` unless that was stated."""
    if head.head_at is None or line.at >= head.head_at - CLOCK_SLACK:
        return False
    # A rehearsed day starts anew with each morning, and its clock goes back.
    if line.back_dated or settings.HUIYIN_TODAY is not None:
        return True
    raise Conflict(
        _("The clock of this system is behind the record; nothing has been saved."),
        remedy=_("Have the clock set right, then send this again."),
    )


def _named(fact: Fact) -> list[str]:
    if fact._state.adding:
        raise ValueError(f"{fact._meta.label} is not saved, so nothing can be said of it yet")
    return [fact._meta.label, fact.key, fact.fact_digest()]


def _claim(*, key: str, person_key: str, action: str, at: datetime) -> IdempotencyKey | None:
    """Return the new key row, or None when it is there already.

    A row that another transaction has just written makes the insert wait for its end.
    """
    try:
        with transaction.atomic():
            return IdempotencyKey.objects.create(
                key=key, person_key=person_key, action=action, at=at
            )
    except IntegrityError:
        return None


def _replayed(*, key: str, person_key: str, action: str) -> str:
    rows = IdempotencyKey.objects.filter(person_key=person_key, key=key)
    # Written, not only read: the commit of this answer waits for the replicas like the first
    # one's did, so that a lost first commit is never confirmed.
    rows.update(replays=F("replays") + 1)
    sent = rows.get()
    if sent.action != action:
        raise Conflict(
            _("This form has already been used for another step."),
            remedy=_("Open the page again to see where the case stands."),
        )
    return sent.result
