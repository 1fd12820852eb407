"""What an act means beyond the stage it leads to: one effect per row of a lifecycle table."""

from __future__ import annotations

from datetime import date

from huiyin.suggestions.models import Act
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.stages import ANSWERING, Signing
from huiyin.suggestions.standing import (
    clearance,
    cohandling,
    handing,
    rating,
    reforming,
    responsibility,
    returning,
    urging,
)
from huiyin.suggestions.standing.columns import CaseFacts, Effect, ReplayError, Standing


def known(key: int | None) -> int:
    if key is None:
        raise ReplayError("an act names no subject")
    return key


def nothing(standing: Standing, act: Act, facts: CaseFacts) -> None:
    pass


def _submitted(standing: Standing, act: Act, facts: CaseFacts) -> None:
    standing.submitted_on = standing.submitted_on or act.on
    standing.raised = standing.raised or act.data["raised"]
    for post, signing in standing.signatures.items():
        if signing == Signing.INVITED:
            standing.signatures[post] = Signing.LAPSED


def _invited(standing: Standing, act: Act, facts: CaseFacts) -> None:
    standing.signatures[facts.signers[act.data["deputy"]]] = Signing.INVITED


def _signed(standing: Standing, act: Act, facts: CaseFacts) -> None:
    # On an imported paper others have signed than the clerk who brings it in.
    standing.signatures[act.on_behalf_of_id or act.post_id] = Signing.CONFIRMED


def _declined(standing: Standing, act: Act, facts: CaseFacts) -> None:
    standing.signatures[act.post_id] = Signing.DECLINED


def _registered(standing: Standing, act: Act, facts: CaseFacts) -> None:
    standing.registered_on = act.on
    standing.number = act.data["number"]
    standing.number_order = act.data["order"]
    standing.category = act.data["category"]


def _merged(standing: Standing, act: Act, facts: CaseFacts) -> None:
    standing.merge_group_id = act.merge_group_id


def _unmerged(standing: Standing, act: Act, facts: CaseFacts) -> None:
    standing.merge_group_id = None


def _assigned(standing: Standing, act: Act, facts: CaseFacts) -> None:
    standing.rating_open_until = None
    standing.round = act.data.get("follows_round", 0) + 1
    standing.first_assigned_on = standing.first_assigned_on or act.on
    charged = [part for part in facts.assignments if part.round == standing.round]
    answering = [part for part in charged if part.role in ANSWERING] or charged
    standing.lead_organ_id = standing.parts[answering[0].pk].organ_id if answering else None


def _answered(standing: Standing, act: Act, facts: CaseFacts) -> None:
    standing.first_replied_on = standing.first_replied_on or act.on
    standing.replied_on = act.on


def _closed(standing: Standing, act: Act, facts: CaseFacts) -> None:
    standing.closed_on, standing.rating_open_until = act.on, None


def _acknowledged(standing: Standing, act: Act, facts: CaseFacts) -> None:
    standing.parts[known(act.assignment_id)].acknowledged_on = act.on


def _part_done(standing: Standing, act: Act, facts: CaseFacts) -> None:
    standing.parts[known(act.assignment_id)].done_on = act.on


def _extension_asked(standing: Standing, act: Act, facts: CaseFacts) -> None:
    part = standing.parts[known(act.assignment_id)]
    part.extension_until = date.fromisoformat(act.data["until"])


def _extension_given(standing: Standing, act: Act, facts: CaseFacts) -> None:
    part = standing.parts[known(act.assignment_id)]
    part.extensions, part.extension_until = [*part.extensions, act.data["extension"]], None


def _extension_refused(standing: Standing, act: Act, facts: CaseFacts) -> None:
    standing.parts[known(act.assignment_id)].extension_until = None


EFFECTS: dict[tuple[str, str], Effect] = {
    **handing.EFFECTS,
    (Table.SUGGESTION, "submit"): _submitted,
    (Table.SUGGESTION, "invite"): _invited,
    (Table.SUGGESTION, "confirm_signature"): _signed,
    (Table.SUGGESTION, "decline_signature"): _declined,
    (Table.SUGGESTION, "register"): _registered,
    (Table.SUGGESTION, "merge"): _merged,
    (Table.SUGGESTION, "unmerge"): _unmerged,
    (Table.SUGGESTION, "assign"): _assigned,
    (Table.SUGGESTION, "circulate"): _assigned,
    (Table.SUGGESTION, "rehandle"): _assigned,
    (Table.SUGGESTION, "order_rehandling"): _assigned,
    (Table.SUGGESTION, "answer"): _answered,
    (Table.SUGGESTION, "close"): _closed,
    (Table.SUGGESTION, "decline_rehandling"): _closed,
    (Table.SUGGESTION, "close_without_feedback"): _closed,
    (Table.ASSIGNMENT, "acknowledge"): _acknowledged,
    (Table.ASSIGNMENT, "reply"): _part_done,
    (Table.ASSIGNMENT, "ask_extension"): _extension_asked,
    (Table.ASSIGNMENT, "grant_extension"): _extension_given,
    (Table.ASSIGNMENT, "extend"): _extension_given,
    (Table.ASSIGNMENT, "refuse_extension"): _extension_refused,
    **cohandling.EFFECTS,
    **reforming.EFFECTS,
    **returning.EFFECTS,
    **clearance.EFFECTS,
    **responsibility.EFFECTS,
    **rating.EFFECTS,
    **urging.EFFECTS,
}


def begins_round(act: Act) -> bool:
    """Whether the act charges the organs of a round."""
    return EFFECTS.get((act.table, act.move)) is _assigned
