"""Whose business it is: an organ or the deputy objects, another is asked, an office decides.

Guards, shaped as in ``guards``, and the rows of the table. Beside what every step brings:
``limit``, the last day an organ may ask; ``mandate``, the duties it quotes; ``named``, the organ
it names; ``barred``, organs that were named or relieved in this dispute before;
``disputed_by``, the person who asked; ``organ``, whom the office charges; ``asked``, the organs
that were asked; ``relieved``, those that had it; ``elsewhere``, those that handle another part of
it; ``ground`` and ``consulted``.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.kernel.errors import Words
from huiyin.kernel.workflow import Move
from huiyin.organisations.models import Organ, System
from huiyin.rulebook import Arbiter, Rulebook
from huiyin.suggestions import rules
from huiyin.suggestions.lifecycle import guards
from huiyin.suggestions.lifecycle.guards import Brought
from huiyin.suggestions.models import Assignment
from huiyin.suggestions.stages import (
    CONTESTED,
    OPEN_ASSIGNMENT,
    AssignmentStage,
    DecidedBy,
    ReturnStanding,
)
from huiyin.ui.days import plain_day

# After so many refusals only the office can act (M4: "after the second refusal").
MOST_REFUSALS = 2


def is_first_round(case: Assignment, brought: Brought) -> Words | None:
    """Who is to handle it again is ordered with the organ that answered (上海市规定第21条)."""
    if case.round == 1:
        return None
    return _("It has been answered by your organ once; handling it again is not returned.")


def none_is_open(case: Assignment, brought: Brought) -> Words | None:
    if case.returning not in CONTESTED:
        return None
    return _("It is disputed already whose business it is; the decision is awaited.")


def not_decided_finally(case: Assignment, brought: Brought) -> Words | None:
    if case.returning != ReturnStanding.DECIDED:
        return None
    return _("It has been decided finally whose business it is.")


def asked_in_time(case: Assignment, brought: Brought) -> Words | None:
    limit = brought["limit"]
    if limit is None or brought["on"] <= limit:
        return None
    return _("The time to ask for a return ended on %(date)s; asked for late, nothing changes.") % {
        "date": plain_day(limit)
    }


def mandate_is_quoted(case: Assignment, brought: Brought) -> Words | None:
    """Where the rules want the reasons in writing, the duties they rest on are written too."""
    under: Rulebook = brought["rules"]
    if under.return_.written and not brought["mandate"].strip():
        return _("Quote the article of your organ's duties that you rely on.")
    return None


def deputy_may_object(case: Assignment, brought: Brought) -> Words | None:
    under: Rulebook = brought["rules"]
    if under.return_.deputy_may_object:
        return None
    return _("The rules give the deputy no objection to the assignment.")


def another_is_named(case: Assignment, brought: Brought) -> Words | None:
    named: Organ = brought["named"]
    if named.pk == case.organ_id:
        return _("Name another organ than the one that has it.")
    if named.congress_id != case.suggestion.congress_id or not named.exists_on(brought["on"]):
        return _("%(organ)s cannot be given work now; choose its successor.") % {
            "organ": named.name
        }
    if named.pk in brought["barred"]:
        return _("%(organ)s was named, or relieved of it, in an earlier round; name another.") % {
            "organ": named.name
        }
    return None


def an_answer_is_awaited(case: Assignment, brought: Brought) -> Words | None:
    return None if case.asked_organ_id else _("No organ's answer is awaited.")


def no_answer_is_awaited(case: Assignment, brought: Brought) -> Words | None:
    return _("Another organ has been asked and has not answered.") if case.asked_organ_id else None


def is_open(case: Assignment, brought: Brought) -> Words | None:
    return None if case.returning in CONTESTED else _("Nothing is disputed here.")


def is_not_final(case: Assignment, brought: Brought) -> Words | None:
    if case.returning != ReturnStanding.ESCALATED:
        return None
    return _("It was refused twice; what is decided now is final.")


def is_final(case: Assignment, brought: Brought) -> Words | None:
    if case.returning == ReturnStanding.ESCALATED:
        return None
    return _("A final decision follows the second refusal.")


def another_person_asked(case: Assignment, brought: Brought) -> Words | None:
    if brought["disputed_by"] == brought["actor"].person_id:
        return _("Whoever asked for the return does not decide on it.")
    return None


def within_its_reach(case: Assignment, brought: Brought) -> Words | None:
    """The government office settles the government's items (重庆市条例第20条)."""
    organ: Organ = brought["organ"]
    if case.arbiter == DecidedBy.GOVERNMENT_OFFICE and organ.system != System.GOVERNMENT:
        return _("The government office charges organs of the government only.")
    return None


