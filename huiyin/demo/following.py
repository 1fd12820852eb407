"""How supervision is kept up: rhythms and minutes, problems, circular, bulletins, outcomes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from huiyin.accounts.actor import Actor
from huiyin.demo import quotas
from huiyin.demo.days import at as moment_of
from huiyin.demo.days import on_or_after
from huiyin.demo.recording import line, saved
from huiyin.demo.telling import Book, Tale
from huiyin.ledger import services as ledger
from huiyin.supervision.models import (
    Bulletin,
    BulletinArticle,
    Circular,
    CitedClause,
    Outcome,
    PaperClause,
    Problem,
    ProblemStep,
    Rhythm,
    RhythmMinutes,
    RhythmTask,
)
from huiyin.supervision.rhythm import circular_lines
from huiyin.supervision.stages import OutcomeKind, RhythmKind
from huiyin.supervision.turns import turns


class Kept(NamedTuple):
    """A rhythm, the clause of the yearly opinion it rests on, and its minutes in turn."""

    kind: RhythmKind
    title: str
    clause: int
    begins_on: date
    said: tuple[str, ...]


class Found(NamedTuple):
    """A problem, and each step with its day and words as far as it has come."""

    title: str
    text: str
    on: date
    # Of the field whose first suggestion it was found in.
    category: str
    steps: tuple[tuple[str, date, str], ...]


class Became(NamedTuple):
    """What a suggestion of some field has been turned into."""

    category: str
    kind: OutcomeKind
    title: str
    source: str
    on: date
    amount: int | None = None


_LAST = quotas.TODAY - timedelta(days=1)
RHYTHMS = (
    Kept(
        RhythmKind.WEEK,
        "承办大户电话督办",
        2,
        date(2020, 8, 3),
        ("逐一电话了解十家承办大户进度，提醒临期件。", "三家单位有未按计划推进事项，已要求说明。"),
    ),
    Kept(
        RhythmKind.MONTH,
        "建议办理月调度",
        2,
        date(2020, 4, 28),
        ("通报签收和办理进度，明确下月时限。", "调度未办结件，研究跨部门事项。"),
    ),
    Kept(
        RhythmKind.QUARTER,
        "建议办理季度分析",
        3,
        date(2020, 6, 29),
        ("分析办理质量和承诺事项台账，提出改进要求。",),
    ),
)
_ATTENDED = "联络工作委员会、省政府办公厅建议提案处"
PROBLEMS = (
    Found(
        "答复前未与领衔代表当面沟通",
        "抽查发现个别答复寄出前只有电话联系记录，代表表示不知道答复内容。",
        date(2020, 6, 8),
        "finance",
        (
            ("notify", date(2020, 6, 10), "请逐件补做当面沟通，并书面报告情况。"),
            ("answer", date(2020, 6, 24), "已补做当面沟通3件，今后先沟通、后答复。"),
            ("find_fixed", date(2020, 7, 6), "回访三位代表，均已当面沟通。"),
        ),
    ),
    Found(
        "承诺事项没有建立台账",
        "答复中承诺年内完成的事项没有列出责任处室和时间节点。",
        date(2020, 7, 13),
        "transport",
        (
            ("notify", date(2020, 7, 15), "请于月底前建立台账，明确责任处室和完成时限。"),
            ("answer", date(2020, 7, 30), "台账已建立，逐项明确责任人。"),
            ("find_unfixed", date(2020, 8, 10), "台账缺少时间节点，请补齐后再报。"),
        ),
    ),
    Found(
        "主办单位未综合会办意见",
        "会办意见已按期送达，答复中没有采用也没有说明。",
        date(2020, 8, 24),
        "education",
        (("notify", date(2020, 8, 26), "请在答复中说明会办意见采纳情况。"),),
    ),
    Found(
        "经办人员变动后没有交接",
        "两件建议的经办人调离后，联系电话没有更新。",
        date(2020, 9, 4),
        "water",
        (),
    ),
)
_ANSWERED_IN = timedelta(days=16)
_CIRCULAR = (
    "代表建议办理情况通报〔2020〕第5期",
    date(2020, 9, 9),
    "请各承办单位抓紧办理逾期件和代表不满意件，承诺事项逐月更新台账。",
)
BULLETINS: tuple[tuple[date, str, tuple[tuple[str, str], ...]], ...] = (
    (
        date(2020, 6, 30),
        "岳常联简准〔2020〕6号",
        (
            (
                "省人大常委会领导牵头督办重点处理建议",
                "省人大常委会副主任沈国栋带队，就三个重点处理建议专题开展现场督办，"
                "听取承办单位汇报，与领衔代表面对面交流。",
            ),
            (
                "承办大户一周一电话、一月一上门",
                "联络工作委员会对十家承办大户实行电话督办和上门督办，逐件了解办理进展，"
                "推动答复前与代表充分沟通。",
            ),
        ),
    ),
    (
        date(2020, 8, 31),
        "岳常联简准〔2020〕9号",
        (
            (
                "代表视察建议办理工作",
                "部分省人大代表分组视察建议办理情况，实地查看项目现场，"
                "对答复中承诺的事项逐一了解落实进度。",
            ),
            (
                "专项资金办成一批微实事",
                "代表建议办理专项资金重点用于小而急、没有项目覆盖的事项，"
                "村级供水管网、临水护栏等一批微实事已经完工。",
            ),
            (
                "建立往年承诺事项台账",
                "对2019年答复中承诺解决的事项逐件建立台账，与本年度建议同安排、同推进、同落实。",
            ),
        ),
    ),
)
_ADDRESSEES = "省人大常委会组成人员\n省政府办公厅\n各市人大常委会\n各承办单位"
OUTCOMES = (
    Became(
        *("health", OutcomeKind.DOCUMENT, "完善疾病预防控制体系的实施意见"),
        *("岳政办发〔2020〕21号", date(2020, 7, 17)),
    ),
    Became(
        *("finance", OutcomeKind.DOCUMENT, "减税降费政策落实十条措施"),
        *("岳财税〔2020〕14号", date(2020, 6, 12)),
    ),
    Became(
        *("transport", OutcomeKind.PROJECT, "农村公路安全生命防护工程"),
        *("岳交计〔2020〕88号", date(2020, 6, 5)),
    ),
    Became(
        *("education", OutcomeKind.MONEY, "薄弱学校改造专项补助"),
        *("岳财教〔2020〕36号", date(2020, 5, 29), 18_600_000),
    ),
    Became(
        *("agriculture", OutcomeKind.INDICATOR, "高标准农田建设任务列入年度考核指标"),
        *("岳农发〔2020〕19号", date(2020, 5, 20)),
    ),
    Became(
        *("industry", OutcomeKind.RESEARCH, "产业工人队伍建设调研报告"),
        *("岳工信研〔2020〕5号", date(2020, 8, 14)),
    ),
)


def follow(book: Book, tales: Sequence[Tale]) -> Iterator[ledger.Line]:
    """Everything of it, each act with its line."""
    for kind in RHYTHMS:
        yield from _rhythm(book, kind)
    for problem in PROBLEMS:
        tale = next(each for each in tales if each.told.case.category == problem.category)
        yield from _problem(book, tale, problem)
    yield _circular(book)
    for nth, issue in enumerate(BULLETINS, start=1):
        yield _bulletin(book, nth, *issue)
    for outcome in OUTCOMES:
        tale = next(each for each in tales if each.told.case.category == outcome.category)
        yield _outcome(book, tale, outcome)


def _rhythm(book: Book, kept: Kept) -> Iterator[ledger.Line]:
    """A rhythm, its turns up to now, and the minutes of all but the last."""
    clerk, at = book.clerk(0), moment_of(kept.begins_on, 9)
    rhythm = book.row(
        Rhythm,
        congress=book.world.congress,
        kind=kept.kind,
        title=kept.title,
        begins_on=kept.begins_on,
        post=clerk,
        at=at,
    )
    clause = PaperClause.objects.get(position=kept.clause)
    facts = saved(rhythm, book.row(CitedClause, clause=clause, rhythm=rhythm))
    yield line("rhythm", "rhythm.set", rhythm, by=clerk, at=at, facts=facts)
    days = list(turns(kept.kind, begins_on=kept.begins_on, until=_LAST))
    for nth, day in enumerate(days):
        due = moment_of(day, 9, 10)
        task = book.row(RhythmTask, rhythm=rhythm, due_on=day, at=due)
        yield line("rhythm", "rhythm.turn", rhythm, by=None, at=due, facts=saved(task))
        held = moment_of(on_or_after(day), 16, 20)
        if day == days[-1] or held.date() > _LAST:
            continue
        minutes = book.row(
            RhythmMinutes,
            task=task,
            held_on=held.date(),
            attended=_ATTENDED,
            text=kept.said[nth % len(kept.said)],
            post=clerk,
            at=held,
        )
        yield line("rhythm", "rhythm.minutes", rhythm, by=clerk, at=held, facts=saved(minutes))


def _problem(book: Book, tale: Tale, found: Found) -> Iterator[ledger.Line]:
    clerk, organ = book.clerk(1), tale.told.assignments[0].organ
    at = moment_of(found.on, 15)
    problem = book.row(
        Problem,
        congress=book.world.congress,
        organ=organ,
        suggestion=tale.told.case,
        found_on=found.on,
        title=found.title,
        text=found.text,
        post=clerk,
        at=at,
    )
    yield line(
        "supervision_problem", "problem.list", problem, by=clerk, at=at, facts=saved(problem)
    )
    liaisons = (staff.liaison for staff in book.world.staff.values())
    liaison = next((post for post in liaisons if post.organ_id == organ.pk), clerk)
    for name, on, said in found.steps:
        asks, by = name in ("notify", "find_unfixed"), liaison if name == "answer" else clerk
        moment = moment_of(on, 15, 30)
        step = book.row(
            ProblemStep,
            problem=problem,
            name=name,
            on=on,
            number=f"岳常联整〔2020〕{on.month}号" if name == "notify" else "",
            text=said,
            due_on=on + _ANSWERED_IN if asks else None,
            post=by,
            at=moment,
        )
        action = f"problem.{name}"
        facts = saved(step)
        yield line("supervision_problem", action, problem, by=by, at=moment, facts=facts)


def _circular(book: Book) -> ledger.Line:
    """With the figures of the day it was issued, up to which all is told."""
    number, on, note = _CIRCULAR
    clerk, at = book.clerk(0), moment_of(on, 16)
    circular = book.row(
        Circular,
        congress=book.world.congress,
        month=on.replace(month=8, day=1),
        number=number,
        issued_on=on,
        note=note,
        lines=circular_lines(Actor.of(clerk), on),
        post=clerk,
        at=at,
    )
    return line("circular", "circular.issue", circular, by=clerk, at=at, facts=saved(circular))


def _bulletin(
    book: Book, nth: int, on: date, approval_no: str, articles: tuple[tuple[str, str], ...]
) -> ledger.Line:
    clerk, at = book.clerk(0), moment_of(on, 17)
    bulletin = book.row(
        Bulletin,
        congress=book.world.congress,
        title="联络动态",
        year=2020,
        issue=nth,
        running=nth,
        editor=clerk.person.name,
        approval_no=approval_no,
        addressees=_ADDRESSEES,
        issued_on=on,
        post=clerk,
        at=at,
    )
    rows = [
        book.row(BulletinArticle, bulletin=bulletin, position=place, title=title, text=text)
        for place, (title, text) in enumerate(articles, start=1)
    ]
    facts = saved(bulletin, *rows)
    return line("bulletin", "bulletin.record", bulletin, by=clerk, at=at, facts=facts)


def _outcome(book: Book, tale: Tale, became: Became) -> ledger.Line:
    clerk, at = book.clerk(1), moment_of(became.on, 17, 20)
    outcome = book.row(
        Outcome,
        congress=book.world.congress,
        suggestion=tale.told.case,
        organ=tale.told.assignments[0].organ,
        kind=became.kind,
        title=became.title,
        amount=None if became.amount is None else Decimal(became.amount),
        on=became.on,
        source=became.source,
        post=clerk,
        at=at,
    )
    return line("outcome", "outcome.record", outcome, by=clerk, at=at, facts=saved(outcome))
