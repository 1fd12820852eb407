"""The yearly report as the office has written it so far, and the figures of earlier years."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from huiyin.accounts.actor import Actor
from huiyin.demo import quotas
from huiyin.demo.days import at
from huiyin.demo.telling import Book
from huiyin.ledger import services as ledger
from huiyin.reporting.models import EarlierFigure, Report, ReportKind, ReportText

_LAST = "关于2019年省人大代表建议督办工作情况的汇报"
_BEFORE = "关于2018年省人大代表建议督办工作情况的汇报"
_ALL = "占已答复的全部建议"
_RATED = "占反馈满意度的建议"
# Number, year, as printed, counted over, whether as here, the paper and its page (源文004 §三).
EARLIER = (
    ("R031", 2019, "928", "代表反馈满意度的建议", True, _LAST, "第7页"),
    ("R131", 2019, "68.4", _ALL, False, _LAST, "第7页"),
    ("R133", 2019, "94.8", _RATED, True, _LAST, "第7页"),
    ("R134", 2019, "86.8", _RATED, True, _LAST, "第7页"),
    ("R242", 2019, "86.4", "占建议答复总数", True, _LAST, "第8页"),
    ("R031", 2018, "441", "代表反馈满意度的建议", True, _BEFORE, "第6页"),
    ("R131", 2018, "33.6", _ALL, False, _BEFORE, "第6页"),
)
_ENTERED, _BEGUN, _WRITTEN = (at(date(2020, 9, day), 9, 40) for day in (7, 8, 9))
MEETING_ON = date(2020, 9, 14)
TEXTS = {
    "assigning": """（一）严格交办调整
春节后疫情防控任务重，我委把调整截止时间延长至2月底。对承办单位提出的调整申请逐件对照职责审核；对几家单位都认为\
不属于自己职责的，会同编制部门查清机构改革后的分工再定主办单位，有的经过三轮协商才落实下来。对内容不够明确的建议，\
先与代表沟通，再交办。""",
    "contact": """（二）加强沟通联系
把联系代表贯穿办理前、办理中、办理后。受疫情影响不能见面的，用视频、电话沟通；能见面的上门听取意见。\
我委到部分市走访基层代表，督促各市人大常委会组织本地省人大代表座谈，了解办理情况和满意程度。""",
    "systems": """（三）分系统推进办理
党群系统{R501·党群}家单位承办{R512·党群}件，其中主办{R513·党群}件；省委组织部、省委宣传部、省委编办和省人大常委会机关\
主办的占一半以上，共{R515·组织部+宣传部+省委编办+省人大机关}件，省委组织部主办{R515·组织部}件。省人大常委会机关承办{R512·人大}件，\
其中主办{R513·人大}件，件件当面或者电话沟通。7月召开调度会，对10家办理大户集中督办。""",
    "supervision": """（二）开展经常性督办
本年度以来开展督办{R603}次。一是上门督办，请主办单位负责同志到代表所在单位现场答复。二是组织代表视察，\
到四家单位听取近三年建议的落实情况。三是会议审议，常委会会议将听取四家单位建议办理工作情况的汇报。""",
    "evaluation": """（三）组织代表评议
9月1日召开代表评议会议，60名代表对7家单位的建议办理工作进行评议。会前汇总175名代表对223件建议的反馈意见，\
按统一标准折算为基础分；会上代表发言、单位回应、当场测评。""",
    "next": """从办理情况看，还有一些不足：有的单位重答复、轻落实，承诺事项的时间节点不够具体；\
有的会办意见比较笼统；少数建议涉及部门多，协调推进慢。
下一步，一是督促重新办理的{R042}件在法定期限内再次答复；\
二是对列入计划解决的事项按月更新台账、办成一件销号一件；三是推动各单位主要负责同志领办难度大的建议，把当面沟通作为答复的前提。""",
}


def hold(book: Book) -> None:
    """Enter the figures of earlier years, begin this year's report and write its texts."""
    lines = [*_earlier(book), *_report(book)]
    ledger.record_many(chain=book.world.congress.key, lines=lines)


def _line(action: str, row: Any, *facts: Any, after: str) -> ledger.Line:
    kind = "earlier_figure" if isinstance(row, EarlierFigure) else "report"
    for fact in facts:
        fact.save()
    return ledger.Line(
        at=facts[0].at,
        actor=Actor.of(facts[0].post),
        action=action,
        subject=(kind, row.key),
        after=after,
        facts=facts,
        via="demo",
        back_dated=True,
    )


def _earlier(book: Book) -> list[ledger.Line]:
    lines = []
    for code, year, printed, base, same, source, page in EARLIER:
        row = book.row(
            EarlierFigure,
            congress=book.world.congress,
            code=code,
            year=year,
            value=Decimal(printed),
            printed=printed,
            base=base,
            same_base=same,
            source=f"《{source}》",
            page=page,
            post=book.clerk(0),
            at=_ENTERED,
        )
        lines.append(_line("earlier.enter", row, row, after=f"{code} {year} {printed}"))
    return lines


def _report(book: Book) -> list[ledger.Line]:
    clerk = book.clerk(0)
    report = book.row(
        Report,
        congress=book.world.congress,
        kind=ReportKind.YEARLY,
        session=book.world.session,
        as_of=quotas.TODAY,
        title="关于2020年省人大代表建议督办工作情况的汇报",
        meeting="省十三届人大常委会第66次主任会议",
        agenda_item="议题十七汇报材料",
        meeting_on=MEETING_ON,
        addressee="主任会议",
        post=clerk,
        at=_BEGUN,
    )
    lines = [_line("report.begin", report, report, after=report.title)]
    for block, said in TEXTS.items():
        text = book.row(
            ReportText, report=report, block=block, number=1, text=said, post=clerk, at=_WRITTEN
        )
        lines.append(_line("report.write", report, text, after=f"{block} 1"))
    return lines
