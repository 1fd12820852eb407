"""Files of notices, read and checked. A file with a fault is refused whole, with the line.

The form is that of the files in ``notices/``; a notice that came out after this program was
released is loaded in the same form.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from huiyin.rulebook import toml_lines
from huiyin.rulebook.errors import RulebookError
from huiyin.rulebook.notices import Notice, Rest, already_among
from huiyin.rulebook.words import Words

NOTICES = Path(__file__).with_name("notices")
# 国办发明电〔2019〕16号, or the brackets an ordinary keyboard has.
_NUMBER = re.compile(r"\D+[〔\[［](\d{4})[〕\]］]\d+号")
_FIELDS = {"number", "number_unread", "title", "issued", "year", "rest", "work"}
_REST_FIELDS = {"zh", "en", "from", "to"}
# No announced holiday has come near it; a wrong month is found by it.
_LONGEST = 20
# The list of days a line stands in, and what is wrong with one of them.
_Fault = tuple[str, date | None, Words, Words]


@cache
def shipped_notices() -> tuple[Notice, ...]:
    """The notices that come with the program, the earlier issued first."""
    found = [each for path in sorted(NOTICES.glob("*.toml")) for each in read_notices(path)]
    return tuple(sorted(found, key=lambda each: each.issued))


def read_notices(path: Path, *, known: Collection[Notice] = ()) -> tuple[Notice, ...]:
    """Read and check the notices in the file at ``path``. See ``parse_notices``."""
    return parse_notices(path.read_bytes(), file=path.name, known=known)


def parse_notices(raw: bytes, *, file: str, known: Collection[Notice] = ()) -> tuple[Notice, ...]:
    """Read and check the notices in a file of that name.

    Raises ``RulebookError`` at the first fault, or when one of them is among those ``known``.
    """
    return tuple(_Reader(toml_lines.parse(raw, file=file), raw).notices(known))


class _Reader:
    """Walks one document; every refusal names the line of what it refuses."""

    def __init__(self, document: toml_lines.Document, raw: bytes) -> None:
        self.document = document
        self.lines = raw.decode("utf-8-sig").splitlines()

    def notices(self, known: Collection[Notice]) -> list[Notice]:
        tables = self.document.content.get("notice")
        if not isinstance(tables, list) or not tables:
            raise self._refuse(
                0,
                "",
                Words(zh="文件中没有 [[notice]]。", en="The file holds no [[notice]]."),
                Words(
                    zh="每个通知写一节 [[notice]]，格式见程序所带 notices 目录。",
                    en="Write one [[notice]] each, as in the files of the notices folder.",
                ),
            )
        for name in self.document.content.keys() - {"notice"}:
            raise self._refuse(0, name, *_unknown(name, {"notice"}), table="")
        found: list[Notice] = []
        for at, table in enumerate(tables):
            notice = self._notice(at, table)
            self._require_new(at, notice, [*known, *found])
            found.append(notice)
        return found

    def _notice(self, at: int, table: object) -> Notice:
        if not isinstance(table, dict):
            raise self._refuse(
                at,
                "",
                Words(
                    zh="notice 应写成 [[notice]] 一节。", en="A notice is written as [[notice]]."
                ),
                Words(zh="改用双方括号的节。", en="Use the table with double brackets."),
            )
        for name in table.keys() - _FIELDS:
            raise self._refuse(at, name, *_unknown(name, _FIELDS))
        unread = self._text(at, table, "number_unread") if "number_unread" in table else ""
        notice = Notice(
            number="" if unread and "number" not in table else self._text(at, table, "number"),
            number_unread=unread,
            title=self._text(at, table, "title"),
            issued=self._day(at, table, "issued", "issued"),
            year=self._year(at, table),
            rests=tuple(self._rest(at, raw) for raw in self._list(at, table, "rest")),
            work=tuple(self._work(at, raw) for raw in self._list(at, table, "work")),
        )
        for name, day, message, remedy in _faults(notice):
            raise self._refuse(at, name, message, remedy, day=day)
        return notice

    def _require_new(self, at: int, notice: Notice, known: Collection[Notice]) -> None:
        if other := already_among(known, notice):
            cited = other.cited
            raise self._refuse(
                at,
                "number",
                Words(
                    zh=f"{other.year}年的这个通知已经载入：{cited.zh}。",
                    en=f"This notice for {other.year} is loaded already: {cited.en}.",
                ),
                Words(
                    zh="无需再载；有更正的，请载入更正通知。",
                    en="Nothing to do; load the notice that corrects it, if there is one.",
                ),
            )

    # --- Fields

    def _rest(self, at: int, raw: object) -> Rest:
        if not isinstance(raw, dict):
            raise self._refuse(at, "rest", *_wrong("rest", '{ zh = "元旦", from = …, to = … }'))
        for name in raw.keys() - _REST_FIELDS:
            raise self._refuse(at, "rest", *_unknown(name, _REST_FIELDS), word=name)
        return Rest(
            name=Words(zh=self._text(at, raw, "zh", "rest"), en=self._text(at, raw, "en", "rest")),
            first=self._day(at, raw, "from", "rest"),
            last=self._day(at, raw, "to", "rest"),
        )

    def _work(self, at: int, raw: object) -> date:
        return self._day(at, {"work": raw}, "work", "work")

    def _list(self, at: int, table: Mapping[str, Any], name: str) -> list[Any]:
        value = self._given(at, table, name, name)
        if not isinstance(value, list):
            raise self._refuse(at, name, *_wrong(name, "[ … ]"))
        return value

    def _text(self, at: int, table: Mapping[str, Any], name: str, under: str = "") -> str:
        value = self._given(at, table, name, under or name)
        if not isinstance(value, str) or not value.strip():
            raise self._refuse(at, under or name, *_wrong(name, '"…"'), word=name)
        return value.strip()

    def _day(self, at: int, table: Mapping[str, Any], name: str, under: str) -> date:
        value = self._given(at, table, name, under)
        # A date with a time of day is a date for Python too, and none for an office.
        if type(value) is not date:
            raise self._refuse(at, under, *_wrong(name, "2027-01-01"), word=str(value))
        return value

    def _year(self, at: int, table: Mapping[str, Any]) -> int:
        value = self._given(at, table, "year", "year")
        if type(value) is not int or not 2000 <= value <= 2100:
            raise self._refuse(at, "year", *_wrong("year", "2027"))
        return value

    def _given(self, at: int, table: Mapping[str, Any], name: str, under: str) -> Any:
        if name not in table:
            raise self._refuse(
                at,
                under,
                Words(zh=f"缺少 {name}。", en=f"{name} is missing."),
                _READ_NUMBER if name == "number" else Words(zh=f"补上 {name}。", en=f"Add {name}."),
            )
        return table[name]

    def _refuse(
        self,
        at: int,
        name: str,
        message: Words,
        remedy: Words,
        *,
        day: date | None = None,
        word: str = "",
        table: str = "notice",
    ) -> RulebookError:
        line = self.document.line(table, at, name)
        sought = day.isoformat() if day else word
        if line and sought:
            # A list runs over many lines; the first that holds the word is the one meant.
            below = enumerate(self.lines[line - 1 :], start=line)
            line = next((number for number, text in below if sought in text), line)
        return RulebookError(self.document.file, line, message, remedy)


_READ_NUMBER = Words(
    zh="写上通知的文号；确实无法核实的，用 number_unread 写明原因。",
    en="Add the document number; if nobody can verify it, say why in number_unread.",
)


def _unknown(name: str, known: set[str]) -> tuple[Words, Words]:
    listed = sorted(known)
    return (
        Words(zh=f"不认识的名称 {name!r}。", en=f"Unknown name {name!r}."),
        Words(zh=f"可用的有：{'、'.join(listed)}。", en=f"Known are: {', '.join(listed)}."),
    )


def _wrong(name: str, form: str) -> tuple[Words, Words]:
    return (
        Words(zh=f"{name} 的写法不对。", en=f"{name} is not written as it should be."),
        Words(zh=f"写成 {form}。", en=f"Write it as {form}."),
    )


# --- What one notice may say


def _faults(notice: Notice) -> Iterator[_Fault]:
    yield from _number_faults(notice)
    yield from _rest_faults(notice)
    yield from _work_faults(notice)


def _number_faults(notice: Notice) -> Iterator[_Fault]:
    if notice.number and notice.number_unread:
        yield (
            "number_unread",
            None,
            Words(
                zh="文号已经写明，又说无法核实。", en="The number is given and said to be unread."
            ),
            Words(zh="两项只留一项。", en="Keep one of the two."),
        )
    if notice.issued.year not in (notice.year - 1, notice.year):
        yield (
            "issued",
            None,
            Words(
                zh=f"{notice.year}年的通知不会在{notice.issued}印发。",
                en=f"A notice for {notice.year} is not issued on {notice.issued}.",
            ),
            Words(zh="核对年份和印发日期。", en="Check the year and the day of issue."),
        )
    written = _NUMBER.fullmatch(notice.number)
    if notice.number and (written is None or int(written[1]) != notice.issued.year):
        yield (
            "number",
            None,
            Words(
                zh=f"{notice.number!r} 不是{notice.issued.year}年印发的文号。",
                en=f"{notice.number!r} is no number of a document issued in {notice.issued.year}.",
            ),
            Words(
                zh="照原文写，例如 国办发明电〔2019〕16号。",
                en="Copy it from the notice, such as 国办发明电〔2019〕16号.",
            ),
        )


def _rest_faults(notice: Notice) -> Iterator[_Fault]:
    if not notice.rests:
        yield (
            "rest",
            None,
            Words(zh="通知没有写明休息的日子。", en="The notice names no day off."),
            Words(zh="照原文补上放假日期。", en="Add the days off from the notice."),
        )
    seen: set[date] = set()
    for rest in notice.rests:
        if not 0 <= (rest.last - rest.first).days < _LONGEST:
            yield (
                "rest",
                rest.last,
                Words(
                    zh=f"{rest.name.zh}从{rest.first}到{rest.last}，不成其为一个假期。",
                    en=f"{rest.name.en} from {rest.first} to {rest.last} is no holiday.",
                ),
                Words(zh="核对起止日期。", en="Check the first and the last day."),
            )
            return
        for day in rest.days:
            yield from _day_faults(notice, "rest", day, seen)
            seen.add(day)


def _work_faults(notice: Notice) -> Iterator[_Fault]:
    resting = {day for rest in notice.rests for day in rest.days}
    seen: set[date] = set()
    for day in notice.work:
        yield from _day_faults(notice, "work", day, seen)
        seen.add(day)
        if day in resting:
            yield (
                "work",
                day,
                Words(
                    zh=f"{day}既放假又上班。", en=f"{day} is a day off and a working day at once."
                ),
                Words(zh="照原文改正其中一处。", en="Correct one of the two from the notice."),
            )


def _day_faults(notice: Notice, name: str, day: date, seen: set[date]) -> Iterator[_Fault]:
    if not date(notice.year - 1, 12, 1) <= day <= date(notice.year + 1, 1, 31):
        yield (
            name,
            day,
            Words(zh=f"{day}不在{notice.year}年。", en=f"{day} does not lie in {notice.year}."),
            Words(
                zh="核对年份；只有上年12月和次年1月的日子可以一并写入。",
                en="Check the year; only December before and January after may be named too.",
            ),
        )
    if day in seen:
        yield (
            name,
            day,
            Words(zh=f"{day}写了两次。", en=f"{day} is named twice."),
            Words(zh="删去重复的一处。", en="Leave one of them out."),
        )
