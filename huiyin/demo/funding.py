"""The special fund of the year and its dozen micro-projects, after source 001's three million."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from huiyin.accounts.models import Post
from huiyin.demo.days import at as moment_of
from huiyin.demo.days import on_or_before, shifted
from huiyin.demo.recording import line, saved
from huiyin.demo.telling import Book, Tale
from huiyin.ledger import services as ledger
from huiyin.supervision.models import FundEntry, MicroProject, ProjectStep, SpecialFund
from huiyin.supervision.stages import FundMove

BUDGET = 3_000_000
_DECISION, _OPENED = "岳财预〔2020〕17号", date(2020, 3, 2)
_FIRST = date(2020, 4, 7)


class Work(NamedTuple):
    """A micro-project: what its suggestion is about, what is done, for how much, how far it is.

    ``spent`` None: not decided yet; 0: not approved, with ``said``; else what was spent so far.
    """

    about: str
    title: str
    asked: int
    spent: int | None
    said: str = ""


WORKS = (
    Work("饮水", "更换村级供水老旧管网600米", 240_000, 236_500, "三个组一百六十户恢复正常供水。"),
    Work("山塘", "维修山塘涵卧管1处", 180_000, 180_000, "下游二百八十亩稻田用水有了保障。"),
    Work("公路养护", "临水村道加装波形护栏800米", 260_000, 251_200, "临水急弯路段全部加装护栏。"),
    Work("校园", "学校门前增设信号灯和减速带", 120_000, 118_000, "上下学时段车速明显下降。"),
    Work("特殊教育学校", "康复教室添置训练器材", 220_000, 219_400, "秋季开学前投入使用。"),
    Work("乡镇卫生院", "添置急救设备", 150_000, 146_800, "配齐除颤仪、供氧和转运设备。"),
    Work("高标准农田", "衬砌灌溉支渠1.2公里", 290_000, 288_600, "渠尾三个组当季通水。"),
    Work("敬老院", "加装扶手和呼叫铃", 160_000, 157_300, "六十四个房间全部装好。"),
    Work("公共文化服务", "村文化广场安装照明", 90_000, 88_900, "晚间活动有了照明。"),
    Work("生活污水", "改造村级污水收集沟800米", 130_000, 65_000),
    Work("农业机械化", "硬化机耕路900米", 270_000, 90_000),
    Work("消防通道", "清障划线并增设隔离桩", 80_000, None),
    Work("法律顾问", "增设公示栏20处", 45_000, 0, "年度普法经费已有安排，不符合“无资金支持”条件。"),
)
_REASON = "规模小、群众急需，未纳入任何项目，年度预算也没有安排。"


@dataclass(slots=True)
class _Account:
    """The fund as its movements are entered, one after another."""

    book: Book
    fund: SpecialFund
    clerk: Post
    free: Decimal = Decimal(0)
    left: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    count: int = 0

    def enter(
        self, move: FundMove, amount: int, *, at: datetime, voucher: str, project: Any = None
    ) -> FundEntry:
        before, own = self.free, Decimal(amount)
        self.free += {"reserve": -own, "spend": Decimal(0)}.get(move, own)
        held = project.key if project else ""
        if project:
            self.left[held] += own if move == FundMove.RESERVE else -own
        self.count += 1
        return self.book.row(
            FundEntry,
            fund=self.fund,
            seq=self.count,
            move=move,
            project=project,
            amount=own,
            before=before,
            balance=self.free,
            left=self.left[held] if project else Decimal(0),
            on=at.date(),
            voucher=voucher,
            post=self.clerk,
            at=at,
        )


def spend(book: Book, tales: Sequence[Tale]) -> Iterator[ledger.Line]:
    """The budget, then every step of every project in the order of its days."""
    clerk, at = book.clerk(0), moment_of(_OPENED, 10)
    fund = book.row(
        SpecialFund,
        congress=book.world.congress,
        year=2020,
        title="2020年代表建议办理专项资金",
        basis=_DECISION,
        post=clerk,
        at=at,
    )
    account = _Account(book, fund, clerk)
    facts = saved(fund)
    facts += saved(account.enter(FundMove.BUDGET, BUDGET, at=at, voucher=_DECISION))
    yield line("special_fund", "fund.open", fund, by=clerk, at=at, facts=facts)
    steps = [
        step for nth, work in enumerate(WORKS) for step in _steps(nth, work, _about(work, tales))
    ]
    projects: dict[int, MicroProject] = {}
    for step in sorted(steps, key=lambda step: step.at):
        yield _taken(account, step, projects)


def _about(work: Work, tales: Sequence[Tale]) -> Tale:
    """The first suggestion that speaks of it."""
    return next(tale for tale in tales if work.about in tale.fate.title)


class _Step(NamedTuple):
    nth: int
    work: Work
    tale: Tale
    name: str
    at: datetime


def _steps(nth: int, work: Work, tale: Tale) -> Iterator[_Step]:
    """Applied for, decided ten working days later, spent after forty, finished after fifty."""
    applied = on_or_before(_FIRST + timedelta(days=4 * nth))
    after = {"apply": 0}
    if work.spent == 0:
        after["decline"] = 10
    elif work.spent is not None:
        after |= {"approve": 10, "spend": 40}
        if work.said:
            after["finish"] = 50
    for name, days in after.items():
        at = moment_of(shifted(applied, days), 11) + timedelta(minutes=3 * nth)
        yield _Step(nth, work, tale, name, at)


def _taken(account: _Account, step: _Step, projects: dict[int, MicroProject]) -> ledger.Line:
    book, clerk, work = account.book, account.clerk, step.work
    if step.name == "apply":
        organ = step.tale.told.assignments[0].organ
        projects[step.nth] = book.row(
            MicroProject,
            fund=account.fund,
            suggestion=step.tale.told.case,
            organ=organ,
            title=work.title,
            reasons=_REASON,
            asked=Decimal(work.asked),
            post=clerk,
            at=step.at,
        )
        facts = saved(projects[step.nth])
    else:
        facts = _moved(account, step, projects[step.nth])
    action = f"project.{step.name}"
    project = projects[step.nth]
    return line("micro_project", action, project, by=clerk, at=step.at, facts=facts)


_MOVES = {"approve": FundMove.RESERVE, "spend": FundMove.SPEND, "finish": FundMove.RETURN}


def _moved(account: _Account, step: _Step, project: MicroProject) -> list[Any]:
    """The step of a project, and the movement of money that goes with it."""
    work, spent = step.work, step.work.spent or 0
    voucher = f"专资〔2020〕{step.nth + 1}号"
    amounts = {"approve": work.asked, "spend": spent, "finish": work.asked - spent}
    taken = account.book.row(
        ProjectStep,
        project=project,
        name=step.name,
        on=step.at.date(),
        number=voucher,
        text=work.said if step.name in ("finish", "decline") else "",
        post=account.clerk,
        at=step.at,
    )
    facts = saved(taken)
    if amount := amounts.get(step.name, 0):
        move = _MOVES[step.name]
        entry = account.enter(move, amount, at=step.at, voucher=voucher, project=project)
        facts += saved(entry)
    return facts
