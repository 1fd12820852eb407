"""The engine of a lifecycle, on a table of three stages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.db import models

from huiyin.kernel.errors import Conflict, NotFound, NotPermitted
from huiyin.kernel.workflow import Lifecycle, Move


class Light(models.TextChoices):
    RED = "red"
    GREEN = "green"
    OFF = "off"


@dataclass
class Lamp:
    stage: str


def is_guard(actor: str, lamp: Lamp) -> bool:
    return actor == "guard"


def needs_power(lamp: Lamp, brought: Any) -> str | None:
    return None if brought["power"] else "No power."


GO = Move(
    name="go",
    label="Go",
    sources=frozenset({Light.RED}),
    target=Light.GREEN,
    allowed=is_guard,
    guards=(needs_power,),
    basis="rule 1",
)
EXPLAIN = Move(
    name="explain",
    label="Explain",
    sources=frozenset({Light.GREEN}),
    target=None,
    allowed=is_guard,
    must_say_why=True,
    needs_reason_code=True,
    basis="rule 2",
)
END = Move(
    name="end",
    label="End",
    sources=frozenset({Light.GREEN}),
    target=Light.OFF,
    allowed=is_guard,
    basis="rule 3",
)


def lamp_life(*moves: Move) -> Lifecycle:
    return Lifecycle(
        name="lamp", stages=Light, initial="red", final=frozenset({"off"}), moves=moves
    )


LAMP = lamp_life(GO, EXPLAIN, END)


def check(row: Move, *, actor: str = "guard", stage: str = "red", **more: Any) -> None:
    brought = {"power": more.pop("power", True)}
    LAMP.check(row, actor=actor, case=Lamp(stage), brought=brought, **more)


def test_a_step_in_order_passes() -> None:
    check(GO)
    check(EXPLAIN, stage="green", why="Because.", reason_code="X")


def test_each_obstacle_is_said() -> None:
    with pytest.raises(NotPermitted):
        check(GO, actor="stranger")
    with pytest.raises(Conflict, match=r"此件已进入下一环节|moved on"):
        check(GO, stage="off")
    with pytest.raises(Conflict, match="No power"):
        check(GO, power=False)
    with pytest.raises(Conflict, match=r"理由|reason"):
        check(EXPLAIN, stage="green", why="  ", reason_code="X")
    with pytest.raises(Conflict, match=r"选择|Choose"):
        check(EXPLAIN, stage="green", why="Because.")


def test_the_person_is_judged_before_the_stage() -> None:
    """A stranger must not learn from the refusal where a case stands."""
    with pytest.raises(NotPermitted):
        check(GO, actor="stranger", stage="off")


def test_require_asks_nobody() -> None:
    GO.require(Lamp("red"), {"power": True})
    with pytest.raises(Conflict):
        GO.require(Lamp("green"), {"power": True})
    with pytest.raises(Conflict):
        GO.require(Lamp("red"), {"power": False})


def test_open_steps_are_those_of_stage_and_actor_in_order() -> None:
    assert LAMP.open_to("guard", Lamp("green")) == [EXPLAIN, END]
    assert LAMP.open_to("stranger", Lamp("green")) == []
    assert LAMP.open_to("guard", Lamp("off")) == []


def test_find() -> None:
    assert LAMP.find("go") is GO
    with pytest.raises(NotFound):
        LAMP.find("stop")


def test_a_dead_end_and_an_unreached_stage_are_found() -> None:
    assert LAMP.dead_ends() == set()
    assert LAMP.unreachable() == set()
    assert lamp_life(GO).dead_ends() == {"red", "green"}
    assert lamp_life(END).unreachable() == {"green", "off"}
    assert lamp_life(GO, EXPLAIN).dead_ends() == {"red", "green"}


def test_a_table_that_contradicts_itself_does_not_load() -> None:
    with pytest.raises(ValueError, match="twice"):
        lamp_life(GO, GO)
    strange = Move(
        name="fly",
        label="Fly",
        sources=frozenset({"red", "blue"}),
        target=None,
        allowed=is_guard,
        basis="rule 4",
    )
    with pytest.raises(ValueError, match="blue"):
        lamp_life(strange)
