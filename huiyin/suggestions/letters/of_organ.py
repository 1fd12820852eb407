"""An organ's summary of a session (办理工作总结), as far as the record says it by itself.

What the record cannot know, the organ adds in the Word file before it goes out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Q
from django.utils.translation import override

from huiyin.accounts.actor import Actor
from huiyin.documents.typesetting import Paper
from huiyin.organisations.models import Organ, Session
from huiyin.suggestions import part_cells as cells
from huiyin.suggestions.letters.of_case import Offices
from huiyin.suggestions.letters.receiving import HandlingSummary, Tally
from huiyin.suggestions.lifecycle import where
from huiyin.suggestions.models import Assignment, Contact, LeaderAct
from huiyin.suggestions.models.responsibility import LeaderActKind
from huiyin.suggestions.presenters.responsible import Table, table
from huiyin.suggestions.stages import ANSWERING, HandlingRole

# What the text calls them; the summary is Chinese whatever language its reader has chosen.
_ACTS = {
    LeaderActKind.STUDIED: "党组（党委）会议专题研究",
    LeaderActKind.ASSIGNED: "召开内部交办会",
    LeaderActKind.MET: "领导与代表见面",
    LeaderActKind.VISITED: "领导带队上门",
}


def summary_of(actor: Actor, organ: Organ, *, session: Session, on: date) -> Paper:
    """The summary of what the organ was charged with in this session, as of ``on``."""
    with override("zh-hans"):
        found = table(actor, organ, session=session, on=on)
        return HandlingSummary(
            organ=organ.name_on(on),
            issuer=Offices.of(organ.congress).of_congress,
            session=session.name,
            tallies=tuple(_tallies(found)),
            measures=_measures(found),
            problems=_problems(found, on=on),
            plans=_plans(found),
            on=on,
        ).paper()


def _tallies(found: Table) -> list[Tally]:
    parts = found.parts
    answering = [part for part in parts if part.role in ANSWERING]
    helping = [part for part in parts if part.role == HandlingRole.CO]
    done = [part for part in answering if part.done_on]
    given = [part for part in helping if part.done_on]
    in_time = [part for part in (*done, *given) if _in_time(part)]
    classes = Counter(part.suggestion.outcome_class for part in done)
    return [
        Tally(name="承办总数", count=len(parts)),
        Tally(name="主办件（含独办、分别办理）", count=len(answering)),
        Tally(name="会办件", count=len(helping)),
        Tally(name="已答复代表", count=len(done)),
        Tally(name="已提出会办意见", count=len(given)),
        Tally(name="按期办理", count=len(in_time)),
        *(
            Tally(name=f"答复标注{code}类", count=count)
            for code, count in sorted(classes.items())
            if code
        ),
    ]


def _in_time(part: Assignment) -> bool:
    return bool(part.done_on and part.due_on and part.done_on <= part.due_on)


def _measures(found: Table) -> str:
    said = [_system(found), _leading(found), _acts(found), _contacts(found), _marks(found)]
    return "\n".join(filter(None, said))


def _system(found: Table) -> str:
    """How the organ shares responsibility, in its own words."""
    if found.system is None:
        return ""
    levels = "、".join(f"{line.level}{line.words}" for line in found.levels)
    return f"实行{_COUNTS[len(found.levels)]}级责任制：{levels}。"


_COUNTS = ("零", "一", "二", "三", "四", "五")


def _leading(found: Table) -> str:
    leading = [each for each in found.led if each.leader and each.count]
    if not leading:
        return ""
    said = "、".join(f"{each.name}领办{each.count}件".replace("　", "") for each in leading)
    return f"单位领导带头领办：{said}。"


def _acts(found: Table) -> str:
    held = LeaderAct.objects.filter(_of_session(found), organ=found.organ, struck__isnull=True)
    by_kind = dict(held.order_by().values_list("kind").annotate(n=Count("pk", distinct=True)))
    said = [f"{words}{by_kind[kind]}次" for kind, words in _ACTS.items() if by_kind.get(kind)]
    return f"{'，'.join(said)}。" if said else ""


def _of_session(found: Table) -> Q:
    """Those about its cases, and those about all of them held since it opened."""
    if found.session is None:
        return Q()
    about_all = Q(cases__isnull=True, held_on__gte=found.session.opens_on)
    return Q(cases__suggestion__session=found.session) | about_all


def _contacts(found: Table) -> str:
    count = Contact.objects.filter(assignment__in=[part.pk for part in found.parts]).count()
    return f"与代表沟通联系{count}次。" if count else ""


def _marks(found: Table) -> str:
    borne = (
        ("热点", sum(part.is_hot for part in found.parts)),
        ("难点", sum(part.is_hard for part in found.parts)),
        ("焦点", sum(part.is_focus for part in found.parts)),
    )
    said = "、".join(f"{words}问题{count}件" for words, count in borne if count)
    return f"梳理确定{said}，分类办理。" if said else ""


def _problems(found: Table, *, on: date) -> str:
    owed = [part for part in found.parts if where.is_owed(part)]
    late = [part for part in owed if part.days_late(on)]
    said = []
    if late:
        said.append(f"逾期未办结{len(late)}件（{_numbers(late)}）。")
    if found.unplanned:
        said.append(f"尚未制定办理方案{len(found.unplanned)}件（{_numbers(found.unplanned)}）。")
    if found.idle:
        names = "、".join(each.name.replace("　", "") for each in found.idle)
        said.append(f"尚未领办建议的领导：{names}。")
    return "\n".join(said)


def _numbers(parts: Sequence[Assignment]) -> str:
    return "、".join(f"第{part.suggestion.number}号" for part in parts if part.suggestion.number)


def _plans(found: Table) -> str:
    """What the organ has set itself for what is not done yet."""
    owed = [part for part in found.parts if where.is_owed(part)]
    planned = [cells.plan_of(part) for part in owed]
    days = [plan.feedback_on for plan in planned if plan]
    if not owed:
        return ""
    said = f"继续办理尚未办结的{len(owed)}件"
    if not days:
        return f"{said}。"
    last = max(days)
    return f"{said}，按办理方案最迟于{last.year}年{last.month}月{last.day}日反馈办理情况。"
