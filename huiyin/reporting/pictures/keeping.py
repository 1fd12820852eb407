"""Finding the picture of a day, or having it made; only the last ones are kept."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from huiyin.ledger.models import Chain
from huiyin.organisations.models import Session
from huiyin.reporting.models import Picture
from huiyin.reporting.pictures.making import fill
from huiyin.reporting.pictures.moment import end_of, last_line

# Of one congress. A yearly report looks at a few days of two or three sessions.
MOST_KEPT = 40


def picture_of(session: Session, *, as_of: date, known: int | None = None) -> Picture:
    """Return how the session stood at the end of ``as_of``, known up to a line of the record."""
    head = Chain.objects.get(pk=session.congress.key).head_seq
    upto = head if known is None else min(known, head)
    line = _line(session, as_of=as_of, upto=upto)
    found = Picture.objects.filter(session=session, as_of=as_of, line=line).first()
    if found is None:
        return _made(session, as_of=as_of, line=line, checked=upto)
    if found.checked < upto:
        Picture.objects.filter(pk=found.pk, checked__lt=upto).update(checked=upto)
    return found


def _line(session: Session, *, as_of: date, upto: int) -> int:
    """The last line up to ``upto`` that speaks of the day; each line is looked at once."""
    earlier = Picture.objects.filter(session=session, as_of=as_of, line__lte=upto)
    nearest = earlier.order_by("-line").first()
    line, checked = (nearest.line, nearest.checked) if nearest else (0, 0)
    if checked >= upto:
        return line
    chain, end = session.congress.key, end_of(as_of)
    return last_line(chain, end=end, after=checked, upto=upto) or line


def _made(session: Session, *, as_of: date, line: int, checked: int) -> Picture:
    try:
        with transaction.atomic():
            picture = Picture.objects.create(
                session=session, as_of=as_of, line=line, checked=checked
            )
            fill(picture, end=end_of(as_of))
    except IntegrityError:
        # Somebody else asked for the same day at the same time and was first.
        return Picture.objects.get(session=session, as_of=as_of, line=line)
    _forget(session)
    return picture


def _forget(session: Session) -> None:
    """Throw away all but the last ones made."""
    kept = Picture.objects.filter(session__congress=session.congress_id).order_by("-pk")
    for old in list(kept.values_list("pk", flat=True)[MOST_KEPT:]):
        Picture.objects.filter(pk=old).delete()
