"""Who may: one sentence of the regulations each.

Every rule has the shape ``(actor, case) -> bool``; the first docstring line is printed in the
documentation. The case is the suggestion, an assignment or a reply file, as the table says. A rule
first asks for the actor's congress: an office next door has no say.
"""

from __future__ import annotations

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Role, Standing
from huiyin.suggestions.models import Assignment, AssignmentMeeting, ReplyFile, Suggestion
from huiyin.suggestions.models.review import ReviewPart
from huiyin.suggestions.stages import ANSWERING, DecidedBy, HandlingRole, Signing

# In which role the office that settles a dispute acts.
ARBITERS: dict[str, str] = {
    DecidedBy.CONGRESS_OFFICE: Role.CLERK,
    DecidedBy.GOVERNMENT_OFFICE: Role.GOVERNMENT_CLERK,
    DecidedBy.LEADER: Role.LEADER,
}


def is_lead_deputy(actor: Actor, case: Suggestion) -> bool:
    """The deputy who signed first. Co-signers read along but do not decide."""
    return _is_deputy(actor, case) and case.lead_id == actor.post_id


def writes_it(actor: Actor, case: Suggestion) -> bool:
    """The lead deputy, while his mandate is in force; or the clerk who typed in his paper."""
    if case.lead.standing != Standing.ACTIVE:
        return False
    return is_lead_deputy(actor, case) or _entered_it(actor, case)


def is_invited(actor: Actor, case: Suggestion) -> bool:
    """A deputy invited to co-sign who has not answered yet. Nobody answers for him."""
    if not _is_deputy(actor, case) or actor.post.standing != Standing.ACTIVE:
        return False
    return case.signatures_by_post.get(actor.post_id) == Signing.INVITED


def is_cosigner(actor: Actor, case: Suggestion) -> bool:
    """A deputy who has confirmed his signature."""
    if not _is_deputy(actor, case):
        return False
    return case.signatures_by_post.get(actor.post_id) == Signing.CONFIRMED


def is_clerk(actor: Actor, case: Suggestion) -> bool:
    """Staff of the congress body that receives and assigns suggestions."""
    return actor.role == Role.CLERK and actor.congress_id == case.congress_id


def assigns_it(actor: Actor, case: Suggestion) -> bool:
    """Staff of the congress body; once handed to a system's office, the clerk of that office."""
    return is_clerk(actor, case) if case.office_id is None else works_in_its_office(actor, case)


def works_in_its_office(actor: Actor, case: Suggestion) -> bool:
    """The government office's clerk or the party office's liaison officer, where it lies there."""
    same = case.office_id is not None and actor.organ_id == case.office_id
    return same and actor.congress_id == case.congress_id and shares_out(actor)


def shares_out(actor: Actor) -> bool:
    """Whether the post is one that names organs of its system."""
    if actor.organ_id is None:
        return False
    if actor.role == Role.GOVERNMENT_CLERK:
        return True
    organ = actor.post.organ
    return actor.role == Role.LIAISON and organ is not None and organ.is_party_office


def holds_meetings(actor: Actor) -> bool:
    """Staff of the congress body, or the clerk of an office for its own concentrated meeting."""
    return actor.role == Role.CLERK or shares_out(actor)


def keeps_meeting(actor: Actor, meeting: AssignmentMeeting) -> bool:
    """Whoever holds meetings in the office that held this one."""
    if actor.congress_id != meeting.congress_id:
        return False
    if meeting.office_id is None:
        return actor.role == Role.CLERK
    return actor.organ_id == meeting.office_id and shares_out(actor)


def is_asked_to_review(actor: Actor, case: Suggestion) -> bool:
    """The government office or a committee that the congress office asked to review with it."""
    if actor.congress_id != case.congress_id:
        return False
    if actor.role == Role.GOVERNMENT_CLERK:
        return (ReviewPart.GOVERNMENT_OFFICE, None) in case.review_parts
    if actor.role == Role.COMMITTEE:
        return (ReviewPart.COMMITTEE, actor.organ_id) in case.review_parts
    return False


def rates_it(actor: Actor, case: Suggestion) -> bool:
    """The lead deputy, in his own session. No organ and no office can rate for him."""
    return is_lead_deputy(actor, case) and actor.post.standing != Standing.SUSPENDED


def rates_beside(actor: Actor, case: Suggestion) -> bool:
    """A co-signer, in his own session, where the rules have each deputy rate."""
    return is_cosigner(actor, case) and actor.post.standing != Standing.SUSPENDED


def has_signed(actor: Actor, case: Suggestion) -> bool:
    """A deputy who has signed it, as lead deputy or with others."""
    return is_lead_deputy(actor, case) or is_cosigner(actor, case)


def handles_it(actor: Actor, case: Assignment) -> bool:
    """The organ's liaison officer or a handler; shared out, only the handler it was given to."""
    if not _of_organ(actor, case):
        return False
    return actor.role == Role.LIAISON or (actor.role == Role.HANDLER and was_given(actor, case))


def was_given(actor: Actor, case: Assignment) -> bool:
    """Whether it is his: given to him, to his division, or to nobody in particular.

    ``selectors.given_to`` is the same in SQL.
    """
    if case.handler_id is not None:
        return case.handler_id == actor.post_id
    return case.division_id in (None, actor.post.inner_division_id)


def shares_it_out(actor: Actor, case: Assignment) -> bool:
    """The liaison officer of the organ charged with it."""
    return acknowledges_it(actor, case)


