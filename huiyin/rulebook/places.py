"""Which pack a place follows while nobody has decided otherwise: the heads of the packs say."""

from pathlib import Path

from huiyin.rulebook.errors import RulebookError
from huiyin.rulebook.load import PACKS, available
from huiyin.rulebook.pack import Pack, read_pack
from huiyin.rulebook.words import Words


def pack_for(division: str, level: str, *, folder: Path = PACKS) -> str | None:
    """The pack written for the congress of that level in the division with that code.

    A pack that names the level goes before one that is for every level, and then the one with the
    longer code: a township of Qingdao follows the townships of Shandong, its city goes its own way.
    None when no pack is for the place. Raises ``RulebookError`` when two are equally so.
    """
    fitting: dict[tuple[bool, int], Pack] = {}
    for name in available(folder):
        pack = read_pack(folder / f"{name}.toml")
        length = max((len(code) for code in pack.divisions if division.startswith(code)), default=0)
        if not length or (pack.levels and level not in pack.levels):
            continue
        rank = bool(pack.levels), length
        if rank in fitting:
            raise _both_claim(fitting[rank], pack, division)
        fitting[rank] = pack
    return fitting[max(fitting)].name if fitting else None


def _both_claim(one: Pack, other: Pack, division: str) -> RulebookError:
    return RulebookError(
        f"{other.name}.toml",
        other.divisions_line,
        Words(
            zh=f"{division} 同时属于规则包 {one.name} 和 {other.name}。",
            en=f"{division} belongs to both packs {one.name} and {other.name}.",
        ),
        Words(
            zh="每个地方、每个层级只能由一个规则包的 divisions 和 levels 指明。",
            en="Only one pack may name a place and level in its divisions and levels.",
        ),
    )