def was_asked_first(case: Assignment, brought: Brought) -> Words | None:
    organ: Organ = brought["organ"]
    if organ.pk in brought["asked"]:
        return None
    return _("Ask %(organ)s first; then it can be charged.") % {"organ": organ.name}


def can_be_charged(case: Assignment, brought: Brought) -> Words | None:
    organ: Organ = brought["organ"]
    if organ.pk == case.organ_id:
        return _("%(organ)s has it already.") % {"organ": organ.name}
    if not organ.exists_on(brought["on"]):
        return _("%(organ)s cannot be given work now; choose its successor.") % {
            "organ": organ.name
        }
    if organ.pk in brought["elsewhere"]:
        return _("%(organ)s handles another part of it already.") % {"organ": organ.name}
    return None


def not_relieved_before(case: Assignment, brought: Brought) -> Words | None:
    """No ring: what was taken from an organ comes back to it by a final decision alone (T063)."""
    organ: Organ = brought["organ"]
    if case.returning == ReturnStanding.ESCALATED or organ.pk not in brought["relieved"]:
        return None
    return _("%(organ)s was relieved of it; only a final decision gives it back.") % {
        "organ": organ.name
    }


def final_names_its_ground(case: Assignment, brought: Brought) -> Words | None:
    """源文004 “找足法律依据和文件规定”."""
    if case.returning != ReturnStanding.ESCALATED or brought["ground"].strip():
        return None
    return _("A final decision names the law, document or duties it rests on.")


def others_were_consulted(case: Assignment, brought: Brought) -> Words | None:
    """上海市规定第17条: the deputies' body settles the government's items with its office."""
    under: Rulebook = brought["rules"]
    jointly = under.arbitration.by is Arbiter.JOINTLY and case.organ.system == System.GOVERNMENT
    if jointly and not brought["consulted"].strip():
        return _("By the rules this is settled together with the government office: say so.")
    return None


def arbiter_of(part: Assignment, named: Organ, *, under: Rulebook) -> DecidedBy:
    """The office that will settle it; never the one whose own charge it is.

    The government office where the rules say so and both organs are the government's; what lies
    between the systems is for the congress.
    """
    if part.organ.is_congress_office:
        return DecidedBy.LEADER
    within = part.organ.system == named.system == System.GOVERNMENT
    by_system = under.arbitration.by is Arbiter.BY_SYSTEM
    if by_system and within and not part.organ.is_government_office:
        return DecidedBy.GOVERNMENT_OFFICE
    return DecidedBy.CONGRESS_OFFICE


_OPEN = frozenset(OPEN_ASSIGNMENT)
_DECIDING = (guards.suggestion_is_in_handling, is_open, another_person_asked)
_CHARGING = (
    within_its_reach,
    can_be_charged,
    not_relieved_before,
    was_asked_first,
    final_names_its_ground,
    others_were_consulted,
)
RETURN = "上海市规定第14条；河南省办法第14条；重庆市条例第16条；源文004“及时受理调整申请”"
ARBITRATION = "山东省条例第12条；重庆市条例第20条；上海市规定第17条；源文004“协调解决交办分歧”"
GOES_ON = "青岛市条例第19条“未同意退回的，承办单位应当继续办理”"

