"""The promises of a suggestion on its page: each with every day it ever had."""

from __future__ import annotations

from huiyin.promises import selectors
from huiyin.promises.presenters import days_of
from huiyin.suggestions.blocks import Block
from huiyin.suggestions.presenters.file import CaseFile

TEMPLATE = "promises/_block.html"


def block(file: CaseFile) -> Block | None:
    """One query, and none where nothing was promised."""
    if "promises" not in file.scene.kinds:
        return None
    rows = selectors.promises_for(file.scene.actor).filter(suggestion=file.case.pk)
    shown = [
        (promise, days_of(promise))
        for promise in rows.select_related("organ").prefetch_related("statements", "acts")
    ]
    return Block(template=TEMPLATE, shown={"promises": shown}) if shown else None
