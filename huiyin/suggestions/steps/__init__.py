"""Every step a person can take on a page, by the name of its row."""

from __future__ import annotations

from huiyin.kernel.errors import NotFound
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.scene import Scene
from huiyin.suggestions.steps.assigning import ASSIGNING
from huiyin.suggestions.steps.claiming import CLAIMING
from huiyin.suggestions.steps.cohandling import COHANDLING
from huiyin.suggestions.steps.contacting import CONTACTING
from huiyin.suggestions.steps.delivering import DELIVERING
from huiyin.suggestions.steps.extending import EXTENDING
from huiyin.suggestions.steps.feedback import FEEDBACK
from huiyin.suggestions.steps.handing import HANDING
from huiyin.suggestions.steps.handling import HANDLING
from huiyin.suggestions.steps.replying import REPLYING
from huiyin.suggestions.steps.responsibility import RESPONSIBILITY
from huiyin.suggestions.steps.returning import RETURNING
from huiyin.suggestions.steps.review import REVIEW
from huiyin.suggestions.steps.step import Step
from huiyin.suggestions.steps.urging import URGING
from huiyin.suggestions.steps.writing import WRITING

__all__ = ["CLAIMING", "STEPS", "Scene", "Step", "find"]

STEPS: dict[tuple[str, str], Step] = {
    (step.table, step.name): step
    for step in (
        *WRITING,
        *REVIEW,
        *ASSIGNING,
        *HANDING,
        *FEEDBACK,
        *HANDLING,
        *RESPONSIBILITY,
        *CONTACTING,
        *COHANDLING,
        *RETURNING,
        *EXTENDING,
        *URGING,
        *REPLYING,
        *DELIVERING,
        *CLAIMING,
    )
}


def find(name: str, *, tables: tuple[Table, ...]) -> Step:
    """The step called ``name`` in one of ``tables``; ``NotFound`` when no page offers it."""
    for table in tables:
        if step := STEPS.get((table, name)):
            return step
    raise NotFound(name)
