"""年度办理情况报告: the paper a standing committee reads once a year (源文004)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiyin.reporting.models import ReportKind
from huiyin.reporting.reports import tables
from huiyin.reporting.reports.outline import OFFICE, Outline, Part, Text

_OPENING = """按照常委会年度工作安排，现将本年度代表建议办理和督办工作情况报告如下。"""

_RECEIVED = """大会会议期间共接收代表建议{R002}件，交由{R501}家单位承办。截至{D001}，\
已答复{R011}件[[，其中{R042}件因代表反馈不满意正在重新办理]]；闭会期间接收{R003}件，\
已答复{R012}件，\
其余在法定期限内办理。"""

_ASSIGNING = """（一）严格交办调整
建议按照内容和承办单位职责交办，对承办单位提出的调整申请逐件审核，\
对争议较大的建议会同有关方面协商确定主办单位。\
【请补写：本年度交办、调整的主要做法和典型事例。】"""

_CONTACT = """（二）加强沟通联系
承办单位在办理前、办理中、办理后听取代表意见，联系沟通情况作为督促检查的内容。\
【请补写：与代表沟通、走访的主要情况。】"""

_SYSTEMS = """（三）分系统推进办理
党群系统{R501·党群}家单位承办{R512·党群}件，其中主办{R513·党群}件；\
人大机关承办{R512·人大}件，其中主办{R513·人大}件。"""

_TOPICS = """（一）办好重点处理建议
主任会议确定{R601}个专题、{R602}件建议为本年度重点处理建议，分别是：{L601}。\
各专题由领导牵头领办、督办，\
以专函交承办单位办理。"""

_SUPERVISION = """（二）开展经常性督办
本年度以来开展督办{R603}次，督促承办单位采纳建议的合理内容，提高办理实效。\
【请补写：上门督办、视察、会议审议等主要活动。】"""

_EVALUATION = """（三）组织代表评议
【请补写：评议会议的对象、参加代表和结果；未组织的删去本段。】"""

_PROMISES = """（一）跟踪落实承诺事项
对列入计划解决的建议建立台账、销号管理。本年度答复中承诺事项{R651}件，已销号{R652}件；\
上年承诺事项与本年度建议同安排、同推进、同落实。"""

_AGAIN = """（二）督办反馈不满意件
代表首轮反馈不满意的{R040}件，已再次办理、再次答复并再次评价{R041}件，正在重新办理{R042}件。"""

_RESULTS = """（三）办理成效
一是办理进度。已答复的建议中，在一般期限内答复的占{R114}，超过期限答复的{R015}件。
二是代表反馈率。代表反馈{R031}件，占已答复、已分类且不在重新办理中的{R030}件建议的{R131}\
[[（上年反馈{R031.上年}件，占{R131.上年}）]][[，前年反馈{R031.前年}件，占{R131.前年}]]。
三是代表满意率。反馈的{R031}件中，对办理态度{L036}[[（上年满意率为{R133.上年}）]]。\
对办理结果{L037}\
[[（上年满意率为{R134.上年}，今年{R134.增减}）]]。
四是解决率和计划解决率。已分类的{R020}件建议中，{L020}。所提问题已经解决、\
已有规定和计划解决的共占{R242}\
[[，比上年的{R242.上年}{R242.增减}]]。"""

_PUBLICITY = """本年度以来，各媒体刊播代表建议工作宣传报道{R604}篇，其中{L604}。"""

_NEXT = """【请补写：存在的问题和下一步打算。】"""

YEARLY = Outline(
    kind=ReportKind.YEARLY,
    about=_("What the standing committee reads once a year: handling, supervision, results."),
    title="关于{year}年{place}人大代表建议办理和督办工作情况的报告",
    addressee="主任会议",
    makers=OFFICE,
    parts=(
        Part(
            title="",
            blocks=(
                Text(code="opening", default=_OPENING),
                Text(code="received", default=_RECEIVED),
                tables.progress,
            ),
        ),
        Part(
            title="完善交办督办机制，形成工作合力",
            blocks=(
                Text(code="assigning", default=_ASSIGNING),
                Text(code="contact", default=_CONTACT),
                Text(code="systems", default=_SYSTEMS),
                tables.by_system,
                tables.party_organs,
            ),
        ),
        Part(
            title="围绕中心工作，突出督办重点",
            blocks=(
                Text(code="topics", default=_TOPICS),
                tables.topics,
                Text(code="supervision", default=_SUPERVISION),
                tables.supervisions,
                Text(code="evaluation", default=_EVALUATION),
            ),
        ),
        Part(
            title="跟踪承诺落实，提高办理实效",
            blocks=(
                Text(code="promises", default=_PROMISES),
                Text(code="again", default=_AGAIN),
                Text(code="results", default=_RESULTS),
                tables.months,
                tables.satisfaction,
                tables.classes,
                tables.years,
                Text(code="publicity", default=_PUBLICITY),
            ),
        ),
        Part(title="问题和打算", blocks=(Text(code="next", default=_NEXT),)),
    ),
)
