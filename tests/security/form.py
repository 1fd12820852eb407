"""What a form of the house is, for those who send it: who, where, what, and how much."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from django.urls import reverse

from huiyin.documents.tests import files
from huiyin.kernel.ids import new_key
from huiyin.suggestions.forms.writing import draft_revision
from huiyin.suggestions.models import Assignment, Suggestion
from tests.security.addresses import DRAFT, HANDLED
from tests.security.house import House

Said = Mapping[str, Any]
LINE, PARAGRAPHS = 120, 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One form. ``texts`` are the fields that take words of one's own, with their limits."""

    name: str
    who: str
    path: Callable[[House], str]
    said: Callable[[House], Said]
    texts: Mapping[str, int] = field(default_factory=dict)
    # What the form also knows, though the honest sender leaves it as it is.
    also: frozenset[str] = frozenset()
    taken: int = 302
    # Sent a second time from a page opened anew, it is no mistake.
    may_repeat: bool = False

    def filled(self, house: House) -> dict[str, Any]:
        return {"once": new_key(), **self.said(house)}

    @property
    def fields(self) -> frozenset[str]:
        return self.also | self.texts.keys()


def shown(case: Suggestion, part: Assignment | None = None) -> dict[str, str]:
    """The hidden fields of a step: which state of the case the page showed."""
    replies = part.reply_file.replies.all() if part and hasattr(part, "reply_file") else []
    last = list(replies)[-1:]
    return {
        "revision": str(case.revision),
        "seen": str(case.acts.count()),
        "draft": str(draft_revision(case)),
        "text": last[0].key if last else "",
    }


def step(name: str, who: str, on: str, said: Said | None = None, **more: Any) -> Form:
    """A step of the suggestion in the situation ``on``."""
    if said is None:
        said = {}
    return Form(
        name=f"suggestion.{name}",
        who=who,
        path=lambda house: reverse("suggestions:step", args=[house.own(on).key, name]),
        said=lambda house: {**shown(house.own(on)), **said},
        **more,
    )


def part_step(
    name: str,
    who: str,
    on: str,
    said: Said | Callable[[House], Said] | None = None,
    *,
    organ: str = "",
    **more: Any,
) -> Form:
    """A step of one organ's part in the situation ``on``; of the sender's own unless named."""
    organ = organ or ("finance" if who.startswith("fin") else "education")

    def filled(house: House) -> Said:
        return said(house) if callable(said) else said or {}

    return Form(
        name=f"part.{name}",
        who=who,
        path=lambda house: reverse("suggestions:part_step", args=[house.part(on, organ).key, name]),
        said=lambda house: {**shown(house.own(on), house.part(on, organ)), **filled(house)},
        **more,
    )


def page(
    name: str, who: str, keys: Callable[[House], list[str]], said: Callable[[House], Said], **m: Any
) -> Form:
    """A form that stands on a page of its own."""
    return Form(
        name=m.pop("called", name),
        who=who,
        path=lambda house: reverse(name, args=keys(house)),
        said=said,
        **m,
    )


# An invented notice, as the preview of one sends it on.
NOTICE = """\
[[notice]]
number = "国办发明电〔2026〕9号"
title = "国务院办公厅关于2027年部分节假日安排的通知"
issued = 2026-11-04
year = 2027
rest = [{ zh = "元旦", en = "New Year", from = 2027-01-01, to = 2027-01-03 }]
work = []
"""


ASKED, REFUSED = "in handling, a return asked", "in handling, refused twice"
KEEP = {"reason": "职责明确。", "ground": "《…规定》第五条", "consulted": "省委编办"}
GROUND = {"ground": 4000, "consulted": 200}


def no_keys(_house: House) -> list[str]:
    return []


def draft_text(house: House) -> Said:
    return {
        "revision": draft_revision(house.own(DRAFT)),
        "title": "关于增设公办幼儿园的建议",
        "situation": "新区只有一所公办幼儿园。",
        "request_1": "规划两所公办幼儿园",
        "raised_before": "no",
        "publish_scope": "full",
        "organ_hint": "省教育厅",
    }


def reply_text(house: House) -> Said:
    part = house.part(HANDLED)
    asked = part.suggestion.versions.latest("ordinal").requests.all()
    return {
        "revision": "0",
        "outcome_class": "A",
        "evidence": "两所幼儿园已经开园。",
        "source": "岳教发〔2020〕12号",
        "letter_on": "2020-03-02",
        "opening": "来信收悉。",
        "closing": "感谢支持。",
        "document_no": "岳教函〔2020〕1号",
        "contact_person": "钱学文",
        "contact_phone": "0731-00000000",
        **{f"answer_{item.key}": "已列入今年计划。" for item in asked},
    }


def file_of(_house: House) -> Said:
    return {"file": ContentFile(files.pdf(b"annex"), name="附件.pdf")}


def draft_key(house: House) -> list[str]:
    return [house.own(DRAFT).key]


def co_part_key(house: House) -> list[str]:
    return [house.part(HANDLED, "finance").key]


def opinion_text(house: House) -> Said:
    revision = house.own(HANDLED).revision
    said = {"text": "经费已列入预算。", "will_do": "九月底前拨付。", "advice": "请写明金额。"}
    return {**said, "signed_by": "方副厅长", "revision": str(revision), "typed": "0", "seen": ""}


def beside(name: str, on: str, said: Said, **more: Any) -> Form:
    """A step the lead organ takes on the part of the organ that helps it."""
    return Form(
        name=f"co.{name}",
        who="edu_handler",
        path=lambda house: reverse(
            "suggestions:part_step", args=[house.part(on, "finance").key, name]
        ),
        said=lambda house: {**shown(house.own(on), house.part(on, "finance")), **said},
        **more,
    )


OPINION = {
    **dict.fromkeys(("text", "will_do", "advice"), PARAGRAPHS),
    "signed_by": 40,
}


def part_key(house: House) -> list[str]:
    return [house.part(HANDLED).key]


REASON = {"reason": "请写明数量与地点。"}
WHY = {"reason": PARAGRAPHS}
ORGANS = {"organ_1": "省教育厅", "role_1": "lead", "organ_2": "省财政厅", "role_2": "co"}
ROWS = frozenset({"wide", "act", *(f"{kind}_{n}" for n in (1, 2) for kind in ("organ", "role"))})
TEXT_FIELDS = {"title": LINE, "situation": PARAGRAPHS, "request_1": PARAGRAPHS, "organ_hint": 200}
TEXT_CHOICES = frozenset(
    {"formed_by", "raised_before", "publish_scope", "wants_contact", "waives_contact"}
)
LETTER = {
    "opening": PARAGRAPHS,
    "closing": PARAGRAPHS,
    "document_no": 60,
    "contact_person": 40,
    "contact_phone": 40,
}
# Asked by other classes than the one that is sent; the draft keeps what was typed in them.
PROOFS = frozenset({"plan", "promised_on", "ground", "confirmed", "confirmed_of"})
PLAN = {
    "responsible_leader": "周副厅长",
    "division": "基础教育处",
    "handler": "钱学文",
    "requirement": "逐条答复",
    "feedback_on": "2020-04-30",
}
CONTACT = {
    "phase": "during",
    "form": "visit",
    "held_on": "2020-03-02",
    "rank": "handler",
    "own_people": "钱学文",
    "gist": "当面沟通",
}
WAITS, CONTESTED = "in handling, a contact waits", "in handling, a contact contested"
