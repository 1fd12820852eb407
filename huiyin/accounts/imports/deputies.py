"""Entering the deputies of a term from a list, again and again without harm.

Who is who: the card number says it; without one the name within the term, with the delegation
where two share a name. A person known elsewhere is recognised by name and telephone together, so
that a deputy of two congresses keeps one account.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

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
from huiyin.accounts.models import Person, Post, Role, Standing
from huiyin.accounts.rules import account_keeper, require_keeper_of
from huiyin.accounts.services.people import placeholder_login
from huiyin.kernel.errors import Invalid
from huiyin.ledger.services import Line, record_many
from huiyin.organisations import services as organisations
from huiyin.organisations.models import Congress, Delegation, ElectingUnit, Term
from huiyin.organisations.selectors import term_on

_LONGEST = {"name": 60, "card_no": 20, "delegation": 60, "electing_unit": 80, "phone": 30}
_CONTACT = frozenset({"phone", "email"})
_SEAT = frozenset({"card_no", "delegation", "electing_unit"})


@dataclass(frozen=True, slots=True)
class _Register:
    """What the house knows already, read once for the whole list."""

    term: Term
    posts_by_card: Mapping[str, Post]
    posts_by_name: Mapping[str, Sequence[Post]]
    people: Mapping[tuple[str, str], Sequence[Person]]
    # Who sat in an earlier term, by name and electing unit: a deputy elected again.
    before: Mapping[tuple[str, str], Sequence[Person]]
    delegations: Mapping[str, Delegation]
    units: Mapping[str, ElectingUnit]

    @classmethod
    def of(cls, congress: Congress, term: Term, names: set[str]) -> Self:
        posts = list(
            Post.objects.filter(congress=congress, term=term, role=Role.DEPUTY)
            .select_related("person", "delegation", "electing_unit")
            .prefetch_related("person__posts__congress")
            .order_by("pk")
        )
        sat = (
            Post.objects.filter(congress=congress, role=Role.DEPUTY, person__name__in=names)
            .exclude(term=term)
            .exclude(electing_unit=None)
            .select_related("person", "electing_unit")
        )
        known = Person.objects.filter(name__in=names).exclude(phone="").order_by("pk")
        return cls(
            term=term,
            posts_by_card={post.card_no: post for post in posts if post.card_no},
            posts_by_name=_grouped((post.person.name, post) for post in posts),
            people=_grouped(((person.name, person.phone), person) for person in known),
            before=_grouped(
                {
                    (post.person.name, post.electing_unit.name, post.person_id): (
                        (post.person.name, post.electing_unit.name),
                        post.person,
                    )
                    for post in sat
                    if post.electing_unit
                }.values()
            ),
            delegations={each.name: each for each in Delegation.objects.filter(term=term)},
            units={each.name: each for each in ElectingUnit.objects.filter(congress=congress)},
        )


def plan_deputies(
    rows: Sequence[SourceRow], *, congress: Congress, actor: Actor | None, on: date
) -> Plan:
    """Say of every row what it would do. Writes nothing.

    The term is the one running on ``on``; raises ``Invalid`` when none is entered.
    """
    require_keeper_of(actor, congress)
    term = term_on(congress, on=on)
    if term is None:
        raise Invalid(
            _("No term of %(congress)s runs on that day.") % {"congress": congress.name},
            remedy=_("Enter the term with its first day, then import the deputies."),
        )
    register = _Register.of(congress, term, {row.text("name") for row in rows})
    seen: dict[tuple[str, ...], int] = {}
    planned = [_planned(row, register=register, seen=seen, on=on) for row in rows]
    return Plan(
        congress_key=congress.key, on=on, rows=planned, proposed=_proposed(planned, register)
    )


@transaction.atomic
def apply_deputies(
    plan: Plan, *, congress: Congress, actor: Actor | None, at: datetime, via: str = "import"
) -> Outcome:
    """Do what the plan says, all of it or nothing; refused rows are left out.

    Raises ``Stale`` when the register is no longer what the plan was made on.
    """
    Congress.objects.select_for_update().get(pk=congress.pk)
    now = plan_deputies(
        [row.source for row in plan.rows], congress=congress, actor=actor, on=plan.on
    )
    require_unchanged(plan, now)
    places = _enter_places(now, congress=congress, actor=actor, at=at, via=via)
    lines = [
        *_enter(now.doing(Act.ENTER), congress=congress, places=places),
        *_change(now.doing(Act.CHANGE), places=places),
    ]
    record_many(
        chain=congress.key,
        lines=[
            Line(at=at, action=action, subject=subject, actor=actor, after=after, via=via)
            for action, subject, after in lines
        ],
    )
    counts = now.counts()
    return Outcome(
        entered=counts["enter"],
        changed=counts["change"],
        kept=counts["keep"],
        refused=now.doing(Act.REFUSE),
    )


# --- Reading a row


def _planned(
    row: SourceRow, *, register: _Register, seen: dict[tuple[str, ...], int], on: date
) -> PlannedRow:
    verdicts: dict[str, CellVerdict] = {}
    read: dict[str, Any] = {name: row.text(name) for name in (*_LONGEST, "email")}
    verdicts |= _shape(row)
    read["since"], wrong = _first_day(row, register.term, on)
    verdicts |= wrong
    verdicts |= _twice(row, seen)
    post, ambiguous = _post_of(row, register)
    verdicts |= ambiguous
    if any(verdict.weight is Weight.ERROR for verdict in verdicts.values()):
        return PlannedRow(source=row, act=Act.REFUSE, verdicts=verdicts)
    if post is None:
        same = register.people.get((read["name"], read["phone"]), ())
        again = same or register.before.get((read["name"], row.text("electing_unit")), ())
        read["person"] = again[0] if len(again) == 1 else None
        verdicts |= _news(row, register)
        if read["person"]:
            said = _("Known already; gets this mandate beside the other posts.")
            verdicts["name"] = noted(row, "name", Weight.NEW, said)
        return PlannedRow(source=row, act=Act.ENTER, verdicts=verdicts, read=read)
    read["post"] = post
    changes = _changes(row, post)
    verdicts |= changes
    act = Act.CHANGE if changes else Act.KEEP
    if changes.keys() & _CONTACT and account_keeper(post.person) != post.congress:
        said = _("Another congress keeps this person's telephone and e-mail.")
        verdicts |= {n: error(row, n, said) for n in changes.keys() & _CONTACT}
        act = Act.REFUSE
    return PlannedRow(source=row, act=act, verdicts=verdicts, read=read)


def _shape(row: SourceRow) -> dict[str, CellVerdict]:
    """What is wrong with single cells, whoever the row is about."""
    wrong = too_long(row, _LONGEST)
    if not row.text("name"):
        wrong["name"] = error(row, "name", _("A deputy needs a name."))
    if not row.text("delegation") and not row.text("electing_unit"):
        said = _("Neither delegation nor electing unit is given.")
        wrong["delegation"] = error(row, "delegation", said, _("Give at least one of them."))
    if address := row.text("email"):
        try:
            validate_email(address)
        except ValidationError:
            wrong["email"] = error(row, "email", _("This is no e-mail address."))
    return wrong


def _first_day(row: SourceRow, term: Term, on: date) -> tuple[date, dict[str, CellVerdict]]:
    """The first day of the mandate: as given, else the term's."""
    since, wrong = read_day(row, "since")
    if since and term.ends_on and since > term.ends_on:
        wrong = {"since": error(row, "since", _("After the term has ended."))}
    return since or term.starts_on or on, wrong


