"""Between the lead organ and those who help it (会办): opinions judged, final texts signed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.accounts.actor import Actor
from huiyin.accounts.rules import require_as_read
from huiyin.kernel.errors import Conflict, NotPermitted, Stale
from huiyin.suggestions import cohandlers, rules
from huiyin.suggestions.lifecycle import where
from huiyin.suggestions.lifecycle.cohandling import is_awaited
from huiyin.suggestions.models import (
    Act,
    Assignment,
    CoOpinion,
    CoStatement,
    Countersignature,
    CountersignLapse,
    OpinionDraft,
    OpinionMarked,
    Reply,
    ReplyFile,
    StatementKind,
    Suggestion,
)
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.services.fixed_text import present_digest, present_text, standing_names
from huiyin.suggestions.services.handling import part_in
from huiyin.suggestions.services.turn import Turn, turn

# --- The co-handling organ writes


@transaction.atomic
def save_opinion_draft(
    *,
    assignment: Assignment,
    actor: Actor,
    at: datetime,
    content: Mapping[str, Any],
    revision: int,
) -> OpinionDraft:
    """Keep what has been typed. ``Stale`` when a colleague saved meanwhile: neither is lost."""
    case = Suggestion.objects.select_for_update(of=("self",)).get(pk=assignment.suggestion_id)
    require_as_read(actor)
    part = case.assignments.get(pk=assignment.pk)
    if not rules.gives_opinion(actor, part):
        raise NotPermitted(_("Only the co-handling organ writes its opinion."))
    if not where.is_owed(part):
        raise Conflict(_("The opinion has been given; its text is fixed."))
    draft, _made = OpinionDraft.objects.get_or_create(assignment=part, defaults={"saved_at": at})
    if draft.revision != revision:
        raise Stale(
            _("A colleague has changed this draft."),
            remedy=_("Both texts are kept: compare them and save the one you want."),
        )
    draft.content, draft.saved_at, draft.revision = dict(content), at, revision + 1
    draft.save(update_fields=["content", "saved_at", "revision"])
    return draft


# --- The lead organ judges


def return_opinion(
    *,
    assignment: Assignment,
    actor: Actor,
    at: datetime,
    why: str,
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """Give an opinion without substance back, once; another clock runs (重庆 art. 20)."""
    with turn(case=assignment.suggestion, actor=actor, at=at, via=via, on=on) as running:
        part = part_in(running, assignment)
        return running.take(
            "return_opinion", part, why=why, lead_file=cohandlers.file_of_lead(part)
        )


def mark_opinion(
    *,
    assignment: Assignment,
    actor: Actor,
    at: datetime,
    mark: str,
    reason: str = "",
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """Say of the present opinion whether it was adopted, and why not. The last word counts."""
    with turn(case=assignment.suggestion, actor=actor, at=at, via=via, on=on) as running:
        part = part_in(running, assignment)
        running.permit("mark_opinion", part)
        opinion = CoOpinion.objects.filter(assignment=part).latest("pk")
        marked = OpinionMarked(opinion=opinion, mark=mark, reason=reason.strip(), at=at)
        return running.take(
            "mark_opinion",
            part,
            why=reason,
            mark=mark,
            reason=reason,
            lead_file=cohandlers.file_of_lead(part),
            data={"mark": mark},
            facts=[marked],
        )


# --- The final text


def countersign(
    *,
    assignment: Assignment,
    actor: Actor,
    at: datetime,
    text: str,
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """Put the organ's name under the text that was read; ``text`` is its key (会签).

    ``Stale`` when another text has taken its place meanwhile: nobody signs what he has not seen.
    """
    with turn(case=assignment.suggestion, actor=actor, at=at, via=via, on=on) as running:
        part = part_in(running, assignment)
        running.permit("countersign", part)
        file = cohandlers.file_of_lead(part)
        reply = _present(file)
        brought = _of_text(part, file)
        if file is None or reply is None:
            return running.take("countersign", part, **brought)
        require_same_text(reply, text)
        mark = present_digest(file)
        name = Countersignature(reply=reply, assignment=part, post=actor.post, digest=mark, at=at)
        return running.take("countersign", part, data={"reply": reply.key}, facts=[name], **brought)


def refuse_countersignature(
    *,
    assignment: Assignment,
    actor: Actor,
    at: datetime,
    text: str,
    why: str,
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """Do not sign, and say why: the text goes back to be rewritten."""
    with turn(case=assignment.suggestion, actor=actor, at=at, via=via, on=on) as running:
        part = part_in(running, assignment)
        running.permit("refuse_countersignature", part)
        file = cohandlers.file_of_lead(part)
        reply = _present(file)
        if reply is not None:
            require_same_text(reply, text)
        act = running.take(
            "refuse_countersignature",
            part,
            why=why,
            data={"reply": reply.key if reply else ""},
            **_of_text(part, file),
        )
        if file is not None:
            file.assignment = part_in(running, file.assignment)
            running.follow("send_back", file, why=why)
    return act


def require_same_text(reply: Reply, text: str) -> None:
    """Raise ``Stale`` unless ``text`` names the text that lies there now."""
    if reply.key != text:
        raise Stale(
            _("The text of the reply was replaced after you opened the page."),
            remedy=_("Read the new text below, then take the step again."),
        )


def _present(file: ReplyFile | None) -> Reply | None:
    return present_text(file) if file else None


def _of_text(part: Assignment, file: ReplyFile | None) -> dict[str, Any]:
    names = standing_names(file) if file else []
    signed = any(each.assignment_id == part.pk for each in names)
    return {"lead_file": file, "countersigned": signed}


# --- What the lead's reply says of them; for ``services.replying``


def statements(reply: Reply, parts: list[Assignment], *, on: date) -> list[CoStatement]:
    """What the text says of each co-handling organ, as things stand on that day."""
    return [_statement(reply, part, on=on) for part in parts if not where.is_stopped(part)]


def _statement(reply: Reply, part: Assignment, *, on: date) -> CoStatement:
    opinion = None
    if not where.is_owed(part):
        opinion = CoOpinion.objects.filter(assignment=part).order_by("pk").last()
    if opinion is not None:
        marked = OpinionMarked.objects.filter(opinion=opinion).order_by("pk").last()
        return CoStatement(
            reply=reply,
            assignment=part,
            kind=StatementKind.GIVEN,
            opinion=opinion,
            marked=marked,
            due_on=part.due_on,
        )
    ran_out = part.due_on is not None and not is_awaited(part, on=on)
    kind = StatementKind.ABSENT if ran_out else StatementKind.PENDING
    return CoStatement(reply=reply, assignment=part, kind=kind, due_on=part.due_on)


def ask_to_countersign(running: Turn, reply: Reply, stated: list[CoStatement]) -> None:
    """Ask everyone whose opinion the text states, where the rules want it countersigned."""
    if not running.ruling.rules.cohandle.countersign:
        return
    for each in stated:
        if each.kind == StatementKind.GIVEN:
            part = part_in(running, each.assignment)
            running.follow("ask_countersignature", part, data={"reply": reply.key})


def unsigned(
    running: Turn, file: ReplyFile, parts: list[Assignment]
) -> tuple[list[tuple[str, date]], list[CountersignLapse]]:
    """Return who is still waited for, and who has let his time run out."""
    reply = _present(file)
    if reply is None:
        return [], []
    acts = Act.objects.filter(suggestion=running.case, move=cohandlers.ASKED)
    asked = cohandlers.asked_for(reply, parts, acts, ruling=running.ruling)
    signed = {each.assignment_id for each in standing_names(file)}
    waiting: list[tuple[str, date]] = []
    lapsed: list[CountersignLapse] = []
    for each in asked:
        if each.part.pk in signed:
            continue
        if each.is_over(running.on):
            lapsed.append(
                CountersignLapse(
                    reply=reply, assignment=each.part, due_on=each.until.date, at=running.at
                )
            )
        else:
            waiting.append((each.part.organ.name, each.until.date))
    return waiting, lapsed
