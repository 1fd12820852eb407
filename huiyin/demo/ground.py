"""Whether there is room for the demo, and whether it stands there already."""

from __future__ import annotations

from django.db import connection

from huiyin.accounts.models import Person
from huiyin.demo.chance import key_of
from huiyin.organisations.models import Congress

# No other congress has this key: it is drawn from the demo's own seed.
CONGRESS_KEY = key_of("Congress", 1)


def is_taken() -> bool:
    """Whether there are people in the database, and not those of a demo.

    Asked before anything is migrated: an office's database is not even brought up to date.
    """
    if Person._meta.db_table not in connection.introspection.table_names():
        return False
    return Person.objects.exists() and not is_built()


def is_built() -> bool:
    """Whether the demo's own congress is there."""
    return Congress.objects.filter(key=CONGRESS_KEY).exists()
