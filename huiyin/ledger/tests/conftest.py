from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.clock import ZONE
from huiyin.ledger import words
from huiyin.ledger.services import Line
from huiyin.ledger.tests.sample.models import Deed

MORNING = datetime(2020, 2, 12, 9, 30, 0, 125, tzinfo=ZONE)


@dataclass(frozen=True)
class Somebody:
    """An actor as the ledger sees one: three words and no model behind them."""

    person_key: str = "person-lin"
    post_key: str = "post-deputy"
    role: str = "deputy"


LIN = Somebody()


@pytest.fixture(autouse=True)
def _words(monkeypatch: pytest.MonkeyPatch) -> None:
    sample = {"sample.done": _("done"), "sample.undone": _("undone")}
    monkeypatch.setattr(words, "_words", {**words._words, **sample})


def deed(title: str = "修路", **columns: object) -> Deed:
    return Deed.objects.create(title=title, **columns)


def lines(count: int, *, begin: datetime = MORNING, with_facts: bool = False) -> list[Line]:
    """Lines that differ in every column, one a minute."""
    return [
        Line(
            at=begin + timedelta(minutes=nth),
            action="sample.done" if nth % 2 else "sample.undone",
            subject=("sample", f"case-{nth}"),
            actor=LIN if nth % 3 else None,
            before=f"before-{nth}",
            after=f"after-{nth} 已交办",
            why=f"because {nth}",
            facts=[deed(f"deed {nth}", at=begin)] if with_facts else (),
            on_behalf_of=f"deputy-{nth}",
            via="paper" if nth % 4 else "web",
        )
        for nth in range(count)
    ]
