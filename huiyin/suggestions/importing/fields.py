"""What a column of a list may hold, and the headings offices give it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from huiyin.accounts.imports import DEPUTY_COLUMNS, ORGAN_COLUMNS, ColumnSpec, guess_columns
from huiyin.documents.workbooks import Column, Table, is_reason
from huiyin.suggestions.models.imports import ImportKind

# Exact headings win over contained ones, so that 答复日期 is not taken for 日期; within each pass
# the order here decides.
SUGGESTION_COLUMNS = (
    ColumnSpec(
        "number",
        _("number"),
        ("编号", "建议编号", "建议号", "件号", "案号", "提案编号", "议案编号", "number", "no"),
    ),
    ColumnSpec(
        "title",
        _("title"),
        ("标题", "建议标题", "题目", "建议题目", "案由", "建议名称", "件名", "title", "subject"),
        required=True,
    ),
    ColumnSpec(
        "card_no",
        _("card number of the lead deputy"),
        ("代表证号", "代表证号码", "证号", "card no", "card number"),
    ),
    ColumnSpec(
        "cosigners",
        _("co-signers"),
        ("附议代表", "联名代表", "附议人", "联名人", "附议", "联名", "其他代表", "co-signers"),
    ),
    ColumnSpec(
        "lead",
        _("lead deputy"),
        (
            *("领衔代表", "代表姓名", "领衔人", "提出代表", "提案人", "第一提案人", "建议人"),
            *("提出人", "领衔", "代表", "lead deputy", "deputy"),
        ),
    ),
    ColumnSpec("delegation", _("delegation"), ("代表团", "所在代表团", "delegation")),
    ColumnSpec(
        "session",
        _("session"),
        ("会议", "届次", "会次", "所属会议", "会议届次", "会议名称", "session"),
    ),
    ColumnSpec("kind", _("kind"), ("类型", "建议类型", "种类", "件类", "kind", "type")),
    ColumnSpec("assigned_on", _("assigned on"), ("交办日期", "交办时间", "交办", "assigned on")),
    ColumnSpec(
        "replied_on",
        _("replied on"),
        ("答复日期", "答复时间", "办复日期", "办复时间", "办结日期", "replied on"),
    ),
    ColumnSpec(
        "rated_on", _("rated on"), ("反馈日期", "反馈时间", "评价日期", "测评日期", "rated on")
    ),
    ColumnSpec(
        "raised_on",
        _("raised on"),
        (
            *("提出日期", "提出时间", "收到日期", "提交日期", "受理日期", "登记日期", "日期"),
            *("raised on", "received on", "date"),
        ),
    ),
    ColumnSpec(
        "raised",
        _("in session or between sessions"),
        ("会内会外", "会上会下", "提出时段", "大会闭会", "in session"),
    ),
    ColumnSpec(
        "body", _("whole text, situation and requests together"), ("全文", "建议全文", "full text")
    ),
    ColumnSpec(
        "requests",
        _("requests"),
        ("具体建议", "建议要求", "请求", "意见建议", "工作建议", "requests"),
    ),
    ColumnSpec(
        "situation",
        _("situation"),
        (
            *("情况", "正文", "内容", "建议内容", "主要内容", "情况和问题", "存在问题", "案据"),
            *("situation", "text"),
        ),
    ),
    ColumnSpec(
        "outcome_class",
        _("class of the reply"),
        (
            *("答复类别", "办理类别", "答复分类", "结果类别", "办理结果类别", "办复类别"),
            *("reply class", "outcome class", "class"),
        ),
    ),
    ColumnSpec(
        "category",
        _("category"),
        ("内容分类", "分类", "类别", "所属类别", "行业", "category", "topic"),
    ),
    ColumnSpec(
        "co_organs",
        _("co-handling organs"),
        ("会办单位", "协办单位", "会办", "协办", "配合单位", "co-handling organs", "co_units"),
    ),
    ColumnSpec(
        "lead_organ",
        _("lead organ"),
        (
            *("主办单位", "承办单位", "主办", "承办", "责任单位", "牵头单位"),
            *("lead organ", "lead_unit"),
        ),
    ),
    ColumnSpec("wide", _("six months"), ("六个月", "6个月", "复杂事项", "涉及面广", "six months")),
    ColumnSpec("document_no", _("document number"), ("文号", "答复文号", "发文字号")),
    ColumnSpec(
        "attitude", _("attitude"), ("办理态度", "态度", "对办理态度", "态度评价", "attitude")
    ),
    ColumnSpec(
        "result",
        _("result"),
        ("办理结果", "结果", "满意度", "对办理结果", "结果评价", "评价", "result"),
    ),
    ColumnSpec(
        "reply_text",
        _("text of the reply"),
        ("答复内容", "答复意见", "答复全文", "办理情况", "答复", "reply"),
    ),
    ColumnSpec("note", _("note"), ("备注", "说明", "note", "remark")),
)

COLUMNS: Mapping[str, tuple[ColumnSpec, ...]] = {
    ImportKind.SUGGESTIONS: SUGGESTION_COLUMNS,
    ImportKind.DEPUTIES: DEPUTY_COLUMNS,
    ImportKind.ORGANS: ORGAN_COLUMNS,
}
# Fields that several columns may fill together: 会办单位1, 会办单位2.
SHARED = frozenset({"cosigners", "co_organs", "requests", "situation", "note"})
# What the reader of documents finds by itself.
_PARTS = {"title": "title", "body": "body"}

# Index of a column → name of the field it fills.
Mapped = dict[int, str]


def guess(table: Table, *, kind: str) -> Mapped:
    """Return which column likely fills which field; the person puts it right."""
    read = [column for column in table.columns if not is_reason(column.name)]
    parts = {c.index: _PARTS[c.part] for c in read if c.part in _PARTS}
    named = [column for column in read if not column.part]
    specs = [spec for spec in COLUMNS[kind] if spec.name not in parts.values()]
    found = guess_columns([column.name for column in named], specs)
    mapped = parts if kind == ImportKind.SUGGESTIONS else {}
    mapped |= {named[place].index: name for name, place in found.items()}
    return mapped | _more_of_the_same(named, mapped)


def _more_of_the_same(columns: Sequence[Column], mapped: Mapped) -> Mapped:
    """会办单位2 beside 会办单位1: the same heading with another number."""
    bare = {c.name.rstrip("0123456789一二三四五"): mapped.get(c.index, "") for c in columns}
    again: Mapped = {}
    for column in columns:
        name = bare.get(column.name.rstrip("0123456789一二三四五"), "")
        if column.index not in mapped and name in SHARED:
            again[column.index] = name
    return again


def missing(mapped: Mapped, *, kind: str) -> list[ColumnSpec]:
    """Return the required fields that no column fills."""
    return [s for s in COLUMNS[kind] if s.required and s.name not in mapped.values()]


def filled_twice(mapped: Mapped) -> set[str]:
    """Return the fields that two columns fill and only one may."""
    names = list(mapped.values())
    return {name for name in names if names.count(name) > 1} - SHARED
