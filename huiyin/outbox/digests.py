"""The daily digest: at most one letter a person and day, one line for each case."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.db import transaction

from huiyin.accounts.models import Person
from huiyin.kernel.clock import ZONE
from huiyin.outbox import reaching
from huiyin.outbox.models import Delivery, Digest, Reach, State

# How many persons' letters are put together in one transaction.
AT_ONCE = 200


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
    persons = sorted(waiting)
    return sum(
        _compose({key: waiting[key] for key in persons[nth : nth + AT_ONCE]}, at=at)
        for nth in range(0, len(persons), AT_ONCE)
    )


def _forget_read(*, at: datetime) -> None:
    read = Delivery.objects.filter(
        state=State.HELD, digest__isnull=True, notice__read_at__isnull=False
    )
    read.update(state=State.READ, at=at)


@transaction.atomic
def _compose(waiting: dict[int, list[int]], *, at: datetime) -> int:
    """The letters of some persons, each with what waits for him; return how many are new."""
    persons = Person.objects.select_related("reach").in_bulk(list(waiting))
    channels = {key: _channel(person) for key, person in persons.items()}
    lost = [each for key, channel in channels.items() if not channel for each in waiting[key]]
    Delivery.objects.filter(pk__in=lost).update(state=State.FAILED, at=at)
    on = at.astimezone(ZONE).date()
    new = [
        Digest(person=persons[key], on=on, channel=channel, state=State.QUEUED, at=at, due_at=at)
        for key, channel in channels.items()
        if channel
    ]
    Digest.objects.bulk_create(new, ignore_conflicts=True)
    made = Digest.objects.filter(key__in=[each.key for each in new]).only("pk", "person")
    held = [
        Delivery(pk=each, digest=digest) for digest in made for each in waiting[digest.person_id]
    ]
    Delivery.objects.filter(digest__isnull=True).bulk_update(held, ["digest"], batch_size=AT_ONCE)
    return len(made)


def _channel(person: Person) -> str:
    reach: Reach = getattr(person, "reach", None) or reaching.usual(person)
    return reach.digest if reaching.address(person, reach.digest, reach=reach) else ""
