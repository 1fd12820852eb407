"""A kind of fact with a column of every type that facts may have."""

from typing import ClassVar

from django.db import models

from huiyin.ledger.models import Fact


class Mood(models.TextChoices):
    CALM = "calm", "Calm"
    STERN = "stern", "Stern"


class Deed(Fact):
    NOT_PART_OF_FACT: ClassVar[frozenset[str]] = frozenset({"echo"})

    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    mood = models.CharField(max_length=5, choices=Mood, default=Mood.CALM)
    said = models.JSONField(default=dict, null=True)
    at = models.DateTimeField(null=True)
    on = models.DateField(null=True)
    count = models.IntegerField(null=True)
    sum = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    urgent = models.BooleanField(default=False)
    after = models.ForeignKey("self", models.PROTECT, null=True)
    echo = models.CharField(max_length=20, blank=True)

    def __str__(self) -> str:
        return self.title


class Careless(Fact):
    """A fact with a column that has no one form."""

    weight = models.FloatField(default=0.5)

    def __str__(self) -> str:
        return str(self.key)
