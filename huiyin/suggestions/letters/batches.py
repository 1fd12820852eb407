"""A batch of letters started on a page: written beside the requests, looked at whenever one likes.

Each batch is a folder beside the database, one for each session and kind of letter. What was
written stays; begun again after whatever stopped it, it goes on from there. Like the files of an
import it goes a week after nobody has asked for it.
"""

from __future__ import annotations

import json
import logging
import shutil
import threading
import time
import zipfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from huiyin.accounts.actor import Actor
from huiyin.kernel.errors import DomainError
from huiyin.organisations.models import Session
from huiyin.suggestions.letters.batch import parts_of, write_letters
from huiyin.suggestions.letters.kinds import Ending, LetterKind

logger = logging.getLogger(__name__)

# So few letters are there before a second page could be shown.
AT_ONCE = 40
# When nothing has been heard of it for so many seconds, the process that wrote it is gone.
SILENCE = 60.0
KEPT = 7 * 24 * 3600.0
# How many letters are written between two words on how far it is.
_STEP = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a batch is. ``trouble`` says why it stopped; ``finished``, that all is written."""

    done: int = 0
    whole: int = 0
    # As which kinds of file it was begun.
    endings: tuple[str, ...] = ()
    written: int = 0
    kept: int = 0
    none_yet: int = 0
    finished: bool = False
    trouble: str = ""

    @property
    def share(self) -> int:
        return round(100 * self.done / (self.whole or 1))


@dataclass(frozen=True, slots=True)
class Batch:
    """The letters of one kind of one session."""

    session: Session
    kind: LetterKind

    @property
    def folder(self) -> Path:
        return _root() / f"{self.session.key}-{self.kind}"

    @property
    def packed(self) -> Path:
        """All its files in one, once it is finished."""
        return self.folder / ".letters.zip"

    @property
    def progress(self) -> Progress | None:
        """None where it was never started."""
        try:
            said = json.loads(self._said.read_text(encoding="utf-8"))
            return Progress(**{**said, "endings": tuple(said["endings"])})
        except (OSError, ValueError, TypeError, KeyError):
            return None

    @property
    def is_running(self) -> bool:
        """Whether somebody is writing it now."""
        said = self.progress
        if said is None or said.finished or said.trouble:
            return False
        # The clock of the files, not of the office: a rehearsed day says nothing of a dead process.
        return time.time() - self._said.stat().st_mtime < SILENCE

    @property
    def _said(self) -> Path:
        return self.folder / ".progress.json"

    def say(self, progress: Progress) -> None:
        """Note how far it is, whole or not at all."""
        self.folder.mkdir(mode=0o750, parents=True, exist_ok=True)
        fresh = self._said.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(progress), ensure_ascii=False), encoding="utf-8")
        fresh.replace(self._said)


def find(actor: Actor, key: str, kind: str) -> Batch | None:
    """The batch of that kind for a session of the actor's congress, whether begun or not."""
    session = Session.objects.filter(key=key, congress=actor.congress_id).first()
    if session is None or kind not in LetterKind.values:
        return None
    return Batch(session, LetterKind(kind))


def start(batch: Batch, *, endings: tuple[Ending, ...], link: Callable[[str], str]) -> None:
    """Write the batch, or go on with it: a short one now, a long one beside the request.

    Started twice, it is written once: the second finds it running.
    """
    if batch.is_running:
        return
    _forget_old()
    whole = parts_of(batch.session).count()
    batch.say(Progress(whole=whole, endings=endings))
    language = get_language() or "zh-hans"
    task = partial(_write, batch, endings=endings, link=link, language=language)
    if whole <= AT_ONCE:
        task()
        return
    threading.Thread(target=_alone, args=(task,), name=f"letters {batch.kind}").start()


def _alone(task: partial[None]) -> None:
    try:
        task()
    finally:
        connection.close()


def _write(
    batch: Batch, *, endings: tuple[Ending, ...], link: Callable[[str], str], language: str
) -> None:
    with override(language):
        try:
            _carry_out(batch, endings=endings, link=link)
        except DomainError as refused:
            _stop(batch, f"{refused} {refused.remedy}".strip())
        except OSError as failed:
            logger.exception("letters %s were not written to the end", batch.folder.name)
            _stop(batch, _("The disk could not be written: %(why)s.") % {"why": failed.strerror})
        except Exception:
            logger.exception("letters %s were not written to the end", batch.folder.name)
            _stop(batch, _("A fault on our side; what is written stays."))


def _carry_out(batch: Batch, *, endings: tuple[Ending, ...], link: Callable[[str], str]) -> None:
    def progress(count: int, total: int) -> None:
        if count % _STEP == 0:
            batch.say(Progress(done=count, whole=total, endings=endings))

    done = write_letters(
        session=batch.session,
        kind=batch.kind,
        endings=endings,
        folder=batch.folder,
        link=link,
        progress=progress,
    )
    _pack(batch, done.names)
    whole = len(done.names) // len(endings) + done.none_yet
    batch.say(
        Progress(
            done=whole,
            whole=whole,
            endings=endings,
            written=done.written,
            kept=done.kept,
            none_yet=done.none_yet,
            finished=True,
        )
    )


def _pack(batch: Batch, names: list[str]) -> None:
    """Word and PDF files are packed already."""
    fresh = batch.packed.with_suffix(".new")
    with zipfile.ZipFile(fresh, "w", zipfile.ZIP_STORED) as archive:
        for name in names:
            archive.write(batch.folder / name, name)
    fresh.replace(batch.packed)


def _stop(batch: Batch, trouble: str) -> None:
    said = batch.progress or Progress()
    batch.say(replace(said, trouble=trouble))


def _root() -> Path:
    return Path(settings.HUIYIN_HOME) / "letters"


def _forget_old() -> None:
    """Copies of what the record holds need not lie about."""
    for said in _root().glob("*/.progress.json"):
        if time.time() - said.stat().st_mtime > KEPT:
            shutil.rmtree(said.parent, ignore_errors=True)
