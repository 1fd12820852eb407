"""What is still missing before suggestions are handled together. Shaped as in ``guards``.

Beside what every step brings: ``other``, another one of those chosen, and ``groups``, the groups
they belong to already.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.suggestions.lifecycle.guards import Brought
from huiyin.suggestions.models import Suggestion


def joins_one_group(case: Suggestion, brought: Brought) -> Words | None:
    if len(brought["groups"]) < 2:
        return None
    return _("They belong to different groups; take them out of one of these first.")
