"""Where exports lie until they are fetched: a folder each, beside the database.

Each folder holds the file and a word on how far it is; what is a day old goes, finished or not.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from huiyin.accounts.actor import Actor

# When nothing has been heard of it for so many seconds, the process that wrote it is gone.
SILENCE = 60.0
KEPT = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One export and how far it is. ``trouble`` says why it stopped.

    ``url`` is the address that asked for it, ``list_url`` that of its list; ``at``, when that was,
    by the office's clock.
    """

    key: str
    person_key: str
    post_key: str
    title: str
    name: str
    url: str
    list_url: str
    at: str
    done: int = 0
    whole: int = 0
    finished: bool = False
    trouble: str = ""

    @property
    def folder(self) -> Path:
        return root() / self.key

    @property
    def file(self) -> Path:
        return self.folder / f"list.{self.kind}"

    @property
    def kind(self) -> str:
        return self.name.rpartition(".")[2]

    @property
    def share(self) -> int:
        return min(round(100 * self.done / (self.whole or 1)), 100)

    @property
    def kept_until(self) -> datetime:
        """By the office's clock, which may be a rehearsed one; what is deleted goes by files."""
        return datetime.fromisoformat(self.at) + KEPT

    @property
    def is_running(self) -> bool:
        """Whether somebody is writing it now."""
        return not (self.finished or self.trouble) and _age(self.folder) < SILENCE

    @property
    def is_ready(self) -> bool:
        return self.finished and self.file.is_file()

    def say(self, **news: Any) -> Export:
        """Note how far it is, whole or not at all, and return it so."""
        now = replace(self, **news)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = _said(self.folder).with_suffix(".new")
        fresh.write_text(json.dumps(asdict(now), ensure_ascii=False), encoding="utf-8")
        fresh.replace(_said(self.folder))
        return now


def root() -> Path:
    return Path(settings.HUIYIN_HOME) / "exports"


def own(actor: Actor, key: str) -> Export | None:
    """The export of that key if this person asked for it in this post and it is still kept."""
    forget_old()
    return next((each for each in owned(actor) if each.key == key), None)


def owned(actor: Actor) -> Iterator[Export]:
    for said in root().glob("*/state.json"):
        found = _read(said)
        if found and (found.person_key, found.post_key) == (actor.person_key, actor.post_key):
            yield found


def forget_old() -> int:
    """Remove what is older than a day, and return how many."""
    old = [said.parent for said in root().glob("*/state.json") if _age(said.parent) > _KEPT]
    for folder in old:
        shutil.rmtree(folder, ignore_errors=True)
    return len(old)


_KEPT = KEPT.total_seconds()


def _said(folder: Path) -> Path:
    return folder / "state.json"


def _age(folder: Path) -> float:
    """Seconds since the last word, by the clock of the files: a rehearsed day says nothing here."""
    try:
        return time.time() - _said(folder).stat().st_mtime
    except OSError:
        return float("inf")


def _read(said: Path) -> Export | None:
    try:
        return Export(**json.loads(said.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
