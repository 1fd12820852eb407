"""Organs come, change their names and go; nothing they ever were is lost."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from huiyin.kernel.errors import Conflict, Invalid
from huiyin.ledger.services import record
from huiyin.organisations.models import Congress, InnerDivision, Organ, OrganName, System
from huiyin.organisations.rules import Keeper, require_keeper

_CHANGEABLE = frozenset(
    {
        "short_name",
        "code",
        "mandate_text",
        "system",
        "is_government_office",
        "is_party_office",
        "is_congress_office",
        "is_committee",
    }
)


@transaction.atomic
def add_organ(
    *,
    congress: Congress,
    name: str,
    system: str,
    since: date | None = None,
    actor: Keeper | None,
    at: datetime,
    via: str = "web",
    **particulars: Any,
) -> Organ:
    """Enter an organ. ``particulars`` are its other columns (short name, code, mandate, kind).

    Raises ``Conflict`` when a living organ bears the name, ``Invalid`` for a kind of organ that
    this congress cannot have.
    """
    require_keeper(actor, congress)
    _require_known(particulars)
    organ = Organ(congress=congress, name=name.strip(), system=system, since=since, **particulars)
    _require_sound(organ)
    try:
        with transaction.atomic():
            organ.save()
    except IntegrityError as clash:
        raise _name_taken(name) from clash
    record(
        chain=congress.key,
        actor=actor,
        at=at,
        action="organ.add",
        subject=("organ", organ.key),
        after=organ.name,
        via=via,
    )
    return organ


@transaction.atomic
def rename_organ(
    *,
    organ: Organ,
    name: str,
    on: date,
    short_name: str = "",
    actor: Keeper | None,
    at: datetime,
    via: str = "web",
) -> Organ:
    """Give an organ a new name from ``on``, its first day. What it was called stays on record.

    Raises ``Invalid`` when ``on`` lies in the future or not after the last change of name:
    names follow one another without overlapping.
    """
    require_keeper(actor, organ.congress)
    row = _living(organ)
    _require_new_name(row, name.strip(), on=on, today=at.date())
    before = row.name
    OrganName.objects.create(
        organ=row, name=before, since=_name_began(row), until=on - timedelta(days=1)
    )
    row.name, row.short_name = name.strip(), short_name.strip()
    try:
        with transaction.atomic():
            row.save(update_fields=["name", "short_name"])
    except IntegrityError as clash:
        raise _name_taken(name) from clash
    record(
        chain=row.congress.key,
        actor=actor,
        at=at,
        action="organ.rename",
        subject=("organ", row.key),
        before=before,
        after=row.name,
        via=via,
    )
    return row


@transaction.atomic
def change_organ(
    *, organ: Organ, actor: Keeper | None, at: datetime, via: str = "web", **particulars: Any
) -> Organ:
    """Change an organ's particulars; for its name see ``rename_organ``. No-op when unchanged."""
    require_keeper(actor, organ.congress)
    _require_known(particulars)
    row = _living(organ)
    changed = {name: value for name, value in particulars.items() if getattr(row, name) != value}
    if not changed:
        return row
    before = {name: getattr(row, name) for name in changed}
    for name, value in changed.items():
        setattr(row, name, value)
    _require_sound(row)
    row.save(update_fields=list(changed))
    record(
        chain=row.congress.key,
        actor=actor,
        at=at,
        action="organ.change",
        subject=("organ", row.key),
        before=_listed(before),
        after=_listed(changed),
        via=via,
    )
    return row


@transaction.atomic
def abolish_organ(
    *,
    organ: Organ,
    on: date,
    successor: Organ | None = None,
    actor: Keeper | None,
    at: datetime,
    via: str = "web",
) -> Organ:
    """End an organ; ``on`` is its last day. It can no longer be chosen, its cases stay.

    ``successor`` takes its name in lists that still use it. Raises ``Invalid`` when that organ
    has ended itself or belongs to another congress.
    """
    require_keeper(actor, organ.congress)
    row = _living(organ)
    if row.since and on < row.since:
        raise Invalid(
            _("The organ did not exist yet on that day."), fields={"on": [_("Too early.")]}
        )
    if successor is not None:
        # Read again: it may have been abolished since the page was made.
        successor = Organ.objects.select_for_update().get(pk=successor.pk)
        _require_heir(successor, row)
    row.until, row.successor = on, successor
    row.save(update_fields=["until", "successor"])
    record(
        chain=row.congress.key,
        actor=actor,
        at=at,
        action="organ.abolish",
        subject=("organ", row.key),
        before=row.name,
        after=f"{on} {successor.key if successor else ''}".strip(),
        via=via,
    )
    return row


