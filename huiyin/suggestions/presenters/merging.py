"""A group of suggestions handled together, as pages show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.accounts.models import Role
from huiyin.kernel.errors import Words
from huiyin.suggestions.forms.replying import ANSWER
from huiyin.suggestions.lifecycle import SUGGESTION, where
from huiyin.suggestions.models import RequestItem, Suggestion
from huiyin.suggestions.presenters.file import CaseFile
from huiyin.suggestions.presenters.sight import ORGAN
from huiyin.suggestions.stages import ANSWERING
from huiyin.suggestions.together import Member, members_of, ready, steps_together


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """One step that can be taken for several of the group at once."""

    label: Words
    url: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The others of the group: those the reader may see, and how many there are."""

    others: Sequence[Suggestion]
    count: int
    # Keys of those the office can assign alike now, this one among them.
    assignable: Sequence[str] = ()
    steps: Sequence[Together] = ()

    @property
    def hidden(self) -> int:
        return self.count - len(self.others)


def group(file: CaseFile) -> Group | None:
    """None where a suggestion is handled by itself."""
    if not file.merged_count:
        return None
    return Group(
        others=file.merged,
        count=file.merged_count,
        assignable=_assignable(file),
        steps=_steps(file),
    )


def _assignable(file: CaseFile) -> list[str]:
    if file.scene.actor.role != Role.CLERK:
        return []
    row = SUGGESTION.find("assign")
    keys = [case.key for case in (file.case, *file.merged) if where.begins_at(row, case)]
    return keys if len(keys) > 1 else []


def _steps(file: CaseFile) -> list[Together]:
    if file.scene.actor.role not in ORGAN or not file.own_parts:
        return []
    key, members = file.own_parts[0].key, members_of(file.scene)
    found = [
        Together(
            label=step.row.label,
            url=reverse("suggestions:group_step", args=[key, step.name]),
            count=len(able),
        )
        for step in steps_together()
        if len(able := ready(members, step)) > 1
    ]
    writing = [member for member in members if can_write(member)]
    if len(writing) > 1 and file.own_parts[0].pk in {each.part.pk for each in writing}:
        url = reverse("suggestions:group_reply", args=[key])
        found.append(Together(label=_("One reply text for all"), url=url, count=len(writing)))
    return found


def can_write(member: Member) -> bool:
    """Whether the reply of this part is being written, by the reader's organ."""
    part = member.part
    working = where.is_in_work(part) and part.role in ANSWERING
    return working and where.is_drafted(member.scene.file)


# --- One text for all


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One request of another suggestion, and the answer it would take over."""

    ask: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """What the reply of another suggestion would be after taking over the text."""

    member: Member
    content: dict[str, str]
    matches: Sequence[Match]

    @property
    def has_own(self) -> bool:
        """Whether something is typed in it already, which would be replaced."""
        typed = self.member.scene.file.draft
        return any(str(typed.get(name, "")).strip() for name in typed if name.startswith(ANSWER))

    @property
    def missing(self) -> int:
        """How many of its requests would still have no answer."""
        return sum(not match.answer.strip() for match in self.matches)


def spread(source: Member, target: Member) -> Spread:
    """The text of ``source`` as it would stand in ``target``.

    An answer goes to the request with the same words, else to the one in the same place. What names
    the one suggestion names the other afterwards: number, title, lead deputy.
    """
    typed = {name: str(value) for name, value in source.scene.file.draft.items()}
    mine, theirs = _asked(source), _asked(target)
    by_words = {item.text.strip(): item for item in mine}
    content = {
        name: _renamed(value, source.scene.case, target.scene.case)
        for name, value in typed.items()
        if not name.startswith(ANSWER) and name != "document_no"
    }
    matches = []
    for place, item in enumerate(theirs):
        same = by_words.get(item.text.strip()) or (mine[place] if place < len(mine) else None)
        answer = typed.get(ANSWER + same.key, "") if same else ""
        answer = _renamed(answer, source.scene.case, target.scene.case)
        content[ANSWER + item.key] = answer
        matches.append(Match(ask=item.text, answer=answer))
    return Spread(member=target, content=content, matches=matches)


def _asked(member: Member) -> list[RequestItem]:
    version = member.scene.case.versions.order_by("ordinal").last()
    return list(version.requests.all()) if version else []


def _renamed(text: str, mine: Suggestion, theirs: Suggestion) -> str:
    pairs = [
        (mine.title, theirs.title),
        (mine.lead.person.name, theirs.lead.person.name),
        (f"第{mine.number}号", f"第{theirs.number}号"),
        (f"No. {mine.number}", f"No. {theirs.number}"),
    ]
    for was, now in pairs:
        text = text.replace(was, now) if was else text
    return text
