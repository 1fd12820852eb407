"""When a leader last looked at his page. A mark of reading, no fact: the next one replaces it."""

from __future__ import annotations

from django.db import models

from huiyin.accounts.models import Post


class MinuteLook(models.Model):
    """Up to when the holder of a post has seen what changed."""

    post = models.OneToOneField(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.post_id} {self.at:%Y-%m-%d}"