MOVES = (
    Move(
        name="ask_return",
        label=p_("step", "Ask to return it"),
        consequence=_(
            "The organ you name is asked and an office decides; until then you go on handling it."
        ),
        sources=_OPEN,
        target=None,
        allowed=rules.acknowledges_it,
        guards=(
            guards.suggestion_is_in_handling,
            is_first_round,
            none_is_open,
            not_decided_finally,
            asked_in_time,
            mandate_is_quoted,
            another_is_named,
        ),
        must_say_why=True,
        notice="asked_organ,arbiters",
        document="return application",
        basis=RETURN,
    ),
    Move(
        name="object_to_organ",
        label=p_("step", "Object to the organ"),
        consequence=_("The organ you name is asked, an office decides, and you are told."),
        sources=_OPEN,
        target=None,
        allowed=rules.objects_to_organ,
        guards=(
            guards.suggestion_is_in_handling,
            deputy_may_object,
            none_is_open,
            not_decided_finally,
            another_is_named,
        ),
        must_say_why=True,
        notice="asked_organ,arbiters,liaisons",
        basis="上海市规定第14条“代表对交办或者分办有意见的”；源文004“代表或者承办单位提出的调整申请”",
    ),
    Move(
        name="ask_another",
        label=p_("step", "Ask another organ"),
        consequence=_("It is asked whether it takes the matter on; you decide with its answer."),
        sources=_OPEN,
        target=None,
        allowed=rules.settles_dispute,
        guards=(*_DECIDING, no_answer_is_awaited, within_its_reach, another_is_named),
        must_say_why=True,
        notice="asked_organ",
        basis=ARBITRATION,
    ),
    Move(
        name="take_it_on",
        label=p_("step", "Yes, it is ours"),
        consequence=_("You say that your organ takes it on; the office decides."),
        sources=_OPEN,
        target=None,
        allowed=rules.is_asked_to_take_it,
        guards=(guards.suggestion_is_in_handling, an_answer_is_awaited),
        primary=True,
        notice="arbiters,liaisons",
        basis=ARBITRATION,
    ),
    Move(
        name="decline_it",
        label=p_("step", "No, it is not ours"),
        consequence=_("You say why your organ does not take it on; the office decides."),
        sources=_OPEN,
        target=None,
        allowed=rules.is_asked_to_take_it,
        guards=(guards.suggestion_is_in_handling, an_answer_is_awaited),
        must_say_why=True,
        notice="arbiters,liaisons",
        basis=ARBITRATION,
    ),
    Move(
        name="reassign",
        label=p_("step", "Give it to another organ"),
        consequence=_("The organ is relieved; the other is charged and told today."),
        sources=_OPEN,
        target=AssignmentStage.REASSIGNED,
        allowed=rules.settles_dispute,
        guards=(*_DECIDING, *_CHARGING),
        must_say_why=True,
        primary=True,
        clock="its clocks stop, the other organ's start",
        notice="liaisons,objector",
        basis=RETURN,
    ),
    Move(
        name="refuse_return",
        label=p_("step", "Refuse: the organ goes on"),
        consequence=_("The organ goes on handling it. After a second refusal you decide finally."),
        sources=_OPEN,
        target=None,
        allowed=rules.settles_dispute,
        guards=(*_DECIDING, is_not_final, others_were_consulted),
        must_say_why=True,
        notice="liaisons,objector,leaders_when_final",
        basis=GOES_ON,
    ),
    Move(
        name="uphold",
        label=p_("step", "Decide finally: it stays"),
        consequence=_("The organ stays charged. This is binding; nobody can ask again."),
        sources=_OPEN,
        target=None,
        allowed=rules.settles_dispute,
        guards=(*_DECIDING, is_final, final_names_its_ground, others_were_consulted),
        must_say_why=True,
        notice="liaisons,objector,leaders",
        basis="源文004“最终确定还是省委政法委牵头主办”",
    ),
    Move(
        name="take_over",
        label=p_("step", "Charged in its place"),
        sources=frozenset({AssignmentStage.ISSUED}),
        target=None,
        allowed=rules.follows_from_it,
        clock="reply, co-opinion and acknowledgement start",
        notice="organs,deputies,electing_unit",
        document="assignment letter",
        basis=RETURN,
    ),
    Move(
        name="fold_in",
        label=p_("step", "Taken up in its new charge"),
        sources=_OPEN | {AssignmentStage.OPINION_GIVEN},
        target=AssignmentStage.REASSIGNED,
        allowed=rules.follows_from_it,
        clock="its clocks stop",
        basis=RETURN,
    ),
)
