"""What a kind of case is: one description, read by all its pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.accounts.actor import Actor
from huiyin.kernel.errors import Words
from huiyin.kernel.workflow import Lifecycle
from huiyin.supervision.presenters.page import Page
from huiyin.supervision.steps import Step
from huiyin.ui.lists import ListSpec

SAVED = _("It is on record.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """``name`` is that of its addresses and of its subject on record.

    ``begins`` says who begins one; ``readers`` to which roles its list is there at all.
    """

    name: str
    subject: str
    spec: ListSpec
    rows: Callable[[Actor], Any]
    find: Callable[[Actor, str], Any]
    page: Callable[[Actor, Any], Page]
    # Who begins one; with what is asked and the service that begins it.
    begins: Callable[[Actor], bool]
    form: type[Any]
    begin: Callable[[Actor, datetime, Any], Any]
    new: Words
    lead: Words
    empty: Words
    saved: Words = SAVED
    lifecycle: Lifecycle | None = None
    steps: Mapping[str, Step] = field(default_factory=dict)
