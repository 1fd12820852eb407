"""What every step of this room's cases has; the stage is derived from the steps."""

from __future__ import annotations

from django.db import models

from huiyin.accounts.models import Post
from huiyin.ledger.models import Fact


class CaseStep(Fact):
    """One step taken with a case. ``on`` is its day, ``number`` the paper it rests on."""

    name = models.CharField(max_length=24)
    on = models.DateField()
    number = models.CharField(max_length=80, blank=True)
    text = models.TextField(blank=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.name} {self.on}"
