"""Entering the handling organs from a list, again and again without harm."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from huiyin.accounts.actor import Actor
from huiyin.accounts.imports.rows import (
    Act,
    CellVerdict,
    Outcome,
    Plan,
    PlannedRow,
    SourceRow,
    Weight,
    error,
    noted,
    read_day,
    require_unchanged,
    too_long,
)
from huiyin.accounts.rules import require_keeper_of
from huiyin.organisations import services as organisations
from huiyin.organisations.matching import How, OrganIndex
from huiyin.organisations.models import Congress, Organ, System
from huiyin.organisations.organ_names import likely_system

_LONGEST = {"name": 80, "short_name": 40, "code": 20}
_CHANGEABLE = ("short_name", "code", "mandate_text", "system")


def plan_organs(
    rows: Sequence[SourceRow], *, congress: Congress, actor: Actor | None, on: date
) -> Plan:
    """Say of every row what it would do. Writes nothing."""
    require_keeper_of(actor, congress)
    index = OrganIndex.of(congress, on=on)
    seen: dict[str, int] = {}
    planned = [_planned(row, index=index, seen=seen) for row in rows]
    return Plan(congress_key=congress.key, on=on, rows=planned)


@transaction.atomic
def apply_organs(
    plan: Plan, *, congress: Congress, actor: Actor | None, at: datetime, via: str = "import"
) -> Outcome:
    """Do what the plan says, all of it or nothing; refused rows are left out.

    Raises ``Stale`` when the register is no longer what the plan was made on.
    """
    Congress.objects.select_for_update().get(pk=congress.pk)
    now = plan_organs([row.source for row in plan.rows], congress=congress, actor=actor, on=plan.on)
    require_unchanged(plan, now)
    for row in now.doing(Act.ENTER):
        organisations.add_organ(congress=congress, actor=actor, at=at, via=via, **row.read)
    for row in now.doing(Act.CHANGE):
        changed = {n: row.read[n] for n in _CHANGEABLE if n in row.read}
        organisations.change_organ(organ=row.read["organ"], actor=actor, at=at, via=via, **changed)
    counts = now.counts()
    return Outcome(
        entered=counts["enter"],
        changed=counts["change"],
        kept=counts["keep"],
        refused=now.doing(Act.REFUSE),
    )


def _planned(row: SourceRow, *, index: OrganIndex, seen: dict[str, int]) -> PlannedRow:
    verdicts: dict[str, CellVerdict] = _shape(row)
    system, said_of_system = _system(row)
    since, said_of_since = read_day(row, "since")
    verdicts |= said_of_system | said_of_since
    name = row.text("name")
    match = index.find(name)
    mark = match.organ.key if match else name
    if mark in seen:
        said = _("The same organ stands in row %(number)d.") % {"number": seen[mark]}
        verdicts["name"] = error(row, "name", said, _("Keep one of the two rows."))
    seen.setdefault(mark, row.number)
    if any(verdict.weight is Weight.ERROR for verdict in verdicts.values()):
        return PlannedRow(source=row, act=Act.REFUSE, verdicts=verdicts)
    if match is None:
        verdicts["name"] = noted(row, "name", Weight.NEW, _("Will be entered."))
        read: dict[str, Any] = {n: row.text(n) for n in ("short_name", "code", "mandate_text")}
        read |= {"name": name, "system": system or likely_system(name).value, "since": since}
        return PlannedRow(source=row, act=Act.ENTER, verdicts=verdicts, read=read)
    verdicts |= _recognised(row, match.organ, match.how)
    read = _differences(row, match.organ, system)
    for changed in read:
        said = _("Was: %(before)s") % {"before": getattr(match.organ, changed) or _("nothing")}
        verdicts[changed] = noted(row, changed, Weight.CHANGED, said)
    act = Act.CHANGE if read else Act.KEEP
    return PlannedRow(source=row, act=act, verdicts=verdicts, read={**read, "organ": match.organ})


def _shape(row: SourceRow) -> dict[str, CellVerdict]:
    wrong = too_long(row, _LONGEST)
    if not row.text("name"):
        wrong["name"] = error(row, "name", _("An organ needs a name."))
    return wrong


def _system(row: SourceRow) -> tuple[str, dict[str, CellVerdict]]:
    """The system given in either language; when none is, the name's own sign."""
    given = row.text("system")
    if not given:
        guessed = likely_system(row.text("name"))
        said = _("Not given; taken to be: %(system)s") % {"system": guessed.label}
        return "", {"system": noted(row, "system", Weight.WARNING, said)}
    for system in System:
        if given.casefold() in _spellings(system):
            return system.value, {}
    allowed = "、".join(str(system.label) for system in System)
    said = _("There is no system “%(given)s”.") % {"given": given}
    remedy = _("Use one of: %(allowed)s") % {"allowed": allowed}
    return "", {"system": error(row, "system", said, remedy)}


def _spellings(system: System) -> set[str]:
    """Its value, and its label in both languages with and without 系统."""
    spellings = {system.value}
    for language in ("zh-hans", "en"):
        with override(language):
            label = str(system.label).casefold()
        spellings |= {label, label.removesuffix("系统")}
    return spellings


def _recognised(row: SourceRow, organ: Organ, how: How) -> dict[str, CellVerdict]:
    """A word on how the name was understood, unless it is the organ's very name."""
    words = {
        How.SHORT_NAME: _("Short name of %(organ)s."),
        How.FORMER_NAME: _("Former name of %(organ)s."),
        How.SUCCESSOR: _("Abolished; %(organ)s took over."),
        How.SPELLING: _("Read as %(organ)s."),
    }
    if how is How.NAME:
        return {}
    said = words[how] % {"organ": organ.name}
    return {"name": noted(row, "name", Weight.WARNING, said)}


def _differences(row: SourceRow, organ: Organ, system: str) -> dict[str, str]:
    """What the row says otherwise than the register. An empty cell says nothing."""
    given = {n: row.text(n) for n in ("short_name", "code", "mandate_text")} | {"system": system}
    return {name: value for name, value in given.items() if value and value != getattr(organ, name)}
