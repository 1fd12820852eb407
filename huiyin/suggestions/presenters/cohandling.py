"""The page of a co-handling organ's part: what is asked, its own clock, its opinion, its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from huiyin.accounts.models import Post, Role, Standing
from huiyin.kernel.errors import Words
from huiyin.suggestions import rules
from huiyin.suggestions.hollow import hints
from huiyin.suggestions.lifecycle import where
from huiyin.suggestions.models import Assignment, HandlingPlan
from huiyin.suggestions.presenters import countersigning, panel, papers
from huiyin.suggestions.presenters import opinions as shown_opinions
from huiyin.suggestions.presenters.clocks import part_clock
from huiyin.suggestions.presenters.file import CaseFile
from huiyin.suggestions.presenters.parts import file_of
from huiyin.suggestions.steps import STEPS, Scene
from huiyin.ui.parts import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """The lead organ, and whom to call there."""

    organ: str
    plan: HandlingPlan | None
    people: Sequence[tuple[str, str]]


@dataclass(kw_only=True)
class CoPage:
    """Each part is made when the template comes to it, from rows that are already read."""

    file: CaseFile
    scene: Scene

    @property
    def part(self) -> Assignment:
        return self.file.by_part[self.scene.charge.pk]

    @property
    def lead_part(self) -> Assignment | None:
        return countersigning.lead_part(self.file, self.part)

    @property
    def is_own(self) -> bool:
        """Whether the reader works in the co-handling organ."""
        return self.file.sight.writes_for(self.part.organ_id)

    @property
    def is_written(self) -> bool:
        """Whether the reader may give the opinion now."""
        begins = where.begins_at(STEPS["assignment", "give_opinion"].row, self.part)
        return begins and rules.gives_opinion(self.scene.actor, self.part)

    @cached_property
    def clock(self) -> Clock | None:
        return part_clock(self.file, self.part)

    @property
    def requests(self) -> list[str]:
        version = self.file.version
        return [item.text for item in version.requests.all()] if version else []

    @property
    def situation(self) -> str:
        return self.file.version.situation if self.file.version else ""

    @cached_property
    def lead(self) -> Lead | None:
        """Named so that nobody has to look for a number."""
        part = self.lead_part
        if part is None:
            return None
        posts = Post.objects.filter(
            organ=part.organ_id, role=Role.LIAISON, standing=Standing.ACTIVE
        ).select_related("person")
        plans = list(part.plans.all())
        return Lead(
            organ=part.organ.name,
            plan=plans[-1] if plans else None,
            people=[(post.person.name, post.person.phone) for post in posts.order_by("pk")],
        )

    @cached_property
    def opinions(self) -> list[shown_opinions.Opinion]:
        return shown_opinions.opinions(self.file, self.part)

    @cached_property
    def present(self) -> shown_opinions.Opinion | None:
        """The opinion that stands."""
        return self.opinions[-1] if self.opinions and not self.waits_again else None

    @property
    def waits_again(self) -> bool:
        """The last one was returned, and another is owed."""
        return bool(self.opinions and self.opinions[-1].returned_on)

    def hints_on(self, content: dict[str, str]) -> list[Words]:
        """What makes the text as it is saved read as empty."""
        return hints(*(content.get(name, "") for name in ("text", "will_do", "advice")))

    @cached_property
    def acts(self) -> list[panel.Act]:
        """The steps open to the reader on this part, but for the opinion, which is the page."""
        step = STEPS["assignment", "give_opinion"]
        found = panel.acts_on(self.file, self.part)
        return [act for act in found if act.url != step.url(self.scene)]

    @cached_property
    def names(self) -> list[countersigning.Name]:
        """Who has countersigned the lead organ's text, who is awaited, whose name is void."""
        lead = self.lead_part
        return countersigning.names(self.file, lead) if lead else []

    @cached_property
    def letter(self) -> papers.LetterPaper | None:
        """The text to be countersigned, for the organ asked to put its name under it."""
        lead = self.lead_part
        own = file_of(lead) if lead else None
        if lead is None or own is None or not self.names or where.is_drafted(own):
            return None
        if not (self.is_own or self.file.sight.writes_for(lead.organ_id)):
            return None
        return papers.fixed_letter(self.file, part=lead)
