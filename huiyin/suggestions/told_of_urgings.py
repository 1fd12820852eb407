"""What organs are told when they are urged; and which events of this room press on whom."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiyin.accounts.models import Role
from huiyin.kernel.errors import Words
from huiyin.outbox.timing import EVERYBODY, Pressing

RECORDED: dict[str, Words] = {
    "urging.near": _("Organ reminded: due soon"),
    "urging.due": _("Organ reminded: due today"),
    "urging.overdue": _("Organ urged: overdue"),
    "urging.unread": _("Unread assignment brought before head and office"),
}
TOLD: dict[str, tuple[Words, Words]] = {
    "urging.near": (
        _("Due soon: No. %(number)s %(title)s"),
        _("What your organ owes is due on %(due)s."),
    ),
    "urging.due": (
        _("Due today: No. %(number)s %(title)s"),
        _("What your organ owes is due today, %(due)s."),
    ),
    "urging.overdue": (
        _("Overdue: No. %(number)s %(title)s"),
        _("What your organ owes was due on %(due)s. Say what holds it up, and finish it."),
    ),
    "urging.unread": (
        _("Nobody has read it: No. %(number)s %(title)s"),
        _("%(organ)s was charged and nobody there has read it in time."),
    ),
    "assignment.urge": (
        _("Urged by the office: No. %(number)s %(title)s"),
        _("The office asks of %(organ)s: %(why)s"),
    ),
}

_HANDLING = frozenset({Role.LIAISON, Role.HANDLER, Role.HEAD})
_CLEARING = frozenset({Role.LIAISON, Role.HANDLER, Role.CHECKER, Role.HEAD})
_DEPUTY = frozenset({Role.DEPUTY})
_DECIDING = frozenset({Role.CLERK, Role.GOVERNMENT_CLERK, Role.LEADER})

# Who was given something to do by name. New suggestions come to the congress office by the hundred
# and lie in its list: they wait for its digest.
PRESSING: dict[str, tuple[Pressing, frozenset[Role]]] = {
    "suggestion.invite": (Pressing.DUTY, _DEPUTY),
    "suggestion.return": (Pressing.DUTY, _DEPUTY),
    "suggestion.propose_wording": (Pressing.DUTY, _DEPUTY),
    "suggestion.ask_review": (
        Pressing.DUTY,
        frozenset({Role.GOVERNMENT_CLERK, Role.COMMITTEE}),
    ),
    "suggestion.hand_over": (
        Pressing.DUTY,
        frozenset({Role.GOVERNMENT_CLERK, Role.LIAISON}),
    ),
    "suggestion.assign": (Pressing.DUTY, _HANDLING),
    "suggestion.rehandle": (Pressing.DUTY, _HANDLING),
    "suggestion.order_rehandling": (Pressing.DUTY, _HANDLING),
    "assignment.sub_assign": (Pressing.DUTY, _HANDLING),
    "assignment.reassign": (Pressing.DUTY, frozenset({Role.LIAISON})),
    "assignment.ask_return": (Pressing.DUTY, _DECIDING | {Role.LIAISON}),
    "assignment.ask_another": (Pressing.DUTY, frozenset({Role.LIAISON})),
    "assignment.ask_extension": (Pressing.DUTY, _DECIDING),
    "assignment.contact": (Pressing.DUTY, _DEPUTY),
    "assignment.urge": (Pressing.DEADLINE, EVERYBODY),
    "urging.near": (Pressing.DEADLINE, EVERYBODY),
    "urging.due": (Pressing.DEADLINE, EVERYBODY),
    "urging.overdue": (Pressing.DEADLINE, EVERYBODY),
    "urging.unread": (Pressing.DUTY, EVERYBODY),
    "reply.send_to_check": (Pressing.DUTY, _CLEARING),
    "reply.pass_check": (Pressing.DUTY, _CLEARING),
    "reply.send_back": (Pressing.DUTY, _CLEARING),
    "reply.deliver": (Pressing.RATING, _DEPUTY),
    "reply.deliver_in_person": (Pressing.RATING, _DEPUTY),
    "suggestion.remind_to_rate": (Pressing.RATING, _DEPUTY),
}
