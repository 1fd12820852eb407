"""One pack file, read and checked line by line. A pack with a fault is refused whole."""

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from huiyin.rulebook import toml_lines, values
from huiyin.rulebook.errors import RulebookError
from huiyin.rulebook.parameters import PARAMETERS
from huiyin.rulebook.sources import Confidence, Source
from huiyin.rulebook.words import Words

OUR_CHOICE = Words(zh="本系统默认", en="Huiyin's own default")

# The levels a congress can have, as the pack head and whoever asks for a pack name them.
LEVELS = ("national", "province", "city", "county", "township")

_PACK_FIELDS = {"title", "inherits", "divisions", "levels", "since"}
_DIVISION = re.compile(r"\d{2}|\d{4}|\d{6}|\d{9}", re.ASCII)
_SOURCE_FIELDS = {"title", "version", "since", "until", "confidence"}
_ENTRY_FIELDS = {"value", "source", "article", "text", "since", "until"}
_DIVISIONS_SAID = Words(
    zh='区划代码的列表，例如 ["43"] 或 ["3702"]', en='a list of division codes, such as ["43"]'
)
_LEVELS_SAID = Words(
    zh=f"层级的列表，取自 {', '.join(LEVELS)}", en=f"a list of levels out of {', '.join(LEVELS)}"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One cited value of a pack and the days it holds: ``since`` to the day before ``until``."""

    key: str
    value: object
    source: Source
    since: date
    until: date | None
    origin: str
    file: str
    line: int

    def holds(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class Pack:
    """``divisions``: how the codes (GB/T 2260) of the places it is for begin; none means that it
    is never chosen by place. ``levels``: the only levels it is for; none means every level."""

    name: str
    title: Words
    inherits: str
    inherits_line: int
    divisions: tuple[str, ...]
    divisions_line: int
    levels: tuple[str, ...]
    entries: Mapping[str, tuple[Entry, ...]] = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Instrument:
    title: Words
    version: str
    since: date
    until: date | None
    confidence: Confidence


@cache
def read_pack(path: Path) -> Pack:
    """Read and check ``path``. Raises ``RulebookError`` at the first fault.

    Read once per process: a file edited under a running server changes nothing until it restarts.
    """
    return _Reader(toml_lines.read(path), path.stem).pack()


class _Reader:
    """Walks one document; every refusal names the line of what it refuses."""

    def __init__(self, document: toml_lines.Document, name: str) -> None:
        self.document = document
        self.name = name

    def pack(self) -> Pack:
        content = self.document.content
        head = self._table(content.get("pack"), "pack")
        self._only(head, _PACK_FIELDS, "pack")
        since = self._day(head, "since", "pack")
        ours = _Instrument(OUR_CHOICE, "", since, None, Confidence.DEFAULT)
        sources = self._table(content.get("source", {}), "source")
        instruments = {
            code: self._instrument(self._table(raw, f"source.{code}"), f"source.{code}")
            for code, raw in sources.items()
        }
        return Pack(
            name=self.name,
            title=self._words(head, "title", "pack"),
            inherits=self._text(head, "inherits", "pack") if "inherits" in head else "",
            inherits_line=self.document.line("pack", 0, "inherits"),
            divisions=self._codes(head, "divisions", _DIVISION.fullmatch, _DIVISIONS_SAID),
            divisions_line=self.document.line("pack", 0, "divisions"),
            levels=self._codes(head, "levels", LEVELS.__contains__, _LEVELS_SAID),
            entries=self._entries(content, instruments | {"default": ours}),
        )

    def _instrument(self, raw: Mapping[str, Any], table: str) -> _Instrument:
        self._only(raw, _SOURCE_FIELDS, table)
        confidence = self._text(raw, "confidence", table)
        if confidence not in (Confidence.READ, Confidence.EXCERPT):
            raise self._refuse(
                table,
                0,
                "confidence",
                Words(
                    zh=f"不认识的可信度 {confidence!r}。", en=f"Unknown confidence {confidence!r}."
                ),
                Words(
                    zh='读过全文写 read，只读到节选写 excerpt；自定的默认值用 source = "default"。',
                    en='Write read (full text) or excerpt; our own choice is source = "default".',
                ),
            )
        return _Instrument(
            title=self._words(raw, "title", table),
            version=self._text(raw, "version", table),
            since=self._day(raw, "since", table),
            until=self._day(raw, "until", table) if "until" in raw else None,
            confidence=Confidence(confidence),
        )

    def _entries(
        self, content: Mapping[str, Any], instruments: Mapping[str, _Instrument]
    ) -> dict[str, tuple[Entry, ...]]:
        known = {each.partition(".")[0] for each in PARAMETERS}
        entries: dict[str, tuple[Entry, ...]] = {}
        for section, keys in content.items():
            if section in ("pack", "source"):
                continue
            if section not in known:
                raise self._unknown(section, known, section, 0, "")
            for name, raw in self._table(keys, section).items():
                key = f"{section}.{name}"
                if key not in PARAMETERS:
                    raise self._unknown(key, PARAMETERS, key, 0, "")
                entries[key] = self._dated(key, raw, instruments)
        return entries

    def _dated(
        self, key: str, raw: object, instruments: Mapping[str, _Instrument]
    ) -> tuple[Entry, ...]:
        """The values of one key in order of time, none overlapping another."""
        if not isinstance(raw, list) or not raw or not all(isinstance(each, dict) for each in raw):
            raise self._refuse(
                key,
                0,
                "",
                Words(
                    zh=f"{key} 没有写成带出处的表。", en=f"{key} is not a table with a citation."
                ),
                Words(
                    zh=f"写作 [[{key}]]，下列 value、source、article、text。",
                    en=f"Write [[{key}]] and under it value, source, article, text.",
                ),
            )
        entries = [self._entry(key, at, each, instruments) for at, each in enumerate(raw)]
        entries.sort(key=lambda entry: entry.since)
        for earlier, later in pairwise(entries):
            if earlier.until is None or later.since < earlier.until:
                raise RulebookError(
                    self.document.file,
                    later.line,
                    Words(
                        zh=f"{key} 自 {later.since} 起的值与第 {earlier.line} 行的值有效期重叠。",
                        en=f"{key} from {later.since} overlaps the value on line {earlier.line}.",
                    ),
                    Words(
                        zh=f"在较早的值下写 until = {later.since}。",
                        en=f"Give the earlier value until = {later.since}.",
                    ),
                )
        return tuple(entries)

    def _entry(
        self,
        key: str,
        at: int,
        raw: Mapping[str, Any],
        instruments: Mapping[str, _Instrument],
    ) -> Entry:
        self._only(raw, _ENTRY_FIELDS, key, at)
        self._demand(raw, "value", key, at)
        code = self._text(raw, "source", key, at)
        if code not in instruments:
            raise self._unknown(code, instruments, key, at, "source")
        instrument = instruments[code]
        since = self._day(raw, "since", key, at) if "since" in raw else instrument.since
        until = self._day(raw, "until", key, at) if "until" in raw else instrument.until
        if until is not None and until <= since:
            raise self._refuse(
                key,
                at,
                "until",
                Words(
                    zh=f"{key} 的失效日 {until} 不晚于生效日 {since}。",
                    en=f"{key} ends on {until}, not after it begins on {since}.",
                ),
                Words(zh="请核对两个日期。", en="Check the two days."),
            )
        try:
            value = values.parse(raw["value"], PARAMETERS[key])
        except values.Refused as refused:
            raise self._refuse(key, at, "value", refused.message, refused.remedy) from refused
        return Entry(
            key=key,
            value=value,
            source=self._source(raw, instrument, key, at),
            since=since,
            until=until,
            origin=self.name,
            file=self.document.file,
            line=self.document.line(key, at, "value"),
        )

    def _source(self, raw: Mapping[str, Any], instrument: _Instrument, key: str, at: int) -> Source:
        """A quotation needs its article; our own choice has none to name, only its reason."""
        ours = instrument.confidence is Confidence.DEFAULT
        return Source(
            title=instrument.title,
            article=Words(zh="", en="") if ours else self._words(raw, "article", key, at),
            text=self._words(raw, "text", key, at),
            version=instrument.version,
            confidence=instrument.confidence,
        )

    # --- Fields

    def _table(self, raw: object, table: str) -> dict[str, Any]:
        if isinstance(raw, dict):
            return raw
        raise self._refuse(
            table,
            0,
            "",
            Words(zh=f"缺少 [{table}] 表。", en=f"[{table}] is missing or is not a table."),
            Words(zh=f"补上 [{table}]。", en=f"Add [{table}]."),
        )

    def _demand(self, raw: Mapping[str, Any], name: str, table: str, at: int) -> Any:
        if name in raw:
            return raw[name]
        remedy = Words(zh=f"补上 {name}。", en=f"Add {name}.")
        if table in PARAMETERS:
            remedy = Words(
                zh="每个值都要写明出处：value、source、article、text。",
                en="Every value needs its citation: value, source, article, text.",
            )
        missing = Words(zh=f"{table} 缺少 {name}。", en=f"{table} has no {name}.")
        raise self._refuse(table, at, name, missing, remedy)

    def _text(self, raw: Mapping[str, Any], name: str, table: str, at: int = 0) -> str:
        value = self._demand(raw, name, table, at)
        if isinstance(value, str) and value.strip():
            return value
        raise self._mistyped(
            name, value, table, at, Words(zh="非空的文字", en="some text in quotation marks")
        )

    def _words(self, raw: Mapping[str, Any], name: str, table: str, at: int = 0) -> Words:
        value = self._demand(raw, name, table, at)
        if isinstance(value, dict) and set(value) == {"zh", "en"}:
            zh, en = value["zh"], value["en"]
            if isinstance(zh, str) and isinstance(en, str) and zh.strip() and en.strip():
                return Words(zh=zh, en=en)
        raise self._mistyped(
            name,
            value,
            table,
            at,
            Words(zh=f"中英文各一：{name}.zh 和 {name}.en", en=f"both {name}.zh and {name}.en"),
        )

    def _codes(
        self, head: Mapping[str, Any], name: str, known: Callable[[str], object], wanted: Words
    ) -> tuple[str, ...]:
        """A list of the pack head, empty when it is not there at all."""
        raw = head.get(name, ())
        listed = isinstance(raw, list) and len(raw) == len(set(map(str, raw))) > 0
        if name not in head or (listed and all(isinstance(e, str) and known(e) for e in raw)):
            return tuple(raw)
        raise self._mistyped(name, raw, "pack", 0, wanted)

    def _day(self, raw: Mapping[str, Any], name: str, table: str, at: int = 0) -> date:
        value = self._demand(raw, name, table, at)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        raise self._mistyped(
            name,
            value,
            table,
            at,
            Words(zh="日期，如 2025-03-12，不加引号", en="a day such as 2025-03-12, unquoted"),
        )

    def _only(
        self, raw: Mapping[str, Any], allowed: Iterable[str], table: str, at: int = 0
    ) -> None:
        for name in raw:
            if name not in allowed:
                raise self._unknown(name, allowed, table, at, name)

    # --- Refusals

    def _mistyped(
        self, name: str, value: object, table: str, at: int, wanted: Words
    ) -> RulebookError:
        return self._refuse(
            table,
            at,
            name,
            Words(
                zh=f"{table} 的 {name} 不能是 {value!r}。",
                en=f"{name} of {table} cannot be {value!r}.",
            ),
            Words(zh=f"应为{wanted.zh}。", en=f"Write {wanted.en}."),
        )

    def _unknown(
        self, name: str, known: Iterable[str], table: str, at: int, at_field: str
    ) -> RulebookError:
        choices = sorted(known)
        near = difflib.get_close_matches(name, choices, n=1)
        listed = ", ".join(choices)
        return self._refuse(
            table,
            at,
            at_field,
            Words(zh=f"不认识的名称 {name!r}。", en=f"Unknown name {name!r}."),
            Words(zh=f"是否应为 {near[0]!r}？", en=f"Did you mean {near[0]!r}?")
            if near
            else Words(zh=f"可用的有：{listed}。", en=f"Known are: {listed}."),
        )

    def _refuse(
        self, table: str, at: int, name: str, message: Words, remedy: Words
    ) -> RulebookError:
        line = self.document.line(table, at, name)
        return RulebookError(self.document.file, line, message, remedy)
