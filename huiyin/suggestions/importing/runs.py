"""An import from the file to the rows: each step is kept, only the last one writes.

The plan is never kept. It is made from the file, the mapping and the choices whenever it is
shown, and once more inside the transaction that carries it out: what was confirmed is what is
done, or nothing is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import IO

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from huiyin.accounts import imports as accounts
from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Role
from huiyin.accounts.rules import require_as_read
from huiyin.documents import workbooks
from huiyin.documents.workbooks import Problem, Table
from huiyin.kernel.errors import Conflict, DomainError, Invalid, NotFound, NotPermitted
from huiyin.ledger.services import record
from huiyin.organisations.models import Congress
from huiyin.suggestions.importing import storage
from huiyin.suggestions.importing.apply import apply_suggestions
from huiyin.suggestions.importing.choices import Choices
from huiyin.suggestions.importing.fields import COLUMNS, Mapped, filled_twice, guess, missing
from huiyin.suggestions.importing.plan import Plan, PlannedRow, plan_suggestions, require_mark
from huiyin.suggestions.importing.rows import columns_of, rows_of, source_rows
from huiyin.suggestions.models.imports import OPEN_IMPORT, ImportKind, ImportRun, ImportState

AnyPlan = Plan | accounts.Plan
AnyRow = PlannedRow | accounts.PlannedRow
Progress = Callable[[int, int], None]
# What nobody has come back for goes after a week; rows to be corrected after a month.
LIST_KEPT = timedelta(days=7)
ROWS_KEPT = timedelta(days=30)
NAME_LIMIT = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An import as its next page shows it."""

    run: ImportRun
    table: Table
    mapped: Mapped
    plan: AnyPlan


def run_for(actor: Actor, key: str) -> ImportRun:
    """Return one import of the actor's congress; ``NotFound`` for another's."""
    require_clerk(actor)
    runs = ImportRun.objects.select_related("congress", "post__person")
    run = runs.filter(key=key, congress=actor.congress_id).first()
    if run is None:
        raise NotFound(key)
    return run


def of_congress(congress: Congress) -> QuerySet[ImportRun]:
    """The imports of a congress, the last ones first."""
    return ImportRun.objects.filter(congress=congress).order_by("-pk")


def require_clerk(actor: Actor) -> None:
    """Raise ``NotPermitted`` unless the actor keeps a congress's lists."""
    if actor.role != Role.CLERK:
        raise NotPermitted(_("Only a clerk of the congress imports lists."))


# --- Towards the plan


def upload(*, file: IO[bytes], name: str, kind: str, actor: Actor, at: datetime) -> ImportRun:
    """Take a file; its columns are guessed. Raises ``Invalid`` or ``TooLarge`` for a bad one."""
    table = workbooks.read(file, name=name)
    run = begin(table, kind=kind, actor=actor, at=at)
    storage.keep(file, key=run.key, name=name)
    _forget_old(at=at)
    return run


def begin(table: Table, *, kind: str, actor: Actor, at: datetime) -> ImportRun:
    """Open an import of a list that has been read."""
    run = unsaved(table, kind=kind, actor=actor, at=at)
    run.save()
    return run


def unsaved(table: Table, *, kind: str, actor: Actor, at: datetime) -> ImportRun:
    """Return the import as it would be opened."""
    require_clerk(actor)
    if kind not in ImportKind.values:
        raise Invalid(_("Choose what the list holds."))
    return ImportRun(
        congress=actor.congress,
        post=actor.post,
        kind=kind,
        name=_short(table.name),
        sha256=table.sha256,
        mapping=_as_json(table, guess(table, kind=kind)),
        choices=Choices(new_sessions=True).as_json(),
        uploaded_at=at,
    )


def _short(name: str) -> str:
    """A name the database can hold; its ending, by which it is read again, is kept."""
    stem, dot, ending = name.rpartition(".")
    return name if len(name) <= NAME_LIMIT else stem[: NAME_LIMIT - len(ending) - 1] + dot + ending


def read_again(run: ImportRun, *, sheet: str = "", header_row: int | None = None) -> Table:
    """Read the kept file, as it was read before unless told otherwise."""
    path = storage.list_file(run.key, run.name)
    if not path.is_file():
        raise Conflict(
            _("The file of this import is no longer kept."), remedy=_("Send the file once more.")
        )
    return workbooks.read(
        path,
        name=run.name,
        sheet=sheet or run.mapping.get("sheet") or None,
        header_row=header_row or run.mapping.get("header_row") or None,
    )


