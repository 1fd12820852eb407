"""A folder of packs, tried on every day on which something in it changes."""

from datetime import date
from pathlib import Path

from huiyin.rulebook.errors import RulebookError
from huiyin.rulebook.load import PACKS, available, load
from huiyin.rulebook.pack import LEVELS, Pack, read_pack
from huiyin.rulebook.places import pack_for


def faults(folder: Path = PACKS) -> list[RulebookError]:
    """What is wrong with the packs of a folder, one fault for each; empty when all can be used.

    Nothing of the running rules is touched: a pack is in use only once ``load`` has read it.
    """
    found: dict[tuple[str, int, str], RulebookError] = {}
    packs: list[Pack] = []
    for name in available(folder):
        try:
            packs.append(read_pack(folder / f"{name}.toml"))
        except RulebookError as fault:
            found[fault.file, fault.line, fault.message.en] = fault
    if found:
        return list(found.values())
    for pack in packs:
        try:
            _try_out(pack, _days(packs), folder)
        except RulebookError as fault:
            found.setdefault((fault.file, fault.line, fault.message.en), fault)
    return list(found.values())


def _days(packs: list[Pack]) -> list[date]:
    """The days on which a value begins or ends, from the first on which the roots have all."""
    roots = [pack for pack in packs if not pack.inherits]
    start = max(
        (min(entry.since for entry in dated) for pack in roots for dated in pack.entries.values()),
        default=date.min,
    )
    entries = [e for pack in packs for dated in pack.entries.values() for e in dated]
    days = {e.since for e in entries} | {e.until for e in entries if e.until is not None}
    return sorted(day for day in days if day >= start)


def _try_out(pack: Pack, days: list[date], folder: Path) -> None:
    for day in days:
        load(pack.name, on=day, folder=folder)
    for code in pack.divisions:
        for level in pack.levels or LEVELS:
            pack_for(code, level, folder=folder)
