"""One step as a page offers it: its questions, its promise, the service that takes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.kernel.workflow import Move
from huiyin.suggestions.forms.step import StepForm
from huiyin.suggestions.lifecycle import TABLES
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.scene import Scene

REPLY_PAGE = "suggestions:reply"
CO_PAGE = "suggestions:co_part"
# Pages of one organ's part.
ON_A_PART = (REPLY_PAGE, CO_PAGE)
MOVED_ON = _("The case has moved on; this step is not open now.")
Taken = Callable[[Scene, StepForm], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A row of a lifecycle as pages show it.

    ``take`` calls the service. ``after`` is the promise made beside the button, with its days;
    without one the row's own consequence is said. A ``page_only`` step is too long for the panel
    of the case and opens on its own page; ``elsewhere`` names a page of another kind that holds it.
    """

    table: Table
    name: str
    take: Taken
    done: Words
    form: type[StepForm] = StepForm
    after: Callable[[Scene], Words] | None = None
    danger: bool = False
    # Whether somebody else's step, taken meanwhile, makes the reader look again before his own.
    minds_others: bool = True
    page_only: bool = False
    elsewhere: str = ""
    template: str = "suggestions/step.html"
    confirm: Words = ""
    # What a link to its page says once the case has left the place where it begins.
    gone: Words = MOVED_ON
    # What the button says where it is more than the name of the step.
    button: Words = ""
    row: Move = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "row", TABLES[self.table].find(self.name))

    def consequence(self, scene: Scene) -> Words:
        return self.after(scene) if self.after else self.row.consequence

    def url(self, scene: Scene) -> str:
        """Where the step has its own page, and where its form goes."""
        if self.table == Table.SUGGESTION:
            return reverse("suggestions:step", args=[scene.case.key, self.name])
        return reverse("suggestions:part_step", args=[scene.charge.key, self.name])

    def page(self, scene: Scene) -> str:
        """Where to go to take it when the panel of the case does not hold it; else nothing."""
        if self.elsewhere in ON_A_PART:
            return reverse(self.elsewhere, args=[scene.charge.key])
        if self.elsewhere:
            return reverse(self.elsewhere, args=[scene.case.key])
        return self.url(scene) if self.page_only else ""

    def blank(self, scene: Scene, *, seen: int) -> StepForm:
        """The form as it is first shown."""
        return self.form(scene=scene, name=f"{self.table}_{self.name}", initial={"seen": seen})

    def sent(self, scene: Scene, data: Any, files: Any = None) -> StepForm:
        """The form as it was sent, with the files that came with it."""
        return self.form(data, files=files, scene=scene, name=f"{self.table}_{self.name}")
