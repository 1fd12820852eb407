"""半年报告、月度通报表、会议期间建议综合分析: the congress's shorter papers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiyin.reporting.models import ReportKind
from huiyin.reporting.reports import listings, tables
from huiyin.reporting.reports.outline import OFFICE, Outline, Part, Text

_HALF_OPENING = """截至{D001}，本次会议以来共接收代表建议{R001}件，其中大会会议期间{R002}件、\
闭会期间{R003}件，\
交由{R501}家单位承办。已答复{R010}件，占{R110}；尚在办理{R013}件。"""

_HALF_PROGRESS = """已答复的建议中，在一般期限内答复的占{R114}，超过期限答复的{R015}件。\
已分类的{R020}件中，{L020}。"""

_HALF_FEEDBACK = """代表反馈{R031}件，占应反馈{R030}件的{R131}；未反馈{R032}件。\
对办理态度{L036}；对办理结果{L037}。\
首轮不满意{R040}件，正在重新办理{R042}件。"""

_HALF_SUPERVISION = """主任会议确定重点处理建议专题{R601}个、建议{R602}件；开展督办{R603}次。"""

_HALF_NEXT = """【请补写：下半年的重点工作。】"""

HALF_YEAR = Outline(
    kind=ReportKind.HALF_YEAR,
    about=_("How handling stands in the middle of the year, and what is still open."),
    title="{place}人大代表建议{year}年上半年办理情况报告",
    addressee="主任会议",
    makers=OFFICE,
    parts=(
        Part(title="", blocks=(Text(code="opening", default=_HALF_OPENING), tables.progress)),
        Part(
            title="办理进度",
            blocks=(Text(code="progress", default=_HALF_PROGRESS), tables.months, tables.classes),
        ),
        Part(
            title="代表反馈",
            blocks=(
                Text(code="feedback", default=_HALF_FEEDBACK),
                tables.satisfaction,
                tables.first_round,
            ),
        ),
        Part(
            title="督办情况",
            blocks=(
                Text(code="supervision", default=_HALF_SUPERVISION),
                tables.topics,
                tables.supervisions,
            ),
        ),
        Part(title="下一步工作", blocks=(Text(code="next", default=_HALF_NEXT),)),
    ),
)

_MONTHLY = """截至{D001}，共接收代表建议{R001}件，已答复{R010}件，占{R110}；尚在办理{R013}件，\
首轮不满意{R040}件，正在重新办理{R042}件。各承办单位办理进度见下表。"""

MONTHLY = Outline(
    kind=ReportKind.MONTHLY,
    about=_("How far each organ has come; sent to all of them."),
    title="{place}人大代表建议办理情况通报表（{year}年{month}月）",
    addressee="各承办单位",
    makers=OFFICE,
    parts=(
        Part(title="", blocks=(Text(code="opening", default=_MONTHLY), listings.organs)),
        Part(
            title="有关要求",
            blocks=(
                Text(
                    code="asked",
                    default="请各承办单位对照下表查找差距，按期答复；对代表不满意的，再次沟通、再次答复。",
                ),
            ),
        ),
    ),
)

_SESSION_OPENING = (
    """大会会议期间代表提出建议{R002}件，闭会期间提出{R003}件。件数较多的类别是：{L520}。"""
)

_MATTERS = """按标题用词归集，代表集中反映的问题见下表，供分析研究和确定督办重点时参考。\
【请补写：对代表集中反映问题的分析。】"""

_COUNTERPART = """按照各委员会对口联系的单位，编制对口督办建议目录，分送常委会领导和有关委员会。"""

SESSION = Outline(
    kind=ReportKind.SESSION,
    about=_("What deputies raise: by category, matter, region, and who follows it."),
    title="{session}代表建议综合分析",
    addressee="常委会领导、各专门委员会",
    makers=OFFICE,
    parts=(
        Part(title="", blocks=(Text(code="opening", default=_SESSION_OPENING),)),
        Part(title="类别分布", blocks=(tables.categories,)),
        Part(
            title="集中反映的问题",
            blocks=(Text(code="matters", default=_MATTERS), listings.matters),
        ),
        Part(title="各代表团提出情况", blocks=(listings.delegations,)),
        Part(
            title="对口督办目录",
            blocks=(Text(code="counterpart", default=_COUNTERPART), listings.committees),
        ),
    ),
)
