"""The table of a lifecycle: who may take a case from where to where, and what follows.

A room states its lifecycle once as rows of ``Move``. Buttons, permission checks, records, the
documentation, the diagram and the tests read that table; nothing else compares stages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Conflict, NotFound, NotPermitted, Words

# A rule says whether this actor may take the step with this case.
# Its docstring's first line is printed in the documentation.
Rule = Callable[[Any, Any], bool]
# A guard says what is still missing, or None. It is given what the step brings along.
Guard = Callable[[Any, Mapping[str, Any]], Words | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One row of a lifecycle.

    ``allowed`` has no default: a row that forgets to say who may take it does not import,
    rather than being open to everyone. ``target`` None means that the stage stays as it is.
    ``notice``, ``clock`` and ``document`` name what the service that takes the step must do;
    ``basis`` is the article or paper the step rests on.
    """

    name: str
    label: Words
    sources: frozenset[str]
    target: str | None
    allowed: Rule
    basis: str
    consequence: Words = ""
    guards: tuple[Guard, ...] = ()
    must_say_why: bool = False
    needs_reason_code: bool = False
    primary: bool = False
    clock: str = ""
    notice: str = ""
    document: str = ""

    def permit(self, actor: Any, case: Any) -> None:
        """Raise unless this actor may take the step and the case is where it begins."""
        if not self.allowed(actor, case):
            raise NotPermitted(_("You may not take this step."))
        self.require_stage(case)

    def require(self, case: Any, brought: Mapping[str, Any]) -> None:
        """Raise ``Conflict`` unless the case is where the step begins and lacks nothing."""
        self.require_stage(case)
        self.require_nothing_missing(case, brought)

    def require_stage(self, case: Any) -> None:
        """Raise ``Conflict`` when the case is not where the step begins."""
        if case.stage not in self.sources:
            raise Conflict(
                _("The case has moved on."),
                remedy=_("Look at it again: the steps open to you now are shown there."),
            )

    def require_nothing_missing(self, case: Any, brought: Mapping[str, Any]) -> None:
        """Raise ``Conflict`` with what the first unmet guard says."""
        for guard in self.guards:
            if said := guard(case, brought):
                raise Conflict(said)


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """The moves of one kind of case, and the stages it begins and may end in."""

    name: str
    stages: Any
    initial: str
    final: frozenset[str]
    moves: tuple[Move, ...]
    _by_name: dict[str, Move] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        known = set(self.stages.values)
        by_name: dict[str, Move] = {}
        for row in self.moves:
            if row.name in by_name:
                raise ValueError(f"{self.name}: the step {row.name} stands twice")
            if strange := (set(row.sources) | ({row.target} - {None})) - known:
                raise ValueError(f"{self.name}: {row.name} names unknown stages {strange}")
            by_name[row.name] = row
        object.__setattr__(self, "_by_name", by_name)

    def find(self, name: str) -> Move:
        """Return the row called ``name``; ``NotFound`` when there is none."""
        try:
            return self._by_name[name]
        except KeyError:
            raise NotFound(f"{self.name}: {name}") from None

    def open_to(self, actor: Any, case: Any) -> list[Move]:
        """Return the steps this actor could take with this case now, in the table's order."""
        return [row for row in self.moves if case.stage in row.sources and row.allowed(actor, case)]

    def check(
        self,
        row: Move,
        *,
        actor: Any,
        case: Any,
        why: str = "",
        reason_code: str = "",
        brought: Mapping[str, Any],
    ) -> None:
        """Raise what stands against this step: the person first, then the stage, then the rest."""
        row.permit(actor, case)
        if row.must_say_why and not why.strip():
            raise Conflict(_("This step needs a reason."))
        if row.needs_reason_code and not reason_code:
            raise Conflict(_("Choose a reason for this step."))
        row.require_nothing_missing(case, brought)

    def dead_ends(self) -> set[str]:
        """Return the stages from which no row, followed on, ever reaches an end."""
        alive = set(self.final)
        while grown := {
            source
            for row in self.moves
            for source in row.sources
            if row.target in alive and source not in alive
        }:
            alive |= grown
        return set(self.stages.values) - alive

    def unreachable(self) -> set[str]:
        """Return the stages that no row leads to from the beginning."""
        reached = {self.initial}
        while grown := {
            row.target
            for row in self.moves
            if row.target and row.target not in reached and row.sources & reached
        }:
            reached |= grown
        return set(self.stages.values) - reached
