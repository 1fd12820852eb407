"""The days off that the law itself gives, for years of which no notice is known.

They are those of 全国年节及纪念日放假办法, art. 2, and no others: which weekends are worked,
and which days make up for a festival on a weekend (art. 6), only a notice can say.
"""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from huiyin.rulebook.words import Words

CITED = Words(
    zh="全国年节及纪念日放假办法第二条",
    en="Regulation on National Holidays, art. 2 (全国年节及纪念日放假办法)",
)
# The fourth revision, of 10 November 2024, gave New Year's Eve and 2 May; it holds from 2025.
_SINCE_2024 = 2025
_NEW_YEAR = Words(zh="元旦", en="New Year")
_SPRING = Words(zh="春节", en="Spring Festival")
_QINGMING = Words(zh="清明节", en="Qingming")
_LABOUR = Words(zh="劳动节", en="Labour Day")
_DRAGON_BOAT = Words(zh="端午节", en="Dragon Boat Festival")
_MID_AUTUMN = Words(zh="中秋节", en="Mid-Autumn")
_NATIONAL = Words(zh="国庆节", en="National Day")


def statutory_days(year: int) -> Iterator[tuple[date, Words]]:
    """Yield the statutory days off of ``year`` with their names.

    Outside the table of festivals only the days with a fixed date are known.

    >>> [f"{day:%m-%d}" for day, name in statutory_days(2027) if name.en == "Spring Festival"]
    ['02-05', '02-06', '02-07', '02-08']
    """
    since_2024 = year >= _SINCE_2024
    yield from _from(date(year, 1, 1), 1, _NEW_YEAR)
    yield from _from(date(year, 5, 1), 2 if since_2024 else 1, _LABOUR)
    yield from _from(date(year, 10, 1), 3, _NATIONAL)
    if year in _festivals():
        spring, qingming, dragon_boat, mid_autumn = _festivals()[year]
        if since_2024:
            yield from _from(spring - timedelta(days=1), 4, _SPRING)
        else:
            yield from _from(spring, 3, _SPRING)
        yield from _from(qingming, 1, _QINGMING)
        yield from _from(dragon_boat, 1, _DRAGON_BOAT)
        yield from _from(mid_autumn, 1, _MID_AUTUMN)


def _from(first: date, days: int, name: Words) -> Iterator[tuple[date, Words]]:
    return ((first + timedelta(days=at), name) for at in range(days))


@cache
def _festivals() -> Mapping[int, tuple[date, ...]]:
    table = tomllib.loads(Path(__file__).with_name("festivals.toml").read_text("utf-8"))
    return {
        int(year): tuple(date.fromisoformat(f"{year}-{day}") for day in days)
        for year, days in table.items()
    }
