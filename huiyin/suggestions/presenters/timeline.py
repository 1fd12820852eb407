"""The acts of a case as dated entries in plain words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.kernel.clock import ZONE
from huiyin.kernel.errors import Words
from huiyin.rulebook import REASONS
from huiyin.suggestions import held
from huiyin.suggestions.clearance import Level
from huiyin.suggestions.forms.rating import grade_label
from huiyin.suggestions.lifecycle import TABLES
from huiyin.suggestions.models import Act, Category, MeasureKind, OpinionMark, Rating, RulesApplied
from huiyin.suggestions.models.acts import Table, Via
from huiyin.suggestions.presenters import disputes_told, responsibility
from huiyin.suggestions.presenters.file import CaseFile, face_to_face
from huiyin.suggestions.presenters.sight import RATINGS
from huiyin.suggestions.stages import HandlingRole
from huiyin.ui.days import plain_day
from huiyin.ui.parts import Entry

WEIGHTY = frozenset(
    {
        "submit",
        "register",
        "return",
        "refuse",
        "withdraw",
        "assign",
        "carry",
        "hand_over",
        "deliver",
        "deliver_in_person",
        "rate",
        "change_rating",
        "enter_rating",
        "take_measure",
        "rehandle",
        "order_rehandling",
        "close",
        "close_without_feedback",
        "decline_rehandling",
        "take_over",
        "uphold",
        "reclassify",
    }
)


def entries(file: CaseFile) -> list[Entry]:
    """The story in order, as far as it is open to the reader."""
    shown = [act for act in file.acts if file.sight.sees_act(act, parts=file.by_part)]
    story = [entry(act, file=file) for act in shown]
    # The later first, so that no place counted for the next one has moved.
    for applied in reversed(file.applied):
        place = sum(act.at <= applied.decision.at for act in shown)
        story.insert(place, _brought(applied))
    return story


def _brought(applied: RulesApplied) -> Entry:
    decision = applied.decision
    return Entry(
        at=decision.at.astimezone(ZONE),
        what=pgettext("done", "Brought under the rules in force"),
        who=decision.post.person.name,
        post=decision.post.title,
        said=decision.why,
        url=reverse("suggestions:rules_decision", args=[decision.key]),
    )


def entry(act: Act, *, file: CaseFile) -> Entry:
    """One act: what was done, by whom in which post, and why."""
    return Entry(
        at=moment_of(act),
        what=what(act, file=file),
        who=act.post.person.name,
        post=post_of(act),
        on_behalf=act.on_behalf_of.person.name if act.on_behalf_of else "",
        said=_said(act, file=file),
        weighty=act.move in WEIGHTY,
    )


def moment_of(act: Act) -> datetime:
    """When it was done. What came in later from paper or a file stands at its own day."""
    local = act.at.astimezone(ZONE)
    if local.date() == act.on:
        return local
    return datetime.combine(act.on, datetime.min.time(), tzinfo=ZONE)


def post_of(act: Act) -> str:
    """The post in which it was done, and how it came in when not by page."""
    came = {
        Via.PAPER.value: _("entered from paper"),
        Via.IMPORT.value: _("imported"),
    }.get(act.via, "")
    return f"{act.post.title} · {came}" if came else act.post.title


def what(act: Act, *, file: CaseFile) -> Words:
    """The act in words that name what it was about."""
    said = _WORDS.get((act.table, act.move))
    return said(act, file) if said else done(act)


# What has been done, where the row's own label says what to do.
DONE: dict[tuple[str, str], Words] = {
    (Table.SUGGESTION, "submit"): p_("done", "Submitted"),
    (Table.SUGGESTION, "invite"): p_("done", "Co-signer invited"),
    (Table.SUGGESTION, "confirm_signature"): p_("done", "Signature confirmed"),
    (Table.SUGGESTION, "decline_signature"): p_("done", "Signature declined"),
    (Table.SUGGESTION, "agree_to_withdraw"): p_("done", "Withdrawal agreed to"),
    (Table.SUGGESTION, "withdraw"): p_("done", "Withdrawn"),
    (Table.SUGGESTION, "ask_review"): p_("done", "Others asked to review"),
    (Table.SUGGESTION, "give_verdict"): p_("done", "Verdict given"),
    (Table.SUGGESTION, "return"): p_("done", "Returned for revision"),
    (Table.SUGGESTION, "propose_wording"): p_("done", "Wording proposed"),
    (Table.SUGGESTION, "accept_wording"): p_("done", "Wording accepted"),
    (Table.SUGGESTION, "refuse_wording"): p_("done", "Own wording kept"),
    (Table.SUGGESTION, "refuse"): p_("done", "Not accepted"),
    (Table.SUGGESTION, "take_as_reference"): p_("done", "Taken as reference"),
    (Table.SUGGESTION, "merge"): p_("done", "Merged with another"),
    (Table.SUGGESTION, "unmerge"): p_("done", "Taken out of the group"),
    (Table.SUGGESTION, "close"): p_("done", "Closed"),
    (Table.SUGGESTION, "settle"): p_("done", "The time for changing the rating is over"),
    (Table.SUGGESTION, "report_pressure"): p_("done", "Told the office of a wish to change it"),
    (Table.SUGGESTION, "decline_rehandling"): p_("done", "No further handling"),
    (Table.SUGGESTION, "close_without_feedback"): p_("done", "Closed without feedback"),
    (Table.ASSIGNMENT, "acknowledge"): p_("done", "Receipt acknowledged"),
    (Table.ASSIGNMENT, "plan"): p_("done", "Handling plan entered"),
    (Table.ASSIGNMENT, "contact"): p_("done", "Contact with the deputy recorded"),
    (Table.ASSIGNMENT, "confirm_contact"): p_("done", "Contact confirmed by the deputy"),
    (Table.ASSIGNMENT, "contest_contact"): p_("done", "Contact contested by the deputy"),
    (Table.ASSIGNMENT, "exempt_contact"): p_("done", "Exempted from contact"),
    (Table.SUGGESTION, "waive_contact"): p_("done", "No contact needed in this round"),
    (Table.ASSIGNMENT, "give_opinion"): p_("done", "Co-handling opinion given"),
    (Table.ASSIGNMENT, "refuse_extension"): p_("done", "Extension refused"),
    (Table.ASSIGNMENT, "return_opinion"): p_("done", "Opinion returned as empty"),
    (Table.ASSIGNMENT, "countersign"): p_("done", "Reply countersigned"),
    (Table.ASSIGNMENT, "refuse_countersignature"): p_("done", "Countersigning refused"),
    **disputes_told.DONE,
    (Table.ASSIGNMENT, "sub_assign"): p_("done", "Shared out inside the organ"),
    (Table.ASSIGNMENT, "mark"): p_("done", "Marked by the organ"),
    (Table.REPLY, "send_to_check"): p_("done", "Reply sent to be checked"),
    (Table.REPLY, "pass_check"): p_("done", "Reply checked"),
    (Table.REPLY, "send_back"): p_("done", "Reply sent back"),
    (Table.REPLY, "sign"): p_("done", "Reply signed"),
    (Table.REPLY, "void_clearance"): p_("done", "Clearance void; those who gave it are gone"),
    (Table.REPLY, "sign_for"): p_("done", "Paper reply signed for"),
}


def done(act: Act) -> Words:
    """The act in the words of something that has happened."""
    named = DONE.get((act.table, act.move))
    return named or TABLES[Table(act.table)].find(act.move).label


def _registered(act: Act, _file: CaseFile) -> Words:
    category = dict(Category.choices).get(act.data.get("category", ""), "")
    words = {"number": act.data.get("number", ""), "category": category}
    return _("Registered as No. %(number)s (%(category)s)") % words


def _handed(act: Act, _file: CaseFile) -> Words:
    words = {"organ": act.data.get("name", "")}
    if act.move == "hand_over":
        return _("Handed to %(organ)s to be assigned") % words
    return _("%(organ)s sent it back to the congress office") % words


def _assigned(act: Act, file: CaseFile) -> Words:
    by_key = {
        organ.key: organ.name_on(part.assigned_on)
        for part in file.parts
        for organ in held.holders(part)
    }
    roles = dict(HandlingRole.choices)
    named = [
        _("%(organ)s (%(role)s)")
        % {
            "organ": by_key.get(each["organ"], ""),
            "role": roles.get(each["role"], ""),
        }
        for each in act.data.get("organs", [])
        if each["organ"] in by_key
    ]
    comma = pgettext("between organs", "; ")
    words = {"organs": comma.join(named)}
    if act.move == "circulate":
        return _("Circulated to %(organs)s") % words
    if act.data.get("wide"):
        return _("Assigned as broad and hard to %(organs)s") % words
    return _("Assigned to %(organs)s") % words


def _by_organ(act: Act, file: CaseFile) -> Words:
    part = file.by_part.get(act.assignment_id or 0)
    return f"{held.name_at(part, act)}　{done(act)}" if part else done(act)


def _passed(act: Act, file: CaseFile) -> Words:
    """Which level has passed the text; acts taken over from elsewhere carry none."""
    if "level" not in act.data:
        return _by_organ(act, file)
    words = {
        "done": _by_organ(act, file),
        "number": act.data["level"],
        "count": act.data["of"],
        "name": Level(act.data["name"], act.data["role"]).label,
    }
    return _("%(done)s (level %(number)s of %(count)s, %(name)s)") % words


def _reclassified(act: Act, file: CaseFile) -> Words:
    words = {
        "organ": _organ_of(act, file),
        "was": act.data["was"] or pgettext("class", "none"),
        "now": act.data["outcome_class"],
    }
    return _("%(organ)s corrected the class of its reply from %(was)s to %(now)s") % words


def _organ_of(act: Act, file: CaseFile) -> str:
    part = file.by_part.get(act.assignment_id or 0)
    return part.organ.name if part else ""


def _extension(act: Act, file: CaseFile) -> Words:
    part = file.by_part.get(act.assignment_id or 0)
    said = {
        "ask_extension": _("%(organ)s asked to answer by %(until)s"),
        "grant_extension": _("%(organ)s was granted an extension until %(until)s"),
        "extend": _("%(organ)s now answers by %(until)s"),
    }[act.move]
    until = plain_day(date.fromisoformat(act.data["until"]))
    return said % {"organ": held.name_at(part, act) if part else "", "until": until}


def _carried(act: Act, _file: CaseFile) -> Words:
    words = {"was": act.data["was"], "now": act.data["now"]}
    return _("Organs reformed: %(now)s goes on in place of %(was)s") % words


def _marked(act: Act, file: CaseFile) -> Words:
    part = file.by_part.get(act.assignment_id or 0)
    mark = dict(OpinionMark.choices).get(act.data.get("mark", ""), "")
    words = {"organ": part.organ.name if part else "", "mark": mark}
    return _("Opinion of %(organ)s: %(mark)s") % words


def _delivered(act: Act, file: CaseFile) -> Words:
    part = file.by_part.get(act.assignment_id or 0)
    reply = file.delivered(part) if part else None
    if part is None or reply is None:
        return done(act)
    words = {"organ": held.name_at(part, act), "class": reply.outcome_class}
    if not reply.outcome_class:
        return _("%(organ)s replied; the reply bears no class") % words
    return _("%(organ)s replied, class %(class)s") % words


def _rating_of(act: Act, file: CaseFile) -> Rating | None:
    """The rating an act gave; a later one bears its key, the first of a deputy needs none."""
    deputy = act.on_behalf_of_id or act.post_id
    own = [each for each in file.ratings if (each.round, each.deputy_id) == (act.round, deputy)]
    if key := act.data.get("rating"):
        return next((each for each in own if each.key == key), None)
    return own[0] if own else None


def _rated(act: Act, file: CaseFile) -> Words:
    rating = _rating_of(act, file)
    if rating is None:
        return done(act)
    named = (
        (_("attitude %(grade)s"), rating.attitude),
        (_("result %(grade)s"), rating.result),
    )
    comma = pgettext("between grades", ", ")
    grades = [said % {"grade": grade_label(code)} for said, code in named if code]
    said = {
        "change_rating": _("Rating changed: %(grades)s"),
        "enter_rating": _("Rating entered from paper: %(grades)s"),
        "rate_beside": _("Rated as co-signer: %(grades)s"),
    }.get(act.move, _("Rated: %(grades)s"))
    return said % {"grades": comma.join(grades)}


def _measure(act: Act, _file: CaseFile) -> Words:
    return MeasureKind(act.data["kind"]).label


def _in_person(act: Act, file: CaseFile) -> Words:
    part = file.by_part.get(act.assignment_id or 0)
    reply = file.delivered(part) if part else None
    record = face_to_face(reply) if reply else None
    if part is None or record is None:
        return done(act)
    words = {"organ": part.organ.name, "day": plain_day(record.held_on)}
    return _("%(organ)s answered face to face on %(day)s") % words


def _again(act: Act, _file: CaseFile) -> Words:
    words = {"number": act.data.get("follows_round", 1) + 1}
    if act.move == "rehandle":
        return _("Handled again: round %(number)s begins") % words
    return _("Handling again ordered: round %(number)s begins") % words


_WORDS: dict[tuple[str, str], Callable[[Act, CaseFile], Words]] = {
    (Table.SUGGESTION, "register"): _registered,
    (Table.SUGGESTION, "hand_over"): _handed,
    (Table.SUGGESTION, "hand_back"): _handed,
    (Table.SUGGESTION, "assign"): _assigned,
    (Table.SUGGESTION, "circulate"): _assigned,
    (Table.SUGGESTION, "rate"): _rated,
    (Table.SUGGESTION, "rate_beside"): _rated,
    (Table.SUGGESTION, "change_rating"): _rated,
    (Table.SUGGESTION, "enter_rating"): _rated,
    (Table.SUGGESTION, "take_measure"): _measure,
    (Table.SUGGESTION, "rehandle"): _again,
    (Table.SUGGESTION, "order_rehandling"): _again,
    (Table.ASSIGNMENT, "acknowledge"): _by_organ,
    (Table.ASSIGNMENT, "plan"): _by_organ,
    (Table.ASSIGNMENT, "contact"): _by_organ,
    (Table.ASSIGNMENT, "confirm_contact"): _by_organ,
    (Table.ASSIGNMENT, "contest_contact"): _by_organ,
    (Table.ASSIGNMENT, "exempt_contact"): _by_organ,
    (Table.ASSIGNMENT, "give_opinion"): _by_organ,
    (Table.ASSIGNMENT, "ask_extension"): _extension,
    (Table.ASSIGNMENT, "grant_extension"): _extension,
    (Table.ASSIGNMENT, "extend"): _extension,
    (Table.ASSIGNMENT, "refuse_extension"): _by_organ,
    (Table.ASSIGNMENT, "return_opinion"): _by_organ,
    (Table.ASSIGNMENT, "mark_opinion"): _marked,
    (Table.ASSIGNMENT, "countersign"): _by_organ,
    (Table.ASSIGNMENT, "refuse_countersignature"): _by_organ,
    (Table.ASSIGNMENT, "carry"): _carried,
    (Table.ASSIGNMENT, "urge"): _by_organ,
    (Table.REPLY, "void_clearance"): _by_organ,
    **disputes_told.WORDS,
    **responsibility.WORDS,
    (Table.REPLY, "send_to_check"): _by_organ,
    (Table.REPLY, "pass_check"): _passed,
    (Table.REPLY, "reclassify"): _reclassified,
    (Table.REPLY, "send_back"): _by_organ,
    (Table.REPLY, "sign"): _passed,
    (Table.REPLY, "deliver"): _delivered,
    (Table.REPLY, "deliver_in_person"): _in_person,
    (Table.REPLY, "sign_for"): _by_organ,
}


def _said(act: Act, *, file: CaseFile) -> Words:
    """The reason given, and the opinion of a rating."""
    if act.move in RATINGS:
        rating = _rating_of(act, file)
        return rating.comment if rating else ""
    if act.move == "sub_assign":
        return responsibility.note(act, file)
    reason = REASONS.get(act.reason_code)
    if reason is None:
        return act.why
    label = reason.label.said_in(get_language() or "")
    return _("%(kind)s: %(words)s") % {"kind": label, "words": act.why} if act.why else label


def since(file: CaseFile, *, seen: int) -> list[Entry]:
    """What happened after the act with that number, for a reader who was slower."""
    later = [act for act in file.acts if act.seq > seen]
    return [entry(act, file=file) for act in later if _tells(act, file)]


def _tells(act: Act, file: CaseFile) -> bool:
    return file.sight.sees_act(act, parts=file.by_part)
