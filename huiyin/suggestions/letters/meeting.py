"""交办会通知: an organ is invited to an assignment meeting, with the list of its cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from huiyin.documents.typesetting import Form, Imprint, Paper
from huiyin.documents.typesetting.blocks import (
    Block,
    Table,
    addressee,
    annex,
    annexes,
    contact,
    day,
    field_of,
    label,
    row,
    signed,
    text,
)
from huiyin.suggestions.letters.assigning import ROLES
from huiyin.suggestions.letters.matter import NUMBER_TO_COME, sections


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCase:
    """One suggestion the organ is to be charged with."""

    number: str
    title: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingNotice:
    """When and where, what about, and which suggestions are meant for the organ."""

    issuer: str
    organ: str
    session: str
    held_on: date
    place: str = ""
    chair: str = ""
    agenda: tuple[str, ...] = ()
    cases: tuple[ListedCase, ...] = ()
    on: date | None = None
    number: str = NUMBER_TO_COME
    contact_person: str = ""
    contact_phone: str = ""
    link: str = ""

    def paper(self) -> Paper:
        return Paper(
            form=Form.DOCUMENT,
            title=f"关于召开{self.session}代表建议交办会的通知",
            organ=self.issuer,
            number=self.number,
            link=self.link,
            blocks=(
                addressee(self.organ),
                *text(f"现定于{day(self.held_on)}召开代表建议交办会。有关事项通知如下："),
                *sections(
                    ("会议时间", f"{day(self.held_on)}。"),
                    ("会议地点", f"{self.place}。" if self.place else ""),
                    ("会议主持", f"{self.chair}。" if self.chair else ""),
                    ("会议议程", self._agenda()),
                    ("拟交办事项", self._meant()),
                ),
                *text("请按时参加。"),
                *self._annex_named(),
                *signed(self.issuer, self.on),
                contact(self.contact_person, self.contact_phone),
                *self._list(),
            ),
            imprint=Imprint(printed_by=self.issuer, printed_on=self.on),
        )

    def _agenda(self) -> str:
        return "\n".join(
            f"（{number}）{point}" for number, point in enumerate(self.agenda, start=1)
        )

    def _meant(self) -> str:
        if not self.cases:
            return ""
        return f"拟交你单位承办的代表建议共{len(self.cases)}件，见附件。"

    def _annex_named(self) -> list[Block]:
        return [*annexes(_LIST)] if self.cases else []

    def _list(self) -> list[Block]:
        """The table, on its own after the letter."""
        if not self.cases:
            return []
        head = row(*(label(each) for each in ("序号", "建议编号", "建议标题", "承办分工")))
        rows = (
            row(
                label(str(place)),
                field_of(each.number),
                field_of(each.title),
                field_of(ROLES[each.role]),
            )
            for place, each in enumerate(self.cases, start=1)
        )
        return annex(_LIST, Table(columns=(16, 24, 92, 24), rows=(head, *rows)))


_LIST = "拟交办代表建议清单"
