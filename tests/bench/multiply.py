"""Multiplying the decks: one ``INSERT … SELECT`` for each table, row ids shifted, keys new.

What the lifecycles wrote for a hundred cases stands for all their copies. A copy lies in another
session or at another minute, has another number, place name and set of deputies. The lines of the
record are not multiplied: pages do not read them, and they would have to be chained one by one.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.management.color import no_style
from django.db import connection, models, transaction

from huiyin.accounts.models import Person, Post
from huiyin.kernel.fields import KeyField
from huiyin.organisations.models import Session
from huiyin.outbox.models import Delivery as NoticeDelivery
from huiyin.outbox.models import Notice
from huiyin.suggestions import models as room
from huiyin.suggestions.history import FACTS
from huiyin.suggestions.models import NumberSeries, Suggestion
from tests.bench.deck import DECK, PLACE
from tests.bench.ground import APART, DEPUTIES, SESSIONS, Ground

MODELS: tuple[type[models.Model], ...] = (
    Suggestion,
    room.Signature,
    room.Draft,
    room.Assignment,
    room.ReplyFile,
    *FACTS,
    Notice,
    NoticeDelivery,
)
_NAMES = "青山金石云溪白马东湖临江平山金沙青田安化双牌宁远桃源石门慈利"
_SEATS = 17
Range = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Copy:
    """How one copy of a deck differs from the deck."""

    number: int
    deck: int
    session: int
    days: int
    minutes: int
    first_number: int
    place: str
    seats: int


def ends() -> dict[type[models.Model], int]:
    """The highest row id of every table that is multiplied."""
    return {
        model: model._default_manager.aggregate(top=models.Max("pk"))["top"] or 0
        for model in MODELS
    }


def plan(sessions: list[Session], *, total: int) -> list[Copy]:
    """The copies that make ``total`` cases of the two decks, which are two of them."""
    a_session = total // SESSIONS // DECK
    assert a_session * SESSIONS * DECK == total, f"{total} is no multiple of {SESSIONS * DECK}"
    copies: list[Copy] = []
    for place, session in enumerate(sessions):
        deck = 1 if place == SESSIONS - 1 else 0
        home = SESSIONS - 1 if deck else SESSIONS - 2
        for turn in range(a_session):
            if place == home and turn == 0:
                continue
            number = len(copies) + 1
            copies.append(
                Copy(
                    number=number,
                    deck=deck,
                    session=session.pk,
                    days=-APART * (home - place),
                    minutes=number * 7 % 420,
                    first_number=turn * DECK,
                    place=_NAMES[number % (len(_NAMES) - 1) :][:2],
                    seats=number * _SEATS % DEPUTIES,
                )
            )
    return copies


@transaction.atomic
def multiply(
    ground: Ground, copies: list[Copy], *, between: tuple[dict[type[models.Model], int], ...]
) -> None:
    """Write the copies. ``between`` holds ``ends()`` before, between and after the two decks."""
    before, middle, after = between
    _note(copies)
    step = {model: after[model] for model in MODELS}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Foreign keys hold by construction; checking millions would take most of the time.
            cursor.execute("SET LOCAL session_replication_role = replica")
        for model in MODELS:
            ranges = ((before[model], middle[model]), (middle[model], after[model]))
            cursor.execute(_statement(model, ground, step=step, ranges=ranges))
        cursor.execute("DROP TABLE bench_copy")
        for statement in connection.ops.sequence_reset_sql(no_style(), list(MODELS)):
            cursor.execute(statement)
    for session in ground.sessions:
        top = Suggestion.objects.filter(session=session).aggregate(n=models.Max("number_order"))
        NumberSeries.objects.update_or_create(session=session, defaults={"last": top["n"] or 0})


def make_room() -> None:
    """Let SQLite fill its tables without a journal; what goes wrong here is begun again.

    The next connection sets everything as it is in an office.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for asked in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-1000000"):
                cursor.execute(f"PRAGMA {asked}")


