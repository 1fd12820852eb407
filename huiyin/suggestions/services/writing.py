"""The deputies' side: write, sign together, submit, answer a wording, withdraw."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post, Role, Standing
from huiyin.accounts.rules import require_as_read
from huiyin.documents import selectors as documents
from huiyin.kernel.clock import ZONE
from huiyin.kernel.errors import Conflict, NotPermitted, Stale
from huiyin.organisations.models import Session
from huiyin.suggestions import rules
from huiyin.suggestions.lifecycle import is_being_written
from huiyin.suggestions.models import Act, Draft, Kind, Raised, Signature, Suggestion
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.services.turn import CASE_TYPE, Turn, turn
from huiyin.suggestions.stages import OPEN_ASSIGNMENT, AssignmentStage, Signing
from huiyin.suggestions.texts import SuggestionText

# The part of a case under which the scan of a signed paper is kept.
SCAN = "scan"


@transaction.atomic
def start(
    *,
    session: Session,
    actor: Actor,
    at: datetime,
    lead: Post | None = None,
    kind: str = Kind.SUGGESTION,
    whole_delegation: bool = False,
    content: Mapping[str, Any] | None = None,
    source_ref: str | None = None,
) -> Suggestion:
    """Open a draft. A clerk names the ``lead`` deputy whose paper is typed in.

    Raises ``NotPermitted`` for anybody else, and for a deputy whose mandate is not in force.
    """
    require_as_read(actor)
    deputy, entered_by = _whose(actor, lead, on=at.astimezone(ZONE).date())
    case = Suggestion.objects.create(
        congress=actor.congress,
        session=session,
        kind=kind,
        lead=deputy,
        delegation=deputy.delegation if whole_delegation else None,
        entered_by=entered_by,
        source_ref=source_ref,
        created_at=at,
        changed_at=at,
    )
    Signature.objects.create(suggestion=case, deputy=deputy, standing=Signing.LEAD)
    text = SuggestionText.of_draft(content or {})
    Draft.objects.create(suggestion=case, content=text.as_draft(), saved_at=at)
    case.title = text.title
    case.save(update_fields=["title"])
    return case


def _whose(actor: Actor, lead: Post | None, *, on: date) -> tuple[Post, Post | None]:
    if actor.role == Role.DEPUTY and lead is None:
        if actor.post.is_usable(on=on):
            return actor.post, None
        raise NotPermitted(
            _("Your mandate is not in force; nothing new can be raised under it."),
            remedy=_("What you raised before goes on: you are answered and rate it as before."),
        )
    if (
        actor.role == Role.CLERK
        and lead is not None
        and lead.role == Role.DEPUTY
        and lead.congress_id == actor.congress_id
    ):
        if lead.standing == Standing.SUSPENDED:
            raise Conflict(
                _("%(name)s's mandate is suspended; no suggestion can be raised now.")
                % {"name": lead.person.name}
            )
        if not lead.is_usable(on=on):
            raise Conflict(
                _("%(name)s's mandate has ended; no suggestion can be raised now.")
                % {"name": lead.person.name}
            )
        return lead, actor.post
    raise NotPermitted(_("Only a deputy, or a clerk for a deputy, begins a suggestion."))


@transaction.atomic
def save_draft(
    *, case: Suggestion, actor: Actor, at: datetime, content: Mapping[str, Any], revision: int
) -> int:
    """Keep what has been typed and return the draft's new revision.

    ``Stale`` when the draft was saved elsewhere meanwhile: neither text overwrites the other.
    """
    locked = Suggestion.objects.select_for_update(of=("self",)).get(pk=case.pk)
    require_as_read(actor)
    if not rules.writes_it(actor, locked):
        raise NotPermitted(_("Only its author writes on it."))
    if not is_being_written(locked):
        raise Conflict(_("It has been submitted; the text is fixed."))
    draft = locked.draft
    if draft.revision != revision:
        raise Stale(
            _("This draft was changed in another window."),
            remedy=_("Both texts are kept: compare them and save the one you want."),
        )
    text = SuggestionText.of_draft(content)
    draft.content, draft.saved_at, draft.revision = text.as_draft(), at, revision + 1
    draft.save(update_fields=["content", "saved_at", "revision"])
    if not locked.versions.exists():
        locked.title = text.title
        locked.save(update_fields=["title"])
    return draft.revision


def invite(
    *, case: Suggestion, actor: Actor, at: datetime, deputy: Post, revision: int | None = None
) -> Act:
    """Ask a deputy to sign too. He counts once he has confirmed himself."""
    with turn(case=case, actor=actor, at=at, revision=revision) as running:
        act = running.take("invite", deputy=deputy, data={"deputy": deputy.key})
        Signature.objects.get_or_create(
            suggestion=running.case,
            deputy=deputy,
            defaults={"standing": Signing.INVITED, "position": running.case.signatures.count()},
        )
    return act


def confirm_signature(*, case: Suggestion, actor: Actor, at: datetime) -> Act:
    """The invited deputy puts his own name under it."""
    with turn(case=case, actor=actor, at=at) as running:
        return running.take("confirm_signature")


def decline_signature(*, case: Suggestion, actor: Actor, at: datetime, why: str = "") -> Act:
    """The invited deputy does not sign."""
    with turn(case=case, actor=actor, at=at) as running:
        return running.take("decline_signature", why=why)


def submit(
    *,
    case: Suggestion,
    actor: Actor,
    at: datetime,
    revision: int | None = None,
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """Fix the text as a version and hand it to the congress office."""
    behalf = case.lead if rules.is_clerk(actor, case) else None
    with turn(
        case=case, actor=actor, at=at, revision=revision, via=via, on=on, on_behalf_of=behalf
    ) as running:
        running.permit("submit")
        text = SuggestionText.of_draft(running.case.draft.content)
        ordinal = running.case.versions.count() + 1
        sits = running.case.session.sits_on(running.on)
        act = running.take(
            "submit",
            text=text,
            has_scan=via == Via.IMPORT or _has_scan(running.case),
            data={"raised": Raised.IN_SESSION if sits else Raised.BETWEEN_SESSIONS},
            facts=text.version(running.case, ordinal=ordinal, at=at),
        )
        running.case.draft.delete()
    return act


def _has_scan(case: Suggestion) -> bool:
    return any(kept.part == SCAN for kept in documents.for_case((CASE_TYPE, case.key)))


def accept_wording(*, case: Suggestion, actor: Actor, at: datetime) -> Act:
    """The deputy takes the office's wording; it becomes the next version, both stay readable."""
    with turn(case=case, actor=actor, at=at) as running:
        running.permit("accept_wording")
        proposal = waiting_wording(running.case)
        facts = []
        if proposal:
            last = running.case.versions.latest("ordinal")
            text = SuggestionText.of_version(last, proposal.requests)
            worded = SuggestionText.of_draft(
                {**text.as_draft(), "title": proposal.title, "situation": proposal.situation}
            )
            facts = worded.version(running.case, ordinal=last.ordinal + 1, at=at)
        return running.take("accept_wording", wording_waits=bool(proposal), facts=facts)


