"""Writing a list into a file: all its rows, in its order, as they stood at one moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huiyin.accounts.actor import Actor
from huiyin.documents import workbooks
from huiyin.ledger import services as ledger
from huiyin.ui import days
from huiyin.ui.lists.page import ListPage
from huiyin.ui.lists.spec import Column, Rows

CHUNK = 500
EXPORTED = "list.export"
# What the record keeps of an address, whose free text may name a person.
_LEFT_OUT = "…"
_LONGEST = 200

Said = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """A list that is taken away, read from its page; it may be written in another thread."""

    list_name: str
    title: str
    kind: str
    name: str
    columns: Sequence[Column]
    rows: Rows
    read: Callable[[Rows], Iterator[Any]]
    about: Sequence[tuple[str, str]]
    conditions: str
    actor: Actor | None
    at: datetime | None

    @classmethod
    def of(cls, page: ListPage, *, kind: str, actor: Actor | None, at: datetime | None) -> Taking:
        return cls(
            list_name=page.spec.name,
            title=str(page.title),
            kind=kind,
            name=f"{page.title}-{page.context.today:%Y%m%d}.{kind}",
            columns=[column for column in page.spec.columns if column.is_exported],
            rows=page.order.applied(page.filtered),
            read=page.spec.exported or whole_objects,
            about=list(_about(page, actor=actor, at=at)),
            conditions=_on_record(page),
            actor=actor,
            at=at,
        )

    def write(self, out: Path | IO[bytes], *, said: Said | None = None) -> int:
        """Write the file and return the number of rows."""
        headings = [workbooks.Heading(str(each.label), each.width) for each in self.columns]
        with snapshot():
            values = self._values(said)
            if self.kind == "xlsx":
                return workbooks.write_xlsx(
                    headings,
                    values,
                    out=out,
                    sheet_title=self.title,
                    about=workbooks.About(_("About this list"), self._lines),
                )
            if isinstance(out, Path):
                with out.open("wb") as file:
                    return workbooks.write_csv(headings, values, out=file)
            return workbooks.write_csv(headings, values, out=out)

    def record(self, *, key: str, rows: int) -> None:
        """Put on record who took how much of which list. The page's time may lie behind."""
        if self.actor is None or self.at is None:
            return
        with transaction.atomic():
            ledger.record(
                chain=self.actor.congress.key,
                actor=self.actor,
                at=self.at,
                action=EXPORTED,
                subject=("export", key),
                after=f"{self.list_name} {self.kind} {rows} {self.conditions}".strip()[:_LONGEST],
                back_dated=True,
            )

    def _values(self, said: Said | None) -> Iterator[list[Any]]:
        columns = self.columns
        for count, row in enumerate(self.read(self.rows), 1):
            yield [column.value(row) for column in columns]
            if said is not None and count % CHUNK == 0:
                said(count)

    def _lines(self, count: int) -> Iterator[list[Any]]:
        yield from (list(line) for line in self.about)
        yield [_("Rows"), count]


def whole_objects(rows: Rows) -> Iterator[Any]:
    """The rows as objects with what the query brings along, some at a time."""
    return rows.iterator(chunk_size=CHUNK)


@contextmanager
def snapshot() -> Iterator[None]:
    """Everything read inside is of one moment; nobody who writes meanwhile waits for it."""
    if connection.in_atomic_block:
        # Somebody's own transaction sees its own moment.
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        # ``atomic`` would take the write lock, and keep it for as long as the rows are read.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def _about(
    page: ListPage, *, actor: Actor | None, at: datetime | None
) -> Iterator[tuple[str, str]]:
    """What the second sheet says of the first one, but for the number of rows."""
    tab = page.active_facet
    yield _("List"), f"{page.title} · {tab.label}" if tab else str(page.title)
    chips = [f"{chip.label}：{chip.text}" for chip in page.chips]
    yield _("Conditions"), "；".join(chips) or _("none")
    falling = _(" (descending)") if page.order.descending else ""
    yield _("Order"), f"{page.order.sort.label}{falling}"
    if at is not None:
        yield _("As of"), days.moment(at)
    if actor is not None:
        yield _("Taken by"), f"{actor.person.name}（{actor.post}）"
    yield (
        pgettext("of an export", "Base"),
        _("every row that fits these conditions, of what the taker may see in this post"),
    )


def _on_record(page: ListPage) -> str:
    """The conditions as an address has them, without what was typed freely."""
    shown = []
    for name, value in page.address.pairs():
        one = page.spec.filter_named(name)
        free = name == "q" or (one is not None and one.kind == "text")
        shown.append(f"{name}={_LEFT_OUT if free else value}")
    return "&".join(shown)
