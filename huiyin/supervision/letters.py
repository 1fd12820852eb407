"""Papers of this room in the form of GB/T 9704; Chinese whatever their reader's language."""

from __future__ import annotations

from django.utils.translation import override

from huiyin.documents.typesetting import Form, Imprint, Paper
from huiyin.documents.typesetting.blocks import (
    Block,
    Gap,
    Table,
    addressee,
    annex,
    annexes,
    day,
    field_of,
    hint,
    label,
    row,
    section,
    signed,
    text,
)
from huiyin.documents.typesetting.standard import LINE
from huiyin.kernel.errors import NotFound
from huiyin.suggestions.letters.of_case import Offices
from huiyin.suggestions.models import Suggestion
from huiyin.supervision.models import Bulletin, BulletinArticle, Circular, KeyTopic, Problem
from huiyin.supervision.stages import LeaderPart
from huiyin.supervision.topics import leaders_of

_LIST = "重点处理建议目录"
_FIGURES = "各承办单位办理情况"


def topic_letter(topic: KeyTopic, *, link: str) -> Paper:
    """重点处理建议专函. ``NotFound`` before it has been sent."""
    sent = topic.steps.filter(name="send_letter").first()
    decided = topic.steps.filter(name="decide").first()
    if sent is None or decided is None:
        raise NotFound(topic.key)
    office = Offices.of(topic.congress).of_congress
    cases = list(
        Suggestion.objects.filter(key_topics__topic=topic)
        .select_related("lead__person", "lead_organ")
        .order_by("number_order", "pk")
    )
    organs = list(dict.fromkeys(each.lead_organ.name for each in cases if each.lead_organ))
    with override("zh-hans"):
        led = "；".join(
            f"{LeaderPart(each.part).label}：{each.title}{each.name}" for each in leaders_of(topic)
        )
    return Paper(
        form=Form.DOCUMENT,
        title=f"关于办理重点处理建议“{topic.title}”的函",
        organ=office,
        number=sent.number,
        link=link,
        blocks=(
            addressee("、".join(organs) or "各承办单位"),
            *text(
                f"根据{decided.number}，将“{topic.title}”{len(cases)}件代表建议列为"
                f"{topic.year}年度重点处理建议。有关事项函告如下："
            ),
            *((section(1, "责任分工"), *text(f"{led}。")) if led else ()),
            section(2 if led else 1, "办理要求"),
            *text(sent.text or "请制定单独办理方案，明确责任人和完成时限，按期报告办理情况。"),
            *annexes(_LIST),
            *signed(office, sent.on),
            *annex(_LIST, _cases(cases)),
        ),
        imprint=Imprint(printed_by=office, printed_on=sent.on),
    )


def _cases(cases: list[Suggestion]) -> Table:
    head = row(*(label(each) for each in ("编号", "建议标题", "领衔代表", "主办单位")))
    rows = (
        row(
            field_of(each.number or ""),
            field_of(each.title),
            field_of(each.lead.person.name),
            field_of(each.lead_organ.name if each.lead_organ else ""),
        )
        for each in cases
    )
    return Table(columns=(18, 72, 26, 40), rows=(head, *rows))


def rectification_notice(problem: Problem, *, link: str) -> Paper:
    """整改通知. ``NotFound`` before it has been issued."""
    asked = problem.steps.filter(name="notify").first()
    if asked is None:
        raise NotFound(problem.key)
    office = Offices.of(problem.congress).of_congress
    case = problem.suggestion
    about = f"（涉及第{case.number}号建议《{case.title}》）" if case else ""
    return Paper(
        form=Form.DOCUMENT,
        title="关于代表建议办理问题整改的通知",
        organ=office,
        number=asked.number,
        link=link,
        blocks=(
            addressee(problem.organ.name),
            *text(f"督办中发现你单位在代表建议办理工作中存在以下问题{about}，请认真整改："),
            section(1, "问题清单"),
            *text(f"{problem.title}\n{problem.text}"),
            section(2, "整改要求"),
            *text(asked.text or "请逐项研究，明确措施和责任人，切实整改到位。"),
            *text(f"请于{day(asked.due_on)}前书面反馈整改情况。"),
            *signed(office, asked.on),
        ),
        imprint=Imprint(printed_by=office, printed_on=asked.on),
    )


def circular(issued: Circular, *, link: str) -> Paper:
    """每月通报, with the figures of the day it was issued."""
    office = Offices.of(issued.congress).of_congress
    heads = ("承办单位", "主办", "已答复", "逾期", "不满意", "重新办理")
    rows = (row(*(field_of(str(each)) for each in line)) for line in issued.lines)
    return Paper(
        form=Form.DOCUMENT,
        title=f"关于{issued.month.year}年{issued.month.month}月代表建议办理情况的通报",
        organ=office,
        number=issued.number,
        link=link,
        blocks=(
            addressee("各承办单位"),
            *text(f"现将截至{day(issued.issued_on)}的代表建议办理情况通报如下："),
            *text(issued.note),
            *annexes(_FIGURES),
            *signed(office, issued.issued_on),
            *annex(
                _FIGURES,
                Table(
                    columns=(54, 16, 20, 16, 22, 28),
                    rows=(row(*(label(each) for each in heads)), *rows),
                ),
            ),
        ),
        imprint=Imprint(printed_by=office, printed_on=issued.issued_on),
    )


def bulletin(issued: Bulletin, *, link: str) -> Paper:
    """联络动态: the numbers, the table of contents, the articles, who receives it."""
    office = Offices.of(issued.congress).of_congress
    articles = list(issued.articles.all())
    contents = "\n".join(f"{each.position}．{each.title}" for each in articles)
    sent = [line.strip() for line in issued.addressees.splitlines() if line.strip()]
    return Paper(
        form=Form.DOCUMENT,
        title="本期目录",
        organ=issued.title,
        number=f"{issued.year}年第{issued.issue}期（总第{issued.running}期）",
        link=link,
        blocks=(
            *text(contents),
            *(block for each in articles for block in _article(each)),
            *signed(office, issued.issued_on),
            *hint(f"责任编辑：{issued.editor}　　批准文号：{issued.approval_no}"),
        ),
        imprint=Imprint(copies=tuple(sent), printed_by=office, printed_on=issued.issued_on),
    )


def _article(article: BulletinArticle) -> list[Block]:
    """A blank line, its title, its text."""
    return [Gap(LINE), section(article.position, article.title), *text(article.text)]