def refuse_wording(*, case: Suggestion, actor: Actor, at: datetime, why: str = "") -> Act:
    """The deputy keeps his own words; the proposal stays readable."""
    with turn(case=case, actor=actor, at=at) as running:
        waits = waiting_wording(running.case) is not None
        return running.take("refuse_wording", why=why, wording_waits=waits)


def waiting_wording(case: Suggestion) -> Any:
    """Return the proposed wording that the deputy has not answered, or None."""
    proposed = case.wordings.count()
    answered = case.acts.filter(move__in=("accept_wording", "refuse_wording")).count()
    return case.wordings.last() if proposed > answered else None


def agree_to_withdraw(*, case: Suggestion, actor: Actor, at: datetime) -> Act:
    """A co-signer agrees that it be withdrawn."""
    with turn(case=case, actor=actor, at=at) as running:
        return running.take("agree_to_withdraw", agreed=_agreed(running))


def withdraw(
    *, case: Suggestion, actor: Actor, at: datetime, why: str, revision: int | None = None
) -> Act:
    """Take it back. Every organ's part stops; what has been done stays on record."""
    with turn(case=case, actor=actor, at=at, revision=revision) as running:
        act = running.take("withdraw", why=why, agreed=_agreed(running))
        stoppable = (*OPEN_ASSIGNMENT, AssignmentStage.OPINION_GIVEN)
        for part in running.case.assignments.filter(stage__in=stoppable):
            running.follow("stop", part)
    return act


def _agreed(running: Turn) -> set[int]:
    said = running.case.acts.filter(move="agree_to_withdraw")
    return set(said.values_list("post_id", flat=True))
