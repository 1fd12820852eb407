"""The whole page of a case for one reader, ready for its template."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huiyin.kernel.errors import Words
from huiyin.outbox import selectors as outbox
from huiyin.outbox.selectors import Told
from huiyin.suggestions import blocks
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.presenters import (
    around,
    clocks,
    contacting,
    merging,
    panel,
    rounds,
    story,
    timeline,
    waiting,
)
from huiyin.suggestions.presenters.file import CaseFile
from huiyin.suggestions.services.turn import CASE_TYPE
from huiyin.ui.parts import Clock, Entry, File, Stage


@dataclass(kw_only=True)
class CasePage:
    """Each part is made when the template comes to it, from rows that are already read."""

    file: CaseFile

    @property
    def case(self) -> Suggestion:
        return self.file.case

    @cached_property
    def acts(self) -> list[panel.Act]:
        return panel.acts(self.file)

    @property
    def waiting_for(self) -> Words:
        """Who is at work, when the next step is not the reader's."""
        primary = any(act.kind == "primary" for act in self.acts)
        return "" if primary else waiting.waiting_for(self.file)

    @cached_property
    def to_check(self) -> list[contacting.ShownContact]:
        """The contacts on which the reader's own word is awaited."""
        return contacting.to_check(self.file)

    @cached_property
    def talks(self) -> list[contacting.ShownTalk]:
        return contacting.talks(self.file)

    @property
    def may_talk(self) -> bool:
        """Whether the reader records such talks himself."""
        return contacting.may_talk(self.file)

    @cached_property
    def track(self) -> list[Stage]:
        return story.track(self.file)

    @cached_property
    def clocks(self) -> list[Clock]:
        return clocks.clocks(self.file)

    @cached_property
    def since_handing_over(self) -> Words:
        return clocks.since_handing_over(self.file)

    @cached_property
    def since_first_assignment(self) -> Words:
        return clocks.since_first_assignment(self.file)

    @cached_property
    def text(self) -> story.Text | None:
        return story.text(self.file)

    @cached_property
    def title(self) -> Words:
        """A draft without a title is called so."""
        return self.case.title or _("Suggestion without a title")

    @cached_property
    def number(self) -> Words:
        case = self.case
        if not case.number:
            return pgettext("suggestion", "Not numbered yet")
        return _("No. %(number)s") % {"number": case.number}

    @cached_property
    def signers(self) -> list[around.Signer]:
        return around.signers(self.file)

    @cached_property
    def group(self) -> merging.Group | None:
        return merging.group(self.file)

    @cached_property
    def rounds(self) -> list[rounds.Round]:
        return rounds.rounds(self.file)

    @cached_property
    def blocks(self) -> list[blocks.Block]:
        """What other rooms show of it."""
        return blocks.of(self.file)

    @property
    def has_rounds(self) -> bool:
        return len(self.rounds) > 1

    @cached_property
    def versions(self) -> list[around.Step]:
        return around.versions(self.file)

    @cached_property
    def proposals(self) -> list[around.Proposal]:
        return around.proposals(self.file)

    @cached_property
    def review(self) -> list[around.Party]:
        return around.review(self.file)

    @cached_property
    def files(self) -> list[File]:
        return around.files(self.file)

    @cached_property
    def entries(self) -> list[Entry]:
        return timeline.entries(self.file)

    @cached_property
    def notices(self) -> list[Told]:
        """Whom the notices have reached, for the office alone."""
        if not self.file.sight.notices:
            return []
        return outbox.for_case((CASE_TYPE, self.case.key))
