"""``huiyin import``: lists of suggestions, deputies and organs, and folders of real rows."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiyin.accounts.actor import Actor
from huiyin.accounts.imports import Act
from huiyin.accounts.models import Post, Role
from huiyin.accounts.selectors import posts
from huiyin.documents import workbooks
from huiyin.kernel import clock
from huiyin.kernel.errors import DomainError
from huiyin.organisations.models import Congress, Session
from huiyin.rulebook import BadDate, parse_date
from huiyin.suggestions.importing import runs
from huiyin.suggestions.importing.carrying import Carried, carry_in
from huiyin.suggestions.importing.choices import Choices
from huiyin.suggestions.importing.corpus import Folder, read_folder
from huiyin.suggestions.importing.fields import COLUMNS
from huiyin.suggestions.importing.rows import columns_of
from huiyin.suggestions.models import ImportKind
from huiyin.suggestions.presenters.importing import result_words

SHOWN = 20


class Command(BaseCommand):
    help = "Import suggestions, deputies or organs from a list, or a folder of real rows."

    def add_arguments(self, parser: ArgumentParser) -> None:
        kinds = parser.add_subparsers(dest="what", required=True)
        for kind in ImportKind.values:
            one = kinds.add_parser(kind, help=f"a list of {kind}")
            one.add_argument("file", type=Path, help=".xlsx, .csv, .jsonl, .zip or folder of .docx")
            one.add_argument("--congress", required=True, help="short address of the congress")
            one.add_argument("--clerk", default="", help="login of the clerk who imports")
            one.add_argument("--sheet", help="worksheet, when it is not the first")
            one.add_argument("--header-row", type=int, help="row of the headings, counted from 1")
            one.add_argument(
                "--column",
                action="append",
                default=[],
                metavar="FIELD=HEADING",
                help="what a column holds, where the guess is wrong; FIELD= takes nothing",
            )
            one.add_argument("--failed", type=Path, help="where to write rows that are not taken")
            one.add_argument("--dry-run", action="store_true", help="say what would be done")
            one.add_argument("--yes", action="store_true", help="do it without asking")
            if kind == ImportKind.SUGGESTIONS:
                _add_choices(one)
        corpus = kinds.add_parser("corpus", help="a folder with suggestions.jsonl")
        corpus.add_argument("folder", type=Path)
        corpus.add_argument("--dry-run", action="store_true", help="say what would be done")

    def handle(self, *, what: str, **options: Any) -> None:
        try:
            if what == "corpus":
                self._corpus(options["folder"], dry=options["dry_run"])
            else:
                self._list(what, options)
        except DomainError as refused:
            raise CommandError(f"{refused} {refused.remedy}".strip()) from refused

    # --- A list

    def _list(self, kind: str, options: Mapping[str, Any]) -> None:
        actor = Actor.of(_clerk(options["congress"], options["clerk"]))
        file: Path = options["file"]
        if not file.exists():
            raise CommandError(_("There is no file “%(name)s”.") % {"name": file})
        table = workbooks.read(
            file, name=file.name, sheet=options["sheet"], header_row=options["header_row"]
        )
        at, today = clock.now(), clock.today()
        run = runs.unsaved(table, kind=kind, actor=actor, at=at)
        mapped = _corrected(runs.mapped_of(run), table, kind=kind, said=options["column"])
        choices = _choices(options, actor.congress) if kind == ImportKind.SUGGESTIONS else None
        runs.set_columns(run, table=table, mapped=mapped, choices=choices)
        plan = runs.plan_of(run, table, actor=actor, today=today)
        self._tell_plan(run.kind, mapped, table, plan)
        if options["dry_run"] or not self._agreed(plan, yes=options["yes"]):
            return
        run.save()
        runs.claim(run)
        done = runs.carry_out(
            run,
            table=table,
            mark=plan.mark,
            actor=actor,
            at=at,
            today=today,
            progress=self._progress,
        )
        self.stdout.write(result_words(done.counts))
        self._tell_failed(table, mapped, plan, options["failed"])

    def _tell_plan(self, kind: str, mapped: Any, table: Any, plan: runs.AnyPlan) -> None:
        labels = {spec.name: str(spec.label) for spec in COLUMNS[kind]}
        for index, name in sorted(mapped.items()):
            self.stdout.write(f"  {table.columns[index].name} → {labels[name]}")
        for note in table.notes:
            self.stdout.write(str(note))
        proposed = [str(each) for each in plan.proposed]
        if proposed:
            shown = "、".join(proposed[:SHOWN])
            words = {"count": len(proposed), "names": shown}
            self.stdout.write(_("Would be entered with it (%(count)d): %(names)s") % words)
        refused = runs.problems_of(plan, columns_of(mapped))
        for problem in refused[:SHOWN]:
            row = next(row for row in table.rows if row.number == problem.row)
            self.stdout.write(f"  {table.place(row, problem.column)}: {problem.words}")
        if len(refused) > SHOWN:
            self.stdout.write(f"  … {len(refused) - SHOWN}")
        counts = plan.counts()
        self.stdout.write(
            _("%(enter)d new, %(change)d changed, %(keep)d here already, %(refuse)d not taken.")
            % counts
        )

    def _agreed(self, plan: runs.AnyPlan, *, yes: bool) -> bool:
        if not plan.doing(Act.ENTER) and not plan.doing(Act.CHANGE):
            return False
        if yes:
            return True
        if not sys.stdin.isatty():
            raise CommandError(_("Nothing has been written. Confirm with --yes."))
        return input(_("Import these rows? [y/N] ")).strip().casefold() in ("y", "yes", "是")

    def _tell_failed(self, table: Any, mapped: Any, plan: runs.AnyPlan, out: Path | None) -> None:
        problems = runs.problems_of(plan, columns_of(mapped))
        if problems and out:
            workbooks.failed_rows_workbook(table, problems, out=out)
            words = {"name": out}
            self.stdout.write(_("Rows that were not taken, with the reasons: %(name)s") % words)

    def _progress(self, done: int, whole: int) -> None:
        if self.stderr.isatty() or done == whole:
            self.stderr.write(f"\r{done}/{whole}", ending="\n" if done == whole else "")
            self.stderr.flush()

    # --- A folder of real rows

    def _corpus(self, folder: Path, *, dry: bool) -> None:
        found = read_folder(folder)
        carried = carry_in(
            found, at=clock.now(), today=clock.today(), dry=dry, progress=self._progress
        )
        for line in (*_read_lines(found), *_done_lines(carried)):
            self.stdout.write(line)
        for refusal in carried.refused:
            self.stderr.write(refusal)
        if dry:
            self.stdout.write(_("Nothing has been written: this was a trial."))
        if carried.refused:
            words = {"n": len(carried.refused)}
            raise CommandError(_("%(n)d rows could not be taken.") % words)


def _add_choices(parser: ArgumentParser) -> None:
    parser.add_argument("--session", default="", help="name of the session of rows that name none")
    parser.add_argument("--assigned-on", default="", help="day of assignment of rows without one")
    parser.add_argument("--new-sessions", action="store_true", help="open unknown sessions")
    parser.add_argument("--new-organs", action="store_true", help="enter unknown organs")
    parser.add_argument("--new-deputies", action="store_true", help="enter unknown deputies")


def _clerk(slug: str, login: str) -> Post:
    """The clerk under whose name the rows come in: the one named, or the only one."""
    congress = Congress.objects.filter(slug=slug).first()
    if congress is None:
        known = ", ".join(Congress.objects.values_list("slug", flat=True)[:SHOWN])
        words = {"slug": slug, "known": known}
        raise CommandError(_("There is no congress “%(slug)s”. Known: %(known)s") % words)
    clerks = posts(congress, on=clock.today()).filter(role=Role.CLERK)
    if login:
        clerks = clerks.filter(person__login=login)
    found = list(clerks[:2])
    if len(found) != 1:
        raise CommandError(_("Name the clerk who imports with --clerk LOGIN."))
    return found[0]


def _corrected(mapped: Any, table: Any, *, kind: str, said: list[str]) -> dict[int, str]:
    """The guess with what the operator says of single fields."""
    fields = {spec.name for spec in COLUMNS[kind]}
    result: dict[int, str] = dict(mapped)
    for each in said:
        name, _equals, heading = each.partition("=")
        if name not in fields:
            words = {"name": name, "known": ", ".join(sorted(fields))}
            raise CommandError(_("There is no field “%(name)s”. Known: %(known)s") % words)
        result = {index: field for index, field in result.items() if field != name}
        columns = [column.index for column in table.columns if column.name == heading]
        if heading and not columns:
            raise CommandError(_("There is no heading “%(name)s”.") % {"name": heading})
        result |= dict.fromkeys(columns, name)
    return result


def _choices(options: Mapping[str, Any], congress: Congress) -> Choices:
    session = None
    if options["session"]:
        session = Session.objects.filter(congress=congress, name=options["session"]).first()
        if session is None:
            words = {"name": options["session"]}
            raise CommandError(_("There is no session called “%(name)s”.") % words)
    try:
        day = parse_date(options["assigned_on"]) if options["assigned_on"] else None
    except BadDate as bad:
        raise CommandError(str(bad)) from bad
    return Choices(
        session=session.key if session else "",
        assigned_on=day,
        new_sessions=options["new_sessions"],
        new_organs=options["new_organs"],
        new_deputies=options["new_deputies"],
    )


def _read_lines(found: Folder) -> list[str]:
    lines = [
        ngettext("%(name)s: %(n)d row", "%(name)s: %(n)d rows", n) % {"name": name, "n": n}
        for name, n in found.rows.items()
    ]
    cards = sum(map(len, found.cards.values()))
    words = {"cards": cards, "joined": found.joined, "duplicates": found.duplicates}
    said = _(
        "%(cards)d suggestions; %(joined)d assignments belong to one of them, "
        "%(duplicates)d rows are duplicates."
    )
    return [*lines, said % words]


def _done_lines(carried: Carried) -> list[str]:
    words: dict[str, Any] = {
        "found": carried.congresses_found,
        "founded": len(carried.founded),
        **{name: carried.proposed[name] for name in ("sessions", "organs", "deputies")},
        "entered": carried.entered,
        "kept": carried.kept,
    }
    lines = [
        _("Congresses: %(found)d known, %(founded)d founded.") % words,
        _(
            "Proposed and entered: %(sessions)d sessions, %(organs)d organs, "
            "%(deputies)d unnamed deputies or members."
        )
        % words,
        _("Suggestions: %(entered)d entered, %(kept)d here already.") % words,
    ]
    if carried.kinds:
        kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(carried.kinds.items()))
        lines.append(_("By kind: %(kinds)s") % {"kinds": kinds})
    if carried.classes_known or carried.classes_unknown:
        known = {
            "known": sum(carried.classes_known.values()),
            "unknown": sum(carried.classes_unknown.values()),
            "codes": ", ".join(sorted(carried.classes_unknown)) or "—",
        }
        said = _(
            "Classes named by the pages: %(known)d the rules know, %(unknown)d they do not "
            "(%(codes)s). Replies are not imported, so all are kept as notes."
        )
        lines.append(said % known)
    return lines
