"""Two texts of one draft, when somebody saved meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from huiyin.suggestions.presenters.around import Change, numbered


def drafts(*, saved: Mapping[str, Any], typed: Mapping[str, Any]) -> list[Change]:
    """Where the saved draft of a suggestion and the typed one differ in words."""
    pairs = (
        (_("Title"), saved.get("title", ""), typed.get("title", "")),
        (_("Situation and problem"), saved.get("situation", ""), typed.get("situation", "")),
        (_("Concrete requests"), _requests(saved), _requests(typed)),
        (
            _("Organ you think should handle it"),
            saved.get("organ_hint", ""),
            typed.get("organ_hint", ""),
        ),
    )
    return [
        Change(label=label, old=str(old or ""), new=str(new or ""))
        for label, old, new in pairs
        if _plain(old) != _plain(new)
    ]


def replies(
    *, saved: Mapping[str, Any], typed: Mapping[str, Any], labels: Mapping[str, str]
) -> list[Change]:
    """Where the saved draft of a reply and the typed one differ; ``labels`` names its fields."""
    return [
        Change(label=label, old=str(saved.get(name, "")), new=str(typed.get(name, "")))
        for name, label in labels.items()
        if _plain(saved.get(name)) != _plain(typed.get(name))
    ]


def _requests(content: Mapping[str, Any]) -> str:
    return numbered([each for each in content.get("requests", ()) if each.strip()])


def _plain(value: Any) -> str:
    return str(value or "").replace("\r\n", "\n").strip()
