"""The text of a suggestion as it is typed, kept as a draft and fixed as a version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Self

from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Invalid, Words
from huiyin.suggestions.models import RequestItem, Suggestion, Version
from huiyin.suggestions.models.texts import FormedBy, PublishScope, RaisedBefore

TITLE_LIMIT = 120
SITUATION_LIMIT = 20_000
REQUEST_LIMIT = 4_000
REQUESTS_LIMIT = 30
HINT_LIMIT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionText:
    """What a deputy writes. Half-written is allowed: ``guards.text_is_complete`` judges it."""

    title: str = ""
    situation: str = ""
    requests: tuple[str, ...] = ()
    formed_by: tuple[str, ...] = ()
    raised_before: str = RaisedBefore.NO
    publish_scope: str = PublishScope.FULL
    wants_contact: bool = False
    waives_contact: bool = False
    wants_no_reply: bool = False
    organ_hint: str = ""

    @classmethod
    def of_draft(cls, content: Mapping[str, Any]) -> Self:
        """Take what a draft holds; unknown names are ignored, wrong values raise ``Invalid``."""
        text = cls(
            title=_one_line(content.get("title", "")),
            situation=_body(content.get("situation", "")),
            requests=tuple(_body(item) for item in content.get("requests", ())),
            formed_by=tuple(str(item) for item in content.get("formed_by", ())),
            raised_before=str(content.get("raised_before") or RaisedBefore.NO),
            publish_scope=str(content.get("publish_scope") or PublishScope.FULL),
            wants_contact=bool(content.get("wants_contact")),
            waives_contact=bool(content.get("waives_contact")),
            wants_no_reply=bool(content.get("wants_no_reply")),
            organ_hint=_one_line(content.get("organ_hint", "")),
        )
        text.check_shape()
        return text

    @classmethod
    def of_version(cls, version: Version, requests: Sequence[str]) -> Self:
        """Take what a version says, to be written on."""
        return cls(
            title=version.title,
            situation=version.situation,
            requests=tuple(requests),
            formed_by=tuple(version.formed_by),
            raised_before=version.raised_before,
            publish_scope=version.publish_scope,
            wants_contact=version.wants_contact,
            waives_contact=version.waives_contact is True,
            wants_no_reply=version.wants_no_reply,
            organ_hint=version.organ_hint,
        )

    def as_draft(self) -> dict[str, Any]:
        """Return it as a draft keeps it."""
        return {**asdict(self), "requests": list(self.requests), "formed_by": list(self.formed_by)}

    def check_shape(self) -> None:
        """Raise ``Invalid`` naming each field that no form of this house could hold."""
        faults = {**self._too_long(), **self._not_in_a_list()}
        if faults:
            raise Invalid(_("Some fields need a look; nothing has been lost."), fields=faults)

    def _too_long(self) -> dict[str, list[Words]]:
        faults: dict[str, list[Words]] = {}
        longest = max(map(len, self.requests), default=0)
        for name, length, limit in (
            ("title", len(self.title), TITLE_LIMIT),
            ("situation", len(self.situation), SITUATION_LIMIT),
            ("requests", longest, REQUEST_LIMIT),
            ("organ_hint", len(self.organ_hint), HINT_LIMIT),
        ):
            if length > limit:
                faults[name] = [_("At most %(limit)s characters.") % {"limit": limit}]
        if len(self.requests) > REQUESTS_LIMIT:
            faults["requests"] = [_("At most %(limit)s requests.") % {"limit": REQUESTS_LIMIT}]
        return faults

    def _not_in_a_list(self) -> dict[str, list[Words]]:
        known = {
            "formed_by": set(self.formed_by) <= set(FormedBy.values),
            "raised_before": self.raised_before in RaisedBefore.values,
            "publish_scope": self.publish_scope in PublishScope.values,
        }
        return {name: [_("Choose from the list.")] for name, well in known.items() if not well}

    def version(
        self, case: Suggestion, *, ordinal: int, at: datetime
    ) -> list[Version | RequestItem]:
        """Return the facts that fix this text, the version first."""
        version = Version(
            suggestion=case,
            ordinal=ordinal,
            title=self.title.strip(),
            situation=self.situation.strip(),
            formed_by=list(self.formed_by),
            raised_before=self.raised_before,
            publish_scope=self.publish_scope,
            wants_contact=self.wants_contact,
            # Who asks to be spoken with has not waived it.
            waives_contact=(self.waives_contact and not self.wants_contact) or None,
            wants_no_reply=self.wants_no_reply,
            organ_hint=self.organ_hint.strip(),
            at=at,
        )
        written = [item.strip() for item in self.requests if item.strip()]
        items = [
            RequestItem(version=version, ordinal=number, text=text)
            for number, text in enumerate(written, start=1)
        ]
        return [version, *items]


def _one_line(value: object) -> str:
    return " ".join(_body(value).split())


def _body(value: object) -> str:
    """Return text the databases can both keep: no NUL and no half of a surrogate pair."""
    text = str(value).replace("\r\n", "\n")
    if "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise Invalid(
            _("The text holds characters that cannot be stored."),
            remedy=_("Type the marked place again, or paste it as plain text."),
        )
    return text
