"""The things of the rooms above in a house: one of each kind, about its one replied suggestion."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from huiyin.accounts.tests.town import NOW
from huiyin.promises.models import LookBack, LookBackItem, Promise, PromiseStatement
from huiyin.promises.stages import PromiseKind
from huiyin.suggestions.models import Assignment, Reply
from huiyin.supervision import services
from huiyin.supervision.services import Money, Result, Said, Supervised

TODAY = NOW.date()


def build(town: Any, part: Assignment) -> dict[str, Any]:
    """Each by the name of the page that shows it."""
    built = {"promise": _promised(part), **_looked_back(town, part)}
    return {**built, **_pressed(town, part), **_spent(town, part), **_written(town, part)}


def _promised(part: Assignment) -> Promise:
    """What the delivered reply promised, whether or not its class and these rules keep a ledger."""
    reply = Reply.objects.filter(file__assignment=part).latest("ordinal")
    if known := Promise.objects.filter(statements__reply=reply).first():
        return known
    born = {"outcome_class": "B", "kind": PromiseKind.NEAR_TERM, "sentence": "三年内建成。"}
    promise = Promise(
        congress=part.suggestion.congress,
        suggestion=part.suggestion,
        assignment=part,
        organ=part.organ,
        made_on=TODAY,
        **born,
    )
    promise.save()
    said: dict[str, Any] = {"assigned_on": part.assigned_on, "on": TODAY, "at": NOW, **born}
    PromiseStatement(promise=promise, reply=reply, organ=part.organ, **said).save()
    return promise


def _looked_back(town: Any, part: Assignment) -> dict[str, Any]:
    look_back = LookBack(
        congress=part.suggestion.congress,
        session=part.suggestion.session,
        title="年度回头看",
        groups="B C",
        basis="主任会议",
        answer_by=TODAY,
        on=TODAY,
        at=NOW,
        post=town.post("clerk"),
    )
    look_back.save()
    item = LookBackItem(look_back=look_back, assignment=part, organ=part.organ, outcome_class="B")
    item.save()
    return {"look_back": look_back, "item": item}


def _pressed(town: Any, part: Assignment) -> dict[str, Any]:
    by: dict[str, Any] = {"actor": town.actor("clerk"), "at": NOW}
    topic = services.propose_topic(
        **by,
        session=town.session,
        title="提升校园安全水平",
        criteria=["many"],
        reasons="",
        cases=[part.suggestion],
    )
    services.decide_topic(topic=topic, **by, said=Said(on=TODAY, number="主任会议纪要"))
    services.send_topic_letter(topic=topic, **by, said=Said(on=TODAY, number="函〔2020〕7号"))
    what = Supervised(form="on_site", held_on=TODAY, title="上门督办", gist="逐件了解进展。")
    act = services.record_supervision(**by, what=what, organs=[part.organ], cases=[part.suggestion])
    problem = services.list_problem(**by, organ=part.organ, title="台账不全", found_on=TODAY)
    asked = Said(on=TODAY, number="整〔2020〕1号")
    services.notify_problem(problem=problem, **by, due_on=TODAY, said=asked)
    rhythm = services.set_rhythm(**by, kind="month", title="月调度", begins_on=TODAY)
    services.make_tasks(at=NOW)
    circular = services.issue_circular(**by, month=TODAY, number="第1期", lines=[["甲", *[1] * 5]])
    return {
        "topic": topic,
        "act": act,
        "problem": problem,
        "rhythm": rhythm,
        "circular": circular,
    }


def _spent(town: Any, part: Assignment) -> dict[str, Any]:
    by: dict[str, Any] = {"actor": town.actor("clerk"), "at": NOW}
    money = Money(amount=Decimal(3_000_000), on=TODAY, voucher="财预〔2020〕1号")
    fund = services.open_fund(**by, year=2020, title="专项资金", money=money)
    project = services.apply_for_project(
        **by,
        fund=fund,
        suggestion=part.suggestion,
        organ=part.organ,
        title="更换水管",
        asked=Decimal(240_000),
    )
    return {"fund": fund, "project": project}


def _written(town: Any, part: Assignment) -> dict[str, Any]:
    by: dict[str, Any] = {"actor": town.actor("clerk"), "at": NOW}
    result = Result(kind="document", title="管理办法", on=TODAY, source="政办发〔2020〕9号")
    return {
        "outcome": services.record_outcome(**by, suggestion=part.suggestion, result=result),
        "publicity": services.record_publicity(
            **by, kind="article", title="建议见实效", medium="岳川日报", on=TODAY
        ),
        "paper": services.record_paper(
            **by,
            kind="opinion",
            year=2020,
            title="工作意见",
            number="常办发〔2020〕12号",
            issued_on=TODAY,
            clauses=["按期签收。"],
        ),
        "bulletin": services.issue_bulletin(
            **by,
            title="联络动态",
            editor="吴佩珊",
            approval_no="第28号",
            addressees="各承办单位",
            issued_on=TODAY,
            articles=[("办理校园安全建议", "逐校排查。")],
        ),
    }
