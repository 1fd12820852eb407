"""Every form of the house as an honest reader sends it: where it stands, who sends it, with what.

The attacks take these and bend them. A form that would be refused as it stands here proves
nothing when it is refused bent, so ``test_forms.py`` first sends them all straight.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.organisations.models import RuleChoice
from huiyin.suggestions.models.responsibility import ResponsibilityLevel
from tests.security.addresses import DRAFT, REVIEWED
from tests.security.form import (
    ASKED,
    GROUND,
    KEEP,
    LINE,
    NOTICE,
    ORGANS,
    PARAGRAPHS,
    REASON,
    REFUSED,
    ROWS,
    TEXT_CHOICES,
    TEXT_FIELDS,
    WHY,
    Form,
    Said,
    draft_key,
    draft_text,
    file_of,
    no_keys,
    page,
    part_step,
    step,
)
from tests.security.handling_forms import HANDLING
from tests.security.house import FOR_STUDY, House

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
        draft_key,
        lambda house: {**draft_text(house), "act": "save"},
        texts=TEXT_FIELDS,
        also=TEXT_CHOICES | {"wants_no_reply"},
        may_repeat=True,
    ),
    page(
        "suggestions:autosave",
        "lin",
        draft_key,
        draft_text,
        texts=TEXT_FIELDS,
        also=TEXT_CHOICES | {"wants_no_reply"},
        taken=200,
        may_repeat=True,
    ),
    page(
        "suggestions:attach", "lin", draft_key, file_of, also=frozenset({"part"}), may_repeat=True
    ),
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
