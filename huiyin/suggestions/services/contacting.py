"""Contact with the deputy: recorded by the organ, answered by the deputy, waived or exempted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post
from huiyin.kernel.errors import Invalid
from huiyin.suggestions.models import (
    Act,
    Assignment,
    Contact,
    ContactAnswer,
    ContactDeputy,
    Suggestion,
)
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.models.handling import ContactForm, ContactPhase, ContactRank
from huiyin.suggestions.services.handling import part_in
from huiyin.suggestions.services.turn import Turn, turn
from huiyin.suggestions.spoken import answers_of, is_waived, of_part
from huiyin.suggestions.stages import Signing

# One line; the column holds no more.
WORD_LIMIT = 200


def record_contact(
    *,
    assignment: Assignment,
    actor: Actor,
    at: datetime,
    phase: str,
    form: str,
    held_on: date,
    gist: str,
    place: str = "",
    deputies: Sequence[Post] = (),
    own_people: str = "",
    rank: str = ContactRank.HANDLER,
    co_handlers: str = "",
    citizens: str = "",
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """Record a talk with the deputy; he is asked whether it was so.

    ``deputies``: those who took part, all of them signers; the lead deputy when none is named.
    ``rank`` is the highest of ``own_people``; the actor himself when nobody is named.
    """
    chosen = {phase: ContactPhase.values, form: ContactForm.values, rank: ContactRank.values}
    if any(value not in known for value, known in chosen.items()):
        raise Invalid(_("Choose when and how you spoke with the deputy."))
    with turn(case=assignment.suggestion, actor=actor, at=at, via=via, on=on) as running:
        part = part_in(running, assignment)
        held = Contact(
            assignment=part,
            phase=phase,
            form=form,
            held_on=held_on,
            place=place,
            own_people=own_people.strip() or actor.person.name,
            rank=rank,
            co_handlers=co_handlers.strip(),
            citizens=citizens.strip(),
            gist=gist,
            at=at,
        )
        named = [
            ContactDeputy(contact=held, deputy=post) for post in _signers(running, list(deputies))
        ]
        return running.take("contact", part, held_on=held_on, phase=phase, facts=[held, *named])


def _signers(running: Turn, deputies: list[Post]) -> list[Post]:
    """The deputies named, each once. ``Invalid`` for one whose name is not under the case."""
    named = list(dict.fromkeys(deputies)) or [running.case.lead]
    signed = (Signing.LEAD, Signing.CONFIRMED)
    if any(running.case.signatures_by_post.get(post.pk) not in signed for post in named):
        raise Invalid(_("Name deputies who have signed this suggestion."))
    return named


def answer_contact(
    *,
    contact: Contact,
    actor: Actor,
    at: datetime,
    confirmed: bool,
    word: str = "",
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """The deputy says whether it was so. He may change his answer; every one is kept."""
    word = " ".join(word.split())
    if len(word) > WORD_LIMIT:
        raise Invalid(_("One line is enough: at most 200 characters."))
    charged = contact.assignment
    with turn(case=charged.suggestion, actor=actor, at=at, via=via, on=on) as running:
        part = part_in(running, charged)
        name = "confirm_contact" if confirmed else "contest_contact"
        running.permit(name, part)
        mine = [each for each in answers_of(contact) if each.deputy == actor.post_id]
        answer = ContactAnswer(
            contact=contact,
            deputy=actor.post,
            ordinal=len(mine) + 1,
            confirmed=confirmed,
            word=word,
            at=at,
        )
        named = set(contact.deputies.values_list("deputy", flat=True))
        return running.take(
            name,
            part,
            why=word,
            named={running.case.lead_id, *named},
            last=mine[-1] if mine else None,
            confirmed=confirmed,
            word=word,
            data={"contact": contact.key},
            facts=[answer],
        )


def exempt_contact(
    *,
    assignment: Assignment,
    actor: Actor,
    at: datetime,
    why: str,
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """The head of the organ takes it upon himself that no contact opens the gate in this round."""
    with turn(case=assignment.suggestion, actor=actor, at=at, via=via, on=on) as running:
        part = part_in(running, assignment)
        spoken = of_part(part, ruling=running.ruling, on=running.on)
        return running.take("exempt_contact", part, why=why, spoken=spoken)


def waive_contact(
    *,
    case: Suggestion,
    actor: Actor,
    at: datetime,
    why: str = "",
    revision: int | None = None,
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """The lead deputy wishes no contact in the running round."""
    with turn(case=case, actor=actor, at=at, revision=revision, via=via, on=on) as running:
        running.permit("waive_contact")
        parts = running.case.assignments.filter(round=running.case.round)
        waived = any(is_waived(part) for part in parts[:1])
        return running.take("waive_contact", why=why, waived=waived)
