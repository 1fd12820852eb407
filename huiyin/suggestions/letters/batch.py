"""A session's letters of one kind into a folder, as files for printing and sending.

It can be stopped at any moment and begun again: what lies there with the same content is left
alone, what has changed since is written anew. ``_LIST`` remembers what each file was made from.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db.models import F, Prefetch, QuerySet

import huiyin
from huiyin.documents.typesetting import Paper, to_pdf, to_word
from huiyin.documents.views import saved_as
from huiyin.organisations.models import Session
from huiyin.suggestions import cohandlers, held
from huiyin.suggestions.letters.kinds import Ending, LetterKind
from huiyin.suggestions.letters.of_case import Offices, Source, paper_of
from huiyin.suggestions.lifecycle import where
from huiyin.suggestions.models import (
    Act,
    Assignment,
    Reply,
    ReplyFile,
    ReplyPoint,
    ReturnRequest,
    Signature,
)
from huiyin.suggestions.ruling import Rulings
from huiyin.suggestions.stages import CHARGED

_LIST = ".letters.jsonl"
_CHUNK = 200
# Letters of a name of three bytes each, well within what a file's name may have.
_LONGEST = 60
_WRITE: dict[Ending, Callable[[Paper], bytes]] = {Ending.WORD: to_word, Ending.PDF: to_pdf}


@dataclass(slots=True)
class Done:
    """How many files were written, left as they were, and parts that have no such letter yet.

    ``names`` are those of all its files.
    """

    written: int = 0
    kept: int = 0
    none_yet: int = 0
    names: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Shelf:
    """The folder and what is known of its files: the content each was made from, and its bytes."""

    folder: Path
    known: dict[str, tuple[str, str]] = field(default_factory=dict)

    @classmethod
    def open(cls, folder: Path) -> Shelf:
        """Make the folder, and read the list of an earlier run; a line cut off is no line."""
        folder.mkdir(parents=True, exist_ok=True)
        shelf = cls(folder)
        listed = folder / _LIST
        for line in listed.read_text("utf-8").splitlines() if listed.exists() else ():
            try:
                name, content, made = json.loads(line)
            except ValueError:
                continue
            shelf.known[name] = (content, made)
        return shelf

    def has(self, name: str, content: str) -> bool:
        """Whether that file lies there, made from that content and unchanged since."""
        path = self.folder / name
        known = self.known.get(name)
        if known is None or known[0] != content or not path.is_file():
            return False
        return _digest(path.read_bytes()) == known[1]

    def put(self, name: str, content: str, made: bytes) -> None:
        """The file first, whole or not at all; then its line in the list."""
        path = self.folder / name
        partial = path.with_name(f".{name}.part")
        partial.write_bytes(made)
        Path(partial).replace(path)
        digest = _digest(made)
        self.known[name] = (content, digest)
        line = json.dumps([name, content, digest], ensure_ascii=False)
        with (self.folder / _LIST).open("a", encoding="utf-8") as listed:
            # A line cut off by an earlier end must not swallow this one.
            listed.write(f"\n{line}\n")


def parts_of(session: Session) -> QuerySet[Assignment]:
    """Every organ's part in the running or last round of each suggestion, by number."""
    return Assignment.objects.filter(
        CHARGED, suggestion__session=session, round=F("suggestion__round")
    ).order_by("suggestion__number_order", "pk")


def write_letters(
    *,
    session: Session,
    kind: LetterKind,
    endings: tuple[Ending, ...],
    folder: Path,
    link: Callable[[str], str],
    progress: Callable[[int, int], None],
) -> Done:
    """Write them. ``link`` makes the address of a case from its key."""
    done, shelf, used = Done(), Shelf.open(folder), set[str]()
    parts = parts_of(session)
    total = parts.count()
    offices = Offices.of(session.congress)
    for count, source in enumerate(_sources(parts, offices, link), start=1):
        paper = paper_of(kind, source)
        if paper is None:
            done.none_yet += 1
        else:
            stem = _stem(source, kind, used)
            for ending in endings:
                _keep(shelf, f"{stem}.{ending}", paper, ending, done)
        progress(count, total)
    return done


def _keep(shelf: Shelf, name: str, paper: Paper, ending: Ending, done: Done) -> None:
    done.names.append(name)
    # Another version of the program may set the same content in another way.
    content = _digest(f"{huiyin.__version__} {paper!r}".encode("utf-8", "backslashreplace"))
    if shelf.has(name, content):
        done.kept += 1
        return
    shelf.put(name, content, _WRITE[ending](paper))
    done.written += 1


def _sources(
    parts: QuerySet[Assignment], offices: Offices, link: Callable[[str], str]
) -> Iterator[Source]:
    replies = Reply.objects.order_by("ordinal")
    points = ReplyPoint.objects.select_related("request").order_by("request__ordinal")
    stated = cohandlers.stated().prefetch_related("assignment__organ__former_names")
    around = Assignment.objects.select_related("organ").prefetch_related(*held.read_along())
    signatures = Signature.objects.select_related("deputy__person")
    rows = parts.select_related(
        "organ",
        "suggestion__office",
        "suggestion__session",
        "suggestion__congress",
        "suggestion__lead__electing_unit",
    ).prefetch_related(
        "opinions",
        "plans",
        "contacts",
        Prefetch("acts", Act.objects.filter(move="ask_extension").order_by("seq")),
        *held.read_along(),
        "item_charges__request",
        "suggestion__office__former_names",
        Prefetch("return_requests", _asked()),
        Prefetch("suggestion__assignments", around),
        Prefetch("suggestion__signatures", signatures),
        "reply_file",
        Prefetch("reply_file__replies", replies),
        Prefetch("reply_file__replies__points", points),
        Prefetch("reply_file__replies__co_statements", stated),
    )
    rulings = Rulings.now()
    for part in rows.iterator(chunk_size=_CHUNK):
        case = part.suggestion
        yield Source(
            part=part,
            parties=[each for each in case.assignments.all() if _is_party(each, part)],
            signatures=list(case.signatures.all()),
            ruling=rulings.of(case, on=part.assigned_on),
            offices=offices,
            reply=_delivered(part),
            asked=list(part.acts.all()),
            link=link(case.key),
        )


def _delivered(part: Assignment) -> Reply | None:
    """The text the deputies have; what has not left its organ is written out for nobody."""
    try:
        file: ReplyFile = part.reply_file
    except ReplyFile.DoesNotExist:
        return None
    replies = list(file.replies.all())
    return replies[-1] if replies and where.is_delivered(file) else None


def _asked() -> QuerySet[ReturnRequest]:
    rows = ReturnRequest.objects.select_related("named", "answer")
    return rows.prefetch_related("named__former_names")


def _is_party(each: Assignment, part: Assignment) -> bool:
    return each.round == part.round and where.is_charged(each)


def _stem(source: Source, kind: LetterKind, used: set[str]) -> str:
    """Number, organ and kind; a second one of that name also bears the part's key."""
    case = source.part.suggestion
    stem = saved_as(f"{case.number}_{source.organ}"[:_LONGEST])
    stem = f"{stem}_{kind}"
    if stem in used:
        stem = f"{stem}_{source.part.key}"
    used.add(stem)
    return stem


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
