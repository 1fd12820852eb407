"""The steps of the work, and the parameters that rule each."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from huiyin.rulebook.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the work, and the parameters that rule it, in order."""

    title: Words
    keys: tuple[str, ...]


STEPS: tuple[Step, ...] = tuple(
    Step(title=Words(**raw["title"]), keys=tuple(raw["keys"]))
    for raw in tomllib.loads(Path(__file__).with_name("steps.toml").read_text("utf-8"))["step"]
)
