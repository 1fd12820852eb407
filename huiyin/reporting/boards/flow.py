"""A flow drawn by the server: boxes in columns, bands between them, as wide as what they carry.

Every box is named with its number, so that it reads without colour; the same stands in a table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from huiyin.kernel.errors import Words

WIDTH, HEIGHT = 1080, 420
BOX, GAP, TOP = 14, 26, 34
# Room for the words right of the last boxes.
MARGIN = 190


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """``column`` counts from the left; ``url`` opens exactly the rows of ``value``."""

    name: str
    label: Words
    value: int
    column: int
    url: str = ""
    series: str = "1"
    unit: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    source: str
    target: str
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    node: Node
    x: float
    y: float
    height: float

    @property
    def text_x(self) -> float:
        return self.x + BOX + 8

    @property
    def text_y(self) -> float:
        return self.y + self.height / 2

    @property
    def number_y(self) -> float:
        return self.text_y + 17


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    boxes: Sequence[Box]
    paths: Sequence[tuple[str, str]]
    heads: Sequence[tuple[float, Words]]
    width: int = WIDTH
    height: int = HEIGHT
    box: int = BOX


def drawn(nodes: Sequence[Node], bands: Sequence[Band], heads: Sequence[Words]) -> Drawn:
    """Lay out ``nodes`` and the bands between them; what carries nothing is not drawn."""
    shown = [node for node in nodes if node.value > 0]
    boxes = {box.node.name: box for box in _boxes(shown)}
    columns = len(heads)
    return Drawn(
        boxes=list(boxes.values()),
        paths=list(_paths(boxes, bands)),
        heads=[(_x(column, columns), head) for column, head in enumerate(heads)],
    )


def _x(column: int, columns: int) -> float:
    return round(column * (WIDTH - MARGIN) / max(columns - 1, 1), 1)


def _boxes(nodes: Sequence[Node]) -> list[Box]:
    columns = 1 + max((node.column for node in nodes), default=0)
    by_column = [[node for node in nodes if node.column == at] for at in range(columns)]
    scale = min(
        (
            (HEIGHT - TOP - GAP * len(column)) / sum(node.value for node in column)
            for column in by_column
            if column
        ),
        default=0.0,
    )
    found = []
    for at, column in enumerate(by_column):
        y = float(TOP)
        for node in column:
            height = max(round(node.value * scale, 1), 2.0)
            found.append(Box(node=node, x=_x(at, columns), y=round(y, 1), height=height))
            # Two lines of words have to fit beside the smallest box.
            y += max(height, 22) + GAP
    return found


def _paths(boxes: Mapping[str, Box], bands: Sequence[Band]) -> list[tuple[str, str]]:
    """Each band as a path with the series of where it goes."""
    left: dict[str, float] = {}
    right: dict[str, float] = {}
    found = []
    for band in bands:
        source, target = boxes.get(band.source), boxes.get(band.target)
        if source is None or target is None or not band.value:
            continue
        out, into = _thickness(source, band), _thickness(target, band)
        y1 = source.y + right.get(band.source, 0.0)
        y2 = target.y + left.get(band.target, 0.0)
        right[band.source] = right.get(band.source, 0.0) + out
        left[band.target] = left.get(band.target, 0.0) + into
        path = _path(x1=source.x + BOX, y1=y1, out=out, x2=target.x, y2=y2, into=into)
        found.append((path, target.node.series))
    return found


def _thickness(box: Box, band: Band) -> float:
    return box.height * min(band.value / box.node.value, 1)


def _path(*, x1: float, y1: float, out: float, x2: float, y2: float, into: float) -> str:
    """From a side of height ``out`` to one of height ``into``."""
    middle = (x1 + x2) / 2
    return (
        f"M{x1:.1f} {y1:.1f} C{middle:.1f} {y1:.1f} {middle:.1f} {y2:.1f} {x2:.1f} {y2:.1f} "
        f"V{y2 + into:.1f} C{middle:.1f} {y2 + into:.1f} {middle:.1f} {y1 + out:.1f} "
        f"{x1:.1f} {y1 + out:.1f} Z"
    )
