"""One step of a promise: locked, judged by the table, written, told and put on record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post, Role
from huiyin.accounts.rules import require_as_read
from huiyin.documents import services as documents
from huiyin.documents.models import Attachment
from huiyin.kernel.clock import ZONE
from huiyin.kernel.errors import Stale
from huiyin.kernel.workflow import Move
from huiyin.ledger import services as ledger
from huiyin.organisations.models import Organ
from huiyin.outbox import services as outbox
from huiyin.promises import standing
from huiyin.promises.lifecycle import PROMISE
from huiyin.promises.models import Promise, PromiseAct, PromiseStatement
from huiyin.promises.services.opening import PROMISE_TYPE, near_term_end
from huiyin.promises.stages import PromiseKind
from huiyin.rulebook import due
from huiyin.suggestions.audience import in_office
from huiyin.suggestions.models import Signature
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.ruling import Ruling, ruling_for
from huiyin.suggestions.stages import Signing


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A file that shows what was done: a picture, an acceptance record."""

    file: IO[bytes]
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is typed for a step. Each step keeps only what it asks for."""

    why: str = ""
    until: date | None = None
    evidence: str = ""
    source: str = ""
    grade: str = ""
    organ: Organ | None = None
    year: int | None = None
    shown: Shown | None = None


NOTHING = Said()
# How many characters the name of a document may have.
SOURCE = 300
# Which of what was typed each step keeps.
_KEEPS: dict[str, tuple[str, ...]] = {
    "rate": ("grade",),
    "carry": ("organ",),
    "tell": ("year",),
}


def take(
    name: str,
    *,
    promise: Promise,
    actor: Actor,
    at: datetime,
    said: Said = NOTHING,
    seen: int | None = None,
    via: str = Via.PAGE,
) -> PromiseAct:
    """Take the step ``name``. ``seen`` is the last step the page showed: ``Stale`` if another
    came since. Raises what the table says stands against it."""
    row = PROMISE.find(name)
    with transaction.atomic():
        locked = _locked(promise, actor=actor)
        row.permit(actor, locked)
        if seen is not None and locked.last_seq != seen:
            raise Stale(
                _("Something else has been done about this promise meanwhile."),
                remedy=_("Look at what has changed, then take the step again if it still fits."),
            )
        on = at.astimezone(ZONE).date()
        brought = _brought(locked, actor=actor, said=said, on=on)
        PROMISE.check(row, actor=actor, case=locked, why=said.why, brought=brought)
        act = _act(row, locked, actor=actor, said=said, at=at, on=on, via=via)
        act.save()
        files = [_kept(act, said.shown, actor=actor)] if said.shown and act.evidence else []
        _settle(locked)
        _tell(row, locked, act, actor=actor)
        ledger.record_many(
            chain=locked.congress.key, lines=[_line(act, *files, actor=actor, via=via)]
        )
    return act


def part_of(act: PromiseAct) -> str:
    """Under which part the file of a claim is kept."""
    return f"claim:{act.key}"


def _kept(act: PromiseAct, shown: Shown, *, actor: Actor) -> Attachment:
    """The file of a claim, looked into like every other that this house takes."""
    return documents.keep(
        file=shown.file,
        name=shown.name,
        actor=actor,
        at=act.at,
        case=(PROMISE_TYPE, act.promise.key),
        part=part_of(act),
    )


def _locked(promise: Promise, *, actor: Actor) -> Promise:
    locked = (
        Promise.objects.select_for_update(of=("self",))
        .select_related("congress", "organ", "suggestion__congress", "suggestion__session")
        .get(pk=promise.pk)
    )
    require_as_read(actor)
    return locked


def brought_by_rules(promise: Promise, *, ruling: Ruling, on: date) -> dict[str, Any]:
    """What guards ask for before anything is typed; pages say the same days beforehand."""
    last = promise.statements.order_by("ordinal").last()
    assigned_on = last.assigned_on if last else promise.made_on
    bound = promise.kind != PromiseKind.PLANNED
    limit = ruling.rules.promise.feedback_limit
    told = promise.told_on
    rated = limit and told and due(told, limit, rules=ruling.rules, calendar=ruling.calendar)
    return {
        "rules": ruling.rules,
        "on": on,
        "assigned_on": assigned_on,
        "longest": near_term_end(ruling=ruling, assigned_on=assigned_on) if bound else None,
        "rate_until": rated.date if rated else None,
    }


def _source(said: Said) -> str:
    """Where it is shown: what was named, or the file that was sent along."""
    return said.source.strip() or (said.shown.name if said.shown else "")


def _brought(promise: Promise, *, actor: Actor, said: Said, on: date) -> dict[str, Any]:
    ruling = ruling_for(promise.suggestion, on=on)
    by = promise.claimed_by.person_id if promise.claimed_by else None
    return {
        **brought_by_rules(promise, ruling=ruling, on=on),
        "actor": actor,
        "claimed_by_person": by,
        "until": said.until,
        "evidence": said.evidence,
        "source": _source(said),
        "grade": said.grade,
        "organ": said.organ,
    }


def _act(
    row: Move,
    promise: Promise,
    *,
    actor: Actor,
    said: Said,
    at: datetime,
    on: date,
    via: str,
) -> PromiseAct:
    kept: dict[str, Any] = {name: getattr(said, name) for name in _KEEPS.get(row.name, ())}
    if row.name == "postpone":
        kept = {"due_before": promise.due_on, "due_on": said.until}
    if row.name == "claim_done":
        kept = {"evidence": said.evidence.strip(), "source": _source(said)[:SOURCE]}
    return PromiseAct(
        promise=promise,
        seq=promise.last_seq + 1,
        move=row.name,
        from_stage=promise.stage,
        to_stage=row.target or promise.stage,
        at=at,
        on=on,
        post=actor.post,
        role=actor.role,
        via=via,
        why=said.why.strip(),
        **kept,
    )


def _settle(promise: Promise) -> None:
    statements: list[PromiseStatement] = list(promise.statements.order_by("ordinal"))
    acts = list(promise.acts.order_by("seq"))
    standing.apply(promise, standing.derive(statements, acts))
    promise.save(update_fields=[*standing.SAVED])


def _line(act: PromiseAct, *files: Attachment, actor: Actor, via: str) -> ledger.Line:
    return ledger.Line(
        at=act.at,
        actor=actor,
        action=f"promise.{act.move}",
        subject=(PROMISE_TYPE, act.promise.key),
        before=act.from_stage,
        after=act.to_stage,
        why=act.why,
        facts=[act, *files],
        via=via,
        back_dated=via in (Via.IMPORT, Via.COMMAND),
    )


# --- Who hears of it


def _tell(row: Move, promise: Promise, act: PromiseAct, *, actor: Actor) -> None:
    if row.notice:
        outbox.tell_many([telling(row, promise, act)], actor=actor, at=act.at)


def telling(row: Move, promise: Promise, act: PromiseAct) -> outbox.Telling:
    case = promise.suggestion
    return outbox.Telling(
        posts=list(audience(row.notice, promise, on=act.on)),
        event=f"promise.{row.name}",
        case=(PROMISE_TYPE, promise.key),
        title=case.title,
        params={
            "number": case.number or "",
            "title": case.title,
            "organ": promise.organ.name,
            "why": act.why,
            "due": promise.due_on or "",
        },
    )


def audience(names: str, promise: Promise, *, on: date) -> Any:
    """The posts that the comma-separated ``names`` of the table stand for."""
    reached = Q(pk__in=())
    for name in names.split(","):
        reached |= _AUDIENCES[name](promise)
    return in_office(Post.objects.filter(reached), on=on)


def _deputies(promise: Promise) -> Q:
    signed = Signature.objects.filter(
        suggestion=promise.suggestion_id, standing__in=(Signing.LEAD, Signing.CONFIRMED)
    )
    return Q(pk__in=signed.values("deputy"))


_AUDIENCES: dict[str, Any] = {
    "deputies": _deputies,
    "lead": lambda promise: Q(pk=promise.suggestion.lead_id),
    "clerks": lambda promise: Q(congress=promise.congress_id, role=Role.CLERK),
    "organ": lambda promise: Q(
        organ=promise.organ_id, role__in=(Role.LIAISON, Role.CHECKER, Role.HEAD)
    ),
}
