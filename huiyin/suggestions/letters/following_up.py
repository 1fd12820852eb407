"""What the congress sends while it follows the handling: 催办单, 督办函, 整改通知, 评议测评票."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from huiyin.documents.typesetting import Form, Imprint, Paper
from huiyin.documents.typesetting.blocks import (
    Table,
    addressee,
    annex,
    annexes,
    contact,
    day,
    field_of,
    hint,
    label,
    row,
    signed,
    text,
)
from huiyin.suggestions.letters.letter import Letter
from huiyin.suggestions.letters.matter import FIELDS, NUMBER_TO_COME, Matter, boxes, sections


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgingSlip:
    """催办单: one suggestion, one organ, what is owed and by when; the lower half comes back."""

    matter: Matter
    issuer: str
    organ: str
    assigned_on: date
    due_on: date
    times: int
    demand: str
    answer_by: date
    on: date

    def paper(self) -> Paper:
        return Paper(
            form=Form.SHEET,
            title=f"代表{self.matter.noun}办理催办单",
            organ=self.issuer,
            link=self.matter.link,
            blocks=(
                Table(
                    columns=FIELDS,
                    rows=(
                        row(
                            label("承办单位"),
                            field_of(self.organ),
                            label("催办次数"),
                            field_of(f"第{self.times}次"),
                        ),
                        row(
                            label(f"{self.matter.noun}编号"),
                            field_of(f"第{self.matter.number}号"),
                            label("代表姓名"),
                            field_of(self.matter.names),
                        ),
                        row(label("标题"), field_of(self.matter.title, span=3)),
                        row(
                            label("交办日期"),
                            field_of(day(self.assigned_on)),
                            label("办理期限"),
                            field_of(day(self.due_on)),
                        ),
                        row(label("催办事项"), field_of(self.demand, span=3), height=40),
                        row(
                            label("催办单位"),
                            field_of(self.issuer),
                            label("催办日期"),
                            field_of(day(self.on)),
                        ),
                        row(label("办理进展\n（承办单位\n填写）"), field_of(span=3), height=60),
                        row(label("负责人签名"), field_of(), label("日期"), field_of(), height=14),
                    ),
                ),
                *hint(f"注：请于{day(self.answer_by)}前填写办理进展并送回催办单位。"),
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionLetter(Letter):
    """督办函: what was found, what is demanded, until when it is reported on."""

    issuer: str
    organ: str
    findings: str
    demands: str
    report_by: date

    def paper(self) -> Paper:
        return self._from(
            self.issuer,
            title=f"关于督办{self.matter.named}的函",
            blocks=(
                addressee(self.organ),
                *text(
                    f"{self.matter.raised_by}提出的{self.matter.titled}由你单位承办。"
                    "现就有关办理工作督办如下："
                ),
                *sections(("办理情况", self.findings), ("督办要求", self.demands)),
                *text(f"请于{day(self.report_by)}前将落实情况书面报告我单位。"),
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One row of the list of problems."""

    problem: str
    demand: str
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RectificationNotice:
    """整改通知: the list of problems, and when the organ reports on them (源文002)."""

    issuer: str
    organ: str
    occasion: str
    problems: tuple[Problem, ...]
    report_by: date
    on: date
    number: str = NUMBER_TO_COME
    contact_person: str = ""
    contact_phone: str = ""
    copies: tuple[str, ...] = ()
    link: str = ""

    def paper(self) -> Paper:
        head = row(*(label(each) for each in ("序号", "存在问题", "整改要求", "完成时限")))
        rows = (
            row(
                label(str(number)),
                field_of(each.problem),
                field_of(each.demand),
                field_of(day(each.until) if each.until else ""),
            )
            for number, each in enumerate(self.problems, start=1)
        )
        return Paper(
            form=Form.DOCUMENT,
            title="关于做好代表建议办理工作整改的通知",
            organ=self.issuer,
            number=self.number,
            link=self.link,
            blocks=(
                addressee(self.organ),
                *text(f"{self.occasion}，现将有关问题清单印发你单位，请认真整改。"),
                *text(f"请于{day(self.report_by)}前将整改情况书面报告。"),
                *annexes("问题清单"),
                *signed(self.issuer, self.on),
                contact(self.contact_person, self.contact_phone),
                *annex("问题清单", Table(columns=(14, 47, 47, 48), rows=(head, *rows))),
            ),
            imprint=Imprint(copies=self.copies, printed_by=self.issuer, printed_on=self.on),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationSheet:
    """评议测评票: secret, so it bears no name, no number and no code."""

    issuer: str
    meeting: str
    organs: tuple[str, ...]
    grades: tuple[str, ...]
    on: date

    def paper(self) -> Paper:
        head = row(label("被评议单位"), label("测评意见"), height=12)
        rows = (row(label(each), field_of(boxes(*self.grades)), height=14) for each in self.organs)
        return Paper(
            form=Form.SHEET,
            title=f"{self.meeting}\n测评票",
            organ=self.issuer,
            blocks=(
                Table(columns=(66, 90), rows=(head, *rows)),
                *hint(
                    "注：1. 本票为无记名测评票。\n"
                    "2. 对每一单位只能选择一项，在“□”内打“√”；多选或者不选的，该项无效。\n"
                    f"3. 制票单位：{self.issuer}；制票日期：{day(self.on)}。"
                ),
            ),
        )
