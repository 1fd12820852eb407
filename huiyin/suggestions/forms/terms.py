"""The days of a session, and of a change of term."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.suggestions.forms.step import DayField
from huiyin.ui.forms import AskedForm


class SessionForm(AskedForm):
    """When the next session of the present term sits."""

    opens_on = DayField(label=_("Opens on"))
    closes_on = DayField(label=_("Closes on"), required=False)


class TermForm(SessionForm):
    """When the first session of the next term sits."""

    why: Mapping[str, Words] = {
        "opens_on": _("The present term, and every mandate of it, ends the day before."),
    }
