"""Every form of the house as an honest reader sends it: where it stands, who sends it, with what.

The attacks take these and bend them. A form that would be refused as it stands here proves
nothing when it is refused bent, so ``test_forms.py`` first sends them all straight.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from django.urls import reverse

from huiyin.documents.tests import files
from huiyin.kernel.ids import new_key
from huiyin.organisations.models import RuleChoice
from huiyin.suggestions.forms.writing import draft_revision
from huiyin.suggestions.models import Assignment, Suggestion
from huiyin.suggestions.models.responsibility import ResponsibilityLevel
from tests.security.addresses import DRAFT, HANDLED, REPLIED, REVIEWED
from tests.security.house import FOR_STUDY, House

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


def _shown(case: Suggestion, part: Assignment | None = None) -> dict[str, str]:
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
        said=lambda house: {**_shown(house.own(on)), **said},
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
        said=lambda house: {**_shown(house.own(on), house.part(on, organ)), **filled(house)},
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


def _draft_text(house: House) -> Said:
    return {
        "revision": draft_revision(house.own(DRAFT)),
        "title": "关于增设公办幼儿园的建议",
        "situation": "新区只有一所公办幼儿园。",
        "request_1": "规划两所公办幼儿园",
        "raised_before": "no",
        "publish_scope": "full",
        "organ_hint": "省教育厅",
    }


def _reply_text(house: House) -> Said:
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


def _file(_house: House) -> Said:
    return {"file": ContentFile(files.pdf(b"annex"), name="附件.pdf")}


def _draft_key(house: House) -> list[str]:
    return [house.own(DRAFT).key]


def _co_part_key(house: House) -> list[str]:
    return [house.part(HANDLED, "finance").key]


def _opinion_text(house: House) -> Said:
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
        said=lambda house: {**_shown(house.own(on), house.part(on, "finance")), **said},
        **more,
    )


OPINION = {
    **dict.fromkeys(("text", "will_do", "advice"), PARAGRAPHS),
    "signed_by": 40,
}


def _part_key(house: House) -> list[str]:
    return [house.part(HANDLED).key]


REASON = {"reason": "请写明数量与地点。"}
WHY = {"reason": PARAGRAPHS}
ORGANS = {"organ_1": "省教育厅", "role_1": "lead", "organ_2": "省财政厅", "role_2": "co"}
ROWS = frozenset({"wide", "act", *(f"{kind}_{n}" for n in (1, 2) for kind in ("organ", "role"))})
TEXT_FIELDS = {"title": LINE, "situation": PARAGRAPHS, "request_1": PARAGRAPHS, "organ_hint": 200}
TEXT_CHOICES = frozenset({"formed_by", "raised_before", "publish_scope", "wants_contact"})
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

WRITING = [
    page(
        "suggestions:new",
        "lin",
        no_keys,
        lambda _house: {"title": "关于校车的建议"},
        texts={"title": LINE},
        may_repeat=True,
    ),
    page(
        "suggestions:edit",
        "lin",
        _draft_key,
        lambda house: {**_draft_text(house), "act": "save"},
        texts=TEXT_FIELDS,
        also=TEXT_CHOICES | {"wants_no_reply"},
        may_repeat=True,
    ),
    page(
        "suggestions:autosave",
        "lin",
        _draft_key,
        _draft_text,
        texts=TEXT_FIELDS,
        also=TEXT_CHOICES | {"wants_no_reply"},
        taken=200,
        may_repeat=True,
    ),
    page("suggestions:attach", "lin", _draft_key, _file, also=frozenset({"part"}), may_repeat=True),
    step("invite", "lin", DRAFT, {"deputy": "周海平"}, also=frozenset({"mandate"})),
    step("confirm_signature", "zhao", DRAFT),
    step("decline_signature", "zhao", DRAFT, REASON, texts=WHY),
    step("submit", "lin", DRAFT),
    step("withdraw", "lin", "submitted, co-signer agrees to withdrawal", REASON, texts=WHY),
    step("agree_to_withdraw", "zhao", "submitted"),
    step("accept_wording", "lin", "submitted, a wording waits"),
    step("refuse_wording", "lin", "submitted, a wording waits", REASON, texts=WHY),
]
REVIEW = [
    step("register", "clerk", "submitted", {"category": "education"}, texts={"number": 20}),
    step("return", "clerk", "submitted", {"reason_code": "VAGUE", **REASON}, texts=WHY),
    step("refuse", "clerk", "submitted", {"reason_code": "PERSONAL", **REASON}, texts=WHY),
    step("take_as_reference", "clerk", "submitted", REASON, texts=WHY),
    step("ask_review", "clerk", "submitted", {"party": "government_office"}),
    step(
        "give_verdict",
        "government_clerk",
        REVIEWED,
        {"opinion": "register", "note": "内容具体。"},
        texts={"note": PARAGRAPHS},
        also=frozenset({"reason_code"}),
    ),
    step(
        "propose_wording",
        "clerk",
        "submitted",
        {"title": "新标题", "situation": "情况。", "requests": "一\n\n二", "note": "更清楚"},
        texts={"title": LINE, "situation": PARAGRAPHS, "requests": PARAGRAPHS, "note": PARAGRAPHS},
    ),
    step("merge", "clerk", "registered", {"number": "4"}),
    step("unmerge", "clerk", "registered and merged", REASON, texts=WHY),
    step(
        "assign",
        "clerk",
        "registered",
        {**ORGANS, "part_1": "幼儿园"},
        also=ROWS,
        texts={"part_1": 200},
    ),
    step("circulate", "clerk", FOR_STUDY, {"organs": "省教育厅\n省财政厅"}),
    page(
        "suggestions:assign_many",
        "clerk",
        no_keys,
        lambda house: {**ORGANS, "act": "do", "chosen": [house.own("registered").key]},
        also=ROWS | {"part_1", "next"},
        taken=200,
        may_repeat=True,
    ),
]
BACK = frozenset({"back"})


def on_contact(name: str, who: str, on: str, more: Callable[[House], Said], **rest: Any) -> Form:
    """A step on a contact of the education department, with what only the house knows."""
    return Form(
        name=f"part.{name}",
        who=who,
        path=lambda house: reverse("suggestions:part_step", args=[house.part(on).key, name]),
        said=lambda house: {**_shown(house.own(on), house.part(on)), **more(house)},
        **rest,
    )


def _contact(house: House) -> Said:
    return {"contact": house.part(WAITS).contacts.get().key}


HANDLING = [
    part_step("acknowledge", "edu_liaison", "in handling, not acknowledged"),
    part_step(
        "plan",
        "edu_handler",
        HANDLED,
        PLAN,
        texts={
            "responsible_leader": 40,
            "division": 60,
            "handler": 40,
            "requirement": PARAGRAPHS,
            "division_head": 40,
            "goal": 500,
        },
        also=frozenset({"leader", "feedback_on"}),
        may_repeat=True,
    ),
    Form(
        name="part.sub_assign",
        who="edu_liaison",
        path=lambda house: reverse(
            "suggestions:part_step", args=[house.part(HANDLED).key, "sub_assign"]
        ),
        said=lambda house: {
            **_shown(house.own(HANDLED), house.part(HANDLED)),
            "division": house.town.basic_education.key,
            "note": "请尽快。",
        },
        texts={"note": PARAGRAPHS},
        also=frozenset({"division", "handler"}),
    ),
    part_step(
        "mark",
        "edu_liaison",
        HANDLED,
        {"marks": ["hot"], "note": "来信多。"},
        texts={"note": PARAGRAPHS},
    ),
    on_contact(
        "contact",
        "edu_handler",
        HANDLED,
        lambda house: {**CONTACT, "deputies": house.town.post("lin").key},
        texts={
            "gist": PARAGRAPHS,
            "place": 100,
            "own_people": 100,
            "co_handlers": 200,
            "citizens": 200,
        },
        may_repeat=True,
    ),
    on_contact(
        "confirm_contact", "lin", WAITS, _contact, texts={"word": 200}, also=BACK, may_repeat=True
    ),
    on_contact(
        "contest_contact", "lin", WAITS, _contact, texts={"word": 200}, also=BACK, may_repeat=True
    ),
    part_step("exempt_contact", "edu_head", CONTESTED, REASON, texts=WHY),
    step("waive_contact", "lin", HANDLED, REASON, texts=WHY),
    page(
        "suggestions:talk",
        "electing_liaison",
        lambda house: [house.own(HANDLED).key],
        lambda _house: {"form": "visit", "held_on": "2020-03-02", "gist": "听取意见。"},
        texts={"gist": PARAGRAPHS, "place": 100},
        also=frozenset({"about"}),
        may_repeat=True,
    ),
    part_step(
        "ask_extension",
        "edu_liaison",
        HANDLED,
        {"until": "2020-08-01", "reason": "需要会同三个部门实地调研。"},
        texts=WHY,
    ),
    part_step(
        "give_opinion",
        "fin_handler",
        HANDLED,
        {
            "text": "经费已列入预算。",
            "will_do": "九月底前拨付。",
            "advice": "请写明金额。",
            "signed_by": "方副厅长",
        },
        texts=OPINION,
        also=frozenset({"typed"}),
    ),
    page(
        "suggestions:co_part",
        "fin_handler",
        _co_part_key,
        _opinion_text,
        texts=OPINION,
        may_repeat=True,
    ),
    page(
        "suggestions:opinion_autosave",
        "fin_handler",
        _co_part_key,
        _opinion_text,
        texts=OPINION,
        taken=200,
        may_repeat=True,
    ),
    beside(
        "mark_opinion",
        "in handling, opinion given",
        {"mark": "partly", "reason": "资金部分采纳。"},
        texts=WHY,
        also=frozenset({"mark"}),
        may_repeat=True,
    ),
    beside("return_opinion", "in handling, opinion given", REASON, texts=WHY),
    page(
        "suggestions:reply",
        "edu_handler",
        _part_key,
        _reply_text,
        texts=LETTER,
        also=PROOFS,
        may_repeat=True,
    ),
    page(
        "suggestions:reply_autosave",
        "edu_handler",
        _part_key,
        _reply_text,
        texts=LETTER,
        also=PROOFS,
        taken=200,
        may_repeat=True,
    ),
    page(
        "suggestions:reply",
        "edu_handler",
        _part_key,
        lambda house: {**_reply_text(house), "act": "send"},
        texts=LETTER,
        also=PROOFS,
        called="reply, sent",
    ),
    page("suggestions:reply_files", "edu_handler", _part_key, _file, may_repeat=True),
    part_step(
        "pass_check",
        "edu_checker",
        "reply in clearance",
        {"note": "无误。"},
        texts={"note": PARAGRAPHS},
    ),
    part_step("send_back", "edu_head", "reply in clearance", REASON, texts=WHY),
    part_step("sign", "edu_head", "reply checked"),
    part_step("deliver", "edu_liaison", "reply signed"),
    part_step(
        "reclassify",
        "edu_head",
        REPLIED,
        {"outcome_class": "D", "ground": "待国家标准公布。", **REASON},
        texts={"ground": PARAGRAPHS, **WHY},
        also=frozenset({"evidence", "source", "plan", "promised_on"}),
    ),
    page(
        "suggestions:levels",
        "edu_liaison",
        no_keys,
        lambda _house: {
            "valid_from": "2020-03-03",
            "name_1": "办公室",
            "holder_1": "checker",
            "name_2": "主要负责人",
            "holder_2": "head",
        },
        texts={"name_1": 40},
        also=frozenset(f"{name}_{number}" for name in ("name", "holder") for number in (3, 4, 5)),
        may_repeat=True,
    ),
    step(
        "rate",
        "lin",
        REPLIED,
        {"attitude": "S", "result": "NS", "comment": "专线没有开通。"},
        texts={"comment": PARAGRAPHS, "note": PARAGRAPHS},
    ),
    step(
        "report_pressure",
        "lin",
        REPLIED,
        {"happened": "今天上午有人来电话。"},
        texts={"happened": PARAGRAPHS},
        may_repeat=True,
    ),
    step(
        "take_measure",
        "clerk",
        "replied, refused again",
        {
            "kind": "meeting",
            "held_on": "2020-03-02",
            "participants": "代表、省教育厅",
            "minutes": "九月前开通专线。",
        },
        texts={"participants": 200, "minutes": PARAGRAPHS},
        may_repeat=True,
    ),
    step("order_rehandling", "clerk", "replied, not satisfied", REASON, texts=WHY),
    step("decline_rehandling", "clerk", "replied, not satisfied", REASON, texts=WHY),
]


def _person(house: House) -> list[str]:
    return [house.town.person("zhou").key]


def _liaison(house: House) -> Said:
    organ = house.town.finance.key
    return {"role": "handler", "organ": organ, "since": "2020-03-02", "until": "", "card_no": ""}


_PLACE = frozenset({"role", "organ", "delegation", "electing_unit", "since", "until"})
PARTICULARS = {"name": 60, "phone": 30}
PEOPLE = [
    page(
        "accounts:new_person",
        "clerk",
        no_keys,
        lambda house: {"name": "郭晓", "phone": "0731", "email": "", **_liaison(house)},
        texts={**PARTICULARS, "card_no": 20},
        also=_PLACE | {"email"},
        may_repeat=True,
    ),
    page(
        "accounts:person",
        "clerk",
        _person,
        lambda _house: {"name": "周海萍", "phone": "0731", "email": "z@yuechuan.example"},
        texts=PARTICULARS,
        also=frozenset({"email"}),
        may_repeat=True,
    ),
    page("accounts:give_post", "clerk", _person, _liaison, texts={"card_no": 20}, also=_PLACE),
    page(
        "accounts:account_act",
        "clerk",
        lambda house: [*_person(house), "close"],
        lambda _house: REASON,
        texts={"reason": 500},
        may_repeat=True,
    ),
    page(
        "accounts:post_act",
        "clerk",
        lambda house: [house.town.post("zhou").key, "suspend"],
        lambda _house: REASON,
        texts={"reason": 500},
        may_repeat=True,
    ),
    page(
        "accounts:preferences",
        "lin",
        no_keys,
        lambda _house: {"theme": "dark", "next": "/"},
        also=frozenset({"language", "large_type", "density"}),
        may_repeat=True,
    ),
    page(
        "accounts:switch_post",
        "lin",
        no_keys,
        lambda house: {"post": house.town.post("lin").key},
        may_repeat=True,
    ),
]


def _grounds(house: House) -> Said:
    """A change of rules that begins on the first day without a case; nothing was chosen before."""
    last = RuleChoice.objects.filter(congress=house.town.congress).order_by("-pk").first()
    return {
        "act": "do",
        "follows": last.key if last else "",
        "valid_from": "2020-03-03",
        "decided_by": "省人大常委会主任会议",
        "decided_on": "2020-03-02",
        "basis": "岳常办发〔2020〕9号",
    }


GROUNDS = {"decided_by": 80, "basis": 200}
RULES = [
    page(
        "suggestions:rules_value",
        "clerk",
        lambda _house: ["reply.limit"],
        lambda house: {"count": "2", "unit": "months", **_grounds(house)},
        texts=GROUNDS,
    ),
    page(
        "suggestions:rules_pack",
        "clerk",
        no_keys,
        lambda house: {"pack": "hunan", "keep": "on", **_grounds(house)},
        texts=GROUNDS,
    ),
]
DISPUTES = [
    part_step(
        "ask_return",
        "edu_liaison",
        "in handling, not acknowledged",
        lambda house: {
            "mandate": "《省教育厅职能配置规定》第三条。",
            "named": house.town.organisation_department.key,
            "reason": "不属于我厅职责。",
        },
        texts={"mandate": PARAGRAPHS, **WHY},
        also=frozenset({"named"}),
    ),
    part_step(
        "object_to_organ",
        "lin",
        "in handling, not acknowledged",
        lambda house: {
            "named": house.town.organisation_department.key,
            "reason": "应由组织部承办。",
        },
        texts=WHY,
        also=frozenset({"named"}),
    ),
    part_step("take_it_on", "fin_liaison", ASKED, organ="education"),
    part_step("decline_it", "fin_liaison", ASKED, REASON, texts=WHY, organ="education"),
    part_step(
        "reassign",
        "government_clerk",
        ASKED,
        lambda house: {"organ": house.town.finance.key, **KEEP},
        texts={**WHY, **GROUND},
        also=frozenset({"organ"}),
    ),
    part_step("refuse_return", "government_clerk", ASKED, KEEP, texts={**WHY, **GROUND}),
    part_step("uphold", "clerk", REFUSED, KEEP, texts={**WHY, **GROUND}),
    part_step(
        "ask_another",
        "clerk",
        REFUSED,
        lambda house: {"named": house.town.government_office.key, "reason": "请提出意见。"},
        texts=WHY,
        also=frozenset({"named"}),
    ),
    page(
        "suggestions:cutoff",
        "clerk",
        no_keys,
        lambda _house: {
            "until": "2020-03-31",
            "decided_by": "省人大常委会联工委",
            "decided_on": "2020-03-02",
            "basis": "因疫情影响适当延长",
        },
        texts={"decided_by": 80, "basis": 1000},
    ),
    page(
        "suggestions:mandate",
        "clerk",
        lambda house: [house.town.education.key],
        lambda _house: {
            "source": "省教育厅职能配置规定",
            "article": "第三条",
            "text": "统筹管理基础教育。",
            "since": "2018-01-01",
        },
        texts={"source": 120, "article": 40, "text": PARAGRAPHS},
        also=frozenset({"until", "clause"}),
        may_repeat=True,
    ),
]


def _leader_act(house: House) -> Said:
    return {
        "kind": "studied",
        "held_on": "2020-03-02",
        "leader": house.ours.leader.key,
        "session": house.town.session.key,
        "gist": "专题研究办理工作。",
    }


LEVELS = frozenset(
    name for level in ResponsibilityLevel.values for name in (f"level_{level}", f"words_{level}")
)
RESPONSIBILITY = [
    page(
        "suggestions:responsibility_system",
        "edu_liaison",
        no_keys,
        lambda _house: {"level_main_leader": "on", "words_main_leader": "负总责"},
        texts={"words_main_leader": 40},
        also=LEVELS | {"six_fixed", "shares_out"},
        may_repeat=True,
    ),
    page(
        "suggestions:organ_leaders",
        "edu_liaison",
        no_keys,
        lambda _house: {"name": "吴为", "office": "副厅长"},
        texts={"name": 40, "office": 40},
        also=frozenset({"is_main", "post"}),
        may_repeat=True,
    ),
    page(
        "suggestions:leader_left",
        "edu_liaison",
        lambda house: [house.ours.leader.key],
        lambda _house: {},
    ),
    page(
        "suggestions:leader_acts",
        "edu_liaison",
        no_keys,
        _leader_act,
        texts={"gist": PARAGRAPHS},
        also=frozenset({"kind", "held_on", "leader", "session", "numbers"}),
        may_repeat=True,
    ),
    page(
        "suggestions:strike_leader_act",
        "edu_liaison",
        lambda house: [house.ours.leader_act.key],
        lambda _house: REASON,
        texts=WHY,
    ),
]
KEPT = [
    page(
        "ui:save_view",
        "clerk",
        no_keys,
        lambda _house: {"list_name": "suggestions", "name": "待办", "query": "tab=mine"},
        texts={"name": 40},
        also=frozenset({"shared"}),
        may_repeat=True,
    ),
    page(
        "ui:rename_view",
        "clerk",
        lambda house: [house.ours.view.key],
        lambda _house: {"name": "本月"},
        texts={"name": 40},
        may_repeat=True,
    ),
    page("ui:delete_view", "clerk", lambda house: [house.ours.view.key], lambda _house: {}),
    page(
        "outbox:read",
        "lin",
        no_keys,
        lambda house: {"notice": house.ours.notice.key},
        may_repeat=True,
    ),
    page("outbox:read_all", "lin", no_keys, lambda _house: {}, may_repeat=True),
    page(
        "suggestions:working_days",
        "clerk",
        no_keys,
        lambda _house: {"act": "do", "name": "2027.toml", "text": NOTICE},
    ),
    page(
        "suggestions:import_columns",
        "clerk",
        lambda house: [house.ours.planned.key],
        lambda house: {
            f"column_{index}": name for index, name in house.ours.planned.mapping["columns"].items()
        },
        also=frozenset({"session", "assigned_on", "new_sessions", "new_deputies", "new_organs"}),
        may_repeat=True,
    ),
]

FORMS = [
    *(*WRITING, *REVIEW, *HANDLING, *DISPUTES),
    *(*PEOPLE, *RULES, *RESPONSIBILITY, *KEPT),
]


def sent(house: House, form: Form, said: Mapping[str, Any], *, who: str = "", **more: Any) -> Any:
    """The answer to the form with these fields, by its own sender unless told otherwise."""
    return house.browser(who or form.who).post(form.path(house), said, **more)
