"""Reform of organs: one decision that renames, merges, splits or abolishes (机构改革).

What is done here is the register alone. Who works in the organs and what they are handling is
carried along by ``suggestions.services.reform_organs``, which calls this.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from huiyin.kernel.errors import Conflict, Invalid
from huiyin.ledger.services import record
from huiyin.organisations.models import (
    Congress,
    Organ,
    OrganChange,
    OrganReform,
    ReformKind,
)
from huiyin.organisations.rules import Keeper, require_keeper
from huiyin.organisations.services.organs import abolish_organ, add_organ, rename_organ


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What has been decided. ``organs`` are those there are now, ``heirs`` the names afterwards.

    An heir that bears the name of a living organ is that organ; any other is entered anew, in
    the system of the first organ unless ``system`` says which.
    """

    kind: str
    organs: Sequence[Organ]
    heirs: Sequence[str]
    on: date
    document_no: str
    decided_by: str
    system: str = ""

    @property
    def is_rename(self) -> bool:
        return self.kind == ReformKind.RENAME

    @property
    def ending(self) -> list[Organ]:
        """The organs that are no more afterwards: whoever goes on under its name is not ended."""
        if self.is_rename:
            return []
        return [organ for organ in self.organs if organ.name not in self.heirs]

    @property
    def giving(self) -> list[Organ]:
        """The organs whose work may pass to another."""
        return list(self.organs) if self.kind == ReformKind.SPLIT else self.ending


def living_named(congress: Congress, name: str) -> Organ | None:
    """The organ that bears this very name now."""
    return Organ.objects.filter(congress=congress, name=name, until__isnull=True).first()


def require_sound(decision: Decision, *, congress: Congress, today: date) -> None:
    """Raise ``Invalid`` with what is wrong with a decision, beside the fields it is asked in."""
    wrong = _faults_of_organs(decision, congress)
    if fault := _fault_of_heirs(decision, congress):
        wrong["heirs"] = [fault]
    if decision.on > today:
        wrong["on"] = [_("A reform is entered when it has come into force.")]
    for name in ("document_no", "decided_by"):
        if not getattr(decision, name).strip():
            wrong[name] = [_("Please fill this in.")]
    if decision.kind not in ReformKind.values:
        wrong["kind"] = [_("Choose what is done with the organs.")]
    if wrong:
        raise Invalid(_("The reform cannot be entered like this."), fields=wrong)


def _faults_of_organs(decision: Decision, congress: Congress) -> dict[str, list[str]]:
    wrong: dict[str, list[str]] = {}
    organs = decision.organs
    if not organs:
        wrong["organs"] = [_("Name the organ.")]
    elif len(organs) > 1 and decision.kind != ReformKind.MERGE:
        wrong["organs"] = [_("Several organs at once are only merged.")]
    elif len({organ.pk for organ in organs}) != len(organs):
        wrong["organs"] = [_("An organ is named twice.")]
    for organ in organs:
        if organ.congress_id != congress.pk:
            wrong["organs"] = [_("“%(organ)s” belongs to another congress.") % {"organ": organ}]
        elif organ.until is not None:
            said = _("“%(organ)s” was abolished on %(day)s.")
            wrong["organs"] = [said % {"organ": organ.name, "day": organ.until}]
        elif organ.since and decision.on <= organ.since:
            said = _("“%(organ)s” has existed only since %(day)s.")
            wrong["on"] = [said % {"organ": organ.name, "day": organ.since}]
    return wrong


def _fault_of_heirs(decision: Decision, congress: Congress) -> str:
    heirs = list(decision.heirs)
    if not heirs:
        ends = decision.kind == ReformKind.ABOLISH
        return "" if ends else _("Name what there is afterwards.")
    if len(set(heirs)) != len(heirs):
        return _("An organ is named twice.")
    known = [organ for name in heirs if (organ := living_named(congress, name))]
    for organ in known:
        if organ.since and organ.since > decision.on:
            words = {"organ": organ.name, "day": organ.since}
            return _("“%(organ)s” has existed only since %(day)s.") % words
    return _FAULTS[decision.kind](decision, known) if decision.kind in _FAULTS else ""


