"""Whether a co-handling opinion reads as empty: hints for those who write and judge it.

Chongqing (art. 20) lets the lead organ return an opinion “无实质内容或者未说明相关情况”. Whether
one is, a person decides; the same hints stand before both organs, and nothing follows from them by
itself.
"""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiyin.kernel.errors import Words

# What is left when an office says nothing of its own. Read in opinions and in the complaints about
# them (空话套话); a phrase beside others is no fault, an opinion of nothing else is.
PHRASES = (
    "无意见",
    "没有意见",
    "无不同意见",
    "无补充意见",
    "无修改意见",
    "同意主办单位意见",
    "同意主办单位的意见",
    "同意答复意见",
    "请主办单位统一答复",
    "请主办单位研究办理",
    "将积极配合",
    "积极配合主办单位",
    "将予以配合",
    "将加强沟通",
    "高度重视",
    "按职责做好相关工作",
    "不属于我单位职责",
    "与我单位无关",
)
# Two lines of print. Nobody has set a length; it only draws the eye.
SHORT = 50
_NOT_WORDS = re.compile(r"[\W_]+")


def hints(*texts: str | None) -> list[Words]:
    """Return what makes the texts together read as empty; nothing for texts nobody has begun."""
    whole = unicodedata.normalize("NFKC", "".join(text or "" for text in texts))
    said = _NOT_WORDS.sub("", whole)
    if not said:
        return []
    found: list[Words] = []
    if len(said) < SHORT:
        words = ngettext(
            "It is short: %(count)s character.", "It is short: %(count)s characters.", len(said)
        )
        found.append(words % {"count": len(said)})
    empty = [phrase for phrase in PHRASES if phrase in said]
    if empty:
        quoted = "、".join(f"“{phrase}”" for phrase in empty)
        found.append(_("It holds phrases that say little: %(phrases)s") % {"phrases": quoted})
    if not any(character.isdigit() for character in said):
        found.append(_("It names no number, day or amount."))
    return found
