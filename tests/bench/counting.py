"""Statistics asked for the first time, one after another, and the yearly report made of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from django.core.cache import cache
from django.db import transaction

from huiyin.accounts.actor import Actor
from huiyin.documents.typesetting import to_word
from huiyin.kernel.clock import now, today
from huiyin.organisations.models import Session
from huiyin.organisations.selectors import rulebook_for
from huiyin.reporting.counting import count
from huiyin.reporting.models import ReportKind
from huiyin.reporting.reports import selectors, services
from huiyin.reporting.reports.papers import paper
from huiyin.reporting.reports.services import Occasion
from huiyin.reporting.reports.workbook import workbook
from huiyin.reporting.standpoint import standpoint
from huiyin.reporting.statistics.catalogue import open_to
from huiyin.reporting.statistics.tables import counted_table, tables_for
from tests.bench.ground import Ground
from tests.bench.inside import Heard, bare_seconds, listening

Figures = dict[str, Any]


def counted(ground: Ground) -> dict[str, Figures]:
    """Nothing is kept of any of them beforehand."""
    actor, session = Actor.of(ground.clerk), ground.sessions[-1]
    return {
        "one statistic": _each(
            "each by itself", open_to(actor.role), lambda code: _count(actor, session, code)
        ),
        "one statistics table": _each(
            "each by itself",
            [table.code for table in tables_for(actor.role)],
            lambda code: _table(actor, session, code),
        ),
        "yearly report": _report(actor, session, as_of=today()),
        "yearly report, past day": _report(actor, session, as_of=today() - timedelta(days=20)),
    }


def _each(said: str, codes: Iterable[str], ask: Callable[[str], object]) -> Figures:
    taken: dict[str, tuple[float, Heard]] = {}
    for code in codes:
        cache.clear()
        with listening() as heard:
            began = time.perf_counter()
            ask(code)
            taken[code] = (time.perf_counter() - began, heard)
    seconds = sorted(each for each, _heard in taken.values())
    slowest = max(taken, key=lambda code: taken[code][0])
    bare = bare_seconds(taken[slowest][1])
    return {
        "said": f"clerk: {len(taken)}, {said}; the slowest, {slowest}: {_ms(seconds[-1])} ms",
        "p50_ms": _ms(seconds[len(seconds) // 2]),
        "p95_ms": _ms(seconds[int(len(seconds) * 0.95)]),
        "slowest_ms": _ms(seconds[-1]),
        "queries": max(heard.count for _seconds, heard in taken.values()),
        "bare_sql_ms": _ms(bare),
        "ratio_to_sql": round(seconds[-1] / bare, 1),
    }


def _count(actor: Actor, session: Session, code: str) -> None:
    rules = rulebook_for(congress=actor.congress, session=session, on=session.opens_on or today())
    count(actor=actor, session=session, as_of=today(), rules=rules, codes=[code])


def _table(actor: Actor, session: Session, code: str) -> None:
    rules = rulebook_for(congress=actor.congress, session=session, on=session.opens_on or today())
    here = standpoint(actor=actor, session=session, as_of=today(), known=None)
    table = next(each for each in tables_for(actor.role) if each.code == code)
    counted_table(table, here, rules=rules)


def _report(actor: Actor, session: Session, *, as_of: date) -> Figures:
    """From nothing to a Word file and a workbook. Nothing of it stays."""
    with transaction.atomic():
        began = time.perf_counter()
        report = services.begin(
            actor=actor,
            at=now(),
            kind=ReportKind.YEARLY,
            session=session,
            as_of=as_of,
            occasion=Occasion(title="办理情况报告", addressee="主任会议"),
        )
        cache.clear()
        with listening() as heard:
            found = selectors.as_read(report, actor)
        to_word(paper(found))
        workbook(found)
        seconds = time.perf_counter() - began
        # A picture is made once.
        read = [each for each in heard.statements if each[0].startswith("SELECT")]
        bare = bare_seconds(Heard(statements=read))
        transaction.set_rollback(True)
    return {
        "said": f"clerk: counted, set as Word and as a workbook, as of {as_of}",
        "p50_ms": _ms(seconds),
        "queries": heard.count,
        "bare_sql_ms": _ms(bare),
        "ratio_to_sql": round(seconds / bare, 1),
    }


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)
