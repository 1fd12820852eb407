"""Carrying a folder of real rows in: ``suggestions.jsonl`` and ``assignments.jsonl``.

The rows are index cards of public pages: title, number, place, session, organs and days are real,
the request is a paraphrase. They name no deputies and seldom the day on which they were raised;
what they do not say is left out or said to be unknown, never made up. docs/operations/import.md
describes the format and every reading.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from huiyin.kernel.errors import Invalid
from huiyin.organisations.models import Assembly
from huiyin.organisations.session_names import parse_session
from huiyin.suggestions.importing.places import Place, owner_of, place_of
from huiyin.suggestions.importing.proposals import ProposedSession
from huiyin.suggestions.importing.rows import PlainRow
from huiyin.suggestions.models import Category, Kind
from huiyin.suggestions.texts import TITLE_LIMIT

SUGGESTIONS, ASSIGNMENTS = "suggestions.jsonl", "assignments.jsonl"
# Who stands for the deputies and the members whom the pages do not name.
UNNAMED = {Assembly.CONGRESS: "未载明代表", Assembly.CPPCC: "未载明委员"}
UNNAMED_SEAT = "未载明"
# The first day the shipped rulebooks know rules for; a test holds them to it.
RULES_KNOWN_FROM = date(2015, 8, 29)

TOPICS = {
    "教育": Category.EDUCATION,
    "卫生健康": Category.HEALTH,
    "养老民政": Category.CIVIL_AFFAIRS,
    "交通出行": Category.TRANSPORT,
    "水利供水": Category.WATER,
    "生态环境": Category.ENVIRONMENT,
    "农业农村": Category.AGRICULTURE,
    "林业自然资源": Category.LAND,
    "住房城建": Category.CONSTRUCTION,
    "公安政法": Category.JUSTICE,
    "商务市场监管": Category.COMMERCE,
    "财政金融": Category.FINANCE,
    "文化旅游体育": Category.CULTURE,
    "就业社保": Category.EMPLOYMENT,
    "工业科技数字": Category.INDUSTRY,
    "人大政务其他": Category.GOVERNANCE,
}
_MORE_ORGANS = re.compile(r"等?\d+个(?:单位|部门|乡镇).*$")
_IN_BRACKETS = re.compile(r"[(（][^)）]*[)）]")
# These name a kind of organ, none that could be charged.
_NO_ORGAN = re.compile(r"^各|部门$|^有关|^相关")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One suggestion as the pages show it, put together from the rows that speak of it."""

    id: str
    source: str
    owner: Place
    # How the pages call the place; its organs are called after it.
    called: str
    row: Mapping[str, Any]
    organ_row: Mapping[str, Any]

    @property
    def title(self) -> str:
        said = " ".join(str(self.row.get("subject") or "").split())
        said = said or " ".join(str(self.row.get("ask") or "").split()) or "（未载明标题）"
        return said if len(said) <= TITLE_LIMIT else said[: TITLE_LIMIT - 1] + "…"

    @property
    def assembly(self) -> Assembly:
        named = parse_session(str(self.row.get("session") or ""))
        if named:
            return named.assembly
        body = str(self.row.get("body") or "")
        proposal = not body and self.title.endswith("提案")
        return Assembly.CPPCC if body == "政协" or proposal else Assembly.CONGRESS


@dataclass(slots=True, kw_only=True)
class Folder:
    """Everything the folder holds, by the congress it belongs to."""

    cards: dict[Place, list[Card]] = field(default_factory=dict)
    rows: Counter[str] = field(default_factory=Counter)
    # Rows that speak of a suggestion another row brings in, and rows said to be duplicates.
    joined: int = 0
    duplicates: int = 0


# --- Reading the folder


def read_folder(folder: Path) -> Folder:
    """Read both files and put together what speaks of the same suggestion.

    Raises ``Invalid`` for a folder without them and for a line that is no record.
    """
    found = Folder()
    suggested = _records(folder / SUGGESTIONS, found)
    assigned = _records(folder / ASSIGNMENTS, found)
    if not found.rows:
        raise Invalid(
            _("Neither %(first)s nor %(second)s is in this folder.")
            % {"first": SUGGESTIONS, "second": ASSIGNMENTS},
            remedy=_("Name the folder that holds them."),
        )
    organs = _joined(suggested, assigned)
    for line, row in suggested.items():
        _add(found, f"{SUGGESTIONS}:{line}", row, organs.pop(str(row["id"]), row))
    used = {id(row) for row in _joined(suggested, assigned).values()}
    for line, row in assigned.items():
        if row.get("duplicate_of"):
            found.duplicates += 1
        elif id(row) in used:
            found.joined += 1
        else:
            _add(found, f"{ASSIGNMENTS}:{line}", row, row)
    return found


def _records(path: Path, found: Folder) -> dict[int, dict[str, Any]]:
    if not path.is_file():
        return {}
    records: dict[int, dict[str, Any]] = {}
    for line, text in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1):
        if not text.strip():
            continue
        try:
            row = json.loads(text)
        except ValueError:
            row = None
        if not isinstance(row, dict) or not row.get("id"):
            raise Invalid(
                _("Line %(line)d of “%(name)s” is no record with an id.")
                % {"line": line, "name": path.name},
                remedy=_("Correct that line; nothing has been written."),
            )
        records[line] = row
    found.rows[path.name] = len(records)
    return records


