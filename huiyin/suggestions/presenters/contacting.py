"""Contacts on a case's page: what the organ says, what the deputies say to it, and talks beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huiyin.kernel.errors import Words
from huiyin.suggestions import rules
from huiyin.suggestions.models import Act, Assignment, Contact, Suggestion
from huiyin.suggestions.models.contacting import TalkSide
from huiyin.suggestions.presenters.file import CaseFile
from huiyin.suggestions.services.talking import side_of
from huiyin.suggestions.spoken import Said, checked_until, standing


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownContact:
    """One contact. ``mine``: the reader may say whether it was so; ``waits`` until he has."""

    contact: Contact
    organ: str
    state: str
    state_label: Words
    who: Words
    met: Words
    until: date
    answers: Sequence[Said]
    mine: bool
    waits: bool
    confirm_url: str
    contest_url: str
    revision: int
    seen: int
    # The case, where contacts of several stand on one page.
    case: Suggestion


@dataclass(frozen=True, slots=True, kw_only=True)
class NoContact:
    """Why no contact is asked for in a round, who said so, and when."""

    words: Words
    why: str
    who: str
    at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTalk:
    """A talk beside the organs', with the other suggestions it was about."""

    side: Words
    form: Words
    held_on: date
    place: str
    gist: str
    who: str


def shown_contacts(file: CaseFile, part: Assignment) -> list[ShownContact]:
    """The contacts of one organ's part, oldest first."""
    return [_shown(file, part, each) for each in part.contacts.all()]


def to_check(file: CaseFile) -> list[ShownContact]:
    """Those nobody has answered yet and the reader may."""
    return [each for part in file.parts for each in shown_contacts(file, part) if each.waits]


def _shown(file: CaseFile, part: Assignment, contact: Contact) -> ShownContact:
    said = file.said.get(contact.key, [])
    until = checked_until(contact, ruling=file.scene.ruling)
    state = standing(said, until=until, on=file.scene.on)
    actor = file.scene.actor
    named = {each.deputy_id for each in contact.deputies.all()} | {file.case.lead_id}
    mine = actor.post_id in named and rules.answers_for_contact(actor, part)
    return ShownContact(
        contact=contact,
        organ=part.organ.name,
        state=state.value,
        state_label=state.label,
        who=_who(contact),
        met=_met(contact),
        until=until,
        answers=said,
        mine=mine,
        waits=mine and not said,
        confirm_url=reverse("suggestions:part_step", args=[part.key, "confirm_contact"]),
        contest_url=reverse("suggestions:part_step", args=[part.key, "contest_contact"]),
        revision=file.case.revision,
        seen=file.seen,
        case=file.case,
    )


def _who(contact: Contact) -> Words:
    """Everybody who took part, by kind; as one line in the records of old."""
    deputies = [each.deputy.person.name for each in contact.deputies.all()]
    kinds = [
        _("deputies: %(names)s") % {"names": "、".join(deputies)} if deputies else "",
        _("co-handling organs: %(names)s") % {"names": contact.co_handlers}
        if contact.co_handlers
        else "",
        _("enterprises and citizens: %(names)s") % {"names": contact.citizens}
        if contact.citizens
        else "",
        contact.participants,
    ]
    return pgettext("between kinds of participants", "; ").join(filter(None, kinds))


def _met(contact: Contact) -> Words:
    """Who of the organ met the deputy, and of what rank."""
    if not contact.rank:
        return ""
    words = {"rank": contact.get_rank_display(), "names": contact.own_people or ""}
    return _("%(names)s (%(rank)s)") % words


def no_contact(file: CaseFile, part: Assignment) -> list[NoContact]:
    """The deputy's waiver and the head's exemption in the part's round."""
    found = []
    for act in file.acts:
        if act.move == "waive_contact" and act.round == part.round:
            found.append(_said(_("The deputy needs no contact in this round"), act))
        if act.move == "exempt_contact" and act.assignment_id == part.pk:
            found.append(_said(_("Exempted from contact by the head of the organ"), act))
    wished = file.version is not None and file.version.waives_contact and part.round == 1
    if wished and not found:
        words = _("The deputy wrote that no contact is needed")
        found.append(NoContact(words=words, why="", who=file.case.lead.person.name, at=None))
    return found


def _said(words: Words, act: Act) -> NoContact:
    return NoContact(words=words, why=act.why, who=act.post.person.name, at=act.at)


# --- Talks beside the organs'


def talks(file: CaseFile) -> list[ShownTalk]:
    """Those about this case that are the reader's to know, oldest first.

    The electing unit knows its own; the deputy was there himself.
    """
    case, actor = file.case, file.scene.actor
    if "talks" not in file.scene.kinds or not (
        file.sight.talks or rules.is_lead_deputy(actor, case)
    ):
        return []
    own = side_of(actor, case) == TalkSide.ELECTING_UNIT
    rows = case.talks.select_related("talk__post__person").order_by("talk__held_on", "pk")
    found = [each.talk for each in rows if each.talk.deputy_id == case.lead_id]
    return [
        ShownTalk(
            side=TalkSide(talk.side).label,
            form=talk.get_form_display(),
            held_on=talk.held_on,
            place=talk.place,
            gist=talk.gist,
            who=talk.post.person.name,
        )
        for talk in found
        if not own or talk.side == TalkSide.ELECTING_UNIT
    ]


def may_talk(file: CaseFile) -> bool:
    """Whether the reader is of a side that records talks about this case."""
    if file.case.registered_on is None:
        return False
    return side_of(file.scene.actor, file.case) is not None
