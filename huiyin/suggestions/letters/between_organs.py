"""What organs write to the congress office and to one another before the reply."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from huiyin.documents.typesetting import Paper
from huiyin.documents.typesetting.blocks import addressee, day, text
from huiyin.suggestions.letters.letter import Letter
from huiyin.suggestions.letters.matter import sections, ungreeted


@dataclass(frozen=True, slots=True, kw_only=True)
class CoOpinionLetter(Letter):
    """会办意见: from a co-handling organ to the lead organ.

    The words are the organ's own, which often begin with the addressee themselves.
    """

    organ: str
    lead_organ: str
    text: str
    signed_by: str
    will_do: str = ""
    advice: str = ""

    def paper(self) -> Paper:
        greeting, said = ungreeted(self.text)
        return self._from(
            self.organ,
            title=f"关于{self.matter.named}的会办意见",
            blocks=(
                addressee(greeting or self.lead_organ),
                *text(said),
                *sections(("下一步打算", self.will_do), ("对答复的建议", self.advice)),
                *text(f"签发人：{self.signed_by}"),
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnApplication(Letter):
    """退回（调整）申请: not this organ's business, with the ground and the organ it belongs to.

    ``mandate`` quotes the organ's duties (三定); ``asked_first`` is the named organ's own answer.
    """

    organ: str
    issuer: str
    received_on: date
    ground: str
    mandate: str
    proposed_organ: str
    asked_first: str

    def paper(self) -> Paper:
        return self._from(
            self.organ,
            title=f"关于申请调整{self.matter.named}承办单位的函",
            blocks=(
                addressee(self.issuer),
                *text(
                    f"{day(self.received_on)}交由我单位承办的{self.matter.titled}收悉。"
                    "经研究，申请调整承办单位，理由如下："
                ),
                *sections(
                    ("申请理由", self.ground),
                    ("职责依据", self.mandate),
                    ("建议承办单位", self.proposed_organ),
                    ("与建议承办单位沟通情况", self.asked_first),
                ),
                *text("妥否，请审定。"),
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionApplication(Letter):
    """延期申请: until when, why, and what the deputy said to it.

    Where the rules ask for nobody's consent (``needs_consent``) it tells instead of asking.
    """

    organ: str
    issuer: str
    due_on: date
    asked_until: date
    reason: str
    progress: str
    deputys_consent: str
    needs_consent: bool = True

    def paper(self) -> Paper:
        asks = "申请" if self.needs_consent else ""
        return self._from(
            self.organ,
            title=f"关于{asks}延期办理{self.matter.named}的函",
            blocks=(
                addressee(self.issuer),
                *text(
                    f"我单位承办的{self.matter.titled}，办理期限为{day(self.due_on)}。"
                    f"现{asks}延期至{day(self.asked_until)}答复代表。"
                ),
                *sections(
                    ("延期理由", self.reason),
                    ("办理进展", self.progress),
                    ("与代表沟通情况", self.deputys_consent),
                ),
                *text("妥否，请审定。" if self.needs_consent else "特此函告。"),
            ),
        )
