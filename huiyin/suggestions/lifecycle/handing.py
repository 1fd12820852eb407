"""Two stages of assignment: a system's office names the organs of its system (分办).

Beside what every step brings: ``office``, the organ it is handed to; ``has_clerk``, whether
somebody there can assign.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.kernel.errors import Words
from huiyin.kernel.workflow import Move
from huiyin.organisations.models import Organ
from huiyin.rulebook import Assigner, Rulebook
from huiyin.suggestions import rules
from huiyin.suggestions.lifecycle.guards import Brought
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.stages import Stage

SHANGHAI = "上海市规定第11条“市人民政府办公厅负责对行政机关办理的…进行分办协调”"


def offices_assign(case: Suggestion, brought: Brought) -> Words | None:
    book: Rulebook = brought["rules"]
    if book.assign.by == Assigner.CONGRESS_OFFICE:
        return _("By your rules the congress office names the organs itself.")
    return None


def lies_with_congress(case: Suggestion, brought: Brought) -> Words | None:
    return _("It has been handed to an office already.") if case.office_id else None


def is_an_office(case: Suggestion, brought: Brought) -> Words | None:
    office: Organ = brought["office"]
    if (
        office.congress_id != case.congress_id
        or not office.assigns_its_system
        or not office.exists_on(brought["on"])
    ):
        return _("%(organ)s does not assign for a system.") % {"organ": office.name}
    return None


def office_has_a_clerk(case: Suggestion, brought: Brought) -> Words | None:
    if brought["has_clerk"]:
        return None
    return _("Nobody in %(organ)s can assign yet; give somebody the post first.") % {
        "organ": brought["office"].name
    }


def organs_of_its_system(case: Suggestion, brought: Brought) -> Words | None:
    """An office names organs of its own system; another's goes back to the congress office."""
    if case.office is None:
        return None
    for charge in brought["organs"]:
        if charge.organ.system != case.office.system:
            return _("%(organ)s is of another system; send it back to the congress office.") % {
                "organ": charge.organ.name
            }
    return None


MOVES = (
    Move(
        name="hand_over",
        label=p_("step", "Hand to a system's office"),
        consequence=_("That office names the organs of its system; their time starts then."),
        sources=frozenset({Stage.REGISTERED}),
        target=None,
        allowed=rules.is_clerk,
        guards=(offices_assign, lies_with_congress, is_an_office, office_has_a_clerk),
        notice="system_office,deputies",
        basis=SHANGHAI,
    ),
    Move(
        name="hand_back",
        label=p_("step", "Send back to the congress office"),
        consequence=_("The congress office is told the reason and assigns it."),
        sources=frozenset({Stage.REGISTERED}),
        target=None,
        allowed=rules.works_in_its_office,
        must_say_why=True,
        notice="clerks",
        basis=SHANGHAI,
    ),
)