def _of_rename(decision: Decision, known: Sequence[Organ]) -> str:
    if len(decision.heirs) != 1:
        return _("An organ has one new name.")
    if set(known) & set(decision.organs):
        return _("Give a name it does not bear already.")
    return _("Another organ bears this name; merge them.") if known else ""


def _of_merge(decision: Decision, known: Sequence[Organ]) -> str:
    if len(decision.heirs) != 1:
        return _("Organs are merged into one.")
    if not decision.ending:
        return _("An organ cannot be merged into itself.")
    if len(decision.organs) == 1 and not known:
        return _("Merge at least two organs, or one into another that is there.")
    return ""


def _of_split(decision: Decision, _known: Sequence[Organ]) -> str:
    if len(decision.heirs) == 1:
        return _("Name at least two organs it is split into; the organ itself may be one.")
    return ""


def _of_abolition(decision: Decision, known: Sequence[Organ]) -> str:
    if len(decision.heirs) != 1:
        return _("One organ takes over from an abolished one; several are a split.")
    if set(known) & set(decision.organs):
        return _("An organ cannot take over from itself.")
    return "" if known else _("No organ of this congress is called so.")


_FAULTS: dict[str, Callable[[Decision, Sequence[Organ]], str]] = {
    ReformKind.RENAME: _of_rename,
    ReformKind.MERGE: _of_merge,
    ReformKind.SPLIT: _of_split,
    ReformKind.ABOLISH: _of_abolition,
}


@transaction.atomic
def reform_organs(
    decision: Decision,
    *,
    congress: Congress,
    actor: Keeper | None,
    at: datetime,
    via: str = "web",
) -> tuple[OrganReform, dict[str, Organ]]:
    """Enter the reform in the register; return it with the organs there are now, by their names.

    An organ that ends has the day before as its last one. Its name, like one that is given up,
    stays with what is over.
    """
    require_keeper(actor, congress)
    # Read again: one of them may have been changed since the page was made.
    organs = list(Organ.objects.select_for_update().filter(pk__in=[o.pk for o in decision.organs]))
    if {organ.name for organ in organs} != {organ.name for organ in decision.organs}:
        raise Conflict(
            _("One of the organs has been renamed meanwhile."),
            remedy=_("Look at the list as it is now, then confirm it."),
        )
    require_sound(decision, congress=congress, today=at.date())
    said: dict[str, Any] = {"actor": actor, "at": at, "via": via}
    reform = OrganReform(
        congress=congress,
        kind=decision.kind,
        on=decision.on,
        document_no=decision.document_no.strip(),
        decided_by=decision.decided_by.strip(),
        at=at,
        entered_by=actor.post_key if actor else "",
    )
    reform.save()
    now = _registered(decision, organs, congress=congress, **said)
    changes = _changes(reform, decision, now)
    record(
        chain=congress.key,
        action="organ.reform",
        subject=("organ_reform", reform.key),
        before="、".join(organ.name for organ in decision.organs)[:200],
        after="、".join(decision.heirs)[:200],
        facts=[reform, *changes],
        **said,
    )
    return reform, now


def _registered(
    decision: Decision, organs: Sequence[Organ], *, congress: Congress, **said: Any
) -> dict[str, Organ]:
    """Change the register; return the organs there are now, by their names."""
    if decision.is_rename:
        [organ], [name] = organs, decision.heirs
        return {name: rename_organ(organ=organ, name=name, on=decision.on, **said)}
    system = decision.system or decision.organs[0].system
    now = {
        name: living_named(congress, name)
        or add_organ(congress=congress, name=name, system=system, since=decision.on, **said)
        for name in decision.heirs
    }
    sole = next(iter(now.values())) if len(now) == 1 else None
    for organ in decision.ending:
        last = decision.on - timedelta(days=1)
        abolish_organ(organ=organ, on=last, successor=sole, **said)
    return now


def _changes(reform: OrganReform, decision: Decision, now: dict[str, Organ]) -> list[OrganChange]:
    given = decision.organs if decision.is_rename else decision.giving
    heirs: list[Organ | None] = [*now.values()] or [None]
    made = [
        OrganChange(
            reform=reform,
            organ=organ,
            heir=heir,
            was=organ.name,
            now=heir.name if heir is not None else "",
        )
        for organ in given
        for heir in heirs
    ]
    for change in made:
        change.save()
    return made
