"""Five simulated years of promises: none is lost between years, and no day ever vanishes.

``HUIYIN_PROMISES`` scales the number of promises; the default is small.
"""

from __future__ import annotations

import os
import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from huiyin.accounts.tests.town import TODAY, Town
from huiyin.kernel.canonical import digest
from huiyin.kernel.errors import DomainError
from huiyin.promises import figures, selectors, services
from huiyin.promises.models import Promise, PromiseStatement, YearRoll
from huiyin.promises.presenters import days_of
from huiyin.promises.services import Said
from huiyin.promises.stages import ENDED
from huiyin.promises.tests.stories import follow_hunan, moment, promised
from huiyin.suggestions.models import Reply, ReplyFile
from huiyin.suggestions.rebuild import differences

pytestmark = pytest.mark.django_db

COUNT = int(os.environ.get("HUIYIN_PROMISES", "6"))
YEARS = range(2020, 2025)
SEED = 20200902


@dataclass
class Witness:
    """What the test itself has seen happen to one promise, beside the program."""

    key: str
    days: list[date | None]
    open: bool = True
    ended_in: int = 0


@pytest.fixture
def town(db: None, settings: Any) -> Town:
    settings.HUIYIN_TODAY = TODAY
    town = Town()
    follow_hunan(town)
    return town


def _made(town: Town, count: int) -> list[Witness]:
    """One by the whole way for each class; the rest are copies of these with their own facts."""
    stories = [
        promised(town, outcome_class, title=f"关于第{number}项民生工程的建议")
        for number, outcome_class in enumerate(("A2", "B1", "B2")[: max(1, min(3, count))])
    ]
    promises = [story.promise for story in stories]
    for number in range(len(stories), count):
        model = Promise.objects.get(pk=promises[number % len(stories)].pk)
        promises.append(_copy(model, number))
    return [Witness(key=each.key, days=[each.due_on]) for each in promises]


def _copy(promise: Promise, number: int) -> Promise:
    """Another promise like it: its own file, reply, row and statement."""
    said = promise.statements.get()
    file = ReplyFile.objects.get(pk=said.reply.file_id)
    reply = Reply.objects.get(pk=said.reply_id)
    reply.pk, reply._state.adding = None, True
    reply.key, reply.ordinal = digest("test", "reply", str(number))[:22], 100 + number
    reply.file = file
    reply.save()
    promise.pk, promise._state.adding = None, True
    promise.key = digest("test", "promise", str(number))[:22]
    promise.save()
    said.pk, said._state.adding = None, True
    said.key, said.reply, said.promise = digest("test", "said", str(number))[:22], reply, promise
    said.save()
    return promise


@dataclass
class Day:
    """One promise on one day: what organ, deputy and office might do, or be refused."""

    town: Town
    witness: Witness
    on: date
    chance: random.Random

    def does(self, who: str, name: str, **said: Any) -> bool:
        promise = Promise.objects.get(key=self.witness.key)
        actor, at = self.town.actor(who), moment(self.on)
        try:
            services.take(name, promise=promise, actor=actor, at=at, said=Said(**said))
        except DomainError:
            return False
        return True

    def ended(self) -> None:
        self.witness.open, self.witness.ended_in = False, self.on.year

    def progress(self) -> None:
        self.does("edu_handler", "progress", why="按计划推进。")

    def postpone(self) -> None:
        until = self.on + timedelta(days=self.chance.randrange(-30, 700))
        if self.does("edu_liaison", "postpone", until=until, why="前期手续未完。"):
            self.witness.days.append(until)

    def claim(self) -> None:
        if not self.does("edu_handler", "claim_done", evidence="已建成。", source="验收表"):
            return
        checked = self.chance.random() < 0.8
        self.does("edu_checker", "pass_check" if checked else "send_back", why="现场核查。")
        who = self.chance.choice(("lin", "clerk"))
        if self.chance.random() < 0.5:
            self.does(who, "refuse", why="现场看过，没有建成。")
        elif self.does(who, "confirm"):
            self.ended()

    def explain(self) -> None:
        self.does("edu_head", "explain", why="规划调整。")
        if self.chance.random() < 0.3 and self.does("clerk", "release", why="情况属实。"):
            self.ended()

    def reopen(self) -> None:
        if self.chance.random() < 0.3 and self.does("lin", "reopen", why="又停了。"):
            self.witness.open, self.witness.ended_in = True, 0

    def goes_by(self) -> None:
        doing = (self.progress, self.postpone, self.postpone, self.claim, self.explain, self.reopen)
        self.chance.choice(doing)()


def test_no_promise_is_lost_in_five_years_and_every_day_stays_to_be_seen(
    town: Town, settings: Any
) -> None:
    chance = random.Random(SEED)  # noqa: S311 - not for secrets
    witnesses = _made(town, COUNT)
    counted = {}
    for year in YEARS:
        settings.HUIYIN_TODAY = date(year, 3, 2)
        clerk = town.actor("clerk")
        before = {each.key for each in witnesses if each.open}
        if year > YEARS[0]:
            roll = services.roll_year(year=year, actor=clerk, at=moment(date(year, 3, 2)))
            assert roll.promises == len(before)
            rolled = selectors.unfinished_before(town.congress.pk, year=year)
            assert set(rolled.values_list("key", flat=True)) == before
        for step in range(4):
            for witness in witnesses:
                on = date(year, 4, 1) + timedelta(days=60 * step)
                Day(town, witness, on, chance).goes_by()
        in_ledger = Promise.objects.filter(selectors.in_ledger_of(year))
        expected = {each.key for each in witnesses if each.open or each.ended_in == year}
        # What was struck off within the year stands in its ledger; what was not, in the next's too.
        assert set(in_ledger.values_list("key", flat=True)) == expected
        last = date(year, 12, 31)
        counted[last] = figures.by_year(clerk, on=last)
    for last, lines in counted.items():
        before_next = moment(last + timedelta(days=1))
        told = figures.by_year_as_known(clerk, on=last, known=_until(before_next))
        assert told == lines
    assert len({str(lines[-1]) for lines in counted.values()}) > 1
    _all_days_are_seen(town, witnesses)
    assert list(differences()) == []
    assert YearRoll.objects.count() == len(YEARS) - 1
    assert any(len(each.days) > 1 for each in witnesses)
    assert {each.open for each in witnesses} == {True, False} or COUNT < 4


def _until(end: datetime) -> figures.Known:
    return lambda facts: facts.filter(at__lt=end)


def _all_days_are_seen(town: Town, witnesses: list[Witness]) -> None:
    client = town.signed_in(Client(), "lin")
    for witness in witnesses:
        promise = Promise.objects.get(key=witness.key)
        assert (promise.stage in ENDED) is not witness.open
        assert [each.day for each in days_of(promise)] == witness.days
        page = client.get(reverse("promises:promise", args=[witness.key])).content.decode()
        for day in witness.days:
            assert day is None or f"{day.year}年{day.month}月{day.day}日" in page


def test_a_statement_before_the_assignment_is_refused_by_the_database(town: Town) -> None:
    said = PromiseStatement.objects.get(promise=promised(town).promise)
    said.pk, said._state.adding, said.key = None, True, "x" * 22
    said.ordinal, said.due_on = 2, said.assigned_on - timedelta(days=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        said.save()
