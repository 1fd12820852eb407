"""Model fields that mean the same in every room."""

from __future__ import annotations

from typing import Any

from django.db import models

from huiyin.kernel.ids import new_key


class KeyField(models.CharField):  # type: ignore[type-arg]
    """The opaque key by which a row is known outside the database."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 22)
        kwargs.setdefault("unique", True)
        kwargs.setdefault("default", new_key)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)
