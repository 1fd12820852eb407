"""A query read back as a sentence, so that whoever asks sees what he asks."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huiyin.reporting.queries.conditions import WITHOUT_VALUE, Asking, field_of, operators_of
from huiyin.reporting.queries.fields import Field, FieldKind
from huiyin.reporting.queries.tree import Condition, Group
from huiyin.ui import days


def sentence(group: Group, asking: Asking) -> str:
    """The whole query in words, with its brackets. Raises ``BadQuery`` for what is not declared."""
    said = _joined(group, asking)
    return said or _("every suggestion you may see")


def condition_in_words(condition: Condition, asking: Asking) -> str:
    """One condition: field, operator, values."""
    asked = field_of(condition)
    words = {"field": asked.label, "operator": operators_of(asked)[condition.op]}
    if condition.op in WITHOUT_VALUE:
        return pgettext("condition", "%(field)s %(operator)s") % words
    values = [_value(asked, value, asking) for value in condition.values if value]
    said = pgettext("between values", " or ").join(values) or pgettext("value", "(not filled in)")
    return pgettext("condition", "%(field)s %(operator)s %(values)s") % {**words, "values": said}


def _joined(group: Group, asking: Asking) -> str:
    parts = []
    for node in group.nodes:
        if isinstance(node, Group):
            inner = _joined(node, asking)
            alone = len(list(node.conditions())) == 1
            if inner:
                parts.append(inner if alone else pgettext("brackets", "(%s)") % inner)
        else:
            parts.append(condition_in_words(node, asking))
    both = pgettext("between conditions", ", and ")
    either = pgettext("between conditions", ", or ")
    return (both if group.join == "all" else either).join(parts)


def _value(asked: Field, value: str, asking: Asking) -> str:
    if asked.kind is FieldKind.CHOICE:
        return str(asking.offer(asked).get(value, value))
    if asked.kind is FieldKind.TEXT:
        return pgettext("text in a sentence", "“%s”") % value
    if asked.kind is FieldKind.DAY:
        try:
            return days.plain_day(date.fromisoformat(value))
        except ValueError:
            return value
    return value
