"""Days as people write them."""

import re
import unicodedata
from calendar import monthrange
from datetime import date

from huiyin.rulebook.errors import BadDate
from huiyin.rulebook.words import Words

_WRITTEN = re.compile(
    r"(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日|(\d{4})([-/.])(\d{1,2})\5(\d{1,2})", re.ASCII
)
_FORMS = Words(
    zh="请写作 2020-09-10、2020/9/10、2020.9.10 或 2020年9月10日。",
    en="Write 2020-09-10, 2020/9/10, 2020.9.10 or 2020年9月10日.",
)
_CHECK = Words(zh="请对照原件改正。", en="Correct it against the original.")


def parse_date(text: str) -> date:
    """The day ``text`` names: 2020-09-10, 2020/9/10, 2020.9.10 or 2020年9月10日.

    Full-width digits are read too. Raises ``BadDate`` for anything else and for days that do
    not exist; nothing is guessed.
    """
    written = _WRITTEN.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if written is None:
        raise BadDate(
            text,
            Words(
                zh=f"“{text}”不是可识别的日期。", en=f"“{text}” is not a date this program reads."
            ),
            _FORMS,
        )
    parts = written[1], written[2], written[3]
    if written[5]:
        parts = written[4], written[6], written[7]
    year, month, day = (int(part) for part in parts)
    try:
        return date(year, month, day)
    except ValueError as error:
        raise BadDate(text, _why_not(text, year, month, day), _CHECK) from error


def _why_not(text: str, year: int, month: int, day: int) -> Words:
    if not 1 <= month <= 12:
        return Words(
            zh=f"“{text}”不存在：没有{month}月。", en=f"“{text}” does not exist: no month {month}."
        )
    if year == 0:
        return Words(zh=f"“{text}”不存在：没有公元0年。", en=f"“{text}” does not exist: no year 0.")
    length = monthrange(year, month)[1]
    return Words(
        zh=f"“{text}”不存在：{year}年{month}月只有{length}天，没有{day}日。",
        en=f"“{text}” does not exist: {year}-{month:02d} has {length} days, no day {day}.",
    )
