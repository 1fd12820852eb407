"""The forms of handling, from receipt to reply."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from tests.security.addresses import HANDLED, REPLIED
from tests.security.form import (
    CONTACT,
    CONTESTED,
    LETTER,
    OPINION,
    PARAGRAPHS,
    PLAN,
    PROOFS,
    REASON,
    WAITS,
    WHY,
    Form,
    Said,
    beside,
    co_part_key,
    file_of,
    no_keys,
    opinion_text,
    page,
    part_key,
    part_step,
    reply_text,
    shown,
    step,
)
from tests.security.house import House

BACK = frozenset({"back"})


def on_contact(name: str, who: str, on: str, more: Callable[[House], Said], **rest: Any) -> Form:
    """A step on a contact of the education department, with what only the house knows."""
    return Form(
        name=f"part.{name}",
        who=who,
        path=lambda house: reverse("suggestions:part_step", args=[house.part(on).key, name]),
        said=lambda house: {**shown(house.own(on), house.part(on)), **more(house)},
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
            **shown(house.own(HANDLED), house.part(HANDLED)),
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
    page(
        "suggestions:call_back",
        "clerk",
        no_keys,
        lambda _house: {"seed": "03 07 19 22", "declared": "省人大常委会公报2020年第3号"},
        texts={"seed": 80, "declared": 200},
        # Of the page's other form, which takes a call down.
        also=frozenset({"drawn"}),
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
        co_part_key,
        opinion_text,
        texts=OPINION,
        may_repeat=True,
    ),
    page(
        "suggestions:opinion_autosave",
        "fin_handler",
        co_part_key,
        opinion_text,
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
        part_key,
        reply_text,
        texts=LETTER,
        also=PROOFS,
        may_repeat=True,
    ),
    page(
        "suggestions:reply_autosave",
        "edu_handler",
        part_key,
        reply_text,
        texts=LETTER,
        also=PROOFS,
        taken=200,
        may_repeat=True,
    ),
    page(
        "suggestions:reply",
        "edu_handler",
        part_key,
        lambda house: {**reply_text(house), "act": "send"},
        texts=LETTER,
        also=PROOFS,
        called="reply, sent",
    ),
    page("suggestions:reply_files", "edu_handler", part_key, file_of, may_repeat=True),
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
