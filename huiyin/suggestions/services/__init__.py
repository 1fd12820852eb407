"""The only writers of this room. Each function is one act of the office, in one transaction.

All take keyword arguments; ``actor`` and ``at`` always among them. They raise the errors of
``kernel.errors`` and have then changed nothing.
"""

from huiyin.suggestions.services.assigning import assign, assign_many, circulate
from huiyin.suggestions.services.calendar import load_notice, preview_notice
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
from huiyin.suggestions.services.handling import acknowledge, give_opinion, plan, record_contact
from huiyin.suggestions.services.rating import (
    change_rating,
    enter_rating,
    rate,
    rate_beside,
    report_pressure,
    settle_ratings,
)
from huiyin.suggestions.services.rederiving import rederive
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
from huiyin.suggestions.services.review import (
    ask_review,
    give_verdict,
    merge,
    propose_wording,
    refuse,
    register,
    return_for_revision,
    take_as_reference,
    unmerge,
)
from huiyin.suggestions.services.ruling import apply_rules, choose_rules, preview_rules
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
    "change_rating",
    "choose_rules",
    "circulate",
    "close_without_feedback",
    "confirm_signature",
    "decline_rehandling",
    "decline_signature",
    "deliver",
    "deliver_in_person",
    "enter_rating",
    "give_opinion",
    "give_verdict",
    "grant_extension",
    "invite",
    "load_notice",
    "merge",
    "open_replies",
    "order_rehandling",
    "pass_check",
    "plan",
    "preview_notice",
    "preview_rules",
    "propose_wording",
    "rate",
    "rate_beside",
    "record_contact",
    "rederive",
    "refuse",
    "refuse_extension",
    "refuse_wording",
    "register",
    "report_pressure",
    "return_for_revision",
    "save_draft",
    "save_reply_draft",
    "send_back",
    "send_to_check",
    "settle_ratings",
    "sign",
    "sign_for",
    "start",
    "submit",
    "take_as_reference",
    "take_measure",
    "unmerge",
    "withdraw",
]
