"""What became of last year's promises: one in each place, and the look-back at that session."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post
from huiyin.demo.days import at
from huiyin.demo.telling import Book
from huiyin.demo.world import Staff
from huiyin.ledger import services as ledger
from huiyin.organisations.models import Session
from huiyin.promises import selectors, standing
from huiyin.promises.lifecycle import PROMISE
from huiyin.promises.models import (
    LookBack,
    LookBackAnswer,
    LookBackItem,
    Promise,
    PromiseAct,
    YearRoll,
)


class Step(NamedTuple):
    """One step of a promise: which, by whom of the organ or outside it, when, with what."""

    name: str
    who: str
    on: date
    said: dict[str, Any]


_ROLLED = at(date(2020, 3, 16), 10, 5)
_ASKED = at(date(2020, 8, 3), 9, 20)
_ANSWERED = at(date(2020, 8, 24), 15, 40)
_DONE = {
    "evidence": "项目已于2020年7月底竣工并通过验收，8月起投入使用。",
    "source": "竣工验收备案表、现场照片",
}
_CLAIM = Step("claim_done", "handler", date(2020, 8, 10), _DONE)
_CHECK = Step("pass_check", "checker", date(2020, 8, 17), {})
_EXPLAIN = Step(
    "explain", "head", date(2020, 7, 20), {"why": "国土空间规划正在调整，原定选址不能再用。"}
)
_STORIES: tuple[tuple[Step, ...], ...] = (
    (Step("progress", "handler", date(2020, 6, 22), {"why": "已完成可行性研究，正在报批。"}),),
    (
        Step(
            "postpone",
            "liaison",
            date(2020, 5, 18),
            {"why": "上年答复未写明时间，现明确完成期限。", "due_on": date(2020, 8, 31)},
        ),
        Step(
            "postpone",
            "liaison",
            date(2020, 8, 24),
            {"why": "汛期停工一个半月，工期顺延。", "due_on": date(2021, 6, 30)},
        ),
    ),
    (
        Step(
            "postpone",
            "head",
            date(2020, 3, 23),
            {"why": "上年答复未写明时间，现明确完成期限。", "due_on": date(2020, 7, 31)},
        ),
    ),
    (_CLAIM,),
    (_CLAIM, _CHECK),
    (_CLAIM, _CHECK, Step("confirm", "lead", date(2020, 8, 24), {})),
    (_CLAIM, _CHECK, Step("confirm", "clerk", date(2020, 8, 28), {})),
    (_CLAIM, _CHECK, Step("refuse", "lead", date(2020, 9, 4), {"why": "现场只完成了一半。"})),
    (_CLAIM, Step("send_back", "head", date(2020, 8, 17), {"why": "验收资料不全。"})),
    (_EXPLAIN,),
    (_EXPLAIN, Step("release", "clerk", date(2020, 8, 28), {"why": "规划调整属实，代表同意。"})),
)
_FRESH = (
    ("solved", "去年所提事项已经落实，有关设施投入使用，欢迎代表实地查看。"),
    ("advanced", "已纳入今年工作安排，前期手续基本办结，计划年内开工。"),
    ("unchanged", "目前条件仍不具备，我们将继续向国家有关部门反映。"),
)


def keep(book: Book) -> None:
    """Write it all, each step with its line on record."""
    world = book.world
    staff = {world.organs[code].pk: each for code, each in world.staff.items()}
    earlier = Promise.objects.filter(
        congress=world.congress, made_on__lt=date(2020, 1, 1), organ__in=staff
    )
    promises = list(earlier.select_related("suggestion__lead__person").order_by("pk"))
    lines = [_rolled(book)]
    for promise, story in zip(promises, _STORIES, strict=False):
        lines += _lived(book, promise, staff[promise.organ_id], story)
    lines += _looked_back(book, staff)
    lines.sort(key=lambda line: line.at)
    ledger.record_many(chain=world.congress.key, lines=lines)


def _lived(
    book: Book, promise: Promise, staff: Staff, story: tuple[Step, ...]
) -> Iterator[ledger.Line]:
    statements = list(promise.statements.order_by("ordinal"))
    acts: list[PromiseAct] = []
    for seq, step in enumerate(story, start=1):
        now = standing.derive(statements, acts)
        posts: dict[str, Post] = {
            "liaison": staff.liaison,
            "checker": staff.checker,
            "head": staff.head,
            "handler": staff.handlers[0],
            "clerk": book.world.clerks[0],
            "lead": promise.suggestion.lead,
        }
        post = posts[step.who]
        act = book.row(
            PromiseAct,
            promise=promise,
            seq=seq,
            move=step.name,
            from_stage=now.stage,
            to_stage=str(PROMISE.find(step.name).target or now.stage),
            at=at(step.on, 10, 10 + promise.pk % 40),
            on=step.on,
            post=post,
            role=post.role,
            due_before=now.due_on if step.name == "postpone" else None,
            **step.said,
        )
        act.save()
        acts.append(act)
        yield _line(book, act.at, post, f"promise.{step.name}", ("promise", promise.key), act)
    standing.apply(promise, standing.derive(statements, acts))
    promise.save(update_fields=[*standing.SAVED])


def _rolled(book: Book) -> ledger.Line:
    left = selectors.unfinished_before(book.world.congress.pk, year=2020)
    post = book.world.clerks[0]
    roll = book.row(
        YearRoll,
        congress=book.world.congress,
        year=2020,
        promises=left.count(),
        organs=left.order_by().values("organ").distinct().count(),
        post=post,
        on=_ROLLED.date(),
        at=_ROLLED,
    )
    roll.save()
    return _line(book, _ROLLED, post, "promise.roll", ("promise_roll", roll.key), roll)


def _looked_back(book: Book, staff: dict[int, Staff]) -> Iterator[ledger.Line]:
    """The office asks again about classes B and C of last year; the first organs have answered."""
    congress, clerk = book.world.congress, book.world.clerks[0]
    session = Session.objects.get(congress=congress, opens_on__year=2019)
    look = book.row(
        LookBack,
        congress=congress,
        session=session,
        title="2019年代表建议“回头看”",
        groups="B C",
        basis="省人大常委会主任会议",
        answer_by=date(2020, 10, 30),
        on=_ASKED.date(),
        at=_ASKED,
        post=clerk,
    )
    look.save()
    items = [
        book.row(LookBackItem, look_back=look, assignment=part, organ=heir, outcome_class=outcome)
        for part, heir, outcome in selectors.old_replies(session, groups=("B", "C"))
    ]
    LookBackItem.objects.bulk_create(items)
    yield _line(book, _ASKED, clerk, "look_back.begin", ("look_back", look.key), look, *items)
    for number, item in enumerate(each for each in items if each.organ_id in staff):
        if number % 3 == 0:
            progress, text = _FRESH[number // 3 % len(_FRESH)]
            post = staff[item.organ_id].liaison
            answer = book.row(
                LookBackAnswer,
                item=item,
                progress=progress,
                text=text,
                post=post,
                on=_ANSWERED.date(),
                at=_ANSWERED,
            )
            answer.save()
            subject = ("look_back_item", item.key)
            yield _line(book, _ANSWERED, post, "look_back.answer", subject, answer)


def _line(
    book: Book, moment: datetime, post: Post, action: str, subject: tuple[str, str], *facts: Any
) -> ledger.Line:
    return ledger.Line(
        at=moment,
        actor=Actor.of(post),
        action=action,
        subject=subject,
        facts=facts,
        via=book.history.via,
        back_dated=True,
    )
