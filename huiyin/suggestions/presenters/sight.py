"""What of a case each reader is shown. What is left out here reaches no template."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Role
from huiyin.suggestions.models import Act, Assignment, ReturnBy, Suggestion
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.stages import Signing

REVIEWING = (Role.CLERK, Role.GOVERNMENT_CLERK, Role.COMMITTEE)
ORGAN = (Role.LIAISON, Role.HANDLER, Role.CHECKER, Role.HEAD)

TALKERS = (Role.CLERK, Role.LEADER, Role.ELECTING_LIAISON)

AMONG_SIGNERS = ("invite", "confirm_signature", "decline_signature", "agree_to_withdraw")
AMONG_REVIEWERS = ("ask_review", "give_verdict")
WITH_THE_DEPUTY = ("propose_wording", "accept_wording", "refuse_wording", "return")
BETWEEN_ORGANS = (
    "return_opinion",
    "mark_opinion",
    "countersign",
    "refuse_countersignature",
)
INSIDE_THE_ORGAN = ("send_to_check", "pass_check", "send_back", "sign", "void_clearance")
WITH_THE_ORGANS = ("contact", "confirm_contact", "contest_contact", "exempt_contact")
CONTESTING = ("ask_return", "ask_another", "take_it_on", "decline_it", "refuse_return")
WITHIN_THE_ORGAN = ("sub_assign", "mark")
# What a rating is, in whatever way it was given.
RATINGS = ("rate", "rate_beside", "change_rating", "enter_rating")
JUDGEMENT = (*RATINGS, "settle", "report_pressure")
# They follow by themselves from a step that the story tells already.
UNSAID = ("answer", "reply", "inform", "finish", "stop", "fold_in", "ask_countersignature")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """The parts of a case that are open to one reader who may see the case itself."""

    actor: Actor
    signs: bool
    # The last round whose rating is final; a later one is between deputy and congress office.
    settled_round: int = 0

    @classmethod
    def of(cls, actor: Actor, case: Suggestion) -> Sight:
        standing = case.signatures_by_post.get(actor.post_id, "")
        signing = (Signing.LEAD, Signing.CONFIRMED, Signing.INVITED)
        signs = actor.role == Role.DEPUTY and standing in signing
        settled = case.round if case.is_rated else case.round - 1
        return cls(actor=actor, signs=signs, settled_round=settled)

    @property
    def review(self) -> bool:
        """Who was asked to review and what they found: advice to the congress office."""
        return self.actor.role in REVIEWING

    @property
    def wordings(self) -> bool:
        """What passed between the office and the deputy about the text."""
        return self.review or self.signs

    @property
    def work(self) -> bool:
        """Plans and contacts: everybody but the unit that elected the deputy."""
        return self.actor.role != Role.ELECTING_LIAISON

    @property
    def opinions(self) -> bool:
        """Co-handling opinions go to the lead organ and not to the deputy (X2)."""
        return self.work and self.actor.role != Role.DEPUTY

    @property
    def talks(self) -> bool:
        """Talks of the congress office and the electing unit: for those two and the leaders who
        oversee them, never for the organs."""
        return self.actor.role in TALKERS

    @property
    def disputes(self) -> bool:
        """Whose business it is, as organs and offices argue it; the deputy is told the result."""
        return self.opinions

    @property
    def charges(self) -> bool:
        """The offices through whose hands every assignment goes."""
        return self.actor.role in (Role.CLERK, Role.GOVERNMENT_CLERK)

    @property
    def notices(self) -> bool:
        """Whom the notices of the case have reached."""
        return self.actor.role == Role.CLERK

    @property
    def paper(self) -> bool:
        """The scan of a signed paper, which bears addresses and telephone numbers."""
        return self.signs or self.actor.role == Role.CLERK

    def sees_rating(self, round_: int, *, deputy: int) -> bool:
        """A rating of the round, given by the deputy in that post.

        Until it is final, he and the congress office alone: whoever is rated must not be able to
        work on it.
        """
        return round_ <= self.settled_round or self.confided(deputy)

    def confided(self, deputy: int) -> bool:
        """What the deputy in that post says to the congress office and to nobody else."""
        return self.actor.role == Role.CLERK or self.actor.post_id == deputy

    def writes_for(self, organ_id: int) -> bool:
        """Whether the reader works in the organ, so that its unsent reply is open to him."""
        return self.actor.role in ORGAN and self.actor.organ_id == organ_id

    def looks_into(self, organ_id: int) -> bool:
        """Who inside the organ has it, and its marks: its own people's, and those who charge it."""
        return self.charges or self.writes_for(organ_id)

    def sees_act(self, act: Act, *, parts: dict[int, Assignment]) -> bool:
        """Whether the story tells this reader of ``act``."""
        if act.move in UNSAID:
            return False
        if act.move in JUDGEMENT:
            return self._sees_judgement(act)
        if act.table == Table.REPLY and act.move in INSIDE_THE_ORGAN:
            part = parts.get(act.assignment_id or 0)
            return part is not None and self.writes_for(part.organ_id)
        if act.move in WITHIN_THE_ORGAN:
            part = parts.get(act.assignment_id or 0)
            return part is not None and self.looks_into(part.organ_id)
        return self._sees_what_organs_say(act) and self._sees_what_others_say(act)

    def _sees_what_organs_say(self, act: Act) -> bool:
        if act.move in WITH_THE_ORGANS:
            return self.work
        if act.move in CONTESTING:
            return self.disputes or (self.signs and act.data.get("by") == ReturnBy.DEPUTY)
        return self.opinions if act.move in BETWEEN_ORGANS else True

    def _sees_what_others_say(self, act: Act) -> bool:
        if act.move in AMONG_SIGNERS:
            return self.signs or self.actor.role == Role.CLERK
        if act.move in AMONG_REVIEWERS:
            return self.review
        return self.wordings if act.move in WITH_THE_DEPUTY else True

    def _sees_judgement(self, act: Act) -> bool:
        if act.move == "report_pressure":
            return self.confided(act.post_id)
        if act.move == "settle":
            # Where there was no time to change it, the rating itself has told it.
            return bool(act.data)
        return self.sees_rating(act.round, deputy=act.on_behalf_of_id or act.post_id)