def _twice(row: SourceRow, seen: dict[tuple[str, ...], int]) -> dict[str, CellVerdict]:
    """Whether the list has named the same deputy before."""
    card, name = row.text("card_no"), row.text("name")
    marks = [("card", card)] if card else [("name", name, row.text("delegation"))]
    for mark in marks:
        if mark in seen:
            said = _("The same deputy stands in row %(number)d.") % {"number": seen[mark]}
            return {"name": error(row, "name", said, _("Keep one of the two rows."))}
        seen[mark] = row.number
    return {}


def _post_of(row: SourceRow, register: _Register) -> tuple[Post | None, dict[str, CellVerdict]]:
    """The mandate the row is about, if it is there already."""
    card, name = row.text("card_no"), row.text("name")
    post = register.posts_by_card.get(card) if card else None
    if post is not None and post.person.name != name:
        said = _("This card number belongs to %(name)s.") % {"name": post.person.name}
        return None, {"card_no": error(row, "card_no", said, _("Correct number or name."))}
    if post is None:
        same = [
            each
            for each in register.posts_by_name.get(name, ())
            if not (card and each.card_no) and _sits_with(each, row)
        ]
        if len(same) > 1:
            said = _("Several deputies of this term bear this name.")
            return None, {"name": error(row, "name", said, _("Give the card number as well."))}
        post = same[0] if same else None
    if post is not None and post.standing == Standing.ENDED:
        said = _("This mandate has ended.")
        return None, {"name": error(row, "name", said, _("Give the new mandate by hand."))}
    return post, {}


def _sits_with(post: Post, row: SourceRow) -> bool:
    """Whether the place given in the row does not speak against its being this mandate."""
    given = row.text("delegation")
    return not given or post.delegation is None or post.delegation.name == given


