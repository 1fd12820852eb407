"""Around the cases: 接待登记表 of a deputies' station, 办理工作总结 of an organ."""

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
    field_of,
    field_of_day,
    label,
    row,
    signed,
    text,
)
from huiyin.suggestions.letters.matter import FIELDS, NUMBER_TO_COME, sections


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceptionRecord:
    """接待登记表: who came, what he said, what becomes of it."""

    station: str
    received_on: date | None = None
    place: str = ""
    deputies: str = ""
    visitor: str = ""
    visitor_contact: str = ""
    matter: str = ""
    deputys_answer: str = ""
    passed_to: str = ""
    outcome: str = ""
    recorder: str = ""

    def paper(self) -> Paper:
        return Paper(
            form=Form.SHEET,
            title="人大代表接待群众登记表",
            organ=self.station,
            blocks=(
                Table(
                    columns=FIELDS,
                    rows=(
                        row(
                            label("联络站"),
                            field_of(self.station),
                            label("接待时间"),
                            field_of_day(self.received_on),
                        ),
                        row(
                            label("接待代表"),
                            field_of(self.deputies),
                            label("接待地点"),
                            field_of(self.place),
                        ),
                        row(
                            label("来访人"),
                            field_of(self.visitor),
                            label("联系方式"),
                            field_of(self.visitor_contact),
                        ),
                        row(label("反映事项"), field_of(self.matter, span=3), height=60),
                        row(label("代表答复"), field_of(self.deputys_answer, span=3), height=40),
                        row(label("转交单位"), field_of(self.passed_to, span=3)),
                        row(label("办理结果"), field_of(self.outcome, span=3), height=40),
                        row(
                            label("代表签名"),
                            field_of(),
                            label("记录人"),
                            field_of(self.recorder),
                            height=14,
                        ),
                    ),
                ),
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """One figure of a summary with its name."""

    name: str
    count: int


_TALLIES = "代表建议办理情况统计表"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlingSummary:
    """办理工作总结: an organ's report to the congress office on its year of handling."""

    organ: str
    issuer: str
    session: str
    tallies: tuple[Tally, ...]
    measures: str
    problems: str
    plans: str
    on: date
    number: str = NUMBER_TO_COME
    contact_person: str = ""
    contact_phone: str = ""

    def paper(self) -> Paper:
        head = row(label("项目"), label("件数"))
        rows = (row(field_of(each.name), label(str(each.count))) for each in self.tallies)
        return Paper(
            form=Form.DOCUMENT,
            title=f"关于{self.session}代表建议办理工作的总结",
            organ=self.organ,
            number=self.number,
            blocks=(
                addressee(self.issuer),
                *text(f"现将{self.session}代表建议办理工作总结如下："),
                *sections(
                    ("办理基本情况", "办理件数见附件。"),
                    ("主要做法和成效", self.measures),
                    ("存在的问题", self.problems),
                    ("下一步打算", self.plans),
                ),
                *annexes(_TALLIES),
                *signed(self.organ, self.on),
                contact(self.contact_person, self.contact_phone),
                *annex(_TALLIES, Table(columns=(110, 46), rows=(head, *rows))),
            ),
            imprint=Imprint(printed_by=self.organ, printed_on=self.on),
        )
