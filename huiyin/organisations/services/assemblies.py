"""Setting up a congress, its terms and sessions."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from huiyin.kernel.errors import Conflict, Invalid
from huiyin.ledger.services import record
from huiyin.organisations.models import (
    Assembly,
    Congress,
    Delegation,
    Division,
    ElectingUnit,
    Level,
    Session,
    Term,
    UnitKind,
)
from huiyin.organisations.rules import Keeper, require_keeper
from huiyin.organisations.session_names import write_number

_ORDER = list(Level.values)


@transaction.atomic
def found_congress(
    *,
    slug: str,
    name: str,
    short_name: str,
    level: str,
    division: Division | None = None,
    parent: Congress | None = None,
    actor: Keeper | None,
    at: datetime,
    via: str = "web",
) -> Congress:
    """Set up a congress. Raises ``Conflict`` when the name or address is taken."""
    if level not in Level.values:
        raise Invalid(_("There is no such level."), fields={"level": [_("Choose a level.")]})
    if parent and _ORDER.index(parent.level) >= _ORDER.index(level):
        raise Invalid(
            _("A congress lies below one of a higher level."),
            fields={"parent": [_("Not of a higher level.")]},
        )
    try:
        with transaction.atomic():
            congress = Congress.objects.create(
                slug=slug,
                name=name,
                short_name=short_name,
                level=level,
                division=division,
                parent=parent,
            )
    except IntegrityError as clash:
        raise Conflict(
            _("A congress of that name or short address exists already."),
            remedy=_("Choose another short address, or use the congress that is there."),
        ) from clash
    record(
        chain=congress.key,
        actor=actor,
        at=at,
        action="congress.found",
        subject=("congress", congress.key),
        after=congress.name,
        via=via,
    )
    return congress


@transaction.atomic
def open_term(
    *,
    congress: Congress,
    ordinal: int,
    assembly: str = Assembly.CONGRESS,
    starts_on: date | None = None,
    ends_on: date | None = None,
    actor: Keeper | None,
    at: datetime,
    via: str = "web",
) -> Term:
    """Return the term of that ordinal, entering it when it is new."""
    require_keeper(actor, congress)
    _require_ordinal(ordinal)
    _require_order(starts_on, ends_on, field="ends_on")
    term, made = Term.objects.get_or_create(
        congress=congress,
        assembly=assembly,
        ordinal=ordinal,
        defaults={"starts_on": starts_on, "ends_on": ends_on},
    )
    if made:
        record(
            chain=congress.key,
            actor=actor,
            at=at,
            action="term.open",
            subject=("term", term.key),
            after=f"{assembly} {ordinal}",
            via=via,
        )
    return term


@transaction.atomic
def open_session(
    *,
    congress: Congress,
    term: Term,
    ordinal: int,
    name: str = "",
    opens_on: date | None = None,
    closes_on: date | None = None,
    actor: Keeper | None,
    at: datetime,
    via: str = "web",
) -> Session:
    """Return the session of that ordinal, entering it when it is new.

    Its assembly is the term's. Without a name it bears the usual one, 第十三届…第三次会议.
    """
    require_keeper(actor, congress)
    _require_ordinal(ordinal)
    _require_order(opens_on, closes_on, field="closes_on")
    if term.congress_id != congress.pk:
        raise Invalid(
            _("That term belongs to another congress."), fields={"term": [_("Not of this one.")]}
        )
    session, made = Session.objects.get_or_create(
        term=term,
        assembly=term.assembly,
        ordinal=ordinal,
        defaults={
            "congress": congress,
            "name": name or usual_name(congress, term, ordinal),
            "opens_on": opens_on,
            "closes_on": closes_on,
        },
    )
    if made:
        record(
            chain=congress.key,
            actor=actor,
            at=at,
            action="session.open",
            subject=("session", session.key),
            after=session.name,
            via=via,
        )
    return session


def usual_name(congress: Congress, term: Term, ordinal: int) -> str:
    """The name under which a session is cited, in the language of the record."""
    place = congress.name.removesuffix("人民代表大会")
    nth, counted = write_number(term.ordinal), write_number(ordinal)
    forms = {
        Assembly.CONGRESS: f"{place}第{nth}届人民代表大会第{counted}次会议",
        Assembly.CPPCC: f"政协{place}第{nth}届委员会第{counted}次会议",
        Assembly.PARTY: f"中共{place}第{nth}次代表大会",
    }
    return forms[Assembly(term.assembly)]


@transaction.atomic
def date_session(
    *,
    session: Session,
    opens_on: date,
    closes_on: date,
    actor: Keeper | None,
    at: datetime,
    via: str = "web",
) -> Session:
    """Set the days of a session, which an imported list seldom tells."""
    require_keeper(actor, session.congress)
    _require_order(opens_on, closes_on, field="closes_on")
    row = Session.objects.select_for_update().get(pk=session.pk)
    before = f"{row.opens_on or ''}/{row.closes_on or ''}"
    row.opens_on, row.closes_on = opens_on, closes_on
    row.save(update_fields=["opens_on", "closes_on"])
    record(
        chain=row.congress.key,
        actor=actor,
        at=at,
        action="session.date",
        subject=("session", row.key),
        before=before,
        after=f"{opens_on}/{closes_on}",
        via=via,
    )
    return row


@transaction.atomic
def add_delegation(
    *,
    congress: Congress,
    term: Term,
    name: str,
    ordering: int = 0,
    actor: Keeper | None,
    at: datetime,
    via: str = "web",
) -> Delegation:
    """Return the delegation of that name in the term, entering it when it is new."""
    require_keeper(actor, congress)
    delegation, made = Delegation.objects.get_or_create(
        term=term, name=name, defaults={"congress": congress, "ordering": ordering}
    )
    if made:
        record(
            chain=congress.key,
            actor=actor,
            at=at,
            action="delegation.form",
            subject=("delegation", delegation.key),
            after=name,
            via=via,
        )
    return delegation


@transaction.atomic
def add_electing_unit(
    *,
    congress: Congress,
    name: str,
    kind: str = UnitKind.UNIT,
    division: Division | None = None,
    actor: Keeper | None,
    at: datetime,
    via: str = "web",
) -> ElectingUnit:
    """Return the electing unit of that name, entering it when it is new."""
    require_keeper(actor, congress)
    unit, made = ElectingUnit.objects.get_or_create(
        congress=congress, name=name, defaults={"kind": kind, "division": division}
    )
    if made:
        record(
            chain=congress.key,
            actor=actor,
            at=at,
            action="electing_unit.enter",
            subject=("electing_unit", unit.key),
            after=name,
            via=via,
        )
    return unit


def _require_ordinal(ordinal: int) -> None:
    if not 1 <= ordinal <= 99:
        raise Invalid(
            _("Terms and sessions are counted from one."), fields={"ordinal": [_("From 1 to 99.")]}
        )


def _require_order(first: date | None, last: date | None, *, field: str) -> None:
    if first and last and last < first:
        raise Invalid(
            _("The last day lies before the first."), fields={field: [_("Before the first day.")]}
        )
