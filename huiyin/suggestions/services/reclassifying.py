"""Correcting the class of a reply that is out, before the deputy has rated it (T070)."""

from __future__ import annotations

from datetime import date, datetime

from huiyin.accounts.actor import Actor
from huiyin.suggestions import claims
from huiyin.suggestions.claims import Claim
from huiyin.suggestions.models import Act, Assignment, Reply, ReplyFile
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.services import clearing, fixed_text
from huiyin.suggestions.services.replying import file_for
from huiyin.suggestions.services.turn import turn


def reclassify(
    *,
    assignment: Assignment,
    actor: Actor,
    at: datetime,
    outcome_class: str,
    claim: Claim,
    why: str,
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """The head puts another class on the reply, with its proof and a reason the deputies read.

    Raises ``Conflict`` once the round is rated: what was rated stays what it was.
    """
    with turn(case=assignment.suggestion, actor=actor, at=at, via=via, on=on) as running:
        file = file_for("reclassify", running, assignment)
        reply = file.replies.latest("ordinal")
        files = fixed_text.files_of(file.assignment)
        ground = clearing.ground_of(running, file.assignment, files)
        fact = claims.fact_of(
            claim,
            reply=reply,
            outcome_class=outcome_class,
            ground=ground,
            at=at,
            # The first claim is that of the text itself, whether it brought one or not.
            ordinal=2 + file.acts.filter(move="reclassify").count(),
        )
        was = present_class(file, reply)
        return running.take(
            "reclassify",
            file,
            why=why,
            outcome_class=outcome_class,
            present_class=was,
            claim=claim,
            ground=ground,
            taken_over=via in clearing.TAKEN_OVER,
            data={"outcome_class": outcome_class, "was": was},
            facts=[fact] if fact else [],
        )


def present_class(file: ReplyFile, reply: Reply) -> str:
    """The class the reply bears now: its own, or what it was corrected to last."""
    corrected = file.acts.filter(move="reclassify").order_by("-seq").first()
    return str(corrected.data["outcome_class"]) if corrected else str(reply.outcome_class)