@transaction.atomic
def add_inner_division(
    *, organ: Organ, name: str, actor: Keeper | None, at: datetime, via: str = "web"
) -> InnerDivision:
    """Return the organ's inner division of that name, entering it when it is new."""
    require_keeper(actor, organ.congress)
    division, made = InnerDivision.objects.get_or_create(organ=organ, name=name.strip())
    if made:
        record(
            chain=organ.congress.key,
            actor=actor,
            at=at,
            action="inner_division.add",
            subject=("inner_division", division.key),
            after=division.name,
            via=via,
        )
    return division


def _living(organ: Organ) -> Organ:
    """Read the organ again under lock: of two who change it at once the second sees the first."""
    row = Organ.objects.select_for_update().get(pk=organ.pk)
    if row.until is not None:
        raise Conflict(
            _("“%(organ)s” was abolished on %(day)s.") % {"organ": row.name, "day": row.until},
            remedy=_("Change the organ that took over from it."),
        )
    return row


def _name_began(organ: Organ) -> date | None:
    """The first day of the name in use; None when it is not known."""
    ends = [former.until for former in organ.former_names.all()]
    return max(ends) + timedelta(days=1) if ends else organ.since


def _require_new_name(organ: Organ, name: str, *, on: date, today: date) -> None:
    began = _name_began(organ)
    wrong: dict[str, list[str]] = {}
    if not name or name == organ.name:
        wrong["name"] = [_("Give a name it does not bear already.")]
    if on > today:
        wrong["on"] = [_("A new name is entered when it has come into force.")]
    if began and on <= began:
        said = _("The name in use began on %(day)s; the new one follows it.")
        wrong["on"] = [said % {"day": began}]
    if wrong:
        raise Invalid(_("The organ cannot be renamed like this."), fields=wrong)


def _require_heir(successor: Organ, organ: Organ) -> None:
    if successor.congress_id != organ.congress_id or successor.pk == organ.pk:
        raise Invalid(
            _("Another organ of the same congress takes over."),
            fields={"successor": [_("Not such an organ.")]},
        )
    if successor.until is not None:
        raise Invalid(
            _("“%(organ)s” has been abolished itself.") % {"organ": successor.name},
            fields={"successor": [_("Abolished.")]},
        )


def _require_known(particulars: dict[str, Any]) -> None:
    if unknown := particulars.keys() - _CHANGEABLE:
        raise TypeError(f"an organ has no particulars {sorted(unknown)}")


def _require_sound(organ: Organ) -> None:
    """The rules the database holds too, in words; and the one it cannot hold."""
    wrong: dict[str, list[str]] = {}
    if not organ.name:
        wrong["name"] = [_("Give a name.")]
    if organ.system not in System.values:
        wrong["system"] = [_("Choose a system.")]
    if organ.is_government_office and organ.system != System.GOVERNMENT:
        wrong["is_government_office"] = [_("Only an organ of the government system.")]
    if organ.is_party_office and organ.system != System.PARTY:
        wrong["is_party_office"] = [_("Only an organ of the party system.")]
    if (organ.is_committee or organ.is_congress_office) and organ.system != System.CONGRESS:
        wrong["system"] = [_("A committee or office of the congress is of its system.")]
    if organ.is_committee and not organ.congress.has_standing_committee:
        wrong["is_committee"] = [_("The congress of a township has a presidium, no committees.")]
    if wrong:
        raise Invalid(_("The organ cannot be entered like this."), fields=wrong)


def _name_taken(name: str) -> Conflict:
    return Conflict(
        _("There is an organ called “%(name)s” already.") % {"name": name.strip()},
        remedy=_("Use that one, or give the new organ its full name."),
    )


def _listed(values: dict[str, Any]) -> str:
    """Columns and values for the record, cut to its width."""
    return "; ".join(f"{name}={value}" for name, value in sorted(values.items()))[:200]
