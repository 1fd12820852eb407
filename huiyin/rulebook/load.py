"""From a pack's name and a day to the rules in force: inheritance, dates, local decisions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

from huiyin.rulebook import values
from huiyin.rulebook.errors import RulebookError
from huiyin.rulebook.model import Citation, Period, Rulebook, StartEvent
from huiyin.rulebook.pack import Entry, Pack, read_pack
from huiyin.rulebook.parameters import GROUPS, PARAMETERS, Parameter
from huiyin.rulebook.sources import Confidence, Source
from huiyin.rulebook.values import Length
from huiyin.rulebook.words import Words

PACKS = Path(__file__).with_name("packs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a congress decided for itself, over its pack: values written as a pack writes them.

    ``before`` is what had been decided earlier and still stands; each value keeps the source of
    the decision that set it.
    """

    values: Mapping[str, object]
    decided_by: str
    decided_on: date
    since: date
    basis: str
    before: "Decision | None" = None


def available(folder: Path = PACKS) -> tuple[str, ...]:
    """The names of the packs that ``load`` knows."""
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


def load(
    name: str, *, on: date, decision: Decision | None = None, folder: Path = PACKS
) -> Rulebook:
    """The rules of pack ``name`` in force on ``on``, with ``decision`` laid over them.

    Raises ``RulebookError`` when the pack, one it inherits from, or the decision cannot be used,
    or when some value is not in force on that day. Nothing is ever half loaded.
    """
    lineage = _lineage(name, folder)
    found = {key: _in_force(key, lineage, on) for key in PARAMETERS}
    for each in _in_order(decision):
        if each.since <= on:
            found |= _decided(each)
    typed = {key: _complete(PARAMETERS[key], entry.value, found) for key, entry in found.items()}
    groups: dict[str, dict[str, object]] = {group: {} for group in GROUPS}
    for key, value in typed.items():
        groups[PARAMETERS[key].group][PARAMETERS[key].name] = value
    parts: dict[str, Any] = {group: GROUPS[group](**fields) for group, fields in groups.items()}
    rules = Rulebook(
        pack=name,
        title=lineage[0].title,
        on=on,
        citations=tuple(
            Citation(key, typed[key], each.source, each.origin, each.since, each.until)
            for key, each in found.items()
        ),
        **parts,
    )
    _check_together(rules, found)
    return rules


def _lineage(name: str, folder: Path) -> list[Pack]:
    """The pack and those it inherits from, nearest first."""
    lineage: list[Pack] = []
    asked_by, line = f"{name}.toml", 0
    while name:
        if name not in available(folder) or name in [pack.name for pack in lineage]:
            listed = ", ".join(available(folder))
            raise RulebookError(
                asked_by,
                line,
                Words(zh=f"没有可用的规则包 {name!r}。", en=f"There is no usable pack {name!r}."),
                Words(
                    zh=f"可用的有：{listed}；规则包不能循环继承。",
                    en=f"Known are: {listed}; a pack cannot inherit from itself.",
                ),
            )
        pack = read_pack(folder / f"{name}.toml")
        lineage.append(pack)
        asked_by, line, name = f"{name}.toml", pack.inherits_line, pack.inherits
    return lineage


def _in_force(key: str, lineage: list[Pack], on: date) -> Entry:
    for pack in lineage:
        for entry in pack.entries.get(key, ()):
            if entry.holds(on):
                return entry
    root = lineage[-1]
    dated = root.entries.get(key, ())
    raise RulebookError(
        f"{root.name}.toml",
        dated[0].line if dated else 0,
        Words(zh=f"{on} 没有有效的 {key}。", en=f"No value of {key} is in force on {on}."),
        Words(
            zh=f"请选 {dated[0].since} 以后的日期，或补上该日有效的值。",
            en=f"Choose a day from {dated[0].since} on, or add a value for that day.",
        )
        if dated
        else Words(zh=f"补上 [[{key}]]。", en=f"Add [[{key}]]."),
    )


def _in_order(decision: Decision | None) -> list[Decision]:
    """The decision and those before it, the earliest first."""
    listed: list[Decision] = []
    while decision is not None:
        listed.insert(0, decision)
        decision = decision.before
    return listed


def _decided(decision: Decision) -> dict[str, Entry]:
    said_by = Words(zh=decision.decided_by, en=decision.decided_by)
    source = Source(
        title=said_by,
        article=Words(zh="", en=""),
        text=Words(zh=decision.basis, en=decision.basis),
        version=decision.decided_on.isoformat(),
        confidence=Confidence.DECIDED,
    )
    entries: dict[str, Entry] = {}
    for key, raw in decision.values.items():
        if key not in PARAMETERS:
            raise RulebookError(
                decision.decided_by,
                0,
                Words(zh=f"不认识的名称 {key!r}。", en=f"Unknown name {key!r}."),
                Words(
                    zh=f"可用的有：{'、'.join(PARAMETERS)}。",
                    en=f"Known are: {', '.join(PARAMETERS)}.",
                ),
            )
        try:
            value = values.parse(raw, PARAMETERS[key])
        except values.Refused as refused:
            raise RulebookError(
                decision.decided_by, 0, refused.message, refused.remedy
            ) from refused
        entries[key] = Entry(
            key=key,
            value=value,
            source=source,
            since=decision.since,
            until=None,
            origin=decision.decided_by,
            file=decision.decided_by,
            line=0,
        )
    return entries


def _complete(parameter: Parameter, value: object, found: Mapping[str, Entry]) -> object:
    """A length becomes a period once it is known what it is counted from."""
    if not isinstance(value, Length):
        return value
    start = parameter.start
    if not isinstance(start, StartEvent):
        start = cast("StartEvent", found[start].value)
    return Period(value.count, value.unit, start, parameter.key)


def _check_together(rules: Rulebook, found: Mapping[str, Entry]) -> None:
    """What no single value can show: the wider limit is never the shorter one."""
    periods = {
        "reply.limit": rules.reply.limit,
        "reply.limit_wide": rules.reply.limit_wide,
        "extension.limit": rules.extension.limit,
    }
    for wide, narrow in (("reply.limit_wide", "reply.limit"), ("extension.limit", "reply.limit")):
        longer, shorter = periods[wide], periods[narrow]
        alike = (longer.unit, longer.counted_from) == (shorter.unit, shorter.counted_from)
        if alike and longer.count < shorter.count:
            # The one that upset the other.
            later = max(found[wide], found[narrow], key=lambda entry: entry.since)
            raise RulebookError(
                later.file,
                later.line,
                Words(zh=f"{wide} 短于 {narrow}。", en=f"{wide} is shorter than {narrow}."),
                Words(zh="请核对两个期限。", en="Check the two periods."),
            )
