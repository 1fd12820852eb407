"""Contact with deputies by organ: every number leads to exactly the rows it counts."""

from __future__ import annotations

from dataclasses import fields

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from huiyin.kernel.errors import Words
from huiyin.organisations.models import Session
from huiyin.rulebook import percent
from huiyin.suggestions.contacts import OrganContacts
from huiyin.suggestions.models import ContactState
from huiyin.suggestions.models.handling import ContactPhase
from huiyin.ui import parts

# A dash stands where there is nothing to divide by.
NO_BASE = "—"


def table(lines: list[OrganContacts], *, session: Session, caption: str) -> parts.Table:
    """One line an organ, and all of them together."""
    heads: tuple[Words, ...] = (
        _("Organ"),
        _("On record"),
        ContactPhase.BEFORE.label,
        ContactPhase.DURING.label,
        ContactPhase.AFTER.label,
        ContactState.CONFIRMED.label,
        ContactState.CONTESTED.label,
        ContactState.UNCONFIRMED.label,
        ContactState.AWAITED.label,
        _("Face to face"),
        _("of those on record"),
        _("Exempted by the head"),
        _("Replied without contact"),
    )
    together = _together(lines)
    return parts.Table(
        caption=caption,
        headings=[parts.Heading(label=head, num=place > 0) for place, head in enumerate(heads)],
        rows=[_row(line, session=session) for line in lines],
        foot=_row(together, session=session) if len(lines) > 1 else (),
    )


def _together(lines: list[OrganContacts]) -> OrganContacts:
    """The sum; suggestions that two organs lack or are exempted in stand in both lines."""
    numbers = {
        each.name: sum(getattr(line, each.name) for line in lines)
        for each in fields(OrganContacts)
        if each.name not in ("organ_key", "organ_name")
    }
    return OrganContacts(organ_key="", organ_name=_("Together"), **numbers)


def _row(line: OrganContacts, *, session: Session) -> list[parts.Cell]:
    asked = {"session": session.key, "organ": line.organ_key}

    def number(value: int, **more: str) -> parts.Cell:
        return parts.Cell(text=value, num=True, url=_contacts(**asked, **more))

    share = percent(line.face_to_face, base=line.recorded) if line.recorded else None
    return [
        parts.Cell(text=line.organ_name, url=_contacts(**asked)),
        number(line.recorded),
        number(line.before, phase=ContactPhase.BEFORE),
        number(line.during, phase=ContactPhase.DURING),
        number(line.after, phase=ContactPhase.AFTER),
        number(line.confirmed, tab=ContactState.CONFIRMED),
        number(line.contested, tab=ContactState.CONTESTED),
        number(line.unconfirmed, tab=ContactState.UNCONFIRMED),
        number(line.awaited, tab=ContactState.AWAITED),
        number(line.face_to_face, face="1"),
        parts.Cell(text=NO_BASE if share is None else f"{share}%", num=True),
        _cases(line.exempted, session, exempted_by=line.organ_key),
        _cases(line.lacking, session, unspoken_by=line.organ_key),
    ]


def _contacts(**asked: str) -> str:
    said = {name: value for name, value in asked.items() if value}
    return f"{reverse('suggestions:contacts')}?{urlencode(said)}"


def _cases(value: int, session: Session, **asked: str) -> parts.Cell:
    """A number of suggestions; the sum over organs has no list of its own."""
    if not all(asked.values()):
        return parts.Cell(text=value, num=True)
    said = {"session": session.key, **asked}
    return parts.Cell(text=value, num=True, url=f"{reverse('suggestions:list')}?{urlencode(said)}")
