"""The only writers of this room. Each function is one act of the office, in one transaction.

All take keyword arguments; ``actor`` and ``at`` always among them. They raise the errors of
``kernel.errors`` and have then changed nothing.
"""

from huiyin.suggestions.services.assigning import assign, assign_many, circulate
from huiyin.suggestions.services.calendar import load_notice, preview_notice
from huiyin.suggestions.services.extending import (
    ask_extension,
    grant_extension,
    refuse_extension,
)
from huiyin.suggestions.services.handling import acknowledge, give_opinion, plan, record_contact
from huiyin.suggestions.services.merging import (
    for_each,
    merge,
    merge_many,
    spread_reply,
    unmerge,
)
from huiyin.suggestions.services.rating import (
    close_without_feedback,
    decline_rehandling,
    order_rehandling,
    rate,
)
from huiyin.suggestions.services.rederiving import rederive
from huiyin.suggestions.services.reforming import reform_organs
from huiyin.suggestions.services.replying import (
    deliver,
    pass_check,
    save_reply_draft,
    send_back,
    send_to_check,
    sign,
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
from huiyin.suggestions.services.terms import change_term, open_next_session, plan_term
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
    "agree_to_withdraw",
    "apply_rules",
    "ask_extension",
    "ask_review",
    "assign",
    "assign_many",
    "change_term",
    "choose_rules",
    "circulate",
    "close_without_feedback",
    "confirm_signature",
    "decline_rehandling",
    "decline_signature",
    "deliver",
    "for_each",
    "give_opinion",
    "give_verdict",
    "grant_extension",
    "invite",
    "load_notice",
    "merge",
    "merge_many",
    "open_next_session",
    "order_rehandling",
    "pass_check",
    "plan",
    "plan_term",
    "preview_notice",
    "preview_rules",
    "propose_wording",
    "rate",
    "record_contact",
    "rederive",
    "reform_organs",
    "refuse",
    "refuse_extension",
    "refuse_wording",
    "register",
    "return_for_revision",
    "save_draft",
    "save_reply_draft",
    "send_back",
    "send_to_check",
    "sign",
    "spread_reply",
    "start",
    "submit",
    "take_as_reference",
    "unmerge",
    "withdraw",
]
