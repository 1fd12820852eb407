"""What an organ brings with its class: evidence, a day, a plan or a ground, as offices write it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from huiyin.demo import material, quotas
from huiyin.demo.chance import Chance
from huiyin.demo.organ_part import Part
from huiyin.kernel.clock import ZONE
from huiyin.rulebook import Proof, Rulebook, WorkCalendar, load, shipped_calendar
from huiyin.suggestions.claims import Claim, Ground, fact_of, latest_day, proof_of
from huiyin.suggestions.models import ClassClaim, Reply

_DONE = (
    "已{done}，现场核查和验收资料齐全。",
    "已{done}，有关文件已经印发执行。",
    "已{done}，资金下达和责任分解均有台账可查。",
    "已{done}，并将办理结果通报当地。",
)
_SOURCES = (
    "现场核查记录和照片",
    "有关文件及任务分解表",
    "资金下达文件和验收表",
    "本单位门户网站建议办理专栏",
)
_PLANS = ("岳川省“十四五”{field}有关规划", "{field}三年行动计划", "{field}重点项目滚动计划")
_GROUNDS = (
    "国家和省现行管理办法已作规定，由省级有关部门按职责执行。",
    "省级专项资金管理办法规定的支持范围尚不包括此类项目。",
    "有关标准和上位政策正在修订，省级暂无单独调整的依据。",
)


def claim_for(
    outcome_class: str,
    *,
    ground: Ground,
    chance: Chance,
    done: str = "办理有关事项",
    field: str = "有关",
) -> Claim:
    """Return what the class asks for, within what the rules allow on that day.

    ``done`` is what the organ does about the first request, ``field`` its line of work.
    """
    proof = proof_of(outcome_class, rules=ground.rules)
    if proof is None:
        return Claim()
    return Claim(
        evidence=chance.pick(_DONE).format(done=done) if proof is Proof.EVIDENCE else "",
        source=chance.pick(_SOURCES) if proof is Proof.EVIDENCE else "",
        promised_on=_day(proof, ground=ground, chance=chance) if proof.asks_day else None,
        plan=chance.pick(_PLANS).format(field=field) if proof is Proof.PLAN else "",
        ground=chance.pick(_GROUNDS) if proof is Proof.GROUND else "",
    )


def _day(proof: Proof, *, ground: Ground, chance: Chance) -> date:
    """The end of the year, or of a later quarter as plans name it, within what the rules allow."""
    if proof is Proof.THIS_YEAR:
        return date(ground.on.year, 12, 31)
    wished = ground.on + timedelta(days=chance.between(300, 800))
    month = min(12, (wished.month + 2) // 3 * 3)
    day = date(wished.year, month, 31 if month in (3, 12) else 30)
    latest = latest_day(proof, ground=ground)
    return min(day, latest) if latest else day


@cache
def _hunan() -> tuple[Rulebook, WorkCalendar]:
    """The rules the demo's congress follows, and its calendar."""
    return load("hunan", on=quotas.TODAY), shipped_calendar()


def claimed(part: Part, reply: Reply, *, first_assigned: date) -> list[ClassClaim]:
    """Return what the reply of a part brings with its class, as a row of the demo."""
    rules, calendar = _hunan()
    on = reply.at.astimezone(ZONE).date()
    ground = Ground(rules=rules, calendar=calendar, assigned_on=first_assigned, on=on)
    fate = part.tale.fate
    claim = claim_for(
        reply.outcome_class,
        ground=ground,
        chance=Chance("claim", fate.name, part.code, reply.ordinal),
        done=part.tale.text.asks[0][1],
        field=material.texts("handling")["field"][fate.topic.category],
    )
    fact = fact_of(
        claim, reply=reply, outcome_class=reply.outcome_class, ground=ground, at=reply.at
    )
    if fact is None:
        return []
    fact.key = part.book.next_key(ClassClaim)
    return [fact]
