"""Contested responsibility: an organ or the deputy objects, another is asked, an office decides.

No organ passes anything on by itself. Every round is kept; after the second refusal only the
office can act, and what it then decides is final (源文004).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from huiyin.accounts.actor import Actor
from huiyin.organisations.models import Organ
from huiyin.suggestions.lifecycle import where
from huiyin.suggestions.lifecycle.returning import arbiter_of
from huiyin.suggestions.models import (
    Act,
    Assignment,
    ReturnAnswer,
    ReturnBy,
    ReturnDecision,
    ReturnOutcome,
    ReturnRequest,
)
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.ruling import return_limit
from huiyin.suggestions.selectors import cutoff_of
from huiyin.suggestions.services.assigning import Charge, issue
from huiyin.suggestions.services.handling import part_in
from huiyin.suggestions.services.turn import Turn, turn
from huiyin.suggestions.stages import CHARGED, HandlingRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """What happened before in a dispute, the organs that had the charge earlier included."""

    chain: list[Assignment]
    requests: list[ReturnRequest]

    @classmethod
    def of(cls, part: Assignment) -> Dispute:
        """Follow the charge back to the organ that had it first."""
        rows = part.suggestion.assignments.filter(round=part.round).select_related("organ")
        by_pk = {each.pk: each for each in rows}
        chain = [part]
        while chain[-1].replaces_id:
            chain.append(by_pk[chain[-1].replaces_id])
        asked = ReturnRequest.objects.filter(assignment__in=[each.pk for each in chain])
        return cls(chain=chain, requests=list(asked.order_by("pk")))

    @property
    def relieved(self) -> set[int]:
        """Organs that had the charge and lost it by decision."""
        return {each.organ_id for each in self.chain[1:]}

    @property
    def asked(self) -> set[int]:
        """Organs that were asked whether they take it on."""
        return {each.named_id for each in self.requests}


# --- Asking


def ask_return(
    *,
    assignment: Assignment,
    actor: Actor,
    at: datetime,
    named: Organ,
    why: str,
    mandate: str = "",
    named_mandate: str = "",
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """The organ asks to be relieved: it quotes its duties and names the organ it holds right.

    That organ is asked at once. Until it is decided the charge stays where it is and its time
    runs. Raises ``Conflict`` after the limit: asked for late, nothing changes.
    """
    with turn(case=assignment.suggestion, actor=actor, at=at, via=via, on=on) as running:
        part = part_in(running, assignment)
        running.permit("ask_return", part)
        cutoff = cutoff_of(running.case.session)
        limit = return_limit(part, ruling=running.ruling, cutoff=cutoff.until if cutoff else None)
        opened = _Opening(
            by=ReturnBy.ORGAN, named=named, why=why, mandate=mandate, named_mandate=named_mandate
        )
        return _open(running, "ask_return", part, opened, limit=limit)


def object_to_organ(
    *,
    assignment: Assignment,
    actor: Actor,
    at: datetime,
    named: Organ,
    why: str,
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """The lead deputy holds another organ right; he is told what is decided (上海市规定第14条)."""
    with turn(case=assignment.suggestion, actor=actor, at=at, via=via, on=on) as running:
        part = part_in(running, assignment)
        running.permit("object_to_organ", part)
        opened = _Opening(by=ReturnBy.DEPUTY, named=named, why=why)
        return _open(running, "object_to_organ", part, opened)


def ask_another(
    *,
    assignment: Assignment,
    actor: Actor,
    at: datetime,
    named: Organ,
    why: str,
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """The office asks one more organ before it decides."""
    with turn(case=assignment.suggestion, actor=actor, at=at, via=via, on=on) as running:
        part = part_in(running, assignment)
        running.permit("ask_another", part)
        opened = _Opening(by=ReturnBy.ARBITER, named=named, why=why)
        return _open(running, "ask_another", part, opened, organ=named, disputed_by=_opener(part))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opening:
    """Which organ is named in a round, by whom and on what ground."""

    by: ReturnBy
    named: Organ
    why: str
    mandate: str = ""
    named_mandate: str = ""


def _open(running: Turn, name: str, part: Assignment, opened: _Opening, **brought: Any) -> Act:
    """Open one round and ask the organ named in it."""
    dispute = Dispute.of(part)
    number = part.return_round + 1
    request = ReturnRequest(
        assignment=part,
        number=number,
        by=opened.by,
        named=opened.named,
        mandate=opened.mandate.strip(),
        named_mandate=opened.named_mandate.strip(),
        why=opened.why.strip(),
        on=running.on,
        at=running.at,
    )
    office = arbiter_of(part, opened.named, under=running.ruling.rules)
    return running.take(
        name,
        part,
        why=opened.why,
        named=opened.named,
        mandate=opened.mandate,
        barred=dispute.asked | dispute.relieved,
        facts=[request],
        data={
            "round": number,
            "by": opened.by.value,
            "named": opened.named.key,
            "arbiter": office.value,
        },
        **brought,
    )


# --- Answering


def take_it_on(
    *,
    assignment: Assignment,
    actor: Actor,
    at: datetime,
    why: str = "",
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """The organ that was named says that it is its business."""
    return _answer("take_it_on", assignment, actor=actor, at=at, why=why, via=via, on=on)


def decline_it(
    *,
    assignment: Assignment,
    actor: Actor,
    at: datetime,
    why: str,
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """The organ that was named says why it is not."""
    return _answer("decline_it", assignment, actor=actor, at=at, why=why, via=via, on=on)


def _answer(name: str, assignment: Assignment, *, why: str, **who: Any) -> Act:
    with turn(case=assignment.suggestion, **who) as running:
        part = part_in(running, assignment)
        running.permit(name, part)
        request = part.return_requests.latest("pk")
        accepts = name == "take_it_on"
        given = ReturnAnswer(request=request, accepts=accepts, why=why.strip(), at=running.at)
        return running.take(name, part, why=why, facts=[given], data={"round": request.number})


# --- Deciding


def reassign(
    *,
    assignment: Assignment,
    actor: Actor,
    at: datetime,
    organ: Organ,
    why: str,
    ground: str = "",
    consulted: str = "",
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """The office gives it to another organ, which is charged today in the same round.

    A co-handler that takes the lead keeps one charge: its own is taken up in the new one. The
    other organs of the case stay.
    """
    with turn(case=assignment.suggestion, actor=actor, at=at, via=via, on=on) as running:
        part = part_in(running, assignment)
        running.permit("reassign", part)
        held = _held_by(organ, part)
        said = _Said(why=why, ground=ground, consulted=consulted)
        decided = _decision(running, part, ReturnOutcome.REASSIGNED, organ, said)
        dispute = Dispute.of(part)
        act = running.take(
            "reassign",
            part,
            why=why,
            organ=organ,
            asked=dispute.asked,
            relieved=dispute.relieved,
            elsewhere={held.organ_id} if held and held.role != HandlingRole.CO else set(),
            ground=ground,
            consulted=consulted,
            disputed_by=_opener(part),
            facts=[decided],
            data={"round": decided.number, "organ": organ.key},
        )
        if held:
            running.follow("fold_in", held)
        charge = Charge(organ=organ, role=part.role, part=part.part)
        [new] = issue(running, [charge], wide=part.wide, replaces=part)
        told = {"instead_of": part.organ.key, "final": decided.final}
        running.follow("take_over", new, data=told)
    return act


def refuse_return(
    *,
    assignment: Assignment,
    actor: Actor,
    at: datetime,
    why: str,
    ground: str = "",
    consulted: str = "",
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """The organ goes on handling it (青岛市条例第19条). The second time the dispute escalates."""
    with turn(case=assignment.suggestion, actor=actor, at=at, via=via, on=on) as running:
        part = part_in(running, assignment)
        said = _Said(why=why, ground=ground, consulted=consulted)
        return _keep(running, "refuse_return", part, said)


def uphold(
    *,
    assignment: Assignment,
    actor: Actor,
    at: datetime,
    why: str,
    ground: str,
    consulted: str = "",
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """The office decides finally that it stays where it is, and on what ground."""
    with turn(case=assignment.suggestion, actor=actor, at=at, via=via, on=on) as running:
        part = part_in(running, assignment)
        said = _Said(why=why, ground=ground, consulted=consulted)
        return _keep(running, "uphold", part, said)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """The reason of a decision, the ground it rests on and the bodies consulted."""

    why: str
    ground: str
    consulted: str


def _keep(running: Turn, name: str, part: Assignment, said: _Said) -> Act:
    running.permit(name, part)
    outcome = ReturnOutcome.UPHELD if name == "uphold" else ReturnOutcome.REFUSED
    decided = _decision(running, part, outcome, part.organ, said)
    opened = _opening(part)
    return running.take(
        name,
        part,
        why=said.why,
        ground=said.ground,
        consulted=said.consulted,
        disputed_by=opened.post.person_id if opened else None,
        facts=[decided],
        data={"round": decided.number, "by": opened.data["by"] if opened else ""},
    )


def _decision(
    running: Turn, part: Assignment, outcome: ReturnOutcome, organ: Organ, said: _Said
) -> ReturnDecision:
    """The decision on the last round; a final one is a round of its own."""
    final = where.awaits_final_decision(part)
    return ReturnDecision(
        assignment=part,
        number=part.return_round + final,
        outcome=outcome,
        organ=organ,
        why=said.why.strip(),
        ground=said.ground.strip(),
        consulted=said.consulted.strip(),
        final=final,
        on=running.on,
        at=running.at,
    )


def _held_by(organ: Organ, part: Assignment) -> Assignment | None:
    """The part that organ has in the running round already."""
    parts = part.suggestion.assignments.filter(CHARGED, round=part.round, organ=organ)
    held = parts.select_related("organ").first()
    if held:
        held.suggestion = part.suggestion
    return held


def _opening(part: Assignment) -> Act | None:
    """The act that opened the dispute; no later round by the office hides it."""
    opened = part.acts.filter(move__in=("ask_return", "object_to_organ")).select_related("post")
    return opened.order_by("-seq").first()


def _opener(part: Assignment) -> int | None:
    """The person who opened the dispute."""
    opened = _opening(part)
    return opened.post.person_id if opened else None
