"""What is still missing before requests are shared out and answered. Shaped as in ``guards``."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.suggestions.lifecycle.guards import Brought
from huiyin.suggestions.models import ReplyFile, Suggestion
from huiyin.suggestions.stages import IN_CHARGE, HandlingRole


def requests_are_shared_out(case: Suggestion, brought: Brought) -> Words | None:
    """Every request is somebody's; a lead answers them all (上海市规定第13条、青岛市条例第16条)."""
    named = brought["organs"]
    if not any(charge.items for charge in named):
        return None
    asked = {item.pk: item.ordinal for item in brought["requests"]}
    for charge in named:
        chosen = {item.pk for item in charge.items}
        if chosen - asked.keys():
            return _("A request is named that the suggestion does not make.")
        if charge.role in IN_CHARGE and chosen and chosen != asked.keys():
            return _("%(organ)s answers the deputy, so every request is its own.") % {
                "organ": charge.organ.name
            }
    separate = [charge for charge in named if charge.role == HandlingRole.SEPARATE]
    if not separate:
        return None
    if silent := [charge.organ.name for charge in separate if not charge.items]:
        return _("Say which requests %(organ)s answers.") % {"organ": silent[0]}
    shared = {item.pk for charge in separate for item in charge.items}
    left = sorted(ordinal for pk, ordinal in asked.items() if pk not in shared)
    if left:
        return _("Request %(number)s is nobody's; name an organ for it.") % {"number": left[0]}
    return None


def no_item_is_left(case: ReplyFile, brought: Brought) -> Words | None:
    """What is signed answers every request of the organ."""
    left = brought["unanswered"]
    if left:
        return _("Request %(number)s has no answer yet.") % {"number": left[0].ordinal}
    return None
