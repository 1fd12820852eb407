"""承办单位办理工作总结、三张清单: an organ's own papers (源文000); and the booklet of ideas."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiyin.accounts.models import Role
from huiyin.reporting.models import ReportKind
from huiyin.reporting.reports import ideas, listings, tables
from huiyin.reporting.reports.outline import OFFICE, Outline, Part, Text

LIAISON: tuple[str, ...] = (Role.LIAISON,)

_OPENING = """截至{D001}，我单位承办代表建议{R516·本单位}件，其中主办{R515·本单位}件。\
主办件已答复{R010}件，\
占{R110}；尚在办理{R013}件。"""

_DONE = """【请补写：组织领导、制度机制、与代表沟通等主要做法。】"""

_RESULTS = """主办件中已分类{R020}件，{L020}，所提问题已经解决、已有规定和计划解决的共占{R242}。\
代表反馈{R031}件，对办理态度{L036}；对办理结果{L037}。首轮不满意{R040}件，正在重新办理{R042}件。"""

_NEXT = """【请补写：存在的问题和下一步打算。】"""

ORGAN = Outline(
    kind=ReportKind.ORGAN,
    about=_("What a handling organ reports of its own work to the congress."),
    title="{organ}{year}年人大代表建议办理工作总结",
    addressee="{place}人大常委会",
    makers=LIAISON,
    parts=(
        Part(title="", blocks=(Text(code="opening", default=_OPENING), listings.own_progress)),
        Part(title="主要做法", blocks=(Text(code="done", default=_DONE),)),
        Part(
            title="办理成效",
            blocks=(
                Text(code="results", default=_RESULTS),
                tables.classes,
                tables.satisfaction,
                tables.months,
            ),
        ),
        Part(title="问题和打算", blocks=(Text(code="next", default=_NEXT),)),
    ),
)

LISTS = Outline(
    kind=ReportKind.LISTS,
    about=_("What an organ was charged with, its key suggestions, and what is pressed."),
    title="{organ}{year}年代表建议办理三张清单",
    addressee="各处室",
    makers=LIAISON,
    parts=(
        Part(
            title="建议交办清单",
            blocks=(
                Text(
                    code="assigned",
                    default="对收到的建议逐件登记、逐件分办，明确责任处室、经办人和完成期限。",
                ),
                listings.assigned,
            ),
        ),
        Part(
            title="重点建议清单",
            blocks=(
                Text(code="key", default="对重点处理建议逐件制定单独办理方案，由领导领办。"),
                listings.key_ones,
            ),
        ),
        Part(
            title="催办考核清单",
            blocks=(
                Text(
                    code="pressed",
                    default="办理进度和代表满意度纳入每月通报和处室考核，对临期、逾期和不满意的重点催办。",
                ),
                listings.pressed,
            ),
        ),
    ),
)

_IDEAS = """围绕“{D003}”，从本次会议代表建议中选编{R701}件，供研究工作时参考。\
摘录的是代表提出的具体要求，\
答复类别以最近一次答复为准。"""

IDEAS = Outline(
    kind=ReportKind.IDEAS,
    about=_("What deputies propose on one theme, in their own words."),
    title="代表建议“金点子”选编（{theme}）",
    addressee="各有关单位",
    makers=OFFICE,
    parts=(
        Part(title="", blocks=(Text(code="opening", default=_IDEAS),)),
        Part(title="建议摘编", blocks=(ideas.excerpts,)),
    ),
)
