"""The stages of the three lifecycles, the parties and the words for them (domain.md §3, §14)."""

from django.db import models
from django.utils.translation import pgettext_lazy as p_


class Stage(models.TextChoices):
    """Where a suggestion stands."""

    DRAFT = "draft", p_("stage", "Draft")
    SUBMITTED = "submitted", p_("stage", "Under review")
    RETURNED = "returned", p_("stage", "Returned for revision")
    REGISTERED = "registered", p_("stage", "Registered, to be assigned")
    IN_HANDLING = "in_handling", p_("stage", "In handling")
    REPLIED = "replied", p_("stage", "Replied, to be rated")
    CLOSED = "closed", p_("stage", "Closed")
    NOT_ACCEPTED = "not_accepted", p_("stage", "Not accepted")
    REFERENCE_ONLY = "reference_only", p_("stage", "For reference")
    WITHDRAWN = "withdrawn", p_("stage", "Withdrawn")


# The office has given it a number: it counts as received unless it is withdrawn later.
REGISTERED_OR_LATER = (
    Stage.REGISTERED,
    Stage.IN_HANDLING,
    Stage.REPLIED,
    Stage.CLOSED,
)
# Only the deputies who sign may know of it.
PRIVATE = (Stage.DRAFT,)
# Where a clock can run at all: the organs', or the deputy's for rating.
CLOCKS_RUN = (Stage.IN_HANDLING, Stage.REPLIED)
ENDED = (Stage.CLOSED, Stage.NOT_ACCEPTED, Stage.REFERENCE_ONLY, Stage.WITHDRAWN)


class AssignmentStage(models.TextChoices):
    """Where one organ stands with its part of a round."""

    ISSUED = "issued", p_("assignment stage", "To be acknowledged")
    ACKNOWLEDGED = "acknowledged", p_("assignment stage", "Acknowledged")
    HANDLING = "handling", p_("assignment stage", "In handling")
    OPINION_GIVEN = "opinion_given", p_("assignment stage", "Co-handling opinion given")
    REPLIED = "replied", p_("assignment stage", "Replied")
    DONE = "done", p_("assignment stage", "Done")
    STOPPED = "stopped", p_("assignment stage", "Stopped")
    REASSIGNED = "reassigned", p_("assignment stage", "Given to another organ")


# The organ still owes something.
OPEN_ASSIGNMENT = (
    AssignmentStage.ISSUED,
    AssignmentStage.ACKNOWLEDGED,
    AssignmentStage.HANDLING,
)


# An organ that was relieved of it is no organ of the case any more; its row stays as history.
CHARGED = ~models.Q(stage=AssignmentStage.REASSIGNED)


class ReplyStage(models.TextChoices):
    """Where an organ's reply stands before the deputy has it."""

    DRAFTING = "drafting", p_("reply stage", "Being drafted")
    IN_CLEARANCE = "in_clearance", p_("reply stage", "Being checked")
    SIGNED = "signed", p_("reply stage", "Signed, to be delivered")
    DELIVERED = "delivered", p_("reply stage", "Delivered")


class ReturnStanding(models.TextChoices):
    """Where an organ's latest dispute about its charge stands (architecture §4)."""

    REQUESTED = "return_requested", p_("return", "Another organ is asked")
    COORDINATING = "coordinating", p_("return", "To be decided")
    REFUSED = "return_refused", p_("return", "Refused, goes on")
    ESCALATED = "escalated", p_("return", "To be decided finally")
    REASSIGNED = "reassigned", p_("return", "Given to another organ")
    DECIDED = "decided", p_("return", "Decided finally")
    LAPSED = "lapsed", p_("return", "Overtaken by the work")


# Nobody owns the matter undisputed: an office has to decide.
CONTESTED = (
    ReturnStanding.REQUESTED,
    ReturnStanding.COORDINATING,
    ReturnStanding.ESCALATED,
)


class DecidedBy(models.TextChoices):
    """Which office settles a dispute; fixed when it begins."""

    CONGRESS_OFFICE = "congress_office", p_("arbiter", "Congress office")
    GOVERNMENT_OFFICE = "government_office", p_("arbiter", "Government office")
    # Of a dispute in which the congress office is a party itself.
    LEADER = "leader", p_("arbiter", "Leader of the congress")


class HandlingRole(models.TextChoices):
    """What an organ does in a suggestion (domain.md §3.8)."""

    LEAD = "lead", p_("handling role", "Lead")
    CO = "co", p_("handling role", "Co-handling")
    SOLE = "sole", p_("handling role", "Sole")
    SEPARATE = "separate", p_("handling role", "Separate")
    REFERENCE = "reference", p_("handling role", "For reference")


# One organ answers for all of it.
IN_CHARGE = (HandlingRole.LEAD, HandlingRole.SOLE)
# These organs answer the deputy themselves.
ANSWERING = (HandlingRole.LEAD, HandlingRole.SOLE, HandlingRole.SEPARATE)


class Signing(models.TextChoices):
    """Where a deputy's signature stands. Only the deputy himself confirms it."""

    LEAD = "lead", p_("signing", "Lead deputy")
    INVITED = "invited", p_("signing", "Invited, not yet confirmed")
    CONFIRMED = "confirmed", p_("signing", "Confirmed")
    DECLINED = "declined", p_("signing", "Declined")
    LAPSED = "lapsed", p_("signing", "Not confirmed in time")
