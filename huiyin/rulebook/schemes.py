"""Reply classes, grades of satisfaction, dimensions and review reasons, as data.

A class code means something only together with its scheme: 列入规划 is B in Hunan and C elsewhere.
Comparing places goes through ``Outcome``, never through the letter.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from huiyin.rulebook.words import Words


class Outcome(StrEnum):
    """What a reply comes to, whatever a place calls it."""

    SOLVED = "solved"
    THIS_YEAR = "this_year"
    REGULATED = "regulated"
    PLANNED = "planned"
    REFERENCE = "reference"
    IMPOSSIBLE = "impossible"


class Promise(StrEnum):
    """What a class promises for later; the rulebook says until when each has to be kept."""

    THIS_YEAR = "this_year"
    NEAR_TERM = "near_term"
    PLANNED = "planned"


class Proof(StrEnum):
    """What a reply must bring with its class, so that the class is more than a letter."""

    EVIDENCE = "evidence"
    THIS_YEAR = "this_year"
    NEAR_TERM = "near_term"
    PLAN = "plan"
    GROUND = "ground"

    @property
    def asks_day(self) -> bool:
        return self in (Proof.THIS_YEAR, Proof.NEAR_TERM, Proof.PLAN)


# 「已经解决、已有规定和计划解决的」 in the Hunan report of 2020: its 88.6 %.
SOLVED_OR_PLANNED = frozenset(
    {Outcome.SOLVED, Outcome.THIS_YEAR, Outcome.REGULATED, Outcome.PLANNED}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeClass:
    """One class of a scheme. ``group`` is the letter under which tables add it up; ``proof`` is
    what a reply of this class must bring, by its promise, else by its outcome."""

    code: str
    group: str
    outcome: Outcome
    label: Words
    definition: Words
    promise: Promise | None = None
    proof: Proof


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofKind:
    """What a kind of proof is called, and the rule as a refusal names it."""

    code: Proof
    label: Words
    rule: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassScheme:
    code: str
    title: Words
    classes: tuple[OutcomeClass, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(each.code for each in self.classes)

    @property
    def groups(self) -> tuple[str, ...]:
        """The letters, in the order of the scheme."""
        return tuple(dict.fromkeys(each.group for each in self.classes))

    def find(self, code: str) -> OutcomeClass:
        """The class called ``code``; raises ``KeyError`` when the scheme has none."""
        for each in self.classes:
            if each.code == code:
                return each
        raise KeyError(code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """``satisfied``: always part of the satisfaction rate. ``basically``: part of it where the
    rulebook counts 基本满意 in. Neither: not satisfied."""

    code: str
    label: Words
    satisfied: bool
    basically: bool

    @property
    def dissatisfied(self) -> bool:
        return not (self.satisfied or self.basically)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Grades from the best to the worst."""

    code: str
    title: Words
    grades: tuple[Grade, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(each.code for each in self.grades)

    def find(self, code: str) -> Grade:
        """The grade called ``code``; raises ``KeyError`` when the scale has none."""
        for each in self.grades:
            if each.code == code:
                return each
        raise KeyError(code)

    def counted_satisfied(self, *, includes_basic: bool) -> frozenset[str]:
        """Codes that enter the numerator of the satisfaction rate."""
        return frozenset(
            each.code
            for each in self.grades
            if each.satisfied or (includes_basic and each.basically)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """What is rated: the attitude of the organ, the result."""

    code: str
    label: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a draft does not pass review. ``barred``: it cannot be a suggestion at all, so it may be
    refused; otherwise it can be repaired and is returned for revision."""

    code: str
    label: Words
    barred: bool


def _words(raw: Mapping[str, str]) -> Words:
    return Words(zh=raw["zh"], en=raw["en"])


def _class_scheme(code: str, raw: Mapping[str, Any]) -> ClassScheme:
    return ClassScheme(
        code=code,
        title=_words(raw["title"]),
        classes=tuple(
            OutcomeClass(
                code=each["code"],
                group=each["group"],
                outcome=Outcome(each["outcome"]),
                label=_words(each["label"]),
                definition=_words(each["definition"]),
                promise=Promise(each["promise"]) if "promise" in each else None,
                proof=_PROOF_OF[each.get("promise") or each["outcome"]],
            )
            for each in raw["class"]
        ),
    )


def _scale(code: str, raw: Mapping[str, Any]) -> Scale:
    return Scale(
        code=code,
        title=_words(raw["title"]),
        grades=tuple(
            Grade(
                code=each["code"],
                label=_words(each["label"]),
                satisfied=each.get("satisfied", False),
                basically=each.get("basically", False),
            )
            for each in raw["grade"]
        ),
    )


_SHIPPED = tomllib.loads(Path(__file__).with_name("schemes.toml").read_text("utf-8"))

PROOFS: dict[Proof, ProofKind] = {
    Proof(each["code"]): ProofKind(
        code=Proof(each["code"]), label=_words(each["label"]), rule=_words(each["rule"])
    )
    for each in _SHIPPED["proof"]
}
# By the promise a class makes, or else by its outcome; a scheme need not say it again.
_PROOF_OF: dict[str, Proof] = {
    code: Proof(each["code"]) for each in _SHIPPED["proof"] for code in each["of"]
}
CLASS_SCHEMES: dict[str, ClassScheme] = {
    code: _class_scheme(code, raw) for code, raw in _SHIPPED["class_scheme"].items()
}
SCALES: dict[str, Scale] = {code: _scale(code, raw) for code, raw in _SHIPPED["scale"].items()}
DIMENSIONS: dict[str, Dimension] = {
    each["code"]: Dimension(code=each["code"], label=_words(each["label"]))
    for each in _SHIPPED["dimension"]
}
REASONS: dict[str, Reason] = {
    each["code"]: Reason(code=each["code"], label=_words(each["label"]), barred=each["barred"])
    for each in _SHIPPED["reason"]
}
