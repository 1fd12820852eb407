"""What an organ brings with its class: evidence, a day, a plan or a ground, as offices write it."""

from __future__ import annotations

from datetime import date, timedelta

from huiyin.demo.chance import Chance
from huiyin.rulebook import Proof
from huiyin.suggestions.claims import Claim, Ground, latest_day, proof_of

_DONE = (
    "有关项目已经完工并投入使用，代表现场察看后认可。",
    "已经印发文件作出规定，从本季度起执行。",
    "所提意见已经写入有关工作方案，任务和责任单位均已明确。",
    "资金已经下达，整改已经完成并通过验收。",
)
_SOURCES = ("省级有关部门工作方案及验收表", "本单位门户网站“建议办理”栏目", "项目竣工验收报告")
_PLANS = ("岳川省“十四五”有关专项规划", "本系统三年行动计划", "省级重点项目年度滚动计划")
_GROUNDS = (
    "现行国家有关管理办法已作规定，地方无权另行调整。",
    "省级财政专项资金管理办法规定的支持范围尚不包括此类项目。",
    "有关行业标准正在修订，新标准公布前暂无依据调整。",
)


def claim_for(outcome_class: str, *, ground: Ground, chance: Chance) -> Claim:
    """Return what the class asks for, within what the rules allow on that day."""
    proof = proof_of(outcome_class, rules=ground.rules)
    if proof is None:
        return Claim()
    return Claim(
        evidence=chance.pick(_DONE) if proof is Proof.EVIDENCE else "",
        source=chance.pick(_SOURCES) if proof is Proof.EVIDENCE else "",
        promised_on=_day(proof, ground=ground, chance=chance) if proof.asks_day else None,
        plan=chance.pick(_PLANS) if proof is Proof.PLAN else "",
        ground=chance.pick(_GROUNDS) if proof is Proof.GROUND else "",
    )


def _day(proof: Proof, *, ground: Ground, chance: Chance) -> date:
    """The end of a quarter, as plans name it: never past, never beyond what the rules allow."""
    wished = ground.on + timedelta(days=chance.between(60, 150))
    if proof is not Proof.THIS_YEAR:
        wished = ground.on + timedelta(days=chance.between(300, 800))
    month = min(12, (wished.month + 2) // 3 * 3)
    day = date(wished.year, month, 31 if month in (3, 12) else 30)
    latest = latest_day(proof, ground=ground)
    return min(day, latest) if latest else day
