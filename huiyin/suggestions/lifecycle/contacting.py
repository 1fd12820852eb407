"""Contact with the deputy: who records it, who says whether it was so, what opens its gates.

Guards are shaped as in ``guards``. Beside what every step brings: ``spoken``, what has passed
between the organ and the deputy in the part's round (``spoken.Spoken``); ``held_on`` and ``phase``
of a contact; for an answer ``named``, the posts that may give it, and ``last``, his own last one.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django.utils.translation import pgettext_lazy as p_

from huiyin.kernel.errors import Words
from huiyin.kernel.workflow import Move
from huiyin.rulebook import Rulebook
from huiyin.suggestions import rules
from huiyin.suggestions.lifecycle import guards
from huiyin.suggestions.lifecycle.guards import Brought
from huiyin.suggestions.models import Assignment, ReplyFile, Suggestion
from huiyin.suggestions.models.handling import ContactPhase
from huiyin.suggestions.spoken import Said, Spoken
from huiyin.suggestions.stages import ANSWERING, AssignmentStage, Stage
from huiyin.ui.days import plain_day

L25_51 = "代表法（2025）第51条“与代表联系沟通，充分听取意见”"
NOT_BY_OTHERS = "源文003“坚决杜绝‘被满意’现象”"
WORKING = frozenset({AssignmentStage.ACKNOWLEDGED.value, AssignmentStage.HANDLING.value})
# After its opinion or reply too, and once the case is closed: the organ asks how it went (回访).
SPEAKING = WORKING | {
    AssignmentStage.OPINION_GIVEN.value,
    AssignmentStage.REPLIED.value,
    AssignmentStage.DONE.value,
}


def held_in_this_round(case: Assignment, brought: Brought) -> Words | None:
    if brought["held_on"] >= case.assigned_on:
        return None
    return _("This handling began on %(date)s; an earlier talk does not count for it.") % {
        "date": plain_day(case.assigned_on)
    }


def is_of_the_last_round(case: Assignment, brought: Brought) -> Words | None:
    if case.round == case.suggestion.round:
        return None
    return _("This round is over; record it in the running one.")


def phase_fits(case: Assignment, brought: Brought) -> Words | None:
    """Before and during end where the organ's reply or opinion went out; after begins there."""
    held_on, after = brought["held_on"], brought["phase"] == ContactPhase.AFTER
    if case.done_on is None:
        return _("The reply has not gone out yet; choose before or during.") if after else None
    if after and held_on < case.done_on:
        return _("On that day the reply had not gone out yet; choose before or during.")
    if not after and held_on > case.done_on:
        return _("On that day the reply had gone out already; choose after.")
    return None


def may_answer_for_it(case: Assignment, brought: Brought) -> Words | None:
    if brought["actor"].post_id in brought["named"]:
        return None
    return _("Only the lead deputy and the deputies named in the record answer for it.")


def says_something_new(case: Assignment, brought: Brought) -> Words | None:
    last: Said | None = brought["last"]
    if last is None or (last.confirmed, last.word) != (brought["confirmed"], brought["word"]):
        return None
    return _("You have already said so; it is on record.")


def spoken_before_handling(case: Assignment, brought: Brought) -> Words | None:
    spoken: Spoken = brought["spoken"]
    if case.role not in ANSWERING or spoken.may_plan(brought["rules"]):
        return None
    return _(
        "First speak with the deputy and record it: the rules ask for contact before handling."
    )


def spoken_before_reply(case: ReplyFile, brought: Brought) -> Words | None:
    return _lacking(brought["spoken"], brought["rules"])


def _lacking(spoken: Spoken, book: Rulebook) -> Words | None:
    if spoken.may_reply(book):
        return None
    if spoken.awaited_until:
        return _(
            "The deputy has not yet said whether the contact was so; he has until %(date)s."
        ) % {"date": plain_day(spoken.awaited_until)}
    if spoken.confirmed:
        asked = book.contact.face_to_face
        return ngettext_lazy(
            "The rules ask for %(asked)s talk face to face, confirmed by the deputy, before the "
            "reply; %(held)s was held.",
            "The rules ask for %(asked)s talks face to face, confirmed by the deputy, before the "
            "reply; %(held)s were held.",
            "asked",
        ) % {"asked": asked, "held": spoken.face_to_face}
    if spoken.recorded:
        return _(
            "The deputy has not confirmed the contact in time. Speak with him again, or the head "
            "of your organ exempts it in writing."
        )
    return _("First speak with the deputy and record it; he confirms it before the reply goes on.")


def something_is_lacking(case: Assignment, brought: Brought) -> Words | None:
    spoken: Spoken = brought["spoken"]
    book: Rulebook = brought["rules"]
    if spoken.may_plan(book) and spoken.may_reply(book):
        return _("No contact is lacking; there is nothing to exempt.")
    return None


def no_answer_is_awaited(case: Assignment, brought: Brought) -> Words | None:
    spoken: Spoken = brought["spoken"]
    if spoken.awaited_until is None:
        return None
    return _("The deputy may still answer until %(date)s; wait for his word.") % {
        "date": plain_day(spoken.awaited_until)
    }


def not_waived_yet(case: Suggestion, brought: Brought) -> Words | None:
    return _("You have waived contact for this round already.") if brought["waived"] else None


# The deputy's own step on his suggestion.
WAIVING = (
    Move(
        name="waive_contact",
        label=p_("step", "No contact is needed"),
        consequence=_("The organs may answer you in this round without speaking with you first."),
        sources=frozenset({Stage.IN_HANDLING.value}),
        target=None,
        allowed=rules.waives_contact,
        guards=(not_waived_yet,),
        notice="organs,clerks",
        basis="源文003“除代表特殊要求外”",
    ),
)
MOVES = (
    Move(
        name="contact",
        label=p_("step", "Record a contact with the deputy"),
        sources=SPEAKING,
        target=None,
        allowed=rules.handles_it,
        guards=(
            guards.contact_not_in_the_future,
            is_of_the_last_round,
            held_in_this_round,
            phase_fits,
        ),
        notice="met_deputies",
        basis=L25_51,
    ),
    Move(
        name="confirm_contact",
        label=p_("step", "Confirm the contact"),
        sources=SPEAKING | {AssignmentStage.STOPPED.value},
        target=None,
        allowed=rules.answers_for_contact,
        guards=(may_answer_for_it, says_something_new),
        notice="handlers",
        basis=NOT_BY_OTHERS,
    ),
    Move(
        name="contest_contact",
        label=p_("step", "Contest the contact"),
        sources=SPEAKING | {AssignmentStage.STOPPED.value},
        target=None,
        allowed=rules.answers_for_contact,
        guards=(may_answer_for_it, says_something_new),
        notice="handlers,clerks",
        basis=NOT_BY_OTHERS,
    ),
    Move(
        name="exempt_contact",
        label=p_("step", "Exempt from contact"),
        consequence=_("Your name and your reason stand in the case; exemptions are counted."),
        sources=WORKING,
        target=None,
        allowed=rules.exempts_from_contact,
        guards=(guards.suggestion_is_in_handling, something_is_lacking, no_answer_is_awaited),
        must_say_why=True,
        notice="deputies,clerks",
        basis="源文004“无法与代表当面沟通的单位”；例外由负责人书面具名，逐件计数",
    ),
)
