"""What the record calls each step of a promise, and what those concerned are told of it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.kernel.errors import Words
from huiyin.promises.lifecycle import PROMISE

RECORDED: dict[str, Words] = {f"promise.{row.name}": row.label for row in PROMISE.moves} | {
    "promise.open": p_("step", "Entered in the ledger of promises"),
    "promise.roll": _("Unfinished promises rolled into the new year"),
    "look_back.begin": _("Look-back begun"),
    "look_back.answer": _("Old matter answered afresh"),
}

# event → (subject line, what is said).
TOLD: dict[str, tuple[Words, Words]] = {
    "promise.progress": (
        _("Progress on a promise: %(title)s"),
        _("%(organ)s reports: %(why)s"),
    ),
    "promise.postpone": (
        _("Promise postponed: %(title)s"),
        _("%(organ)s now promises it by %(due)s. Reason: %(why)s"),
    ),
    "promise.explain": (
        _("Promise cannot be kept: %(title)s"),
        _("The head of %(organ)s explains: %(why)s"),
    ),
    "promise.claim_done": (
        _("To check: %(title)s"),
        _("A promise was reported as done; another person has to check it."),
    ),
    "promise.pass_check": (
        _("Please confirm: %(title)s"),
        _("%(organ)s reports its promise as done. You confirm it or say that it is not so."),
    ),
    "promise.send_back": (
        _("Not done yet: %(title)s"),
        _("The check found that the promise is not fulfilled. Reason: %(why)s"),
    ),
    "promise.confirm": (
        _("Promise fulfilled: %(title)s"),
        _("It has been confirmed and struck off the ledger."),
    ),
    "promise.refuse": (
        _("Promise not fulfilled: %(title)s"),
        _("What was reported as done was not confirmed. Reason: %(why)s"),
    ),
    "promise.release": (
        _("Released from a promise: %(title)s"),
        _("It leaves the ledger as not fulfilled. Reason: %(why)s"),
    ),
    "promise.reopen": (
        _("Promise back on the ledger: %(title)s"),
        _("It is to be fulfilled after all. Reason: %(why)s"),
    ),
    "promise.rate": (
        _("Keeping of a promise rated: %(title)s"),
        _("The deputy has rated how the promise is kept."),
    ),
    "promise.tell": (
        _("How a promise stands: %(title)s"),
        _("%(organ)s tells you the state of its promise; the return slip is on its page."),
    ),
    "promise.carry": (
        _("Promise handed on: %(title)s"),
        _("%(organ)s has taken it over. Reason: %(why)s"),
    ),
    "promise.roll": (
        _("Promises rolled into %(year)s: %(count)s"),
        _("Arrange them together with this year's suggestions."),
    ),
    "look_back.begin": (
        _("Look-back: %(title)s"),
        _("%(count)s old replies of yours are looked at again; answers by %(due)s."),
    ),
    "look_back.answer": (
        _("A fresh answer to an old matter: %(title)s"),
        _("%(organ)s tells you how it stands now."),
    ),
}
