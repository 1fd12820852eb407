"""What those concerned are told of a dispute about responsibility."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words

TOLD: dict[str, tuple[Words, Words]] = {
    "assignment.ask_return": (
        _("Return asked for: No. %(number)s %(title)s"),
        _("%(organ)s holds that it is another organ's business. Reason: %(why)s"),
    ),
    "assignment.object_to_organ": (
        _("The deputy objects to the organ: No. %(number)s %(title)s"),
        _("The lead deputy holds another organ than %(organ)s right. Reason: %(why)s"),
    ),
    "assignment.ask_another": (
        _("Is it yours? No. %(number)s %(title)s"),
        _("Before it is decided, your organ is asked whether it takes the matter on: %(why)s"),
    ),
    "assignment.take_it_on": (
        _("Taken on: No. %(number)s %(title)s"),
        _("The organ asked says that it takes on what %(organ)s has. Now it is to be decided."),
    ),
    "assignment.decline_it": (
        _("Not taken on: No. %(number)s %(title)s"),
        _("The organ asked does not take on what %(organ)s has. Reason: %(why)s"),
    ),
    "assignment.reassign": (
        _("Given to another organ: No. %(number)s %(title)s"),
        _("%(organ)s is relieved of it. Reason: %(why)s"),
    ),
    "assignment.refuse_return": (
        _("It stays: No. %(number)s %(title)s"),
        _("%(organ)s goes on handling it. Reason: %(why)s"),
    ),
    "assignment.uphold": (
        _("Decided finally: No. %(number)s %(title)s"),
        _("It stays with %(organ)s; this is binding. Reason: %(why)s"),
    ),
    "assignment.take_over": (
        _("Another organ is charged: No. %(number)s %(title)s"),
        _("From today %(organ)s handles it; due on %(due)s."),
    ),
}
