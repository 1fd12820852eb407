"""Two texts of one draft, when somebody saved meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from huiyin.suggestions.models.texts import FormedBy, PublishScope, RaisedBefore
from huiyin.suggestions.presenters.around import Change, numbered

TICKED = {True: "☑", False: "☐"}


def drafts(*, saved: Mapping[str, Any], typed: Mapping[str, Any]) -> list[Change]:
    """Where the saved draft of a suggestion and the typed one differ, in words or in choices."""
    pairs = (
        (_("Title"), saved.get("title", ""), typed.get("title", "")),
        (_("Situation and problem"), saved.get("situation", ""), typed.get("situation", "")),
        (_("Concrete requests"), _requests(saved), _requests(typed)),
        (
            _("Organ you think should handle it"),
            saved.get("organ_hint", ""),
            typed.get("organ_hint", ""),
        ),
        *_choices(saved, typed),
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


def _choices(saved: Mapping[str, Any], typed: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """What is chosen and ticked: losing it in silence would be as bad as losing words."""
    for name, label, kind in (
        ("formed_by", _("How it came about"), FormedBy),
        ("raised_before", _("Raised before"), RaisedBefore),
        ("publish_scope", _("Publication"), PublishScope),
    ):
        labels = dict(kind.choices)
        yield label, _chosen(saved.get(name), labels), _chosen(typed.get(name), labels)
    for name, label in (
        ("wants_contact", _("I wish to be spoken with while it is handled")),
        ("waives_contact", _("Nobody needs to call on me while it is handled")),
        ("wants_no_reply", _("For study and reference; no written reply is needed")),
    ):
        yield label, TICKED[bool(saved.get(name))], TICKED[bool(typed.get(name))]


def _chosen(value: Any, labels: Mapping[str, Any]) -> str:
    codes = [value] if isinstance(value, str) else value or ()
    return "、".join(str(labels.get(code, code)) for code in sorted(codes))


def _requests(content: Mapping[str, Any]) -> str:
    return numbered([each for each in content.get("requests", ()) if each.strip()])


def _plain(value: Any) -> str:
    return str(value or "").replace("\r\n", "\n").strip()
