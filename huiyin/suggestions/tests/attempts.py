"""Every step a person can press, as a call with all it needs to succeed where it may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from huiyin.accounts.actor import Actor
from huiyin.accounts.tests.town import NOW
from huiyin.documents.tests import files
from huiyin.kernel.errors import Conflict
from huiyin.suggestions import services
from huiyin.suggestions.services.assigning import Charge
from huiyin.suggestions.services.scanning import Scan
from huiyin.suggestions.tests.situations import TEXT, Story

PEOPLE = (
    *("lin", "zhao", "zhou", "clerk", "second_clerk", "government_clerk", "committee", "leader"),
    *("electing_liaison", "edu_liaison", "edu_handler", "edu_checker", "edu_head"),
    *("fin_liaison", "fin_handler", "fin_head", "neighbour_clerk"),
)

Attempt = Callable[[Story, Actor], object]


def _on_case(service: Callable[..., object], **more: object) -> Attempt:
    return lambda story, actor: service(case=story.case, actor=actor, at=NOW, **more)


def _on_part(service: Callable[..., object], organ: str, **more: object) -> Attempt:
    return lambda story, actor: service(assignment=story.part(organ), actor=actor, at=NOW, **more)


def _assign(story: Story, actor: Actor) -> object:
    charge = Charge(organ=story.town.education, role="sole")
    return services.assign(case=story.case, actor=actor, at=NOW, organs=[charge])


def _merge(story: Story, actor: Actor) -> object:
    return services.merge(case=story.case, other=story.other, actor=actor, at=NOW)


def _invite(story: Story, actor: Actor) -> object:
    deputy = story.town.post("zhou")
    return services.invite(case=story.case, actor=actor, at=NOW, deputy=deputy)


PLAN = {
    "responsible_leader": "周副厅长",
    "division": "基础教育处",
    "handler": "何晓",
    "requirement": "逐条答复",
    "feedback_on": NOW.date() + timedelta(days=30),
}
CONTACT: dict[str, Any] = {
    "phase": "during",
    "form": "phone",
    "held_on": NOW.date(),
    "gist": "听取意见。",
}
ATTEMPTS: dict[str, Attempt] = {
    "submit": _on_case(services.submit),
    "invite": _invite,
    "confirm_signature": _on_case(services.confirm_signature),
    "decline_signature": _on_case(services.decline_signature),
    "agree_to_withdraw": _on_case(services.agree_to_withdraw),
    "withdraw": _on_case(services.withdraw, why="已解决。"),
    "ask_review": _on_case(services.ask_review, part="government_office"),
    "give_verdict": _on_case(services.give_verdict, opinion="register"),
    "register": _on_case(services.register, category="education"),
    "return": _on_case(services.return_for_revision, reason_code="VAGUE", why="请写明数量。"),
    "propose_wording": _on_case(services.propose_wording, **TEXT),
    "accept_wording": _on_case(services.accept_wording),
    "refuse_wording": _on_case(services.refuse_wording),
    "refuse": _on_case(services.refuse, reason_code="PERSONAL", why="个人事务。"),
    "take_as_reference": _on_case(services.take_as_reference, why="供研究。"),
    "merge": _merge,
    "unmerge": _on_case(services.unmerge, why="内容不同。"),
    "assign": _assign,
    "hand_over": lambda story, actor: services.hand_over(
        case=story.case, actor=actor, at=NOW, office=story.town.government_office
    ),
    "hand_back": _on_case(services.hand_back, why="属党委系统职责。"),
    "circulate": lambda story, actor: services.circulate(
        case=story.case, actor=actor, at=NOW, organs=[story.town.education]
    ),
    "rate": _on_case(services.rate, attitude="S", result="S"),
    "order_rehandling": _on_case(services.order_rehandling, why="请再次办理。"),
    "decline_rehandling": _on_case(services.decline_rehandling, why="已尽力。"),
    "close_without_feedback": _on_case(services.close_without_feedback),
    "reply.send_to_check": lambda story, actor: services.send_to_check(
        assignment=story.part(), actor=actor, at=NOW, text=story.reply_text()
    ),
    "reply.pass_check": _on_part(services.pass_check, "education"),
    "reply.send_back": _on_part(services.send_back, "education", why="请补充数据。"),
    "reply.sign": _on_part(services.sign, "education"),
    "reply.deliver": _on_part(services.deliver, "education"),
}


def _answer(organ: str, *, confirmed: bool) -> Attempt:
    """The organ's last contact is answered; where there is none, there is nothing to answer."""

    def attempt(story: Story, actor: Actor) -> object:
        contact = story.part(organ).contacts.order_by("pk").last()
        if contact is None:
            raise Conflict("no contact")
        return services.answer_contact(contact=contact, actor=actor, at=NOW, confirmed=confirmed)

    return attempt


ATTEMPTS["waive_contact"] = _on_case(services.waive_contact)
ATTEMPTS["reply.reclassify"] = lambda story, actor: services.reclassify(
    assignment=story.part(),
    actor=actor,
    at=NOW,
    outcome_class=story.other_class(),
    claim=story.claim(story.other_class()),
    why="经复核，尚未全部解决。",
)
MORE_TIME = {"until": date(2020, 8, 1), "why": "需要实地调研。"}
GIVEN_TO: dict[str, Callable[[Story], dict[str, Any]]] = {
    "education": lambda story: {"division": story.town.basic_education},
    "finance": lambda story: {"handler": story.town.post("fin_handler")},
}


def _sub_assign(organ: str) -> Attempt:
    return lambda story, actor: services.sub_assign(
        assignment=story.part(organ), actor=actor, at=NOW, **GIVEN_TO[organ](story)
    )


