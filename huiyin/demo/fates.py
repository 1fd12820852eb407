"""What becomes of each suggestion, dealt out so that the year comes to its figures.

A fate says who raises it, which organs handle it in which role, what the replies come to and how
they are rated. Days are set in ``timetable``, words in ``wording``, rows written in ``story``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from huiyin.accounts.models import Post
from huiyin.demo.material import Topic
from huiyin.demo.quotas import Pending
from huiyin.suggestions.models.case import Kind
from huiyin.suggestions.stages import HandlingRole


class End(Enum):
    """How far it comes by ``quotas.TODAY``."""

    DRAFT = auto()
    UNDER_REVIEW = auto()
    RETURNED = auto()
    NOT_ACCEPTED = auto()
    FOR_REFERENCE = auto()
    WITHDRAWN = auto()
    REGISTERED = auto()
    IN_HANDLING = auto()
    # Answered and rated, or answered and the rating awaited, or closed without one.
    RATED = auto()
    AWAITED = auto()
    NO_FEEDBACK = auto()
    # Not satisfied, and the second round is running.
    HANDLED_AGAIN = auto()


ANSWERED = (End.RATED, End.AWAITED, End.NO_FEEDBACK, End.HANDLED_AGAIN)
REGISTERED = (*ANSWERED, End.REGISTERED, End.IN_HANDLING)


@dataclass(slots=True, kw_only=True)
class Charge:
    """One organ's role in it, by the organ's code."""

    organ: str
    role: str
    part: str = ""


@dataclass(slots=True, kw_only=True)
class Round:
    """What a round's reply comes to, and the deputy's rating of it, if any."""

    outcome_class: str
    rating: tuple[str, str] | None = None


@dataclass(slots=True, kw_only=True)
class Fate:
    """One suggestion's lot. ``name`` names its stream of chance."""

    name: str
    end: End
    in_session: bool = True
    topic: Topic
    title: str = ""
    # Which of the topic's titles: the facts and requests that go with it.
    title_at: int = 0
    slots: dict[str, str] = field(default_factory=dict)
    lead: Post
    cosigners: list[Post] = field(default_factory=list)
    declining: list[Post] = field(default_factory=list)
    whole_delegation: bool = False
    kind: str = Kind.SUGGESTION
    charges: list[Charge] = field(default_factory=list)
    wide: bool = False
    rounds: list[Round] = field(default_factory=list)
    # Entered or answered on paper; a paper reply of that year bore no class.
    from_paper: bool = False
    paper_reply: bool = False
    reviewed_together: bool = False
    wording: str = ""
    resubmitted: bool = False
    merged_with: str = ""
    registered_first: bool = False
    assigned_first: bool = False
    pending: Pending | None = None

    @property
    def main(self) -> str:
        """The code of the organ that answers first."""
        return self.charges[0].organ if self.charges else ""

    @property
    def partners(self) -> list[str]:
        return [each.organ for each in self.charges if each.role == HandlingRole.CO]

    @property
    def answering(self) -> list[Charge]:
        return [each for each in self.charges if each.role != HandlingRole.CO]
