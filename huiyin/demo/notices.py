"""What people have been told of the last three weeks; older news nobody has kept.

The same words and the same audiences as after a real step. Letters count as sent: a demo that is
started does not post a thousand of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from huiyin.accounts.actor import Actor
from huiyin.demo import quotas
from huiyin.demo.chance import Chance
from huiyin.demo.days import at
from huiyin.demo.telling import Tale
from huiyin.kernel.workflow import Move
from huiyin.outbox import services as outbox
from huiyin.outbox.models import Channel, Delivery, Notice, State
from huiyin.suggestions import audience
from huiyin.suggestions.lifecycle import TABLES
from huiyin.suggestions.models import Act
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.services.turn import CASE_TYPE, Subject, assignment_of

_SINCE = at(quotas.TODAY - timedelta(days=21), 0)
# What came before this is mostly read, what came after mostly not.
_FRESH = at(quotas.TODAY - timedelta(days=4), 0)


def tell(tales: Sequence[Tale]) -> None:
    """Put the notices of every late step into the inboxes, and mark some as read."""
    for tale in tales:
        if tale.told.acts and tale.told.acts[-1][0].at >= _SINCE:
            tale.told.case.forget_cached()
            for act, _facts in tale.told.acts:
                row = TABLES[Table(act.table)].find(act.move)
                if act.at >= _SINCE and row.notice:
                    _tell(act, row)
    _read_some()


def _tell(act: Act, row: Move) -> None:
    case, subject = act.suggestion, _subject(act)
    part = assignment_of(subject)
    due = part.due_on if part else case.due_on
    outbox.tell(
        posts=audience.of(row.notice, subject=subject, suggestion=case, on=act.on),
        event=f"{act.table}.{act.move}",
        case=(CASE_TYPE, case.key),
        title=case.title,
        params={
            "number": case.number or "",
            "title": case.title,
            "organ": part.organ.name if part else "",
            "why": act.why,
            "due": due or "",
        },
        actor=Actor.of(act.post),
        at=act.at,
    )


def _subject(act: Act) -> Subject:
    return act.reply_file or act.assignment or act.suggestion


def _read_some() -> None:
    """Whom the news reached first has read it; nobody has read everything of the last days."""
    notices = list(Notice.objects.order_by("pk"))
    chance = Chance("read")
    for notice in notices:
        if chance.falls(0.86 if notice.created_at < _FRESH else 0.25):
            notice.read_at = _read_at(notice.created_at, chance)
    Notice.objects.bulk_update(notices, ["read_at"], batch_size=400)
    read = Notice.objects.filter(read_at__isnull=False)
    Delivery.objects.filter(channel=Channel.SITE, notice__in=read).update(state=State.READ)
    Delivery.objects.filter(channel=Channel.EMAIL).update(state=State.SENT, attempts=1, due_at=None)


def _read_at(told: datetime, chance: Chance) -> datetime:
    latest = at(quotas.TODAY, 8)
    return min(told + timedelta(minutes=chance.between(12, 1600)), latest)