def refresh_statistics() -> None:
    """Let the database count what it has: its plans rest on it."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _note(copies: list[Copy]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE bench_copy (number integer, deck integer, session integer,"
            " days integer, minutes integer, first_number integer, place varchar(4), seats integer)"
        )
        cursor.executemany(
            "INSERT INTO bench_copy VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            [
                (c.number, c.deck, c.session, c.days, c.minutes, c.first_number, c.place, c.seats)
                for c in copies
            ],
        )


def _statement(
    model: type[models.Model],
    ground: Ground,
    *,
    step: dict[type[models.Model], int],
    ranges: tuple[Range, Range],
) -> str:
    fields = model._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(_value(field, ground, step=step) for field in fields)
    (low, middle), (_middle, high) = ranges
    of_deck = (
        f"(c.deck = 0 AND t.id > {low} AND t.id <= {middle})"
        f" OR (c.deck = 1 AND t.id > {middle} AND t.id <= {high})"
    )
    # Names come from the models, numbers from the plan: nothing here was typed by anybody.
    return (
        f'INSERT INTO "{model._meta.db_table}" ({columns}) SELECT {values}'  # noqa: S608
        f' FROM bench_copy c JOIN "{model._meta.db_table}" t ON {of_deck}'
        " ORDER BY c.number, t.id"
    )


def _value(
    field: models.Field[object, object], ground: Ground, *, step: dict[type[models.Model], int]
) -> str:
    """The expression for one column of a copy."""
    column = f't."{field.column}"'
    own = _own_value(field, column, step=step)
    if own:
        return own
    if field.primary_key:
        return f"{column} + c.number * {step[field.model]}"
    if isinstance(field, KeyField):
        return _NEW_KEY[connection.vendor]
    if isinstance(field, models.ForeignKey):
        return _shifted(field, column, ground, step=step)
    if isinstance(field, models.DateTimeField):
        return _LATER[connection.vendor].format(column=column)
    if isinstance(field, models.DateField):
        return _OTHER_DAY[connection.vendor].format(column=column)
    return column


def _shifted(
    field: models.ForeignKey[object, object],
    column: str,
    ground: Ground,
    *,
    step: dict[type[models.Model], int],
) -> str:
    target = field.related_model
    if target in step:
        return f"{column} + c.number * {step[target]}"
    if target is Session:
        return "c.session"
    if target in (Post, Person):
        deputy = ground.deputies[0]
        first = deputy.pk if target is Post else deputy.person_id
        seat = f"{first} + ({column} - {first} + c.seats) % {DEPUTIES}"
        last = first + DEPUTIES - 1
        return f"CASE WHEN {column} BETWEEN {first} AND {last} THEN {seat} ELSE {column} END"
    return column


def _own_value(
    field: models.Field[object, object], column: str, *, step: dict[type[models.Model], int]
) -> str:
    """What a column needs that is not like others of its kind."""
    name = f"{field.model.__name__}.{field.name}"
    order = 't."number_order" + c.first_number'
    if name == "Suggestion.number":
        return f"CAST({order} AS varchar(20))"
    if name == "Suggestion.number_order":
        return order
    if name == "Act.data":
        return _RENUMBERED[connection.vendor].format(column=column)
    if name in ("Suggestion.title", "Version.title", "Notice.title"):
        return f"REPLACE({column}, '{PLACE}', c.place)"
    if name == "Notice.case_key":
        return _KEY_OF_THE_COPY.format(column=column, step=step[Suggestion])
    return ""


_NEW_KEY = {
    "sqlite": "substr(hex(randomblob(11)), 1, 22)",
    "postgresql": "substr(replace(gen_random_uuid()::text, '-', ''), 1, 22)",
}
_KEY_OF_THE_COPY = (
    "(SELECT s.key FROM suggestions_suggestion s WHERE s.id = {step} * c.number +"
    " (SELECT o.id FROM suggestions_suggestion o WHERE o.key = {column}))"
)
_LATER = {
    "sqlite": "datetime({column}, c.days || ' days', c.minutes || ' minutes')",
    "postgresql": "{column} + make_interval(days => c.days, mins => c.minutes)",
}
_OTHER_DAY = {
    "sqlite": "date({column}, c.days || ' days')",
    "postgresql": "{column} + c.days",
}
_RENUMBERED = {
    "sqlite": (
        "CASE WHEN t.move = 'register' THEN json_set({column},"
        " '$.order', json_extract({column}, '$.order') + c.first_number, '$.number',"
        " CAST(json_extract({column}, '$.order') + c.first_number AS text))"
        " ELSE {column} END"
    ),
    "postgresql": (
        "CASE WHEN t.move = 'register' THEN {column} || jsonb_build_object("
        " 'order', ({column}->>'order')::int + c.first_number, 'number',"
        " (({column}->>'order')::int + c.first_number)::text)"
        " ELSE {column} END"
    ),
}