def marks_it(actor: Actor, case: Assignment) -> bool:
    """The liaison officer or the head of the organ charged with it."""
    return actor.role in (Role.LIAISON, Role.HEAD) and _of_organ(actor, case)


def acknowledges_it(actor: Actor, case: Assignment) -> bool:
    """The liaison officer of the organ charged with it."""
    return actor.role == Role.LIAISON and _of_organ(actor, case)


def gives_opinion(actor: Actor, case: Assignment) -> bool:
    """The liaison officer or a handler of a co-handling organ; it answers through the lead."""
    return handles_it(actor, case) and case.role == HandlingRole.CO


def leads_beside(actor: Actor, case: Assignment) -> bool:
    """The liaison officer or a handler of the lead organ, of a co-handling organ's part."""
    if actor.role not in (Role.LIAISON, Role.HANDLER) or case.role != HandlingRole.CO:
        return False
    return actor.organ_id is not None and actor.organ_id == case.suggestion.lead_organ_id


def countersigns(actor: Actor, case: Assignment) -> bool:
    """The head of a co-handling organ; its handlers prepare, its name is his to give."""
    return actor.role == Role.HEAD and _of_organ(actor, case) and case.role == HandlingRole.CO


def asks_extension(actor: Actor, case: Assignment) -> bool:
    """The liaison officer or the head of an organ that answers the deputy."""
    asks = actor.role in (Role.LIAISON, Role.HEAD) and _of_organ(actor, case)
    return asks and case.role in ANSWERING


def decides_extension(actor: Actor, case: Assignment) -> bool:
    """Staff of the congress body that assigned it; never the organ itself."""
    return is_clerk(actor, case.suggestion)


def urges_it(actor: Actor, case: Assignment) -> bool:
    """Staff of the congress body; once handed to a system's office, that office's clerk too."""
    return is_clerk(actor, case.suggestion) or works_in_its_office(actor, case.suggestion)


def answers_for_contact(actor: Actor, case: Assignment) -> bool:
    """The lead deputy or a co-signer, himself. Nobody says for him that he was spoken with."""
    if not _is_deputy(actor, case.suggestion) or actor.post.standing == Standing.SUSPENDED:
        return False
    signed = case.suggestion.signatures_by_post.get(actor.post_id)
    return signed in (Signing.LEAD, Signing.CONFIRMED)


def waives_contact(actor: Actor, case: Suggestion) -> bool:
    """The lead deputy, in his own session. No organ and no office can waive for him."""
    return rates_it(actor, case)


def exempts_from_contact(actor: Actor, case: Assignment) -> bool:
    """The head of the organ that answers, by name; never a handler or an inner division."""
    heads = actor.role == Role.HEAD and _of_organ(actor, case)
    return heads and case.role in ANSWERING


def objects_to_organ(actor: Actor, case: Assignment) -> bool:
    """The lead deputy, where the organ answers him."""
    return rates_it(actor, case.suggestion) and case.role in ANSWERING


def is_asked_to_take_it(actor: Actor, case: Assignment) -> bool:
    """The liaison officer of the organ that was named and has not answered yet."""
    asked = actor.organ_id is not None and actor.organ_id == case.asked_organ_id
    return asked and actor.role == Role.LIAISON


def settles_dispute(actor: Actor, case: Assignment) -> bool:
    """The office the rules name as arbiter; never on the charge of its own organ."""
    if actor.congress_id != case.suggestion.congress_id or _of_organ(actor, case):
        return False
    return bool(case.arbiter) and actor.role == ARBITERS[case.arbiter]


def drafts_reply(actor: Actor, case: ReplyFile) -> bool:
    """The liaison officer or a handler of the organ that answers the deputy."""
    assignment = case.assignment
    return handles_it(actor, assignment) and assignment.role in ANSWERING


def checks_reply(actor: Actor, case: ReplyFile) -> bool:
    """A checker or a head of the organ that answers, at the level that is his."""
    return sends_reply_back(actor, case)


def sends_reply_back(actor: Actor, case: ReplyFile) -> bool:
    """A checker or the head of the organ that answers."""
    return actor.role in (Role.CHECKER, Role.HEAD) and _of_organ(actor, case.assignment)


def signs_reply(actor: Actor, case: ReplyFile) -> bool:
    """The head of the organ that answers; never an inner division."""
    return actor.role == Role.HEAD and _of_organ(actor, case.assignment)


def delivers_reply(actor: Actor, case: ReplyFile) -> bool:
    """The liaison officer of the organ that answers."""
    return acknowledges_it(actor, case.assignment)


def enters_receipt(actor: Actor, case: ReplyFile) -> bool:
    """Staff of the congress body, from the slip the deputy signed; never the organ itself."""
    return is_clerk(actor, case.assignment.suggestion)


def follows_from_it(actor: Actor, case: object) -> bool:
    """Nobody presses this: it follows from another step in the same transaction."""
    return False


def _is_deputy(actor: Actor, case: Suggestion) -> bool:
    return actor.role == Role.DEPUTY and actor.congress_id == case.congress_id


def _entered_it(actor: Actor, case: Suggestion) -> bool:
    return is_clerk(actor, case) and case.entered_by_id is not None


def _of_organ(actor: Actor, case: Assignment) -> bool:
    return actor.organ_id is not None and actor.organ_id == case.organ_id
