"""The words of a case: what the deputy writes, what the organs answer, what is said in between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from huiyin.demo import material
from huiyin.demo.chance import Chance
from huiyin.demo.fates import Fate
from huiyin.demo.places import filled
from huiyin.suggestions.models.texts import FormedBy, PublishScope, RaisedBefore

_ASKED, _ASKED_WEIGHTS = (1, 2, 3, 4), (10, 40, 38, 12)
_FORMED = tuple(FormedBy.values)
_FORMED_WEIGHTS = (38, 14, 20, 18, 10)
_RAISED = tuple(RaisedBefore.values)
_RAISED_WEIGHTS = (84, 9, 4, 3)
_PUBLISH = tuple(PublishScope.values)
_PUBLISH_WEIGHTS = (84, 12, 4)
# What an organ calls itself, by how its name ends.
_SELF = (
    ("人民政府办公厅", "我厅"),
    ("人民政府", "我市"),
    ("人大常委会机关", "我们"),
    ("共青团岳川省委员会", "团省委"),
    ("总工会", "省总工会"),
    ("妇女联合会", "省妇联"),
    ("残疾人联合会", "省残联"),
    ("科学技术协会", "省科协"),
    ("省委党校", "省委党校"),
    ("法院", "我院"),
    ("检察院", "我院"),
    ("海关", "我关"),
    ("支行", "我行"),
    ("总队", "我总队"),
    ("公司", "我公司"),
    ("社", "我社"),
    ("厅", "我厅"),
    ("部", "我部"),
    ("局", "我局"),
    ("办公室", "我办"),
    ("委员会", "我委"),
)
# Besides the class of the reply, its points may come to these.
_BESIDE = {
    "A1": ("A1", "A1", "A2", "A3"),
    "A2": ("A1", "A2", "A2"),
    "A3": ("A3", "A3", "A1"),
    "B1": ("A1", "B1", "A2", "B2"),
    "B2": ("A3", "B2", "B1"),
    "C1": ("A3", "C1", "B2"),
    "C2": ("C1", "A3"),
    "": ("A1", "A3", "B2"),
}


@dataclass(frozen=True, slots=True)
class Written:
    """A suggestion's text. ``asks`` pairs each request with what an organ does about it."""

    title: str
    situation: str
    asks: tuple[tuple[str, str], ...]
    formed_by: list[str]
    raised_before: str
    publish_scope: str
    wants_contact: bool
    organ_hint: str


def written(fate: Fate) -> Written:
    """Return what the deputy writes."""
    chance = Chance("text", fate.name)
    table = material.texts("writing")
    fate.slots["Z"] = fate.title.removeprefix("关于").removesuffix("的建议")
    formed = chance.weighed(_FORMED, _FORMED_WEIGHTS)
    also = [chance.weighed(_FORMED, _FORMED_WEIGHTS)] if chance.falls(0.3) else []
    raised = chance.weighed(_RAISED, _RAISED_WEIGHTS)
    parts = [
        chance.pick(table["opening"][formed]),
        _facts(fate, chance),
        chance.pick(table["situation"]["causes"]),
    ]
    if raised != RaisedBefore.NO:
        again = table["situation"]["again"]
        parts.append(again[0] if raised == RaisedBefore.TWO else again[1])
    parts.append(chance.pick(table["situation"]["closings"]))
    situation = filled("".join(parts), fate.slots, chance)
    organ = material.organ(fate.main).name if fate.charges else ""
    hint = chance.pick(table["hints"]["shapes"]) if organ else ""
    return Written(
        title=fate.title,
        situation=situation,
        asks=_asks(fate, chance),
        formed_by=list(dict.fromkeys([formed, *also])),
        raised_before=raised,
        publish_scope=chance.weighed(_PUBLISH, _PUBLISH_WEIGHTS),
        wants_contact=chance.falls(0.35),
        organ_hint=hint.replace("{o}", organ),
    )


def _facts(fate: Fate, chance: Chance) -> str:
    title = fate.topic.titles[fate.title_at]
    chosen = [
        *chance.shuffled(title.facts),
        *chance.shuffled(material.texts("writing")["any"]["facts"]),
    ][:2]
    # Each fact draws its own numbers, so that the same sentence is seldom met twice.
    first, second = (filled(each, fate.slots, chance) for each in chosen)
    joined = chance.pick(material.texts("writing")["situation"]["joins"])
    return str(joined.replace("{a}", first).replace("{b}", second))


def _asks(fate: Fate, chance: Chance) -> tuple[tuple[str, str], ...]:
    title = fate.topic.titles[fate.title_at]
    table = material.texts("writing")
    count = chance.weighed(_ASKED, _ASKED_WEIGHTS)
    chosen = [*chance.shuffled(title.asks), *_general(title, table["any"]["asks"], chance)]
    shape = chance.pick(table["request"]["shapes"][:3])
    found = []
    for at, raw in enumerate(chosen[:count]):
        asked, done = filled(raw, fate.slots, chance).split("|")
        # Only one request bears the shape; a list of them does not say 建议 each time.
        put = shape.replace("{q}", asked) if at == 0 else f"{asked}。"
        found.append((put, done))
    return tuple(found)


def _general(title: material.Title, asks: list[str], chance: Chance) -> list[str]:
    """The requests that fit any title; first those that name the matter, if none else does."""
    mixed = chance.shuffled(asks)
    return mixed if title.asks else sorted(mixed, key=lambda ask: "{Z}" not in ask)