def _joined(
    suggested: Mapping[int, dict[str, Any]], assigned: Mapping[int, dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    """Return for each suggestion the assignment that speaks of it: by id, else place and title."""
    by_id = {str(row["id"]): row for row in assigned.values()}
    by_title = {_same(row): row for row in assigned.values()}
    pairs: dict[str, dict[str, Any]] = {}
    for row in suggested.values():
        known = by_id.get(str(row["id"])) or by_id.get(str(row.get("reply_id") or ""))
        known = known or by_title.get(_same(row))
        if known is not None and not known.get("duplicate_of"):
            pairs[str(row["id"])] = known
    return pairs


def _same(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple("".join(str(row.get(name) or "").split()) for name in ("place", "no", "subject"))


def _add(found: Folder, source: str, row: Mapping[str, Any], organ_row: Mapping[str, Any]) -> None:
    if row.get("duplicate_of"):
        found.duplicates += 1
        return
    province = str(row.get("province") or "")
    called, level = str(row.get("place") or ""), str(row.get("level") or "")
    place = place_of(called, province=province, level=level)
    owner = owner_of(place, str(row.get("session") or ""), province=province)
    card = Card(
        id=str(row["id"]),
        source=source,
        owner=owner,
        called=called if owner == place else owner.name,
        row=row,
        organ_row=organ_row,
    )
    found.cards.setdefault(owner, []).append(card)


# --- A card as a row of the import


def rows_of_cards(
    cards: Sequence[Card], *, today: date, other_numbers: frozenset[str] = frozenset()
) -> list[PlainRow]:
    """Return the cards as rows; those in ``other_numbers`` (ids) bear a number with their id.

    Two real sessions may stand under one year where the pages do not tell them apart, and then
    two suggestions bear one number.
    """
    return [
        PlainRow(number, card.source, _texts(card, today, card.id in other_numbers))
        for number, card in enumerate(cards, start=1)
    ]


def _texts(card: Card, today: date, number_is_taken: bool) -> dict[str, str]:  # noqa: FBT001
    row = card.row
    lead, co_organs, left_out = _organs(card)
    day = _day(row, today=today)
    number = str(row.get("no") or "").strip()[:20]
    if number and number_is_taken:
        number = f"{number[:12]}({card.id[:6]})"
    ask = str(row.get("ask") or "").strip()
    texts = {
        "number": number,
        "title": card.title,
        "lead": UNNAMED[card.assembly],
        "delegation": UNNAMED_SEAT,
        "session": _session(card),
        "year": _year(row),
        "kind": _kind(card),
        "raised_on": day.isoformat() if day else "",
        "requests": ask,
        "category": TOPICS.get(str(row.get("topic") or ""), Category.OTHER).value,
        "lead_organ": lead,
        "co_organs": "、".join(co_organs),
        "assigned_on": day.isoformat() if day and lead else "",
        "note": _note(card, left_out),
    }
    return {name: said for name, said in texts.items() if said}


def _session(card: Card) -> str:
    """The session without its place, which is the congress's own by now."""
    named = parse_session(str(card.row.get("session") or ""))
    if named and named.term is not None and named.ordinal is not None:
        return str(ProposedSession(named.assembly.value, named.term, named.ordinal))
    return "政协" if card.assembly is Assembly.CPPCC else "人大"


def _kind(card: Card) -> str:
    if card.assembly is Assembly.CPPCC:
        return Kind.CPPCC_PROPOSAL.value
    said = card.title + str(card.row.get("no") or "")
    return (Kind.MOTION if "议案" in said else Kind.SUGGESTION).value


def _year(row: Mapping[str, Any]) -> str:
    said = str(row.get("year") or "") or str(row.get("date") or "")[:4]
    return said if re.fullmatch(r"[12]\d{3}", said) else ""


def _day(row: Mapping[str, Any], *, today: date) -> date | None:
    """The day of the page: the first its precision leaves open, where rules are known."""
    said = str(row.get("date") or "") or _year(row)
    parts = re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", said)
    if parts is None:
        return None
    try:
        day = date(int(parts[1]), int(parts[2] or 1), int(parts[3] or 1))
    except ValueError:
        return None
    return min(max(day, RULES_KNOWN_FROM), today)


def _organs(card: Card) -> tuple[str, list[str], list[str]]:
    """Return lead, co-handling organs, and what names no organ that could be charged."""
    leads = _split(card.row.get("lead")) or _split(card.organ_row.get("lead_unit"))
    named = [
        *leads[1:],
        *_listed(card.row.get("co_units")),
        *_listed(card.organ_row.get("co_units")),
    ]
    helpers = [_IN_BRACKETS.sub("", _MORE_ORGANS.sub("", each)).strip() for each in named]
    fit = [each for each in dict.fromkeys(helpers) if each and not _NO_ORGAN.search(each)]
    left_out = [each for each in dict.fromkeys(named) if each not in fit]
    if not leads:
        return "", [], [*fit, *left_out]
    lead = _IN_BRACKETS.sub("", leads[0]).strip()
    return lead, [each for each in fit if each != lead], left_out


def _split(said: object) -> list[str]:
    return [each.strip() for each in re.split(r"[;；、,，]", str(said or "")) if each.strip()]


def _listed(said: object) -> list[str]:
    return [str(each).strip() for each in said] if isinstance(said, list) else _split(said)


def _note(card: Card, left_out: Sequence[str]) -> str:
    """What the pages say beyond the fields, so that nothing of a row is lost."""
    row = card.row
    said = {
        "来源": row.get("url"),
        "来源日期": row.get("date") or row.get("year"),
        "届次原文": row.get("session"),
        "地区原文": f"{row.get('province') or ''}{row.get('place') or ''}",
        "来源所载答复类别": row.get("class_code"),
        "来源所载办理情况": row.get("outcome"),
        "未作为承办单位": "、".join(left_out),
        "标注": row.get("note"),
        "标识": card.id,
    }
    lines = [f"{name}：{words}" for name, words in said.items() if words]
    if not row.get("no"):
        lines.append("来源未载编号，由登记时编给。")
    return "\n".join(["据公开网页摘录，代表姓名、提出日期未载明。", *lines])