for prefix, organ in (("assignment", "education"), ("co", "finance")):
    ATTEMPTS |= {
        f"{prefix}.ask_extension": _on_part(services.ask_extension, organ, **MORE_TIME),
        f"{prefix}.grant_extension": _on_part(services.grant_extension, organ),
        f"{prefix}.refuse_extension": _on_part(services.refuse_extension, organ, why="期限充裕。"),
        f"{prefix}.acknowledge": _on_part(services.acknowledge, organ),
        f"{prefix}.plan": _on_part(services.plan, organ, **PLAN),
        f"{prefix}.contact": _on_part(services.record_contact, organ, **CONTACT),
        f"{prefix}.confirm_contact": _answer(organ, confirmed=True),
        f"{prefix}.contest_contact": _answer(organ, confirmed=False),
        f"{prefix}.exempt_contact": _on_part(services.exempt_contact, organ, why="无法联系。"),
        f"{prefix}.give_opinion": _on_part(
            services.give_opinion, organ, text="无意见。", signed_by="方副厅长"
        ),
        f"{prefix}.sub_assign": _sub_assign(organ),
        f"{prefix}.mark": _on_part(services.mark, organ, marks={"hot"}),
    }


def _on_text(service: Callable[..., object], organ: str, **more: object) -> Attempt:
    """A step on the text of the reply that lies there."""
    return lambda story, actor: service(
        assignment=story.part(organ), actor=actor, at=NOW, text=story.text_in_clearance(), **more
    )


for prefix, organ in (("assignment", "education"), ("co", "finance")):
    ATTEMPTS |= {
        f"{prefix}.return_opinion": _on_part(services.return_opinion, organ, why="没有金额。"),
        f"{prefix}.mark_opinion": _on_part(
            services.mark_opinion, organ, mark="partly", reason="部分属实。"
        ),
        f"{prefix}.countersign": _on_text(services.countersign, organ),
        f"{prefix}.refuse_countersignature": _on_text(
            services.refuse_countersignature, organ, why="金额与意见不符。"
        ),
    }


def _named(service: Callable[..., object], organ: str, named: str, **more: object) -> Attempt:
    """A step on ``organ``'s part that names another organ."""
    return lambda story, actor: service(
        assignment=story.part(organ),
        actor=actor,
        at=NOW,
        named=getattr(story.town, named),
        why="主要诉求不在我单位职责范围内。",
        **more,
    )


QUOTED = {"mandate": "《省教育厅职能配置规定》第三条：“统筹管理基础教育。”"}
GROUND = {"why": "职责已有明确规定。", "ground": "《省人民政府机构职责规定》第五条"}


def _reassign(organ: str, other: str) -> Attempt:
    return lambda story, actor: services.reassign(
        assignment=story.part(organ),
        actor=actor,
        at=NOW,
        organ=getattr(story.town, other),
        why=GROUND["why"],
        ground=GROUND["ground"],
    )


for prefix, organ, other in (
    ("assignment", "education", "finance"),
    ("co", "finance", "government_office"),
):
    ATTEMPTS |= {
        f"{prefix}.ask_return": _named(services.ask_return, organ, "congress_office", **QUOTED),
        f"{prefix}.object_to_organ": _named(services.object_to_organ, organ, "congress_office"),
        f"{prefix}.ask_another": _named(services.ask_another, organ, "government_office"),
        f"{prefix}.take_it_on": _on_part(services.take_it_on, organ),
        f"{prefix}.decline_it": _on_part(services.decline_it, organ, why="不属于我单位职责。"),
        f"{prefix}.refuse_return": _on_part(services.refuse_return, organ, **GROUND),
        f"{prefix}.uphold": _on_part(services.uphold, organ, **GROUND),
        f"{prefix}.reassign": _reassign(organ, other),
    }


def scan(name: str = "评价表.png", content: bytes | None = None) -> Scan:
    """A picture of a signed paper."""
    return Scan(file=BytesIO(files.png() if content is None else content), name=name)


def _in_person(story: Story, actor: Actor) -> object:
    return services.deliver_in_person(
        assignment=story.part(),
        actor=actor,
        at=NOW,
        held_on=NOW.date(),
        place="新区管委会三楼会议室",
        answered_by="周副厅长",
        rank="省教育厅副厅长",
        present=[story.town.post("lin")],
        said="同意选址，请按期开工。",
        scan=scan("当面答复记录.png"),
    )


MEASURE: dict[str, Any] = {
    "kind": "meeting",
    "held_on": NOW.date(),
    "participants": "代表林晓岚、省教育厅、省人大常委会代表工作机构",
    "minutes": "双方同意九月前开通专线。",
}
ATTEMPTS |= {
    "change_rating": _on_case(services.change_rating, attitude="S", result="BS"),
    "rate_beside": _on_case(services.rate_beside, attitude="S", result="S"),
    "enter_rating": lambda story, actor: services.enter_rating(
        case=story.case,
        actor=actor,
        at=NOW,
        on=NOW.date(),
        scan=scan(),
        attitude="S",
        result="S",
    ),
    "report_pressure": _on_case(services.report_pressure, text="有人来电话。"),
    "take_measure": _on_case(services.take_measure, **MEASURE),
    "reply.deliver_in_person": _in_person,
    "reply.sign_for": lambda story, actor: services.sign_for(
        assignment=story.part(),
        actor=actor,
        at=NOW,
        deputy=story.town.post("lin"),
        received_on=NOW.date(),
    ),
}
URGED: dict[str, Any] = {"demand": "请报告进展。", "answer_by": NOW.date() + timedelta(days=5)}
ATTEMPTS |= {
    "assignment.urge": _on_part(services.urge, "education", **URGED),
    "co.urge": _on_part(services.urge, "finance", **URGED),
}
