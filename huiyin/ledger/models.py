"""The record of everything done, and the facts it vouches for."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.canonical import digest
from huiyin.kernel.errors import Conflict
from huiyin.kernel.fields import KeyField
from huiyin.ledger.prepared import PreparedManager

# What precedes the first line of every chain.
GENESIS = "0" * 64


class Chain(models.Model):
    """One sequence of lines: a congress's, or the house's for what belongs to no congress.

    The row is the head. A writer locks it, so that two never continue from the same line.
    """

    key = models.CharField(primary_key=True, max_length=22)
    head_seq = models.BigIntegerField(default=0)
    head_hash = models.CharField(max_length=64, default=GENESIS)
    # The latest time on any line: later than the last line's when that one is back-dated.
    head_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("chain of the record")
        verbose_name_plural = _("chains of the record")

    def __str__(self) -> str:
        return f"{self.key} {self.head_seq}"


class Entry(models.Model):
    """One line of the record: who did what, in which post, when, and which facts it left.

    ``hash`` covers every other column and the hash of the line before. Persons and cases are
    named by key only, and the reason by its digest, so that the line holds nothing to erase.
    """

    pk = models.CompositePrimaryKey("chain", "seq")
    # The primary key begins with it; an index of its own would only cost.
    chain = models.ForeignKey(Chain, models.PROTECT, related_name="entries", db_index=False)
    seq = models.BigIntegerField()
    at = models.DateTimeField(_("when"))
    back_dated = models.BooleanField(_("back-dated"), default=False)
    person_key = models.CharField(max_length=22, blank=True)
    post_key = models.CharField(max_length=22, blank=True)
    role = models.CharField(max_length=40)
    on_behalf_of = models.CharField(max_length=22, blank=True)
    via = models.CharField(max_length=20)
    action = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=40)
    subject_key = models.CharField(max_length=64)
    before = models.CharField(max_length=200, blank=True)
    after = models.CharField(max_length=200, blank=True)
    why_digest = models.CharField(max_length=64, blank=True)
    facts = models.JSONField(default=list)
    alg = models.CharField(max_length=10)
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("line of the record")
        verbose_name_plural = _("lines of the record")

    def __str__(self) -> str:
        return f"{self.chain_id} {self.seq} {self.action}"


class IdempotencyKey(models.Model):
    """A form that has been sent, and what came of it. Written with the work, or not at all."""

    key = models.CharField(max_length=64)
    person_key = models.CharField(max_length=22)
    action = models.CharField(max_length=80)
    result = models.TextField(blank=True)
    at = models.DateTimeField()
    replays = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("form already sent")
        verbose_name_plural = _("forms already sent")
        constraints = [
            models.UniqueConstraint(name="form_sent_once", fields=["person_key", "key"]),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.at:%Y-%m-%d}"


class Fact(models.Model):
    """Something that happened: a row that is written once and never changed or deleted.

    The database refuses it too: the migration of each fact names its table in
    ``triggers.Protect``. A column added later must allow NULL and leave earlier rows NULL, for
    then their digests stay what they were; a column is never renamed or removed.
    """

    # Names of columns that repeat for speed what other columns or rows already say.
    NOT_PART_OF_FACT: ClassVar[frozenset[str]] = frozenset()

    key = KeyField()

    objects = PreparedManager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row for the first time. Raises ``Conflict`` for one that exists."""
        if not self._state.adding:
            raise Conflict(_FIXED, remedy=_ADD_ANOTHER)
        # Given a primary key, Django would try an UPDATE first.
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(
        self,
        *args: Any,  # noqa: ARG002 - Django's signature
        **kwargs: Any,  # noqa: ARG002 - Django's signature
    ) -> tuple[int, dict[str, int]]:
        """Raise ``Conflict``: a fact stays."""
        raise Conflict(_FIXED, remedy=_ADD_ANOTHER)

    def fact_digest(self) -> str:
        """Return the digest of everything this row says, the same before and after saving.

        Empty (NULL) columns are left out, which keeps the encoding unambiguous and lets columns
        be added. Raises ``TypeError`` for a value without one form, such as a float.
        """
        said = {}
        for field, same in _columns_said(type(self)):
            value = getattr(self, field.attname)
            if value is not None:
                said[field.name] = value if type(value) is same else _plain(field, value)
        return digest("huiyin.fact", self._meta.label_lower, said)


_FIXED = _("What has been put on record is never changed or deleted.")
_ADD_ANOTHER = _("Record a correction as a new entry; both stay visible.")


# A time is a kind of day to Django, so it comes first.
_READ_BACK_AS: tuple[tuple[type[models.Field[Any, Any]], type], ...] = (
    (models.DateTimeField, datetime),
    (models.DateField, date),
    (models.BooleanField, bool),
    (models.IntegerField, int),
    (models.CharField, str),
    (models.TextField, str),
)


@cache
def _columns_said(kind: type[Fact]) -> tuple[tuple[models.Field[Any, Any], type | None], ...]:
    """The columns a fact of this kind is digested from, and what is read back as it is."""
    columns = (each for each in kind._meta.concrete_fields if not each.primary_key)
    return tuple(
        (each, _read_back_as(each)) for each in columns if each.name not in kind.NOT_PART_OF_FACT
    )


def _read_back_as(field: models.Field[Any, Any]) -> type | None:
    stored = field.target_field if isinstance(field, models.ForeignKey) else field
    return next((same for kind, same in _READ_BACK_AS if isinstance(stored, kind)), None)


def _plain(field: models.Field[Any, Any], value: Any) -> Any:
    """Return ``value`` as it will be read back from the database."""
    if isinstance(field, models.JSONField):
        return json.loads(json.dumps(value, cls=field.encoder))
    plain = field.get_prep_value(value)
    if isinstance(field, models.DecimalField):
        return Decimal(plain).quantize(Decimal(1).scaleb(-field.decimal_places))
    return plain
