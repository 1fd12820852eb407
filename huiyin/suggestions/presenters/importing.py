"""An import as its pages show it: the table with what each cell means, in colour and words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.utils.translation import pgettext as p_

from huiyin.accounts.imports import Act, CellVerdict, Weight
from huiyin.documents.workbooks import Column
from huiyin.kernel.errors import Words
from huiyin.suggestions.importing.fields import COLUMNS
from huiyin.suggestions.importing.proposals import (
    ProposedDeputy,
    ProposedOrgan,
    ProposedSession,
)
from huiyin.suggestions.importing.rows import as_text, columns_of
from huiyin.suggestions.importing.runs import AnyPlan, AnyRow, Shown
from huiyin.ui.parts import Step

ROWS = 200
CELL = 60
SHORT = 10
PROBLEMS = "problems"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What stands in a cell and what is said of it."""

    text: str
    label: str = ""
    weight: str = Weight.FINE.value
    said: Words = ""
    remedy: Words = ""

    @property
    def is_short(self) -> bool:
        """A number or a day, which is not broken in two."""
        return len(self.text) <= SHORT and not self.said

    @property
    def is_empty(self) -> bool:
        return not self.text and not self.said

    @property
    def mark(self) -> Words:
        """A word beside the colour, for those who do not see it."""
        marks = {
            Weight.ERROR.value: p_("import", "Not taken:"),
            Weight.WARNING.value: p_("import", "Look:"),
        }
        return marks.get(self.weight, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row: its number, what it will do, its cells, and what no column holds."""

    number: int
    act: str
    act_words: Words
    cells: Sequence[Cell]
    others: Sequence[Cell]

    @property
    def wrong(self) -> list[str]:
        """The headings of the cells that keep it out; the cells may lie out of sight."""
        return [cell.label for cell in self.cells if cell.weight == Weight.ERROR.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The page of a plan."""

    columns: Sequence[Column]
    lines: Sequence[Line]
    hidden: int
    counts: dict[str, int]
    proposed: Sequence[tuple[Words, Sequence[str]]]
    # What no column holds and how it is taken: field, words, for how many rows.
    general: Sequence[tuple[Words, Words, int]]
    problems: int

    @property
    def to_write(self) -> int:
        return self.counts["enter"] + self.counts["change"]


def stepper(here: int) -> list[Step]:
    """The steps of an import."""
    labels = (
        p_("import", "File"),
        p_("import", "Columns"),
        p_("import", "Look and confirm"),
        p_("import", "Result"),
    )
    return [
        Step(label=label, state="now" if at == here else "done" if at < here else "later")
        for at, label in enumerate(labels)
    ]


def preview(shown: Shown, *, only: str) -> Preview:
    """Return the first rows of the plan, or of its problems."""
    held = set(shown.mapped.values())
    rows: list[AnyRow] = [*shown.plan.rows]
    bad = [row for row in rows if _is_problem(row, held)]
    rows = bad if only == PROBLEMS else rows
    columns = [column for column in shown.table.columns if column.index in shown.mapped]
    by_number = {row.number: row for row in shown.table.rows}
    first = columns_of(shown.mapped)
    fields = {index: name for index, name in shown.mapped.items() if first[name][0] == index}
    lines = []
    for row in rows[:ROWS]:
        values = by_number[row.number].values
        cells = [
            _cell(as_text(values[c.index]), row.verdicts.get(fields.get(c.index, "")), c.name)
            for c in columns
        ]
        lines.append(_line(row, cells, shown))
    return Preview(
        columns=columns,
        lines=lines,
        hidden=max(len(rows) - ROWS, 0),
        counts=shown.plan.counts(),
        proposed=_proposed(shown.plan),
        general=_general(shown, held),
        problems=len(bad),
    )


def _line(row: AnyRow, cells: Sequence[Cell], shown: Shown) -> Line:
    labels = {spec.name: spec.label for spec in COLUMNS[shown.run.kind]}
    held = set(shown.mapped.values())
    others = [
        _cell(str(labels.get(name, name)), verdict)
        for name, verdict in row.verdicts.items()
        if name not in held and verdict.weight is Weight.ERROR
    ]
    return Line(
        number=row.number,
        act=row.act.value,
        act_words=act_words(row.act),
        cells=cells,
        others=others,
    )


def act_words(act: Act) -> Words:
    """What a row will do, in a word."""
    return {
        Act.ENTER: p_("import", "new"),
        Act.CHANGE: p_("import", "changes"),
        Act.KEEP: p_("import", "here already"),
        Act.REFUSE: p_("import", "not taken"),
    }[act]


def _cell(text: str, verdict: CellVerdict | None, label: str = "") -> Cell:
    short = text if len(text) <= CELL else f"{text[:CELL]}…"
    if verdict is None:
        return Cell(text=short, label=label)
    said = verdict.said
    if verdict.weight is Weight.ERROR and verdict.ref:
        words = {"place": verdict.ref, "said": said}
        said = p_("cell and what is wrong with it", "%(place)s: %(said)s") % words
    return Cell(
        text=short, label=label, weight=verdict.weight.value, said=said, remedy=verdict.remedy
    )


def _is_problem(row: AnyRow, held: set[str]) -> bool:
    """Whether somebody should look at it. What no column holds is said once for all rows."""
    return any(
        verdict.weight is Weight.ERROR or (verdict.weight is Weight.WARNING and name in held)
        for name, verdict in row.verdicts.items()
    )


def _general(shown: Shown, held: set[str]) -> list[tuple[Words, Words, int]]:
    labels = {spec.name: spec.label for spec in COLUMNS[shown.run.kind]}
    said = Counter(
        (name, str(verdict.said))
        for row in shown.plan.rows
        for name, verdict in row.verdicts.items()
        if name not in held and verdict.weight is Weight.WARNING
    )
    return [(labels.get(name, name), words, rows) for (name, words), rows in said.items()]


def _proposed(plan: AnyPlan) -> list[tuple[Words, list[str]]]:
    """Return what would be entered with the list, by what it is."""
    kinds = (
        (ProposedSession, _("Sessions")),
        (ProposedOrgan, _("Organs")),
        (ProposedDeputy, _("Deputies")),
        (str, _("Delegations and electing units")),
    )
    found = [
        (label, [str(each) for each in plan.proposed if isinstance(each, kind)])
        for kind, label in kinds
    ]
    return [(label, names) for label, names in found if names]


def result_words(counts: dict[str, int]) -> str:
    """What an import did, in a sentence."""
    n = counts.get("enter", 0)
    said = [ngettext("%(n)s row entered", "%(n)s rows entered", n) % {"n": n}]
    for name, words in (
        ("change", _("%(n)s changed")),
        ("keep", _("%(n)s here already")),
        ("refuse", _("%(n)s not taken")),
    ):
        if counts.get(name):
            said.append(words % {"n": counts[name]})
    return p_("between parts of a sentence", ", ").join(said)
