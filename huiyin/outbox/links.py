"""Where a notice leads. The room that owns the case says how its page is addressed."""

from __future__ import annotations

from collections.abc import Callable

_links: dict[str, Callable[[str], str]] = {}


def register(case_type: str, link: Callable[[str], str]) -> None:
    """Let ``link`` turn the key of a case of this type into its address."""
    _links[case_type] = link


def to(case: tuple[str, str]) -> str:
    """Return the address of ``case``; nothing when its type has no page."""
    case_type, case_key = case
    link = _links.get(case_type)
    return link(case_key) if link else ""
