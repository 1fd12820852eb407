"""The stages and closed lists of this room (domain.md §3.16, §13 K, L, O)."""

from django.db import models
from django.utils.translation import pgettext_lazy as p_


class TopicStage(models.TextChoices):
    """Where a key topic stands."""

    PROPOSED = "proposed", p_("topic stage", "Proposed")
    DECIDED = "decided", p_("topic stage", "Decided")
    UNDER_SUPERVISION = "under_supervision", p_("topic stage", "Under supervision")
    REPORTED = "reported", p_("topic stage", "Reported, to be voted on")
    CONTINUED = "continued", p_("topic stage", "Continued next year")
    CLOSED = "closed", p_("topic stage", "Closed by vote")
    NOT_TAKEN = "not_taken", p_("topic stage", "Not taken up")


# The chairs' meeting has named it: the organs and deputies concerned know of it.
NAMED = (
    TopicStage.DECIDED,
    TopicStage.UNDER_SUPERVISION,
    TopicStage.REPORTED,
    TopicStage.CONTINUED,
    TopicStage.CLOSED,
)
# Its suggestions are still being pressed.
PRESSED = NAMED[:-1]


class Criterion(models.TextChoices):
    """Why a topic is proposed (山东 art. 14; 源文001)."""

    IMPORTANT = "important", p_("criterion", "Important for development or generally watched")
    MANY = "many", p_("criterion", "Raised by many deputies")
    WIDE = "wide", p_("criterion", "Comprehensive, wide and difficult")
    PRIORITY = "priority", p_("criterion", "Connected with this year's priorities")
    URGENT = "urgent", p_("criterion", "Strongly felt, urgent, can show effect soon")


class LeaderPart(models.TextChoices):
    """What a leader does about a key topic: 领办, 批办, 牵头督办."""

    LEADS = "leads", p_("leader's part", "Leads the handling")
    INSTRUCTS = "instructs", p_("leader's part", "Instructs")
    SUPERVISES = "supervises", p_("leader's part", "Leads the supervision")


class TopicView(models.TextChoices):
    """What a body says of a topic it was asked about."""

    AGREES = "agrees", p_("view", "Agrees")
    CHANGES = "changes", p_("view", "Agrees with changes")
    OPPOSES = "opposes", p_("view", "Does not agree")


class PassedBy(models.TextChoices):
    """Of whom more than half must be in favour; the rulebook says which."""

    ALL_MEMBERS = "all_members", p_("vote base", "All members")
    PRESENT = "present", p_("vote base", "Those present")


class SupervisionForm(models.TextChoices):
    """How somebody supervised (督办)."""

    ON_SITE = "on_site", p_("supervision", "On site")
    PHONE = "phone", p_("supervision", "By telephone")
    LETTER = "letter", p_("supervision", "By letter")
    MEETING = "meeting", p_("supervision", "Dispatch meeting")
    INSPECTION = "inspection", p_("supervision", "Inspection by deputies")
    HEARING = "hearing", p_("supervision", "Report heard and debated")
    PLATFORM = "platform", p_("supervision", "On the platform")
    GROUP_MESSAGE = "group_message", p_("supervision", "By group message")
    VIDEO = "video", p_("supervision", "By video")


class TiedTo(models.TextChoices):
    """The other form of supervision it was part of (源文001)."""

    ENFORCEMENT_CHECK = "enforcement_check", p_("tied to", "Law-enforcement check")
    SPECIAL_INQUIRY = "special_inquiry", p_("tied to", "Special inquiry")
    APPRAISAL = "appraisal", p_("tied to", "Appraisal of work")
    RESEARCH = "research", p_("tied to", "Research visit")
    REVISIT = "revisit", p_("tied to", "Revisit of a chosen set")


class ProblemStage(models.TextChoices):
    """Where a problem stands that supervision has found (源文002)."""

    FOUND = "found", p_("problem stage", "On the list")
    NOTIFIED = "notified", p_("problem stage", "Rectification asked")
    ANSWERED = "answered", p_("problem stage", "Answered, to be rechecked")
    FIXED = "fixed", p_("problem stage", "Rechecked, put right")


class RhythmKind(models.TextChoices):
    """How often something is done (domain.md §13, 62, 63, 152)."""

    WEEK = "week", p_("rhythm", "Every week")
    HALF_MONTH = "half_month", p_("rhythm", "Every half month")
    MONTH = "month", p_("rhythm", "Every month")
    QUARTER = "quarter", p_("rhythm", "Every quarter")
    HALF_YEAR = "half_year", p_("rhythm", "Every half year")
    YEAR = "year", p_("rhythm", "Every year")


class ProjectStage(models.TextChoices):
    """Where a micro-project of the special fund stands (微实事, 源文001)."""

    PROPOSED = "proposed", p_("project stage", "Applied for")
    APPROVED = "approved", p_("project stage", "Approved")
    DECLINED = "declined", p_("project stage", "Not approved")
    FINISHED = "finished", p_("project stage", "Finished")


class FundMove(models.TextChoices):
    """What changes the balance of a special fund."""

    BUDGET = "budget", p_("fund", "Budget")
    RESERVE = "reserve", p_("fund", "Set aside for a project")
    SPEND = "spend", p_("fund", "Spent")
    RETURN = "return", p_("fund", "Given back unspent")


class OutcomeKind(models.TextChoices):
    """What a suggestion has been turned into (成果转化, domain.md §13 P)."""

    DOCUMENT = "document", p_("outcome", "Document or regulation")
    PROJECT = "project", p_("outcome", "Project")
    MONEY = "money", p_("outcome", "Money")
    INDICATOR = "indicator", p_("outcome", "Indicator")
    RESEARCH = "research", p_("outcome", "Research report")
    INSTRUCTION = "instruction", p_("outcome", "Leader's instruction")


class PublicityKind(models.TextChoices):
    """Training of those who handle, and what the media reported."""

    TRAINING = "training", p_("publicity", "Training of handlers")
    ARTICLE = "article", p_("publicity", "Media report")


class PaperKind(models.TextChoices):
    """A dated document whose clauses plans and tasks cite."""

    OPINION = "opinion", p_("yearly paper", "Yearly opinion")
    PLAN = "plan", p_("yearly paper", "Plan of work")
    RULES = "rules", p_("yearly paper", "Working rules")
