"""The only writers of this room. Each writes its line on record in the same transaction."""

from huiyin.accounts.services.activation import activate, issue_activation
from huiyin.accounts.services.feeds import close_feed, open_feed
from huiyin.accounts.services.moving import move_post
from huiyin.accounts.services.people import (
    change_person,
    disable_person,
    enable_person,
    end_sessions,
    enter_person,
)
from huiyin.accounts.services.posts import end_post, give_post, resume_post, suspend_post
from huiyin.accounts.services.preferences import keep_preferences
from huiyin.accounts.services.signing_in import change_password, let_in, sign_in, sign_out, use_post
from huiyin.accounts.services.terms import end_mandates, running_mandates

__all__ = [
    "activate",
    "change_password",
    "change_person",
    "close_feed",
    "disable_person",
    "enable_person",
    "end_mandates",
    "end_post",
    "end_sessions",
    "enter_person",
    "give_post",
    "issue_activation",
    "keep_preferences",
    "let_in",
    "move_post",
    "open_feed",
    "resume_post",
    "running_mandates",
    "sign_in",
    "sign_out",
    "suspend_post",
    "use_post",
]