def reworded(fate: Fate, text: Written) -> tuple[str, str, list[str]]:
    """Return title, situation and requests as the office would put them."""
    title = text.title
    if not any(fate.slots[slot] in title for slot in "SC"):
        title = title.replace("关于", f"关于在{fate.slots['C']}等地", 1)
    else:
        title = title.replace("的建议", "有关工作的建议")
    requests = [asked for asked, _done in text.asks]
    requests[0] = requests[0].rstrip("。") + "，并明确责任单位。"
    return title, text.situation, requests


# --- The organ's side


def self_name(organ: str) -> str:
    """Return how the organ of that code speaks of itself."""
    name = material.organ(organ).name
    return next((said for end, said in _SELF if name.endswith(end)), "我单位")


def slots_of(fate: Fate, organ: str, **more: str) -> dict[str, str]:
    """Return the slots of a case as one organ fills them."""
    return {**fate.slots, "M": self_name(organ), **more}


@dataclass(frozen=True, slots=True)
class Letter:
    """A reply's words around its points."""

    opening: str
    closing: str
    answers: tuple[str, ...]


def letter(
    fate: Fate,
    text: Written,
    *,
    organ: str,
    outcome_class: str,
    number: str,
    second: bool = False,
) -> Letter:
    """Return the reply of one organ: every request answered, in the spirit of its class.

    Whom it speaks to is put before it where the letter is shown.
    """
    chance = Chance("letter", fate.name, organ, second)
    table = material.texts("handling")
    slots = slots_of(fate, organ)
    partners = [material.organ(code).short for code in fate.partners]
    study = chance.pick(table["letter"]["together" if partners else "alone"])
    study = study.replace("{co}", _listed(partners))
    if second:
        opening = table["letter"]["again"]
    else:
        opening = chance.pick(table["letter"]["openings" if fate.in_session else "between"])
    opening = opening.replace("{study}", study).replace("{title}", text.title)
    opening = opening.replace("{number}", number)
    closing = chance.pick(table["letter"]["closings"])
    closing = closing.replace("{field}", table["field"][fate.topic.category])
    return Letter(
        opening=filled(opening, slots, chance),
        closing=filled(closing, slots, chance),
        answers=tuple(_answers(text, outcome_class, slots, chance)),
    )


def _answers(
    text: Written, outcome_class: str, slots: dict[str, str], chance: Chance
) -> Iterator[str]:
    """Answer each request: the first as the class says, the others near it, no phrase twice."""
    said: set[str] = set()
    for at, (_asked, done) in enumerate(text.asks):
        own = outcome_class or "A1"
        of = own if at == 0 else chance.pick(_BESIDE[outcome_class])
        shapes = material.texts("handling")["answer"][of]
        shape = chance.pick([each for each in shapes if each not in said] or shapes)
        said.add(shape)
        yield filled(shape, {**slots, "P": done}, chance)


def _listed(names: Sequence[str]) -> str:
    return "、".join(names)


def opinion(fate: Fate, *, organ: str) -> str:
    """Return the co-handling opinion of one organ, point by point."""
    chance = Chance("opinion", fate.name, organ)
    table = material.texts("handling")["opinion"]
    own = list(table.get(organ, ()))
    said = [*chance.some(own, 1), *chance.some(table["*"], 2 if chance.falls(0.6) else 1)]
    slots = slots_of(fate, organ)
    return "\n".join(
        f"{'一二三'[at]}、{filled(each, slots, chance)}" for at, each in enumerate(said)
    )


def contact(fate: Fate, *, organ: str, phase: str, again: bool, chance: Chance) -> dict[str, Any]:
    """Return the record of a talk with the deputy: form, place, gist."""
    table = material.texts("handling")["contact"]
    # That spring one spoke by telephone and on screen.
    form = chance.weighed(
        ("phone", "video", "visit", "meeting", "on_site", "letter"),
        (46, 14, 14, 12, 10, 4) if phase == "before" else (26, 8, 26, 20, 16, 4),
    )
    spoken_to = form in ("phone", "video", "letter")
    slots = slots_of(fate, organ)
    return {
        "form": form,
        "place": "" if spoken_to else filled(chance.pick(table["places"]), slots, chance),
        "gist": filled(chance.pick(table["again" if again else phase]), slots, chance),
    }


def requirement(fate: Fate, *, organ: str, helps: bool) -> str:
    """Return what a handling plan demands."""
    chance = Chance("plan", fate.name, organ)
    shapes = material.texts("handling")["plan"]["co" if helps else "requirements"]
    return filled(chance.pick(shapes), slots_of(fate, organ), chance)


def comment(fate: Fate, result: str, *, again: bool = False) -> str:
    """Return what the deputy adds to his grades; dissatisfied, he always says why."""
    chance = Chance("comment", fate.name, again)
    said: list[str] = material.texts("handling")["comment"][result]
    return chance.pick(said)


def document_number(organ: str, serial: int, on: date) -> str:
    """Return the number of a letter in the organ's own series."""
    kind = material.organ(organ)
    series = "复" if kind.system in ("government", "party") else "函"
    place = "" if organ.startswith("city") else "岳"
    return f"{place}{kind.word}{series}〔{on.year}〕{serial}号"
