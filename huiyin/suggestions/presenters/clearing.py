"""A text among its levels: who passed it, whom it waits for, what is doubtful, what it claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huiyin.kernel.errors import Words
from huiyin.rulebook import PROOFS, Proof, ReplySigner
from huiyin.rulebook.text_checks import TEXT_RULES, Finding
from huiyin.suggestions.clearance import USUAL, Level, level_passed
from huiyin.suggestions.lifecycle import where
from huiyin.suggestions.models import Act, Assignment, ClassClaim, Reply, ReplyFile
from huiyin.suggestions.presenters.file import CaseFile
from huiyin.suggestions.presenters.panel import clearing_in
from huiyin.suggestions.presenters.parts import file_of
from huiyin.suggestions.presenters.story import class_label
from huiyin.suggestions.services.fixed_text import cleared_digest, present_digest
from huiyin.ui.days import plain_day
from huiyin.ui.parts import Fact

AROUND = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One level of the present text as its page shows it. ``state`` is done, now or later."""

    number: int
    name: Words
    state: str
    who: str = ""
    at: datetime | None = None
    note: str = ""
    alone: bool = False
    vacant: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One finding with the words around it, so that the place is seen."""

    said: str
    do: str
    before: str
    text: str
    after: str
    place: Words
    blocking: bool


def rungs(file: CaseFile, part: Assignment) -> list[Rung]:
    """The levels of the present text in order; none where none was ever sent."""
    own = file_of(part)
    acts = [act for act in file.acts if own and act.reply_file_id == own.pk]
    sent = [at for at, act in enumerate(acts) if act.move == "send_to_check"]
    if own is None or not sent or where.is_drafted(own):
        return []
    levels = [Level.read(each) for each in own.levels] or list(USUAL)
    passed = _passed(acts[sent[-1] :], last=len(levels))
    clearing = clearing_in(file, part)
    due = clearing.due if clearing else len(levels) + 1
    shown = []
    for number, level in enumerate(levels, start=1):
        act = passed.get(number)
        state = "done" if number < due else "now" if number == due else "later"
        waits = clearing.who(number) if clearing and number >= due else ""
        shown.append(
            Rung(
                number=number,
                name=level.label,
                state=state,
                who=act.post.person.name if act else waits,
                at=act.at if act else None,
                note=act.why if act else "",
                alone=bool(act and act.data.get("alone")),
                vacant=state == "done" and act is None,
            )
        )
    return shown


def _passed(acts: Sequence[Act], *, last: int) -> dict[int, Act]:
    """The act by which each level was passed; the signature is that of the last level."""
    passed: dict[int, Act] = {}
    for act in acts:
        if act.move == "pass_check":
            passed[level_passed(act, before=max(passed, default=0))] = act
        elif act.move == "sign":
            passed[last] = act
    return passed


def signer(file: CaseFile) -> Words:
    """Who signs by the rules, with the article."""
    rules = file.scene.ruling.rules
    main = rules.reply.signer == ReplySigner.MAIN_HEAD
    said = _("The main head of the organ signs.") if main else _("A head of the organ signs.")
    source = rules.cite("reply.signer").source.citation.said_in(get_language() or "")
    return _("%(said)s (%(source)s)") % {"said": said, "source": source}


def is_replaced(file: CaseFile, part: Assignment) -> bool:
    """Whether the text or a file of it is no longer what was sent: an alarm, never in order."""
    own = file_of(part)
    if own is None or where.is_drafted(own):
        return False
    cleared = cleared_digest(act for act in file.acts if act.reply_file_id == own.pk)
    return bool(cleared) and cleared != present_digest(_with(own, part))


def _with(own: ReplyFile, part: Assignment) -> ReplyFile:
    own.assignment = part
    return own


# --- What was found in the text


def doubts(
    findings: Sequence[Finding], *, texts: Mapping[str, str], places: Mapping[str, Words]
) -> list[Doubt]:
    """Findings as a list, the blocking ones first."""
    language = get_language() or ""
    shown = []
    for each in sorted(findings, key=lambda one: not one.blocking):
        text = texts.get(each.where, "")
        lacks = each.lacks.said_in(language) if each.lacks else ""
        said = each.rule.said.said_in(language)
        shown.append(
            Doubt(
                said=_("%(said)s: it does not say %(lacks)s") % {"said": said, "lacks": lacks}
                if lacks
                else said,
                do=each.rule.do.said_in(language),
                before=text[max(0, each.start - AROUND) : each.start],
                text=each.text,
                after=text[each.end : each.end + AROUND],
                place=places.get(each.where, ""),
                blocking=each.blocking,
            )
        )
    return shown


def confirmed(file: CaseFile, part: Assignment) -> list[tuple[str, str]]:
    """What the sender of the present text let stand: the rule and the words."""
    own = file_of(part)
    sent = [
        act
        for act in file.acts
        if own and act.reply_file_id == own.pk and act.move == "send_to_check"
    ]
    kept = sent[-1].data.get("confirmed", []) if sent else []
    language = get_language() or ""
    return [(TEXT_RULES[each["rule"]].said.said_in(language), each["text"]) for each in kept]


# --- The class and what it brings


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassShown:
    """One class a reply has borne: its proof, or that it came without."""

    code: str
    label: Words
    facts: Sequence[Fact]
    on: date | None = None
    why: str = ""
    # It came from paper or a list without a proof, and none is guessed.
    lacks_proof: bool = False


def classes(file: CaseFile, part: Assignment, reply: Reply) -> list[ClassShown]:
    """The classes a reply has borne, the present one first."""
    claims = {claim.ordinal: claim for claim in reply.claims.all()}
    own = file_of(part)
    acts = [
        act for act in file.acts if act.move == "reclassify" and own and act.reply_file_id == own.pk
    ]
    first = _shown(file, reply.outcome_class, claims.get(1))
    later = [
        _shown(file, act.data["outcome_class"], claim, act=act)
        for act, claim in zip(acts, _later(claims, len(acts)), strict=True)
    ]
    return [*reversed(later), first]


def _later(claims: dict[int, ClassClaim], count: int) -> list[ClassClaim | None]:
    """The claims of corrections, one for each."""
    return [claims.get(ordinal) for ordinal in range(2, count + 2)]


def _shown(
    file: CaseFile, code: str, claim: ClassClaim | None, *, act: Act | None = None
) -> ClassShown:
    rules = file.scene.ruling.rules
    return ClassShown(
        code=code,
        label=class_label(code, rules=rules),
        facts=facts_of(claim) if claim else (),
        on=act.on if act else None,
        why=act.why if act else "",
        lacks_proof=bool(code) and claim is None and rules.classes.proof,
    )


def facts_of(claim: ClassClaim) -> list[Fact]:
    """What a claim says, labelled."""
    said = (
        (_("What was done"), claim.evidence),
        (_("Document or web address"), claim.source),
        (_("Plan"), claim.plan),
        (_("To be done by"), plain_day(claim.promised_on) if claim.promised_on else ""),
        (PROOFS[Proof.GROUND].label.said_in(get_language() or ""), claim.ground),
    )
    files = len(claim.files.split())
    shown = [Fact(label=label, value=value) for label, value in said if value]
    if files:
        shown.append(Fact(label=_("Files"), value=_("%(n)s attached to the reply") % {"n": files}))
    return shown
