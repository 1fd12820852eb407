"""Which column of a list holds what, guessed from its heading for a person to put right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiyin.kernel.errors import Words

_IGNORED = re.compile(r"[\s*（）()：:/\\_·、.-]+")


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A field of the import, its name for people, and headings lists use for it."""

    name: str
    label: Words
    headings: tuple[str, ...]
    required: bool = False


DEPUTY_COLUMNS = (
    ColumnSpec(
        "name",
        pgettext_lazy("person", "Name"),
        ("姓名", "代表姓名", "代表", "名字", "name", "deputy"),
        required=True,
    ),
    ColumnSpec(
        "card_no",
        _("Deputy card number"),
        ("代表证号", "代表证号码", "证号", "代表证", "card no", "card number"),
    ),
    ColumnSpec("delegation", _("Delegation"), ("代表团", "所在代表团", "代表团名称", "delegation")),
    ColumnSpec(
        "electing_unit",
        pgettext_lazy("electing unit", "Electing unit"),
        ("选举单位", "原选举单位", "选区", "原选区", "electing unit", "constituency"),
    ),
    ColumnSpec(
        "phone",
        pgettext_lazy("person", "Telephone"),
        ("电话", "手机", "手机号", "手机号码", "联系电话", "phone"),
    ),
    ColumnSpec("email", _("E-mail"), ("邮箱", "电子邮箱", "电子邮件", "email", "e-mail")),
    ColumnSpec("since", _("First day"), ("任职日期", "起始日期", "当选日期", "任期开始", "since")),
)

ORGAN_COLUMNS = (
    ColumnSpec(
        "name",
        pgettext_lazy("organ", "Name"),
        ("单位名称", "承办单位", "单位", "名称", "机构名称", "全称", "name", "organ"),
        required=True,
    ),
    ColumnSpec("short_name", _("Short name"), ("简称", "单位简称", "short name")),
    ColumnSpec(
        "system",
        pgettext_lazy("organ", "System"),
        ("系统", "所属系统", "类别", "单位类别", "system"),
    ),
    ColumnSpec("code", _("Code"), ("代码", "单位代码", "编码", "code")),
    ColumnSpec("mandate_text", _("Mandate"), ("职责", "主要职责", "职能", "三定", "mandate")),
    ColumnSpec("since", _("First day"), ("成立日期", "设立日期", "since")),
)


def guess_columns(headings: Sequence[str], specs: Sequence[ColumnSpec]) -> dict[str, int]:
    """Return the index of the heading that names each field, exact ones first.

    No heading serves two fields; a field without a likely heading is left out.
    """
    folded = [_fold(heading) for heading in headings]
    found: dict[str, int] = {}
    for fits in (_equal, _contained):
        for spec in specs:
            if spec.name in found:
                continue
            free = (i for i in range(len(folded)) if i not in found.values())
            index = next((i for i in free if fits(folded[i], spec)), None)
            if index is not None:
                found[spec.name] = index
    return found


def _equal(heading: str, spec: ColumnSpec) -> bool:
    return heading in {_fold(each) for each in spec.headings}


def _contained(heading: str, spec: ColumnSpec) -> bool:
    return any(len(known := _fold(each)) > 1 and known in heading for each in spec.headings)


def _fold(text: str) -> str:
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text)).casefold()
