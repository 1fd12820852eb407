"""What the numbered figures are called, for whoever looks one up or enters one of another year."""

from __future__ import annotations

from django.utils.translation import override

from huiyin.reporting.figures import FIGURES, RATES
from huiyin.reporting.reports import slots
from huiyin.reporting.reports.making import ZH

# Figures of this room; what follows the dot narrows them.
_OWN = {
    "R036": "对办理态度的评价（·很满意、·满意……）",
    "R037": "对办理结果的评价（·很满意、·满意……）",
    "R056": "首轮对办理态度的评价（·很满意……）",
    "R057": "首轮对办理结果的评价（·很满意……）",
    "R236": "对办理态度的评价占比（·很满意……）",
    "R237": "对办理结果的评价占比（·很满意……）",
    "R240": "答复大类件数（·A、·B、·C）",
    "R241": "答复大类占比（·A、·B、·C）",
    "R242": "已经解决、已有规定和计划解决的占比",
    "R243": "已经解决、已有规定和计划解决的件数",
    "R244": "答复小类占比（·A1……）",
    "R501": "承办单位（可加·党群、·政府……）",
    "R512": "系统承办（·党群、·人大……）",
    "R513": "系统主办（·党群、·人大……）",
    "R515": "单位主办（·单位简称，几家用+相连）",
    "R516": "单位承办（·单位简称，几家用+相连）",
    "R601": "重点处理建议专题",
    "R602": "重点处理建议",
    "R603": "督办次数",
    "R604": "宣传报道篇数（可加·媒体）",
    "R651": "承诺解决事项（可加·年度）",
    "R652": "承诺事项已销号（可加·年度）",
    "R653": "承诺事项未销号（可加·年度）",
    "R654": "承诺事项逾期（可加·年度）",
    "R701": "金点子选编件数",
}
# The counting service's own, narrowed here by class.
_NARROWED = {"R020": "（可加·A1……）", "R013": "（可加·会议期间、·闭会期间）"}


def names() -> dict[str, str]:
    """Every number with its name, in order."""
    with override(ZH):
        labels = {code: str(each.label) for code, each in FIGURES.items()}
        labels |= {code: f"{each.label}（比率）" for code, each in RATES.items()}
    counted = {
        code: f"{label}{_NARROWED.get(code, '')}"
        for code, label in labels.items()
        if _is_slot(code)
    }
    return dict(sorted({**counted, **_OWN}.items()))


def _is_slot(code: str) -> bool:
    return slots.slot(code) is not None


def name_of(code: str) -> str:
    """What a code is called, without what may follow it; itself where nobody knows it."""
    asked = slots.slot(code)
    name = names().get(asked.base, code) if asked else code
    said = name.split("（", 1)[0]
    return f"{said}·{asked.of}" if asked and asked.of else said
