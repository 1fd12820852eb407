"""Whether a reply brings what its class claims (M9): the rules of proof on what has been typed.

Which class asks for which proof the rulebook's scheme says; how far ahead a day may lie, its
parameters. A refusal names the rule and where it is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.rulebook import PROOFS, Confidence, Proof, Rulebook, WorkCalendar, due
from huiyin.suggestions.models import Assignment, ClassClaim, Reply
from huiyin.ui.days import plain_day

# Which parameter gives the day of a promise; the other proofs no text asks for in so many words.
_WRITTEN_IN = {
    Proof.THIS_YEAR: "promise.this_year",
    Proof.NEAR_TERM: "promise.near_term",
    Proof.PLAN: "promise.planned",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What an organ types beside its class. Only what the class asks for is kept."""

    evidence: str = ""
    source: str = ""
    promised_on: date | None = None
    plan: str = ""
    ground: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a claim is judged by: the rules, the day of assignment, today, the files there are."""

    rules: Rulebook
    calendar: WorkCalendar
    assigned_on: date
    on: date
    files: Sequence[str] = ()

    @classmethod
    def of(
        cls,
        part: Assignment,
        *,
        rules: Rulebook,
        calendar: WorkCalendar,
        on: date,
        files: Sequence[str] = (),
    ) -> Ground:
        # Three years run from the first assignment: handling again gives no new ones.
        assigned_on = part.suggestion.first_assigned_on or part.assigned_on
        return cls(rules=rules, calendar=calendar, assigned_on=assigned_on, on=on, files=files)


def proof_of(outcome_class: str, *, rules: Rulebook) -> Proof | None:
    """What the class asks for; None for a class the rules do not know."""
    if outcome_class not in rules.classes.scheme.codes:
        return None
    return rules.classes.scheme.find(outcome_class).proof


def latest_day(proof: Proof, *, ground: Ground) -> date | None:
    """The last day a promise of this kind may name; None where only the plan bounds it."""
    if proof is Proof.THIS_YEAR:
        return date(ground.on.year, 12, 31)
    if proof is Proof.NEAR_TERM:
        period = ground.rules.promise.near_term
        return due(ground.assigned_on, period, rules=ground.rules, calendar=ground.calendar).date
    return None


def faults(claim: Claim, *, outcome_class: str, ground: Ground) -> Iterator[tuple[str, Words]]:
    """Yield what the claim lacks: the field that lacks it, and the rule in words."""
    proof = proof_of(outcome_class, rules=ground.rules)
    if proof is None:
        return
    words = {"rule": rule_of(proof), "basis": basis_of(proof, rules=ground.rules)}
    said = (_("%(rule)s %(basis)s") % words).strip()
    if proof is Proof.EVIDENCE:
        if not claim.evidence.strip():
            yield "evidence", said
        if not (claim.source.strip() or ground.files):
            yield "source", said
    if proof is Proof.PLAN and not claim.plan.strip():
        yield "plan", said
    if proof is Proof.GROUND and not claim.ground.strip():
        yield "ground", said
    if proof.asks_day:
        yield from _day_faults(claim, proof, ground=ground, said=said)


def _day_faults(
    claim: Claim, proof: Proof, *, ground: Ground, said: Words
) -> Iterator[tuple[str, Words]]:
    latest = latest_day(proof, ground=ground)
    if claim.promised_on is None:
        yield "promised_on", said
    elif claim.promised_on < ground.on:
        yield (
            "promised_on",
            _("This day is past. What has been done is claimed by a class that says so."),
        )
    elif latest and claim.promised_on > latest:
        words = {"date": plain_day(latest), "rule": said}
        yield "promised_on", _("The day can be no later than %(date)s. %(rule)s") % words


def rule_of(proof: Proof) -> str:
    return PROOFS[proof].rule.said_in(get_language() or "")


def basis_of(proof: Proof, *, rules: Rulebook) -> str:
    """Where the rule is written; nothing where it is our own choice."""
    source = rules.cite(_WRITTEN_IN.get(proof, "classes.proof")).source
    if source.confidence == Confidence.DEFAULT:
        return ""
    return str(_("(%(source)s)") % {"source": source.citation.said_in(get_language() or "")})


def fact_of(
    claim: Claim,
    *,
    reply: Reply,
    outcome_class: str,
    ground: Ground,
    at: datetime,
    ordinal: int = 1,
) -> ClassClaim | None:
    """Return the claim as it is kept, with only what its class asks for; None where it is not
    whole, which the guard has let pass only where the rules ask for no proof."""
    proof = proof_of(outcome_class, rules=ground.rules)
    if proof is None or list(faults(claim, outcome_class=outcome_class, ground=ground)):
        return None
    shown = proof is Proof.EVIDENCE
    return ClassClaim(
        reply=reply,
        ordinal=ordinal,
        outcome_class=outcome_class,
        proof=proof.value,
        evidence=claim.evidence.strip() if shown else "",
        source=claim.source.strip() if shown else "",
        files=" ".join(ground.files) if shown else "",
        promised_on=claim.promised_on if proof.asks_day else None,
        latest_on=latest_day(proof, ground=ground),
        plan=claim.plan.strip() if proof is Proof.PLAN else "",
        ground=claim.ground.strip() if proof is Proof.GROUND else "",
        at=at,
    )
