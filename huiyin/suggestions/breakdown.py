"""Which requests an organ answers (逐条分解): the one reading of who is charged with what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from huiyin.suggestions.models import Assignment, ReplyPoint, RequestItem
from huiyin.suggestions.stages import IN_CHARGE, HandlingRole


def items_of(part: Assignment, requests: Iterable[RequestItem]) -> list[RequestItem]:
    """Return those of ``requests`` the organ is charged with, in the deputy's order.

    A sole or lead organ answers every one of them. Another organ answers those its charge names,
    and all where it names none; one for reference answers nothing.
    """
    if part.role == HandlingRole.REFERENCE:
        return []
    listed = list(requests)
    named = {each.request_id for each in part.item_charges.all()}
    if part.role in IN_CHARGE or not named:
        return listed
    return [item for item in listed if item.pk in named]


def unanswered(asked: Iterable[RequestItem], points: Iterable[ReplyPoint]) -> list[RequestItem]:
    """Return those of the ``asked`` to which the reply has no words."""
    answered = {point.request_id for point in points if point.answer.strip()}
    return [item for item in asked if item.pk not in answered]


def named_items(items: Sequence[RequestItem]) -> str:
    """The requests by number, as an organ's part is called in papers, which are Chinese.

    >>> named_items([RequestItem(ordinal=1), RequestItem(ordinal=3)])
    '第1、3条'
    """
    return f"第{'、'.join(str(item.ordinal) for item in items)}条" if items else ""
