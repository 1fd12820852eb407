"""The reply and what goes with it: 答复函, 征询意见表, 当面答复记录."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import chain

from huiyin.documents.typesetting import Form, Paper
from huiyin.documents.typesetting.blocks import (
    Block,
    Cell,
    Table,
    addressee,
    annexes,
    day,
    field_of,
    field_of_day,
    hint,
    label,
    row,
    section,
    text,
)
from huiyin.suggestions.letters.letter import Letter
from huiyin.suggestions.letters.matter import FIELDS, Matter, boxes, joined
from huiyin.suggestions.models import OpinionMark, StatementKind

# A heading has no stop at its end, though the request it quotes had one.
_STOPS = "。；;."

CONSULTATION = "代表{noun}办理情况征询意见表"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One request and what is said to it."""

    ask: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoNote:
    """What is said of one co-handling organ: its opinion and what became of it, or its absence.

    ``countersigned``: its name stands under the text; ``lapsed``: the text was signed without it,
    its time having run out.
    """

    organ: str
    kind: str
    text: str = ""
    mark: str = ""
    reason: str = ""
    lapsed: bool = False
    countersigned: bool = False

    @property
    def sentence(self) -> str:
        if self.kind != StatementKind.GIVEN:
            return _NOT_GIVEN[self.kind].format(organ=self.organ)
        judged = _JUDGED.get(self.mark, "").format(reason=self.reason.strip().rstrip(_STOPS))
        return f"{self.organ}：{self.text}\n{judged}{self._name_under_it}".strip()

    @property
    def _name_under_it(self) -> str:
        if self.countersigned:
            return f"本函已经{self.organ}会签。"
        return f"{self.organ}未在期限内会签。" if self.lapsed else ""


# 上海第17条、河南第18条: the reply states the co-handling organs' opinions.
_NOT_GIVEN: dict[str, str] = {
    StatementKind.ABSENT: "{organ}未在期限内提出会办意见。",
    StatementKind.PENDING: "{organ}至本函定稿时尚未提出会办意见。",
}
_JUDGED: dict[str, str] = {
    OpinionMark.ADOPTED: "上述意见已采纳。",
    OpinionMark.PARTLY: "上述意见部分采纳，理由：{reason}。",
    OpinionMark.NOT_ADOPTED: "上述意见未采纳，理由：{reason}。",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyLetter(Letter):
    """答复函. Nothing is added to the text that was signed but its form.

    ``class_mark`` stands at the top right of the first page.
    """

    organ: str
    class_mark: str
    opening: str
    answers: tuple[Answer, ...]
    closing: str
    co_notes: tuple[CoNote, ...] = ()

    def paper(self) -> Paper:
        points = (
            paragraph
            for at, each in enumerate(self.answers, start=1)
            for paragraph in (
                section(at, f"关于“{each.ask.strip().rstrip(_STOPS)}”"),
                *text(each.answer),
            )
        )
        return self._from(
            self.organ,
            title=f"关于{self.matter.named}的答复",
            class_mark=self.class_mark,
            blocks=(
                addressee(self.matter.raised_by),
                *text(self.opening),
                *points,
                *self._on_co_handlers(),
                *text(self.closing),
                *annexes(CONSULTATION.format(noun=self.matter.noun)),
            ),
        )

    def _on_co_handlers(self) -> tuple[Block, ...]:
        """After the answers, a paragraph for each organ that helped."""
        if not self.co_notes:
            return ()
        said = (text(each.sentence) for each in self.co_notes)
        return (section(len(self.answers) + 1, "会办单位意见"), *chain.from_iterable(said))


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationForm:
    """征询意见表: enclosed with the reply, filled in by the deputy and sent back in duplicate.

    ``grades`` are those of the rulebook's scale; ``dimensions`` what is judged by them.
    """

    matter: Matter
    organ: str
    co_organs: tuple[str, ...]
    grades: tuple[str, ...]
    dimensions: tuple[str, ...]
    return_to: tuple[str, ...] = ()
    return_by: date | None = None

    def paper(self) -> Paper:
        judged = tuple(
            row(label(f"对{each}"), _choices(*self.grades), height=12) for each in self.dimensions
        )
        return Paper(
            form=Form.SHEET,
            title=CONSULTATION.format(noun=self.matter.noun),
            organ=self.organ,
            link=self.matter.link,
            blocks=(
                Table(
                    columns=FIELDS,
                    rows=(
                        row(
                            label(f"{self.matter.noun}编号"),
                            field_of(f"第{self.matter.number}号"),
                            label("代表姓名"),
                            field_of(self.matter.names),
                        ),
                        row(label("会议"), field_of(self.matter.session, span=3)),
                        row(label("标题"), field_of(self.matter.title, span=3)),
                        row(
                            label("主办单位"),
                            field_of(self.organ),
                            label("会办单位"),
                            field_of(joined(self.co_organs)),
                        ),
                        row(
                            label("是否收到\n答复函"),
                            field_of(boxes("是", "否")),
                            label("收到时间"),
                            field_of_day(),
                        ),
                        *judged,
                        row(label("对办理情况\n的意见"), field_of(span=3), height=50),
                        row(
                            label("代表签名"),
                            field_of(),
                            label("日期"),
                            field_of_day(),
                            height=14,
                        ),
                        row(
                            label("通讯地址"), field_of(), label("联系电话"), field_of(), height=14
                        ),
                    ),
                ),
                *hint(self._about()),
            ),
        )

    def _about(self) -> str:
        said = "注：1. 请在选定的“□”内打“√”。"
        to = f"分别寄送{joined(self.return_to)}" if self.return_to else "寄回承办单位"
        by = f"于{day(self.return_by)}前" if self.return_by else ""
        return f"{said}\n2. 本表一式两份，请{by}{to}。"


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceToFaceRecord:
    """当面答复记录 (山东第22条): what was said, and the deputy's signature under it."""

    matter: Matter
    organ: str
    held_on: date | None = None
    place: str = ""
    from_the_organ: str = ""
    deputies_present: str = ""
    answer: str = ""
    deputys_opinion: str = ""

    def paper(self) -> Paper:
        return Paper(
            form=Form.SHEET,
            title=f"当面答复代表{self.matter.noun}记录",
            organ=self.organ,
            link=self.matter.link,
            blocks=(
                Table(
                    columns=FIELDS,
                    rows=(
                        row(
                            label(f"{self.matter.noun}编号"),
                            field_of(f"第{self.matter.number}号"),
                            label("承办单位"),
                            field_of(self.organ),
                        ),
                        row(label("标题"), field_of(self.matter.title, span=3)),
                        row(
                            label("答复时间"),
                            field_of_day(self.held_on),
                            label("答复地点"),
                            field_of(self.place),
                        ),
                        row(label("参加代表"), field_of(self.deputies_present, span=3), height=14),
                        row(label("承办单位\n参加人员"), field_of(self.from_the_organ, span=3)),
                        row(label("答复内容"), field_of(self.answer, span=3), height=70),
                        row(label("代表意见"), field_of(self.deputys_opinion, span=3), height=40),
                        row(
                            label("代表签名"),
                            field_of(),
                            label("承办单位\n负责人签名"),
                            field_of(),
                            height=18,
                        ),
                    ),
                ),
            ),
        )


def _choices(*grades: str) -> Cell:
    return field_of(boxes(*grades), span=3)