def _news(row: SourceRow, register: _Register) -> dict[str, CellVerdict]:
    new = {"name": noted(row, "name", Weight.NEW, _("Will be entered."))}
    for name, known in (("delegation", register.delegations), ("electing_unit", register.units)):
        if row.text(name) and row.text(name) not in known:
            new[name] = noted(row, name, Weight.WARNING, _("Not known yet; will be entered."))
    return new


def _changes(row: SourceRow, post: Post) -> dict[str, CellVerdict]:
    """What the row says otherwise than the register. An empty cell says nothing."""
    present = {
        "card_no": post.card_no,
        "phone": post.person.phone,
        "email": post.person.email,
        "delegation": post.delegation.name if post.delegation else "",
        "electing_unit": post.electing_unit.name if post.electing_unit else "",
    }
    return {
        name: noted(
            row,
            name,
            Weight.CHANGED,
            _("Was: %(before)s") % {"before": before or _("nothing")},
        )
        for name, before in present.items()
        if row.text(name) and row.text(name) != before
    }


# --- Writing


def _proposed(rows: Sequence[PlannedRow], register: _Register) -> list[str]:
    """Delegations and electing units that would be entered with the list."""
    used = [row for row in rows if row.act in (Act.ENTER, Act.CHANGE)]
    new = {row.read["delegation"] for row in used} - register.delegations.keys()
    units = {row.read["electing_unit"] for row in used} - register.units.keys()
    return sorted((new | units) - {""})


def _enter_places(
    plan: Plan, *, congress: Congress, actor: Actor | None, at: datetime, via: str
) -> dict[tuple[str, str], Any]:
    term = term_on(congress, on=plan.on)
    if term is None:
        raise Invalid(_("No term of %(congress)s runs on that day.") % {"congress": congress.name})
    used = [row for row in plan.rows if row.act in (Act.ENTER, Act.CHANGE)]
    shared: dict[str, Any] = {"congress": congress, "actor": actor, "at": at, "via": via}
    places: dict[tuple[str, str], Any] = {("term", ""): term}
    for name in dict.fromkeys(row.read["delegation"] for row in used):
        if name:
            places["delegation", name] = organisations.add_delegation(
                term=term, name=name, **shared
            )
    for name in dict.fromkeys(row.read["electing_unit"] for row in used):
        if name:
            places["electing_unit", name] = organisations.add_electing_unit(name=name, **shared)
    return places


_Said = tuple[str, tuple[str, str], str]


def _enter(
    rows: Sequence[PlannedRow], *, congress: Congress, places: Mapping[tuple[str, str], Any]
) -> list[_Said]:
    people = [row.read["person"] or _new_person(row.read) for row in rows]
    Person.objects.bulk_create([person for person in people if person.pk is None])
    posts = [
        Post(
            person=person,
            role=Role.DEPUTY,
            congress=congress,
            term=places["term", ""],
            delegation=places.get(("delegation", row.read["delegation"])),
            electing_unit=places.get(("electing_unit", row.read["electing_unit"])),
            card_no=row.read["card_no"],
            since=row.read["since"],
        )
        for row, person in zip(rows, people, strict=True)
    ]
    Post.objects.bulk_create(posts)
    entered: list[_Said] = []
    for row, post in zip(rows, posts, strict=True):
        if row.read["person"] is None:
            entered.append(("person.enter", ("person", post.person.key), ""))
        entered.append(("post.give", ("post", post.key), Role.DEPUTY.value))
    return entered


def _new_person(read: Mapping[str, Any]) -> Person:
    person = Person(
        login=placeholder_login(),
        name=read["name"],
        name_sort=read["name"],
        phone=read["phone"],
        email=read["email"],
    )
    person.set_unusable_password()
    return person


def _change(rows: Sequence[PlannedRow], *, places: Mapping[tuple[str, str], Any]) -> list[_Said]:
    said: list[_Said] = []
    for row in rows:
        post: Post = row.read["post"]
        changed = [n for n, v in row.verdicts.items() if v.weight is Weight.CHANGED]
        contact = sorted(_CONTACT & set(changed))
        seat = sorted(_SEAT & set(changed))
        for name in contact:
            setattr(post.person, name, row.read[name])
        for name in seat:
            value = row.read[name] if name == "card_no" else places[name, row.read[name]]
            setattr(post, name, value)
        if contact:
            post.person.save(update_fields=contact)
            said.append(("person.change", ("person", post.person.key), ", ".join(contact)))
        if seat:
            post.save(update_fields=seat)
            said.append(("post.change", ("post", post.key), ", ".join(seat)))
    return said


def _grouped(pairs: Any) -> dict[Any, list[Any]]:
    groups: dict[Any, list[Any]] = {}
    for name, value in pairs:
        groups.setdefault(name, []).append(value)
    return groups
