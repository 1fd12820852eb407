"""How organs are named: one form for comparing, and what a name says of its owner.

Lists write the same organ as 湖南省教育厅, 省教育厅, 教育厅, or with full-width blanks between.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from huiyin.organisations.models.choices import System

_PUNCTUATION = re.compile(r"[\s()（）\[\]【】《》·、,.;:\"'\u200b\ufeff-]")
# Longer forms first; each is a way of writing, never another body.
_SAME = (
    ("人民代表大会", "人大"),
    ("常务委员会", "常委会"),
    ("人民政府", "政府"),
    ("人民法院", "法院"),
    ("人民检察院", "检察院"),
    ("委员会", "委"),
    ("办公室", "办"),
    ("和", ""),
    ("与", ""),
)
_LEVEL_WORD = re.compile(r"^(?:自治区|自治州|[省市州县区旗乡镇])")
# Taking the level word off these would leave the name of the level's own body: 省政府, 市委.
_BODY_OF_LEVEL = re.compile(r"^(?:委|政府|人大|政协|纪委|监委|法院|检察院|高级|中级)")


def fold(name: str, *, places: Iterable[str] = ()) -> str:
    """Return the form under which two ways of writing one organ are equal.

    ``places`` are the full and short names of the division itself (湖南省, 湖南), which its own
    organs may carry or leave out.

    >>> fold("湖南省　住房和城乡建设厅", places=["湖南省", "湖南"])
    '住房城乡建设厅'
    >>> fold("省住房城乡建设厅")
    '住房城乡建设厅'
    >>> fold("省委办公厅")
    '省委办公厅'
    """
    text = _PUNCTUATION.sub("", unicodedata.normalize("NFKC", name))
    for place in sorted(places, key=len, reverse=True):
        if place and text.startswith(place) and len(text) > len(place):
            level = place[-1] if _LEVEL_WORD.match(place[-1]) else ""
            text = level + text[len(place) :]
            break
    for long, short in _SAME:
        text = text.replace(long, short)
    bare = _LEVEL_WORD.sub("", text, count=1)
    return text if not bare or _BODY_OF_LEVEL.match(bare) else bare


_SIGNS: tuple[tuple[System, re.Pattern[str]], ...] = (
    (System.JUDICIAL, re.compile(r"法院|检察院|监察委")),
    (System.CONGRESS, re.compile(r"人大|人民代表大会")),
    (
        System.CENTRAL,
        re.compile(
            r"税务局|海关|气象局|邮政管理局|通信管理局|烟草专卖局|人民银行|银保监|证监局"
            r"|金融监管(?:总)?局|铁路局|铁路集团|出入境|海事局|国家.*(?:监察|调查总队|专员办)"
        ),
    ),
    (
        System.PARTY,
        re.compile(
            r"^(?:中共|.{0,8}?[省市州县区]委(?!员))|纪委|组织部|宣传部|统战部|政法委|网信办"
            r"|编办|机构编制|信访局|台办|总工会|共青团|团[省市州县区]委|妇联|妇女联合会|科协"
            r"|文联|残联|残疾人联合会|工商联|侨联|红十字会|政协|党校|档案馆"
        ),
    ),
    (System.ENTERPRISE, re.compile(r"公司|集团|银行|企业")),
)


def likely_system(name: str) -> System:
    """The system a name points to; government when nothing points elsewhere.

    A guess for the preview of an import, for a clerk to confirm.
    """
    text = _PUNCTUATION.sub("", unicodedata.normalize("NFKC", name))
    return next((system for system, sign in _SIGNS if sign.search(text)), System.GOVERNMENT)
