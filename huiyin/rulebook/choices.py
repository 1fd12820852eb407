"""The closed choices of the packs: what a place can say where it does not say a number."""

from enum import StrEnum


class ReplySigner(StrEnum):
    HEAD = "head"
    MAIN_HEAD = "main_head"


class ReplyForm(StrEnum):
    WRITTEN = "written"
    WRITTEN_AND_PLATFORM = "written_and_platform"
    WRITTEN_AND_FACE = "written_and_face"
    FACE_OR_WRITTEN = "face_or_written"
    FACE_FIRST = "face_first"


class ReplyTo(StrEnum):
    """Whom the reply to a joint suggestion is delivered to."""

    EACH = "each"
    LEAD = "lead"
    EACH_OR_LEAD = "each_or_lead"  # each, unless the lead deputy agrees to pass it on


class Arbiter(StrEnum):
    """Who decides when organs disagree about whose business a suggestion is."""

    DEPUTIES_BODY = "deputies_body"
    JOINTLY = "jointly"  # the deputies' body; for the government's items with its office
    BY_SYSTEM = "by_system"  # the government office for the government's, the body for the rest


class Assigner(StrEnum):
    """Who names the organs that handle a suggestion."""

    CONGRESS_OFFICE = "congress_office"
    BY_SYSTEM = "by_system"  # a system's items may be handed to its office, which names them
    JOINTLY = "jointly"  # the congress office with the government office, which coordinates


class Granter(StrEnum):
    """Who lets an organ take longer than the ordinary limit."""

    ORGAN = "organ"  # nobody else: the organ only explains
    ASSIGNING_BODY = "assigning_body"
    DEPUTIES_BODY = "deputies_body"


class RatedBy(StrEnum):
    """Whose rating counts; one counted rating per suggestion and round."""

    LEAD = "lead"
    EACH = "each"
    GROUP_LEADER = "group_leader"


class ReasonAsked(StrEnum):
    """For which grades the deputy has to write why. He may for every grade."""

    NO_GRADE = "no_grade"
    NOT_SATISFIED = "not_satisfied"
    EVERY_GRADE = "every_grade"


class RehandleTrigger(StrEnum):
    AUTOMATIC = "automatic"
    BY_BODY = "by_body"


class SecondRefusal(StrEnum):
    """What follows when the deputy is not satisfied with the second reply either."""

    FOLLOWED_UP = "followed_up"
    FACE_TO_FACE = "face_to_face"
    MEETING = "meeting"
    EXPERTS = "experts"
    THIRD_PARTY = "third_party"


class WithdrawalUntil(StrEnum):
    ASSIGNED = "assigned"
    REPLIED = "replied"


class PassedBy(StrEnum):
    """Of whom more than half must be in favour, for a key topic to be closed."""

    ALL_MEMBERS = "all_members"
    PRESENT = "present"


class RateBase(StrEnum):
    """What the satisfaction rate is a share of."""

    RETURNED = "returned"
    REPLIED = "replied"
    ALL = "all"


class PromiseEnd(StrEnum):
    """Until when a promise without a period of its own is to be kept."""

    YEAR_END = "year_end"  # 31 December of the year of the reply
    PLAN_DATE = "plan_date"  # the day the plan or the reply names


class PromiseTold(StrEnum):
    """When the deputy hears what became of a promise."""

    WHEN_SOLVED = "when_solved"
    ANSWERED_AGAIN = "answered_again"  # by another reply
    FOURTH_QUARTER = "fourth_quarter"  # of every year, until it is kept


class PublishTexts(StrEnum):
    """Whether suggestions and replies themselves are made public."""

    MUST = "must"
    MAY = "may"
    REPORT = "report"  # only the report on the handling has to be


class SessionReport(StrEnum):
    """When the handling of the year is reported to the standing committee or the presidium."""

    NEXT_SESSION = "next_session"  # no time is set, but the next session gets it in print
    YEARLY = "yearly"
    MID_YEAR_AND_BEFORE_SESSION = "mid_year_and_before_session"
    BEFORE_SESSION = "before_session"
    FOURTH_QUARTER = "fourth_quarter"
    NOVEMBER = "november"
    ON_COMPLETION = "on_completion"


class Rounding(StrEnum):
    HALF_UP = "half_up"
    TRUNCATE = "truncate"


class Residual(StrEnum):
    """Which row absorbs what rounding leaves over, so that the parts print as 100."""

    NONE = "none"
    LARGEST = "largest"
