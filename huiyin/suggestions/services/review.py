"""The congress office's side before assignment: review, wording, registration."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Role
from huiyin.kernel.errors import Invalid
from huiyin.organisations.models import Organ
from huiyin.suggestions.models import (
    Act,
    Category,
    Draft,
    NumberSeries,
    ReviewRequest,
    Suggestion,
    Verdict,
    WordingProposal,
)
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.models.review import Opinion, ReviewPart
from huiyin.suggestions.services.turn import Turn, turn
from huiyin.suggestions.services.writing import waiting_wording
from huiyin.suggestions.texts import SuggestionText


def ask_review(
    *,
    case: Suggestion,
    actor: Actor,
    at: datetime,
    part: str,
    organ: Organ | None = None,
    revision: int | None = None,
) -> Act:
    """Ask the government office or a committee to review with the congress office (联审)."""
    if part not in ReviewPart.values or (part == ReviewPart.COMMITTEE) != (organ is not None):
        raise Invalid(_("Name the government office or one committee."))
    with turn(case=case, actor=actor, at=at, revision=revision) as running:
        asked = ReviewRequest(suggestion=running.case, part=part, organ=organ, at=at)
        organ_id = organ.pk if organ else None
        return running.take("ask_review", part=part, organ_id=organ_id, facts=[asked])


def give_verdict(
    *,
    case: Suggestion,
    actor: Actor,
    at: datetime,
    opinion: str,
    reason_code: str = "",
    note: str = "",
) -> Act:
    """An asked party says what it thinks should be done with this version."""
    if opinion not in Opinion.values:
        raise Invalid(_("Choose a verdict."), fields={"opinion": [_("Choose from the list.")]})
    by_government = actor.role == Role.GOVERNMENT_CLERK
    part = ReviewPart.GOVERNMENT_OFFICE if by_government else ReviewPart.COMMITTEE
    organ_id = None if by_government else actor.organ_id
    with turn(case=case, actor=actor, at=at) as running:
        running.permit("give_verdict")
        verdict = Verdict(
            suggestion=running.case,
            version=running.case.versions.last(),
            part=part,
            organ_id=organ_id,
            post=actor.post,
            opinion=opinion,
            reason_code=reason_code,
            note=note,
            at=at,
        )
        return running.take(
            "give_verdict",
            why=note,
            part=part,
            organ_id=organ_id,
            verdicts=_verdicts(running.case),
            facts=[verdict],
        )


def _verdicts(case: Suggestion) -> set[tuple[str, int | None]]:
    """Return the parties whose verdict on the present version is in."""
    version = case.versions.last()
    return set(version.verdicts.values_list("part", "organ_id")) if version else set()


def register(
    *,
    case: Suggestion,
    actor: Actor,
    at: datetime,
    category: str = Category.OTHER,
    number: str | None = None,
    revision: int | None = None,
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """Accept it and give it its number: the session's next, or the one printed on the paper.

    A number is a label of the session, unique there; it counts nothing (domain.md §3.4).
    """
    if category not in Category.values:
        raise Invalid(_("Choose a category."), fields={"category": [_("Choose from the list.")]})
    with turn(case=case, actor=actor, at=at, revision=revision, via=via, on=on) as running:
        running.permit("register")
        given, order = _number(running, wanted=number)
        taken = (
            Suggestion.objects.filter(session=running.case.session, number=given)
            .exclude(pk=running.case.pk)
            .exists()
        )
        return running.take(
            "register",
            data={"number": given, "order": order, "category": category},
            number=given,
            number_taken=taken,
            verdicts=_verdicts(running.case),
            wording_waits=waiting_wording(running.case) is not None,
        )


def _number(running: Turn, *, wanted: str | None) -> tuple[str, int]:
    series, _made = NumberSeries.objects.select_for_update().get_or_create(
        session=running.case.session
    )
    if wanted is None:
        series.last += 1
        series.save(update_fields=["last"])
        return str(series.last), series.last
    digits = "".join(char for char in wanted if char.isascii() and char.isdigit())[-9:]
    order = int(digits) if digits else 0
    if wanted.isascii() and wanted.isdigit() and order > series.last:
        series.last = order
        series.save(update_fields=["last"])
    return wanted.strip(), order


def return_for_revision(
    *,
    case: Suggestion,
    actor: Actor,
    at: datetime,
    reason_code: str,
    why: str,
    revision: int | None = None,
) -> Act:
    """Give it back to be improved. The deputy goes on from the text he submitted."""
    with turn(case=case, actor=actor, at=at, revision=revision) as running:
        act = running.take(
            "return",
            reason_code=reason_code,
            why=why,
            wording_waits=waiting_wording(running.case) is not None,
        )
        last = running.case.versions.latest("ordinal")
        text = SuggestionText.of_version(last, [item.text for item in last.requests.all()])
        Draft.objects.create(suggestion=running.case, content=text.as_draft(), saved_at=at)
    return act


def propose_wording(
    *,
    case: Suggestion,
    actor: Actor,
    at: datetime,
    title: str,
    situation: str,
    requests: Sequence[str],
    note: str = "",
    revision: int | None = None,
) -> Act:
    """Offer the deputy better words; he accepts or refuses, both texts are kept."""
    text = SuggestionText.of_draft(
        {"title": title, "situation": situation, "requests": list(requests)}
    )
    written = [item.strip() for item in text.requests if item.strip()]
    if not (text.title and text.situation.strip() and written):
        raise Invalid(_("A wording needs a title, a situation and at least one request."))
    with turn(case=case, actor=actor, at=at, revision=revision) as running:
        running.permit("propose_wording")
        proposal = WordingProposal(
            suggestion=running.case,
            version=running.case.versions.last(),
            title=text.title,
            situation=text.situation.strip(),
            requests=written,
            note=note,
            at=at,
        )
        waits = waiting_wording(running.case) is not None
        return running.take("propose_wording", why=note, wording_waits=waits, facts=[proposal])


def refuse(
    *,
    case: Suggestion,
    actor: Actor,
    at: datetime,
    reason_code: str,
    why: str,
    revision: int | None = None,
) -> Act:
    """Do not accept it, for a reason the rules allow."""
    with turn(case=case, actor=actor, at=at, revision=revision) as running:
        return running.take("refuse", reason_code=reason_code, why=why)


def take_as_reference(
    *, case: Suggestion, actor: Actor, at: datetime, why: str, revision: int | None = None
) -> Act:
    """Pass it on for study without registering it."""
    with turn(case=case, actor=actor, at=at, revision=revision) as running:
        return running.take("take_as_reference", why=why)
