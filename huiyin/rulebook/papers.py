"""The packs as one page of the documentation: which place says what, and where it stands."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import cast

from huiyin.rulebook.load import PACKS, available, load
from huiyin.rulebook.model import Citation
from huiyin.rulebook.pack import Entry, Pack, read_pack
from huiyin.rulebook.parameters import PARAMETERS
from huiyin.rulebook.schemes import CLASS_SCHEMES, REASONS, ClassScheme, Reason
from huiyin.rulebook.sources import Confidence, Source
from huiyin.rulebook.values import Length, written
from huiyin.rulebook.wording import label, said

_LISTED = "review.reasons"


def rulebooks_page(folder: Path = PACKS) -> str:
    """Every parameter of every pack with its article, as in force since the latest change."""
    packs = [read_pack(folder / f"{name}.toml") for name in available(folder)]
    packs.sort(key=lambda pack: (bool(pack.inherits), pack.divisions, pack.levels))
    entries = [e for pack in packs for dated in pack.entries.values() for e in dated]
    on = max(entry.since for entry in entries)
    own = {pack.name: _own(pack, on, folder) for pack in packs}
    lines = [
        "# Rulebooks · 规则包",
        "",
        "Generated from `huiyin/rulebook/packs/` by `make docs`; a test compares. The words each",
        "value rests on stand in the packs and are shown by `huiyin rulebook show`.",
        "",
        f"Values as in force on {on}. A cell is what the pack says itself, with its article; an",
        "empty one is inherited. *default* marks a choice of this project where no text speaks,",
        "*excerpt* a source that could be read only in part.",
    ]
    lines += ["", "## Packs and their sources", "", *_packs(packs)]
    lines += ["", "## Values", "", *_matrix(packs, own)]
    lines += ["", "## Reasons for not passing review", "", *_reasons(packs, own)]
    lines += ["", "## Classes of replies", "", *_classes()]
    lines += ["", "## Earlier values", "", *_earlier(entries, on)]
    return "\n".join(lines) + "\n"


def _own(pack: Pack, on: date, folder: Path) -> dict[str, Citation]:
    rules = load(pack.name, on=on, folder=folder)
    return {each.key: each for each in rules.citations if each.origin == pack.name}


def _packs(packs: list[Pack]) -> Iterator[str]:
    yield "| pack | 名称 | for | inherits | source | version | read |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for pack in packs:
        place = ", ".join(f"{code}…" for code in pack.divisions) or "everywhere else"
        place += f" ({', '.join(pack.levels)})" if pack.levels else ""
        sources = {
            (entry.source.title.zh, entry.source.version): entry.source
            for dated in pack.entries.values()
            for entry in dated
            if entry.source.confidence is not Confidence.DEFAULT
        }
        for at, source in enumerate(sources.values()):
            head = (f"`{pack.name}`", pack.title.zh, place, pack.inherits) if not at else ("",) * 4
            read = source.confidence.value
            yield _row(*head, f"《{source.title.zh}》", source.version, read)


def _matrix(packs: list[Pack], own: dict[str, dict[str, Citation]]) -> Iterator[str]:
    yield _row("parameter", "名称", *(pack.name for pack in packs))
    yield _row(*["---"] * (len(packs) + 2))
    for key in PARAMETERS:
        cells = (_cell(own[pack.name].get(key)) for pack in packs)
        yield _row(f"`{key}`", label(key).zh, *cells)


def _cell(cited: Citation | None) -> str:
    if cited is None:
        return ""
    value = "see below" if cited.key == _LISTED else _value(cited.value)
    return f"{value}<br>{_article(cited.source)}"


def _article(source: Source) -> str:
    if source.confidence is Confidence.DEFAULT:
        return "*default*"
    partly = " *excerpt*" if source.confidence is Confidence.EXCERPT else ""
    return source.article.zh + partly


def _value(value: object) -> str:
    if isinstance(value, bool):
        return said(value).en
    raw = written(value)
    return ", ".join(raw) if isinstance(raw, list) else str(raw)


def _reasons(packs: list[Pack], own: dict[str, dict[str, Citation]]) -> Iterator[str]:
    stating = [pack for pack in packs if _LISTED in own[pack.name]]
    yield _row("reason", "情形", *(pack.name for pack in stating))
    yield _row(*["---"] * (len(stating) + 2))
    for reason in REASONS.values():
        marks = ("✓" if reason in _listed(own[pack.name][_LISTED]) else "" for pack in stating)
        yield _row(f"`{reason.code}`", reason.label.zh, *marks)


def _listed(cited: Citation) -> tuple[Reason, ...]:
    return cast("tuple[Reason, ...]", cited.value)


def _classes() -> Iterator[str]:
    yield _row("scheme", "class", "名称", "outcome", "promise", "定义")
    yield _row(*["---"] * 6)
    for scheme in CLASS_SCHEMES.values():
        yield from _classes_of(scheme)


def _classes_of(scheme: ClassScheme) -> Iterator[str]:
    for each in scheme.classes:
        promise = f"`{each.promise}`" if each.promise else ""
        code, outcome = f"`{scheme.code}`", f"`{each.outcome}`"
        yield _row(code, each.code, each.label.zh, outcome, promise, each.definition.zh)


def _earlier(entries: list[Entry], on: date) -> Iterator[str]:
    yield _row("pack", "parameter", "value", "source", "from", "until before")
    yield _row(*["---"] * 6)
    for entry in entries:
        if entry.until is not None and entry.until <= on:
            value = entry.value
            if isinstance(value, Length):
                value = f"{value.count} {value.unit.value.replace('_', ' ')}"
            cited = f"{entry.source.citation.zh}（{entry.source.version}）"
            days = entry.since.isoformat(), entry.until.isoformat()
            yield _row(entry.origin, f"`{entry.key}`", _value(value), cited, *days)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
