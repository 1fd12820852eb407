"""What the record calls each step, and what those concerned are told of it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.suggestions import told_of_disputes, told_of_urgings
from huiyin.suggestions.lifecycle import TABLES

# Every step on the record bears the label of its row.
RECORDED: dict[str, Words] = {
    f"{table}.{row.name}": row.label
    for table, lifecycle in TABLES.items()
    for row in lifecycle.moves
} | {
    "suggestion.talk": _("Talk with the deputy recorded"),
    "reply.open": _("Reply opened by a deputy"),
    "redating.decide": _("Running clocks counted anew"),
    "suggestion.redate": _("Date changed"),
    "rules.apply": _("Open cases brought under other rules"),
    "scan.receive": _("Scanned paper received"),
    "scan.place": _("Scanned paper put to its suggestion"),
    "scan.set_aside": _("Scanned paper set aside"),
    "meeting.plan": _("Assignment meeting entered"),
    "meeting.change": _("Record of a meeting corrected"),
    "meeting.invite": _("Organs invited to a meeting"),
    "meeting.attendance": _("Attendance at a meeting noted"),
    "meeting.speech": _("Speech at a meeting recorded"),
    "meeting.attach": _("Paper added to a meeting"),
    "meeting.gather": _("Cases taken into a meeting's batch"),
    "meeting.drop": _("Case taken out of a meeting's batch"),
    "meeting.propose": _("Organs proposed for a meeting's batch"),
    "meeting.issue": _("Meeting's batch assigned"),
    "meeting.conclude": _("Record of a meeting concluded"),
    "return_cutoff.extend": _("Day for adjusting assignments moved"),
    "call_back.draw": _("Ratings to be called back drawn"),
    "call_back.call": _("Deputy called back about a rating"),
    "suggestion.apply_rules": _("Brought under other rules"),
    "responsibility.system": _("System of responsibility set"),
    "leader.add": _("Leader entered"),
    "leader.end": _("Leader left office"),
    "leader_act.record": _("Leaders' meeting or visit recorded"),
    "leader_act.strike": _("Record of a leaders' meeting or visit struck"),
    **told_of_urgings.RECORDED,
}

# event → (subject line, what is said). ``number`` is empty before registration.
TOLD: dict[str, tuple[Words, Words]] = {
    "suggestion.submit": (
        _("Submitted: %(title)s"),
        _("A suggestion has been submitted and waits for review."),
    ),
    "suggestion.invite": (
        _("Please confirm your signature: %(title)s"),
        _("You are asked to co-sign. Your name counts only after you have confirmed it yourself."),
    ),
    "suggestion.confirm_signature": (
        _("Signature confirmed: %(title)s"),
        _("A co-signer has confirmed his signature."),
    ),
    "suggestion.decline_signature": (
        _("Not signed: %(title)s"),
        _("A deputy you asked does not sign."),
    ),
    "suggestion.agree_to_withdraw": (
        _("Withdrawal agreed: %(title)s"),
        _("A co-signer agrees to the withdrawal."),
    ),
    "suggestion.withdraw": (
        _("Withdrawn: %(title)s"),
        _("The deputy has withdrawn it; handling stops. Reason: %(why)s"),
    ),
    "suggestion.ask_review": (
        _("Please review: %(title)s"),
        _("The congress office asks for your verdict before it registers this suggestion."),
    ),
    "suggestion.give_verdict": (
        _("Verdict in: %(title)s"),
        _("A party asked to review has given its verdict."),
    ),
    "suggestion.register": (
        _("Registered as No. %(number)s: %(title)s"),
        _("Your suggestion has been accepted and waits to be assigned."),
    ),
    "suggestion.return": (
        _("Please revise: %(title)s"),
        _("The congress office asks you to revise it. Reason: %(why)s"),
    ),
    "suggestion.propose_wording": (
        _("A wording is proposed: %(title)s"),
        _("The congress office proposes a wording. Accept it, or keep your own."),
    ),
    "suggestion.accept_wording": (
        _("Wording accepted: %(title)s"),
        _("The deputy has accepted the proposed wording."),
    ),
    "suggestion.refuse_wording": (
        _("Wording not accepted: %(title)s"),
        _("The deputy keeps his own wording."),
    ),
    "suggestion.refuse": (
        _("Not accepted: %(title)s"),
        _("It was not accepted as a suggestion. Reason: %(why)s"),
    ),
    "suggestion.take_as_reference": (
        _("Taken as reference: %(title)s"),
        _("It is passed on for study; no written reply follows. Reason: %(why)s"),
    ),
    "suggestion.merge": (
        _("Handled together: No. %(number)s %(title)s"),
        _("It is handled together with another on the same matter; each is answered."),
    ),
    "reform.carry": (
        _("Organs reformed: %(document)s"),
        _("%(count)s suggestions have come to your organ; their clocks go on as they were."),
    ),
    "reform.hand_over": (
        _("Organs reformed: %(document)s"),
        _("Another organ goes on with %(count)s of your suggestions; the due days stay."),
    ),
    "reply.void_clearance": (
        _("To be cleared again: No. %(number)s %(title)s"),
        _("Those who cleared the reply are gone with the reform of organs. Send it again."),
    ),
    "suggestion.unmerge": (
        _("Handled alone again: No. %(number)s %(title)s"),
        _("It has been taken out of its group. Reason: %(why)s"),
    ),
    "suggestion.hand_over": (
        _("Handed over: No. %(number)s %(title)s"),
        _("It has been handed to the office of the system, which names the organs."),
    ),
    "suggestion.hand_back": (
        _("Sent back: No. %(number)s %(title)s"),
        _("The office sends it back to be assigned by you. Reason: %(why)s"),
    ),
    "suggestion.assign": (
        _("Assigned: No. %(number)s %(title)s"),
        _("The organs that handle it have been named. The reply is due on %(due)s."),
    ),
    "suggestion.circulate": (
        _("For reference: No. %(number)s %(title)s"),
        _("It is circulated for study; by the deputy's wish no written reply follows."),
    ),
    "suggestion.rate": (
        _("Rated: No. %(number)s %(title)s"),
        _("The deputy has rated the handling."),
    ),
    "suggestion.rate_beside": (
        _("Rated by a co-signer: No. %(number)s %(title)s"),
        _("A co-signer has rated the handling."),
    ),
    "suggestion.change_rating": (
        _("Rating changed: No. %(number)s %(title)s"),
        _("The deputy has changed his rating; both are kept."),
    ),
    "suggestion.enter_rating": (
        _("A rating of yours was entered: No. %(number)s %(title)s"),
        _(
            "The congress office has entered a rating from a form that bears your signature. "
            "If you gave none, tell the office at once: the case has a button for it."
        ),
    ),
    "suggestion.settle": (
        _("Rating final: No. %(number)s %(title)s"),
        _("The deputy's rating is final; you can read grades and reasons in the case."),
    ),
    "suggestion.report_pressure": (
        _("A deputy is asked to change a rating: No. %(number)s %(title)s"),
        _("A deputy tells you so. Only the congress office reads it."),
    ),
    "suggestion.take_measure": (
        _("The congress body took it up: No. %(number)s %(title)s"),
        _("What was done about the second refusal is on record with its minutes."),
    ),
    "suggestion.rehandle": (
        _("To be handled again: No. %(number)s %(title)s"),
        _("The deputy is not satisfied with the result; a new round is due on %(due)s."),
    ),
    "suggestion.order_rehandling": (
        _("To be handled again: No. %(number)s %(title)s"),
        _("The congress body orders a new round, due on %(due)s. Reason: %(why)s"),
    ),
    "suggestion.decline_rehandling": (
        _("Closed: No. %(number)s %(title)s"),
        _("The congress body finds that no further handling is needed. Reason: %(why)s"),
    ),
    "suggestion.close_without_feedback": (
        _("Closed without feedback: No. %(number)s %(title)s"),
        _("The time for rating has passed; it counts as no answer."),
    ),
    "suggestion.remind_to_rate": (
        _("Please rate: No. %(number)s %(title)s"),
        _(
            "The time for rating ended on %(due)s. Please read the reply and rate it; otherwise it"
            " may be closed as not answered, which never counts as satisfied."
        ),
    ),
    "assignment.contact": (
        _("Was it so? Contact recorded: No. %(number)s %(title)s"),
        _("%(organ)s has recorded a talk with you. Please say whether it was so."),
    ),
    "assignment.confirm_contact": (
        _("Contact confirmed: No. %(number)s %(title)s"),
        _("The deputy confirms the contact that %(organ)s has recorded."),
    ),
    "assignment.contest_contact": (
        _("Contact contested: No. %(number)s %(title)s"),
        _("The deputy says that the contact %(organ)s has recorded was not so. %(why)s"),
    ),
    "assignment.exempt_contact": (
        _("Answered without contact: No. %(number)s %(title)s"),
        _("The head of %(organ)s exempts it from contact with you. Reason: %(why)s"),
    ),
    "suggestion.waive_contact": (
        _("No contact needed: No. %(number)s %(title)s"),
        _("The deputy needs no contact in this round. %(why)s"),
    ),
    "assignment.give_opinion": (
        _("Co-handling opinion: No. %(number)s %(title)s"),
        _("%(organ)s has given its opinion."),
    ),
    "assignment.return_opinion": (
        _("Opinion returned: No. %(number)s %(title)s"),
        _("The lead organ asks for another opinion by %(due)s. What it lacks: %(why)s"),
    ),
    "assignment.mark_opinion": (
        _("What became of an opinion: No. %(number)s %(title)s"),
        _("The lead organ has said whether the opinion of %(organ)s was adopted."),
    ),
    "assignment.ask_countersignature": (
        _("Please countersign: No. %(number)s %(title)s"),
        _("The reply waits for your organ's name; the lead organ states your opinion in it."),
    ),
    "assignment.countersign": (
        _("Countersigned: No. %(number)s %(title)s"),
        _("%(organ)s has countersigned the reply."),
    ),
    "assignment.refuse_countersignature": (
        _("Not countersigned: No. %(number)s %(title)s"),
        _("%(organ)s does not countersign; the text goes back. Reason: %(why)s"),
    ),
    "assignment.ask_extension": (
        _("Extension asked for: No. %(number)s %(title)s"),
        _("%(organ)s asks for more time to answer. Reason: %(why)s"),
    ),
    "assignment.extend": (
        _("Answered later: No. %(number)s %(title)s"),
        _("%(organ)s needs more time and answers by %(due)s. Reason: %(why)s"),
    ),
    "assignment.grant_extension": (
        _("Extension granted: No. %(number)s %(title)s"),
        _("%(organ)s has been given until %(due)s; the reason it gave stands in the case."),
    ),
    "assignment.refuse_extension": (
        _("Extension refused: No. %(number)s %(title)s"),
        _("The reply stays due on %(due)s. Reason: %(why)s"),
    ),
    "assignment.sub_assign": (
        _("Given to you: No. %(number)s %(title)s"),
        _("Your organ's liaison officer has given it to you or your division to handle."),
    ),
    "reply.send_to_check": (
        _("Reply to be cleared: No. %(number)s %(title)s"),
        _("A reply waits at your level. Read it, then pass it or send it back."),
    ),
    "reply.pass_check": (
        _("Reply to be cleared: No. %(number)s %(title)s"),
        _("A reply has passed a level and waits at yours."),
    ),
    "reply.send_back": (
        _("Reply sent back: No. %(number)s %(title)s"),
        _("Please rewrite it. Reason: %(why)s"),
    ),
    "reply.sign": (
        _("Reply signed: No. %(number)s %(title)s"),
        _("The reply has been signed and may be delivered."),
    ),
    "reply.deliver": (
        _("Reply received: No. %(number)s %(title)s"),
        _("%(organ)s has replied. The lead deputy rates the handling."),
    ),
    "reply.deliver_in_person": (
        _("Answered face to face: No. %(number)s %(title)s"),
        _("%(organ)s has entered the record of its answer in person. Rate the handling now."),
    ),
    "meeting.invite": (
        _("Invited: %(title)s"),
        _("You are invited to the assignment meeting on %(day)s, %(place)s."),
    ),
    "reply.reclassify": (
        _("Class corrected: No. %(number)s %(title)s"),
        _("%(organ)s has corrected the class of its reply. Reason: %(why)s"),
    ),
    "redating.calendar": (
        _("Dates changed by a notice on days off: %(count)s of your cases"),
        _("%(title)s has come out. See the list for each earlier and each new date."),
    ),
    "redating.rules": (
        _("Dates changed by a change of rules: %(count)s of your cases"),
        _("%(title)s. See the list for each earlier and each new date. Reason: %(why)s"),
    ),
    "rules.apply": (
        _("Other rules apply to %(count)s of your cases"),
        _(
            "The congress office has brought them under the rules in force now; their dates stay "
            "the same. Reason: %(why)s"
        ),
    ),
    **told_of_disputes.TOLD,
    **told_of_urgings.TOLD,
}
