"""Addresses that stand for a person in one of his posts, without signing in."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiyin.accounts.models.posts import Post


class CalendarFeed(models.Model):
    """The address from which a calendar program reads the deadlines of one post.

    Only its digest is kept: whoever reads the table can open nothing.
    """

    post = models.OneToOneField(Post, models.CASCADE, related_name="calendar_feed")
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self) -> str:
        return f"{self.post} {self.made_at:%Y-%m-%d}"
