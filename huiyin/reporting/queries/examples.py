"""Queries to begin with: what offices ask most. Each is an ordinary query that can be changed."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.reporting.queries.tree import Condition, Group


@dataclass(frozen=True, slots=True)
class Example:
    label: Words
    group: Group


def _is(field: str, *values: str) -> Condition:
    return Condition(field, "is", values)


EXAMPLES = (
    Example(
        _("Overdue, or under an amber light"),
        Group("all", (_is("light", "red", "amber"),)),
    ),
    Example(
        _("Not satisfied, or only left for reference"),
        Group("any", (_is("result", "NS"), _is("first_result", "NS"), _is("class_group", "C"))),
    ),
    Example(
        _("Promised, and the promise is not struck off"),
        Group(
            "all",
            (_is("class_group", "A", "B"), _is("promise_stage", "open", "claimed", "checked")),
        ),
    ),
    Example(
        _("Answered, and no contact was confirmed by the deputy"),
        Group(
            "all",
            (
                Condition("first_replied_on", "filled"),
                Condition("contact_state", "not", ("confirmed",)),
            ),
        ),
    ),
    Example(
        _("Education or health, and raised between sessions or handled again"),
        Group(
            "all",
            (
                _is("category", "education", "health"),
                Group("any", (_is("raised", "between_sessions"), Condition("round", "ge", ("2",)))),
            ),
        ),
    ),
)
