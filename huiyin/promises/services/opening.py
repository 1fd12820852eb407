"""How promises are born: with the delivery of a reply whose class promises something.

Called by ``suggestions.joining`` within the transaction of the delivery, one step or a whole
history alike, so that no delivered promise is without its entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch
from django.utils.translation import override

from huiyin.kernel.canonical import digest
from huiyin.kernel.creating import create_many
from huiyin.ledger.services import Line
from huiyin.promises import sentences, standing
from huiyin.promises.models import Promise, PromiseAct, PromiseStatement
from huiyin.promises.stages import IS_RUNNING, PromiseKind, PromiseStage
from huiyin.rulebook import Promise as Kind
from huiyin.rulebook import PromiseEnd, due
from huiyin.suggestions.joining import Joined
from huiyin.suggestions.models import ClassClaim, Reply
from huiyin.suggestions.ruling import Ruling

PROMISE_TYPE = "promise"
DELIVERED = frozenset({"reply.deliver", "reply.deliver_in_person"})
# A class corrected before the rating may begin to promise. What was promised once stays promised:
# an organ that corrects its class does not take a promise back by it.
CORRECTED = frozenset({"reply.reclassify"})
AT_ONCE = 500


@dataclass(slots=True, kw_only=True)
class Entry:
    """A promise with its statements and acts, in memory."""

    promise: Promise
    statements: list[PromiseStatement] = field(default_factory=list)
    acts: list[PromiseAct] = field(default_factory=list)
    new_statements: list[PromiseStatement] = field(default_factory=list)
    new_acts: list[PromiseAct] = field(default_factory=list)

    def settle(self) -> None:
        standing.apply(self.promise, standing.derive(self.statements, self.acts))


def open_promises(taken: Sequence[Joined]) -> list[Line]:
    """Enter what the delivered replies promise. Return the lines that say so."""
    lines: list[Line] = []
    for start in range(0, len(taken), AT_ONCE):
        lines += _entered(taken[start : start + AT_ONCE])
    return lines


def _entered(taken: Sequence[Joined]) -> list[Line]:
    replies = _replies({each.act.reply_file_id for each in taken})
    running: dict[tuple[int, int], Entry] = {}
    if any(each.act.round > 1 for each in taken):
        running = _running({each.case.pk for each in taken})
    entries: list[Entry] = []
    told: list[tuple[Joined, Entry, PromiseStatement]] = []
    for each in taken:
        reply = replies.get(each.act.reply_file_id or 0)
        kind = kind_of(_class_of(each, reply), ruling=each.ruling()) if reply else None
        if reply is None or kind is None or _is_entered(each, reply):
            continue
        part = reply.file.assignment
        # A later round's reply to the same suggestion states the same promise anew.
        entry = running.get((each.case.pk, part.organ_id))
        if entry is None:
            entry = Entry(promise=_born(each, reply))
            running[each.case.pk, part.organ_id] = entry
        statement = _stated(each, reply, kind=kind, entry=entry)
        told.append((each, entry, statement))
        if entry not in entries:
            entries.append(entry)
    _write(entries)
    return [_line(*each) for each in told]


def kind_of(outcome_class: str, *, ruling: Ruling) -> Kind | None:
    """What a class promises under the rules; None where it promises nothing, or none are kept."""
    scheme = ruling.rules.classes.scheme
    if not ruling.rules.promise.ledger or outcome_class not in scheme.codes:
        return None
    return scheme.find(outcome_class).promise


def _class_of(each: Joined, reply: Reply) -> str:
    """The class the step gives the reply."""
    return str(each.act.data.get("outcome_class") or reply.outcome_class)


def _is_entered(each: Joined, reply: Reply) -> bool:
    """Asked of a corrected class alone: a delivery happens once."""
    corrected = each.act.move == "reclassify"
    return corrected and PromiseStatement.objects.filter(reply=reply).exists()


def _replies(files: Iterable[int | None]) -> dict[int, Reply]:
    """The text that was delivered of each file: its last one."""
    rows = (
        Reply.objects.filter(file__in=[each for each in files if each is not None])
        .select_related("file__assignment__organ")
        .prefetch_related(
            "points",
            Prefetch("claims", ClassClaim.objects.order_by("-ordinal"), to_attr="brought"),
        )
        .order_by("ordinal")
    )
    return {reply.file_id: reply for reply in rows}


def _running(cases: set[int]) -> dict[tuple[int, int], Entry]:
    rows = Promise.objects.filter(IS_RUNNING, suggestion__in=cases).select_for_update()
    found = {}
    for promise in rows.order_by("pk"):
        found[promise.suggestion_id, promise.organ_id] = Entry(
            promise=promise,
            statements=list(promise.statements.order_by("ordinal")),
            acts=list(promise.acts.order_by("seq")),
        )
    return found


def _born(each: Joined, reply: Reply) -> Promise:
    return Promise(
        # The same for the same reply, whoever writes it down.
        key=_key("promise", reply),
        congress=each.case.congress,
        suggestion=each.case,
        assignment=reply.file.assignment,
        made_on=each.act.on,
    )


def _stated(each: Joined, reply: Reply, *, kind: Kind, entry: Entry) -> PromiseStatement:
    part = reply.file.assignment
    ruling = each.ruling()
    brought: list[ClassClaim] = getattr(reply, "brought", [])
    outcome = _class_of(each, reply)
    claim = next((one for one in brought if one.outcome_class == outcome), None)
    assigned_on = each.case.first_assigned_on or part.assigned_on
    named = claim.promised_on if claim else None
    if named and named < assigned_on:
        named = None
    latest = _latest(kind, ruling=ruling, assigned_on=assigned_on, on=each.act.on)
    quoted = sentences.promise_in(
        [reply.opening, *(point.answer for point in reply.points.all()), reply.closing],
        due_on=named,
        plan=claim.plan if claim else "",
    )
    statement = PromiseStatement(
        key=_key("statement", reply),
        promise=entry.promise,
        ordinal=len(entry.statements) + 1,
        reply=reply,
        organ=part.organ,
        claim=claim,
        outcome_class=outcome,
        kind=PromiseKind(kind.value),
        sentence=quoted or _definition(outcome, ruling=ruling),
        quoted=bool(quoted),
        plan=claim.plan if claim else "",
        assigned_on=assigned_on,
        due_on=named or latest,
        latest_on=latest,
        named=named is not None,
        on=each.act.on,
        at=each.act.at,
    )
    entry.statements.append(statement)
    entry.new_statements.append(statement)
    if len(entry.statements) > 1:
        _restate(each, entry, statement)
    return statement


def _restate(each: Joined, entry: Entry, statement: PromiseStatement) -> None:
    # Where it stands now, not where it stood when it was read.
    now = standing.derive(entry.statements, entry.acts)
    act = PromiseAct(
        key=_key("restate", statement.reply),
        promise=entry.promise,
        seq=now.last_seq + 1,
        move="restate",
        from_stage=now.stage,
        to_stage=PromiseStage.OPEN.value,
        at=each.act.at,
        on=each.act.on,
        post=each.act.post,
        role=each.act.post.role,
        via=each.act.via,
        due_before=now.due_on,
        due_on=statement.due_on,
        reply=statement.reply,
    )
    entry.acts.append(act)
    entry.new_acts.append(act)


def _latest(kind: Kind, *, ruling: Ruling, assigned_on: date, on: date) -> date | None:
    """The last day the class allows; None where only the plan has one."""
    rules = ruling.rules
    if kind is Kind.NEAR_TERM:
        return near_term_end(ruling=ruling, assigned_on=assigned_on)
    end = rules.promise.this_year if kind is Kind.THIS_YEAR else rules.promise.planned
    return date(on.year, 12, 31) if end == PromiseEnd.YEAR_END else None


def near_term_end(*, ruling: Ruling, assigned_on: date) -> date:
    """The last day of the near term, counted from the first assignment."""
    period = ruling.rules.promise.near_term
    return due(assigned_on, period, rules=ruling.rules, calendar=ruling.calendar).date


def _definition(outcome_class: str, *, ruling: Ruling) -> str:
    """What the class says of itself, where the reply's own words are not here."""
    with override("zh-hans"):
        return ruling.rules.classes.scheme.find(outcome_class).definition.said_in("zh-hans")


def _write(entries: Sequence[Entry]) -> None:
    fresh = [each for each in entries if each.promise._state.adding]
    for each in entries:
        each.settle()
    create_many(Promise, [each.promise for each in fresh])
    for each in entries:
        if each not in fresh:
            each.promise.save(update_fields=[*standing.SAVED])
    create_many(PromiseStatement, [one for each in entries for one in each.new_statements])
    create_many(PromiseAct, [one for each in entries for one in each.new_acts])


def _line(each: Joined, entry: Entry, statement: PromiseStatement) -> Line:
    act = next((one for one in entry.new_acts if one.reply_id == statement.reply_id), None)
    behalf = each.act.on_behalf_of
    return Line(
        at=each.act.at,
        actor=each.actor,
        action="promise.restate" if act else "promise.open",
        subject=(PROMISE_TYPE, entry.promise.key),
        before=act.from_stage if act else "",
        after="open",
        facts=[statement, act] if act else [statement],
        on_behalf_of=behalf.key if behalf else "",
        via=each.via,
        back_dated=each.back_dated,
    )


def _key(what: str, reply: Reply) -> str:
    return digest("promises", what, reply.key)[:22]
