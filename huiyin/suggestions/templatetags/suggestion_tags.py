"""What the cells of the list say of a row."""

from __future__ import annotations

from typing import Any

from django import template

from huiyin.kernel.errors import Words
from huiyin.suggestions.lifecycle import where
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.presenters.clocks import light_of
from huiyin.suggestions.presenters.story import class_label

register = template.Library()


@register.simple_tag(takes_context=True)
def row_light(context: template.Context, row: Suggestion) -> str:
    """The light of a running deadline by the day and the threshold of the page, if it runs."""
    if row.due_on is None or not where.is_handled(row):
        return ""
    threshold: Any = context.get("threshold", 0)
    return light_of(row.due_on, today=context["today"], threshold=threshold)


@register.simple_tag
def class_words(code: str) -> Words:
    """The words of an outcome class, read out beside its letter."""
    return class_label(code)
