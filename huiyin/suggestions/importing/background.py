"""Carrying a long import out while its page waits and shows how far it is."""

from __future__ import annotations

import logging
import threading
from datetime import date, datetime
from functools import partial

from django.db import connection
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from huiyin.accounts.actor import Actor
from huiyin.kernel.errors import DomainError
from huiyin.suggestions.importing import runs, storage
from huiyin.suggestions.models.imports import ImportRun

logger = logging.getLogger(__name__)

# Up to here the page itself does it: a short list is in before a second page could be shown.
AT_ONCE = 200
# When nothing has been heard of it for so many seconds, the process that wrote it is gone.
SILENCE = 300.0


def start(run: ImportRun, *, rows: int, mark: str, actor: Actor, at: datetime, today: date) -> None:
    """Carry out a claimed import: a short one now, a long one beside the request."""
    language = get_language() or "zh-hans"
    task = partial(_carry_out, run, mark=mark, actor=actor, at=at, today=today, language=language)
    if rows <= AT_ONCE:
        task()
        return
    storage.say_progress(run.key, 0, 1)
    threading.Thread(target=_alone, args=(task,), name=f"import {run.key}").start()


def _alone(task: partial[None]) -> None:
    try:
        task()
    finally:
        connection.close()


def _carry_out(
    run: ImportRun, *, mark: str, actor: Actor, at: datetime, today: date, language: str
) -> None:
    with override(language):
        try:
            runs.carry_out(
                run,
                table=runs.read_again(run),
                mark=mark,
                actor=actor,
                at=at,
                today=today,
                progress=partial(storage.say_progress, run.key),
            )
        except DomainError as refused:
            # Kept with the import, which is open again; its page says so.
            runs.give_back(run, f"{refused} {refused.remedy}".strip())
        except Exception:
            logger.exception("import %s was not written", run.key)
            runs.give_back(run, _("A fault on our side; nothing has been written."))


def has_stopped(run: ImportRun) -> bool:
    """Whether nothing has been heard of an import for so long that nobody is writing it."""
    silence = storage.silence(run.key)
    return silence is None or silence > SILENCE
