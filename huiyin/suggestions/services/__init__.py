"""The only writers of this room. Each function is one act of the office, in one transaction.

All take keyword arguments; ``actor`` and ``at`` always among them. They raise the errors of
``kernel.errors`` and have then changed nothing.
"""

from huiyin.suggestions.services.assigning import assign, assign_many, circulate
from huiyin.suggestions.services.calendar import load_notice, preview_notice
from huiyin.suggestions.services.calling_back import draw_call_backs, record_call_back
from huiyin.suggestions.services.cohandling import (
    countersign,
    mark_opinion,
    refuse_countersignature,
    return_opinion,
    save_opinion_draft,
)
from huiyin.suggestions.services.contacting import (
    answer_contact,
    exempt_contact,
    record_contact,
    waive_contact,
)
from huiyin.suggestions.services.cutoff import extend_cutoff
from huiyin.suggestions.services.delivering import (
    deliver,
    deliver_in_person,
    open_replies,
    sign_for,
)
from huiyin.suggestions.services.extending import (
    ask_extension,
    grant_extension,
    refuse_extension,
)
from huiyin.suggestions.services.handing import (
    hand_back,
    hand_back_many,
    hand_over,
    hand_over_many,
)
from huiyin.suggestions.services.handling import acknowledge, give_opinion, plan
from huiyin.suggestions.services.levels import set_levels
from huiyin.suggestions.services.meeting import (
    add_speech,
    attach_paper,
    change_meeting,
    conclude_meeting,
    invite_organs,
    note_attendance,
    plan_meeting,
)
from huiyin.suggestions.services.meeting_batch import (
    drop_case,
    gather_cases,
    issue_batch,
    propose,
)
from huiyin.suggestions.services.merging import (
    for_each,
    merge,
    merge_many,
    spread_reply,
    unmerge,
)
from huiyin.suggestions.services.organ_leaders import (
    add_leader,
    end_leader,
    record_leader_act,
    set_system,
    strike_leader_act,
)
from huiyin.suggestions.services.rating import (
    change_rating,
    enter_rating,
    rate,
    rate_beside,
    report_pressure,
    settle_ratings,
)
from huiyin.suggestions.services.receiving import place_scan, receive_scan, set_scan_aside
from huiyin.suggestions.services.reclassifying import reclassify
from huiyin.suggestions.services.rederiving import rederive
from huiyin.suggestions.services.reforming import reform_organs
from huiyin.suggestions.services.rehandling import (
    close_without_feedback,
    decline_rehandling,
    order_rehandling,
    take_measure,
)
from huiyin.suggestions.services.replying import (
    pass_check,
    save_reply_draft,
    send_back,
    send_to_check,
    sign,
)
from huiyin.suggestions.services.responsibility import mark, sub_assign
from huiyin.suggestions.services.returning import (
    ask_another,
    ask_return,
    decline_it,
    object_to_organ,
    reassign,
    refuse_return,
    take_it_on,
    uphold,
)
from huiyin.suggestions.services.review import (
    ask_review,
    give_verdict,
    propose_wording,
    refuse,
    register,
    return_for_revision,
    take_as_reference,
)
from huiyin.suggestions.services.ruling import apply_rules, choose_rules, preview_rules
from huiyin.suggestions.services.talking import record_talk
from huiyin.suggestions.services.terms import change_term, open_next_session, plan_term
from huiyin.suggestions.services.urging import urge, urge_many
from huiyin.suggestions.services.writing import (
    accept_wording,
    agree_to_withdraw,
    confirm_signature,
    decline_signature,
    invite,
    refuse_wording,
    save_draft,
    start,
    submit,
    withdraw,
)

__all__ = [
    "accept_wording",
    "acknowledge",
    "add_leader",
    "add_speech",
    "agree_to_withdraw",
    "answer_contact",
    "apply_rules",
    "ask_another",
    "ask_extension",
    "ask_return",
    "ask_review",
    "assign",
    "assign_many",
    "attach_paper",
    "change_meeting",
    "change_rating",
    "change_term",
    "choose_rules",
    "circulate",
    "close_without_feedback",
    "conclude_meeting",
    "confirm_signature",
    "countersign",
    "decline_it",
    "decline_rehandling",
    "decline_signature",
    "deliver",
    "deliver_in_person",
    "draw_call_backs",
    "drop_case",
    "end_leader",
    "enter_rating",
    "exempt_contact",
    "extend_cutoff",
    "for_each",
    "gather_cases",
    "give_opinion",
    "give_verdict",
    "grant_extension",
    "hand_back",
    "hand_back_many",
    "hand_over",
    "hand_over_many",
    "invite",
    "invite_organs",
    "issue_batch",
    "load_notice",
    "mark",
    "mark_opinion",
    "merge",
    "merge_many",
    "note_attendance",
    "object_to_organ",
    "open_next_session",
    "open_replies",
    "order_rehandling",
    "pass_check",
    "place_scan",
    "plan",
    "plan_meeting",
    "plan_term",
    "preview_notice",
    "preview_rules",
    "propose",
    "propose_wording",
    "rate",
    "rate_beside",
    "reassign",
    "receive_scan",
    "reclassify",
    "record_call_back",
    "record_contact",
    "record_leader_act",
    "record_talk",
    "rederive",
    "reform_organs",
    "refuse",
    "refuse_countersignature",
    "refuse_extension",
    "refuse_return",
    "refuse_wording",
    "register",
    "report_pressure",
    "return_for_revision",
    "return_opinion",
    "save_draft",
    "save_opinion_draft",
    "save_reply_draft",
    "send_back",
    "send_to_check",
    "set_levels",
    "set_scan_aside",
    "set_system",
    "settle_ratings",
    "sign",
    "sign_for",
    "spread_reply",
    "start",
    "strike_leader_act",
    "sub_assign",
    "submit",
    "take_as_reference",
    "take_it_on",
    "take_measure",
    "unmerge",
    "uphold",
    "urge",
    "urge_many",
    "waive_contact",
    "withdraw",
]