def mapped_of(run: ImportRun) -> Mapped:
    """Return which column fills which field."""
    return {int(index): name for index, name in run.mapping.get("columns", {}).items()}


def map_columns(
    run: ImportRun, *, table: Table, mapped: Mapping[int, str], choices: Choices | None = None
) -> ImportRun:
    """Keep what the person says of the columns. Raises ``Invalid`` naming what is amiss."""
    set_columns(run, table=table, mapped=mapped, choices=choices)
    _keep_open(run, "mapping", "choices", "state", "trouble")
    return run


def set_columns(
    run: ImportRun, *, table: Table, mapped: Mapping[int, str], choices: Choices | None = None
) -> None:
    """The same on the import in hand alone."""
    labels = {spec.name: str(spec.label) for spec in COLUMNS[run.kind]}
    places = range(len(table.columns))
    clean = {i: name for i, name in mapped.items() if i in places and name in labels}
    lacking = [str(spec.label) for spec in missing(clean, kind=run.kind)]
    if lacking:
        said = _("No column is given for: %(fields)s") % {"fields": "、".join(lacking)}
        raise Invalid(said, remedy=_("Choose the column, or check the row of headings."))
    if twice := filled_twice(clean):
        named = "、".join(labels[name] for name in sorted(twice))
        said = _("Two columns are given for: %(fields)s") % {"fields": named}
        raise Invalid(said, remedy=_("Keep one of them."))
    run.mapping = _as_json(table, clean)
    run.choices = (choices or Choices.of_json(run.choices)).as_json()
    run.state, run.trouble = ImportState.PLANNED, ""


def read_headings_at(run: ImportRun, *, sheet: str, header_row: int | None) -> ImportRun:
    """Read the file from another sheet or row of headings; its columns are guessed anew."""
    table = read_again(run, sheet=sheet, header_row=header_row)
    run.mapping = _as_json(table, guess(table, kind=run.kind))
    _keep_open(run, "mapping")
    return run


def decide(run: ImportRun, choices: Choices) -> None:
    """Keep what the person says of names nobody knows."""
    run.choices = choices.as_json()
    _keep_open(run, "choices")


def _keep_open(run: ImportRun, *names: str) -> None:
    """Save while it is open: nobody changes what is being written or has been."""
    values = {name: getattr(run, name) for name in names}
    if not ImportRun.objects.filter(pk=run.pk, state__in=OPEN_IMPORT).update(**values):
        raise Conflict(_("This import is over."), remedy=_("Look at what became of it."))


def _as_json(table: Table, mapped: Mapping[int, str]) -> dict[str, object]:
    columns = {str(index): name for index, name in mapped.items()}
    return {"sheet": table.sheet, "header_row": table.header_row, "columns": columns}


def shown(run: ImportRun, *, actor: Actor, today: date) -> Shown:
    """Return the plan as it is now."""
    table, mapped = read_again(run), mapped_of(run)
    plan = plan_of(run, table, actor=actor, today=today)
    return Shown(run=run, table=table, mapped=mapped, plan=plan)


def plan_of(run: ImportRun, table: Table, *, actor: Actor, today: date) -> AnyPlan:
    """Make the plan of whatever kind of list it is."""
    mapped = mapped_of(run)
    if run.kind == ImportKind.DEPUTIES:
        rows = source_rows(table, mapped)
        return accounts.plan_deputies(rows, congress=run.congress, actor=actor, on=today)
    if run.kind == ImportKind.ORGANS:
        rows = source_rows(table, mapped)
        return accounts.plan_organs(rows, congress=run.congress, actor=actor, on=today)
    return plan_suggestions(
        rows_of(table, mapped),
        congress=run.congress,
        choices=Choices.of_json(run.choices),
        actor=actor,
        today=today,
    )


# --- Carrying it out


def claim(run: ImportRun) -> bool:
    """Take the import up for writing; False when somebody has already done so."""
    ready = ImportRun.objects.filter(pk=run.pk, state__in=(ImportState.PLANNED, ImportState.FAILED))
    return bool(ready.update(state=ImportState.APPLYING, trouble=""))


