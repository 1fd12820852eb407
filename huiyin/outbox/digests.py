"""The daily digest: at most one letter a person and day, one line for each case."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime

from django.db import transaction

from huiyin.accounts.models import Person
from huiyin.kernel.clock import ZONE
from huiyin.outbox import reaching
from huiyin.outbox.models import Delivery, Digest, Reach, State


def compose(*, at: datetime) -> int:
    """Put what is held for each person into his letter of the day; return how many there are.

    What he has read meanwhile is not told again. Whoever has had his letter of the day already
    gets the rest tomorrow: the database keeps one a person and day, whoever runs this how often.
    """
    held = Delivery.objects.filter(state=State.HELD, digest__isnull=True)
    _forget_read(at=at)
    waiting: dict[int, list[int]] = defaultdict(list)
    for person, delivery in held.order_by("pk").values_list("notice__person", "pk"):
        waiting[person].append(delivery)
    persons = Person.objects.select_related("reach").in_bulk(list(waiting))
    on = at.astimezone(ZONE).date()
    return sum(_compose(persons[key], each, on=on, at=at) for key, each in waiting.items())


def _forget_read(*, at: datetime) -> None:
    read = Delivery.objects.filter(
        state=State.HELD, digest__isnull=True, notice__read_at__isnull=False
    )
    read.update(state=State.READ, at=at)


@transaction.atomic
def _compose(person: Person, deliveries: list[int], *, on: date, at: datetime) -> bool:
    reach: Reach = getattr(person, "reach", None) or reaching.usual(person)
    channel = reach.digest if reaching.address(person, reach.digest, reach=reach) else ""
    if not channel:
        Delivery.objects.filter(pk__in=deliveries).update(state=State.FAILED, at=at)
        return False
    new = Digest(person=person, on=on, channel=channel, state=State.QUEUED, at=at, due_at=at)
    Digest.objects.bulk_create([new], ignore_conflicts=True)
    made = Digest.objects.filter(key=new.key).first()
    if made is None:
        return False
    Delivery.objects.filter(pk__in=deliveries, digest__isnull=True).update(digest=made)
    return True
