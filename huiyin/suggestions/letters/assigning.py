"""交办通知: the congress office charges an organ (代表法第51条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from huiyin.documents.typesetting import Form, Imprint, Paper
from huiyin.documents.typesetting.blocks import addressee, annexes, contact, day, signed, text
from huiyin.suggestions.letters.matter import NUMBER_TO_COME, Matter, joined, sections
from huiyin.suggestions.stages import HandlingRole

ROLES: dict[str, str] = {
    HandlingRole.LEAD: "主办",
    HandlingRole.CO: "会办",
    HandlingRole.SOLE: "独办",
    HandlingRole.SEPARATE: "分办",
    HandlingRole.REFERENCE: "参阅",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One organ and its role."""

    organ: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentLetter:
    """What one organ is charged with in one round, and until when."""

    matter: Matter
    issuer: str
    organ: str
    role: str
    assigned_on: date
    parties: tuple[Party, ...] = ()
    part: str = ""
    # The requests named in the charge, each with its number; none where it is for all.
    items: tuple[tuple[int, str], ...] = ()
    due_on: date | None = None
    acknowledge_by: date | None = None
    round: int = 1
    number: str = NUMBER_TO_COME
    contact_person: str = ""
    contact_phone: str = ""
    copies: tuple[str, ...] = ()

    def paper(self) -> Paper:
        again = "再次" if self.round > 1 else ""
        return Paper(
            form=Form.DOCUMENT,
            title=f"关于{again}交办{self.matter.named}的通知",
            organ=self.issuer,
            number=self.number,
            link=self.matter.link,
            blocks=(
                addressee(self.organ),
                *text(
                    f"{self.matter.raised_by}在{self.matter.session}提出的{self.matter.titled}，"
                    f"经研究，现{again}交由你单位{self._charge}。有关事项通知如下："
                ),
                *sections(
                    ("承办分工", self._division()),
                    ("承办事项", self._items()),
                    ("办理期限", self._limit()),
                    ("联系沟通", self._contact()),
                ),
                *annexes(f"代表{self.matter.noun}原文"),
                *signed(self.issuer, self.assigned_on),
                contact(self.contact_person, self.contact_phone),
            ),
            imprint=Imprint(
                copies=self.copies, printed_by=self.issuer, printed_on=self.assigned_on
            ),
        )

    @property
    def _charge(self) -> str:
        said = ROLES[self.role]
        return f"{said}其中“{self.part}”部分" if self.part else said

    def _division(self) -> str:
        by_role = {
            role: [each.organ for each in self.parties if each.role == role] for role in ROLES
        }
        said = [
            f"{ROLES[role]}单位：{joined(organs)}" for role, organs in by_role.items() if organs
        ]
        return f"{'；'.join(said)}。" if said else ""

    def _items(self) -> str:
        if not self.items:
            return ""
        numbers = joined([str(number) for number, _ask in self.items])
        asks = "\n".join(f"{number}．{ask}" for number, ask in self.items)
        return f"代表所提具体建议中，你单位承办第{numbers}条：\n{asks}"

    def _limit(self) -> str:
        said = ""
        if self.acknowledge_by:
            said = f"请于{day(self.acknowledge_by)}前确认收到。"
        if self.due_on is None:
            return said
        if self.role == HandlingRole.CO:
            return f"{said}请于{day(self.due_on)}前将会办意见送主办单位。"
        return f"{said}请于{day(self.due_on)}前书面答复代表。"

    def _contact(self) -> str:
        if self.role == HandlingRole.REFERENCE:
            return ""
        return "请在办理过程中与代表联系沟通，充分听取意见。"