def carry_out(
    run: ImportRun,
    *,
    table: Table,
    mark: str,
    actor: Actor,
    at: datetime,
    today: date,
    progress: Progress | None = None,
) -> ImportRun:
    """Write a claimed import, all of it or nothing; its refused rows come back as a workbook.

    Raises ``Stale`` when the plan is no longer the one confirmed; the import is open again then.
    """
    try:
        with transaction.atomic():
            done = _written(run, table, mark, actor=actor, at=at, today=today, progress=progress)
    except DomainError as refused:
        give_back(run, f"{refused} {refused.remedy}".strip())
        raise
    write_failed_rows(done, table, columns_of(mapped_of(run)), key=run.key)
    storage.forget_list(run.key)
    run.refresh_from_db()
    return run


def _written(
    run: ImportRun,
    table: Table,
    mark: str,
    *,
    actor: Actor,
    at: datetime,
    today: date,
    progress: Progress | None,
) -> AnyPlan:
    require_as_read(actor)
    locked = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if locked.state != ImportState.APPLYING:
        raise Conflict(_("This import is over."), remedy=_("Look at what became of it."))
    done = _applied(run, table, mark, actor=actor, at=at, today=today, progress=progress)
    locked.state, locked.done_at, locked.counts = ImportState.APPLIED, at, done.counts()
    locked.save(update_fields=["state", "done_at", "counts"])
    if locked.counts["enter"] or locked.counts["change"]:
        record(
            chain=run.congress.key,
            actor=actor,
            at=at,
            action="import.apply",
            subject=("import", run.key),
            after=f"{run.kind} " + " ".join(f"{n}={c}" for n, c in locked.counts.items()),
            via="import",
            back_dated=True,
        )
    return done


def _applied(
    run: ImportRun,
    table: Table,
    mark: str,
    *,
    actor: Actor,
    at: datetime,
    today: date,
    progress: Progress | None,
) -> AnyPlan:
    if run.kind == ImportKind.SUGGESTIONS:
        return apply_suggestions(
            rows_of(table, mapped_of(run)),
            mark=mark,
            congress=run.congress,
            choices=Choices.of_json(run.choices),
            actor=actor,
            at=at,
            today=today,
            progress=progress,
        )
    now = plan_of(run, table, actor=actor, today=today)
    require_mark(mark, now.mark)
    if not isinstance(now, accounts.Plan):
        raise TypeError(run.kind)
    apply = {
        ImportKind.DEPUTIES: accounts.apply_deputies,
        ImportKind.ORGANS: accounts.apply_organs,
    }
    apply[ImportKind(run.kind)](now, congress=run.congress, actor=actor, at=at)
    return now


def give_back(run: ImportRun, trouble: str) -> None:
    """Open an import again that could not be written, with the reason."""
    being_written = ImportRun.objects.filter(pk=run.pk, state=ImportState.APPLYING)
    being_written.update(state=ImportState.FAILED, trouble=trouble)


def discard(run: ImportRun, *, at: datetime) -> None:
    """Give an import up. Nothing had been written."""
    run.state, run.done_at = ImportState.DISCARDED, at
    _keep_open(run, "state", "done_at")
    storage.forget_list(run.key)


def problems_of(plan: AnyPlan, columns: Mapping[str, list[int]]) -> list[Problem]:
    """Return why each refused row is refused, cell by cell."""
    refused: list[AnyRow] = [*plan.doing(accounts.Act.REFUSE)]
    return [
        Problem(
            row.number,
            verdict.said,
            column=columns[name][0] if name in columns else None,
            remedy=verdict.remedy,
        )
        for row in refused
        for name, verdict in row.verdicts.items()
        if verdict.weight is accounts.Weight.ERROR
    ]


def write_failed_rows(
    plan: AnyPlan, table: Table, columns: Mapping[str, list[int]], *, key: str
) -> None:
    """Keep the rows that were not taken as a workbook, each with its reasons."""
    if problems := problems_of(plan, columns):
        storage.folder().mkdir(mode=0o750, parents=True, exist_ok=True)
        workbooks.failed_rows_workbook(table, problems, out=storage.failed_rows(key))


def _forget_old(*, at: datetime) -> None:
    """Remove the files nobody has come back for."""
    left = ImportRun.objects.filter(state__in=OPEN_IMPORT, uploaded_at__lt=at - LIST_KEPT)
    keys = list(left.values_list("key", flat=True))
    left.update(state=ImportState.DISCARDED, done_at=at)
    old = ImportRun.objects.filter(
        state=ImportState.APPLIED,
        done_at__lt=at - ROWS_KEPT,
        done_at__gt=at - 2 * ROWS_KEPT,
    )
    storage.forget([*keys, *old.values_list("key", flat=True)])
