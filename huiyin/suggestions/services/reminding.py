"""Reminding a deputy who has let the time for rating pass. Nothing is closed by itself.

重庆市条例第29条 leaves a suggestion out of the count only after 「经催促仍然不反馈」. So the lead
deputy is reminded once, as soon as the limit of the rulebook is over; whether and when it is then
closed as not answered is the clerk's step. No text known says that it closes by itself.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from huiyin.kernel.clock import ZONE
from huiyin.outbox import selectors as outbox_selectors
from huiyin.outbox import services as outbox
from huiyin.suggestions import audience
from huiyin.suggestions.duties.conditions import unrated
from huiyin.suggestions.models import Act, Suggestion
from huiyin.suggestions.models.acts import Table, Via
from huiyin.suggestions.ruling import Ruling, feedback_due, ruling_for
from huiyin.suggestions.services.turn import CASE_TYPE

REMINDER = "suggestion.remind_to_rate"


def remind_to_rate(*, at: datetime) -> int:
    """Remind every lead deputy whose time to rate is over, once a round; return how many.

    Safe to run at every tick. Replies carried in from a list are left alone: what was on paper
    before the house was set up is nobody's omission here.
    """
    today = at.astimezone(ZONE).date()
    rulings: dict[tuple[int, date | None], Ruling] = {}
    count = 0
    for case in _waiting():
        known = (case.session_id, case.submitted_on)
        if known not in rulings:
            rulings[known] = ruling_for(case, on=today)
        limit = feedback_due(case, ruling=rulings[known])
        if limit is not None and today > limit.date:
            count += _remind(case, limit.date, at=at)
    return count


def _waiting() -> QuerySet[Suggestion]:
    """What waits for a rating, was answered in this house, and not reminded of since."""
    answered = Act.objects.filter(
        suggestion=OuterRef("pk"), round=OuterRef("round"), table=Table.SUGGESTION, move="answer"
    ).exclude(via=Via.IMPORT)
    reminded = outbox_selectors.last_told(CASE_TYPE, REMINDER, key=OuterRef("key"))
    waiting = Suggestion.objects.filter(unrated(), Exists(answered)).annotate(reminded=reminded)
    anew = Q(reminded__isnull=True) | Q(reminded__date__lte=F("replied_on"))
    return waiting.filter(anew).select_related("congress", "session").order_by("pk")


@transaction.atomic
def _remind(case: Suggestion, limit: date, *, at: datetime) -> bool:
    """Tell the lead deputy; False when his mandate is not in use."""
    on = at.astimezone(ZONE).date()
    told = outbox.tell(
        posts=audience.of("lead_deputy", subject=case, suggestion=case, on=on),
        event=REMINDER,
        case=(CASE_TYPE, case.key),
        title=case.title,
        params={"number": case.number or "", "title": case.title, "due": limit},
        actor=None,
        at=at,
    )
    return bool(told)
