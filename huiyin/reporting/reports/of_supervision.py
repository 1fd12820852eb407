"""Figures of what the congress did: key topics, supervision, publicity; and of promises."""

from __future__ import annotations

from django.urls import reverse

from huiyin.reporting import addresses
from huiyin.reporting.reports.composed import Figure
from huiyin.reporting.reports.making import Maker, count_of, counted_rows
from huiyin.reporting.reports.material import Material
from huiyin.supervision.stages import PublicityKind


def _topics(material: Material, _of: str) -> Figure | None:
    return count_of(
        material,
        "R601",
        "重点处理建议专题",
        len(material.topics),
        base=f"主任会议确定的{material.year}年度重点处理建议专题",
        url=counted_rows(material, "R601"),
    )


def _topic_cases(material: Material, of: str) -> Figure | None:
    """The suggestions of all topics, or of the one with that place among them."""
    if not of:
        return count_of(
            material,
            "R602",
            "重点处理建议",
            sum(topic.case_count for topic in material.topics),
            base=f"列入{material.year}年度重点处理建议专题的建议",
            url=counted_rows(material, "R602"),
        )
    if not of.isdecimal() or not 0 < int(of) <= len(material.topics):
        return None
    topic = material.topics[int(of) - 1]
    return count_of(
        material,
        f"R602·{of}",
        f"专题“{topic.title}”的建议",
        topic.case_count,
        base="列入该专题的建议",
        url=counted_rows(material, "R602", of),
    )


def _since(material: Material) -> dict[str, str]:
    return {"since": material.begins.isoformat(), "until": material.as_of.isoformat()}


def _acts(material: Material, _of: str) -> Figure | None:
    return count_of(
        material,
        "R603",
        "督办",
        material.acts.count(),
        base=f"{material.year}年以来登记的督办活动，按次",
        url=addresses.listed("supervision:act_list", _since(material)),
    )


def _articles(material: Material, of: str) -> Figure | None:
    """Media reports, all or those of one medium."""
    media = dict(material.media)
    if of and of not in media:
        return None
    asked = {"tab": PublicityKind.ARTICLE.value, "medium": of, **_since(material)}
    return count_of(
        material,
        f"R604·{of}" if of else "R604",
        f"宣传报道（{of}）" if of else "宣传报道",
        media[of] if of else sum(media.values()),
        base=f"{material.year}年以来登记的代表建议工作宣传报道，按篇",
        url=addresses.listed("supervision:publicity_list", asked),
    )


_PROMISE = {
    "R651": ("承诺解决事项", "made", "tab=all"),
    "R652": ("承诺事项已销号", "kept", "tab=kept"),
    "R653": ("承诺事项未销号", "open", "tab=running"),
    "R654": ("承诺事项逾期", "overdue", "tab=overdue"),
}


def _promised(code: str) -> Maker:
    """Promises made in a year, the session's where none is said."""

    def make(material: Material, of: str) -> Figure | None:
        label, column, asked = _PROMISE[code]
        year = of or str(material.year)
        line = material.promises.get(year)
        if line is None:
            return None
        return count_of(
            material,
            f"{code}·{of}" if of else code,
            f"{year}年{label}",
            getattr(line, column),
            base=f"{year}年答复中承诺的事项（A2、B类），按件",
            # That list holds the promises as they stand now.
            url="" if material.is_past else f"{reverse('promises:list')}?made={year}&{asked}",
        )

    return make


MAKERS: dict[str, Maker] = {
    "R601": _topics,
    "R602": _topic_cases,
    "R603": _acts,
    "R604": _articles,
    **{code: _promised(code) for code in _PROMISE},
}
