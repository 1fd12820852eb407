"""What was counted for a past day is the same to the byte, whatever is done or brought in later.

``HUIYIN_LATER_ACTS`` says how many acts are at least taken between the two countings.
"""

from __future__ import annotations

import json
import os
from datetime import date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db.models import Max

from huiyin.accounts.tests.town import NOW, TODAY, Town
from huiyin.demo.simulation import simulate
from huiyin.kernel.clock import ZONE
from huiyin.organisations.selectors import rulebook_for
from huiyin.reporting.counting import count
from huiyin.reporting.models import Picture, PicturedCase
from huiyin.reporting.standpoint import standpoint
from huiyin.reporting.statistics import pages
from huiyin.reporting.statistics import rows as listed
from huiyin.reporting.statistics.catalogue import ALL_RATES, STATISTICS
from huiyin.reporting.statistics.tables import TABLES, counted_table
from huiyin.suggestions import services
from huiyin.suggestions.history import History
from huiyin.suggestions.models import Act, Suggestion
from huiyin.suggestions.services.assigning import Charge
from huiyin.suggestions.services.calendar import load_notice
from huiyin.suggestions.tests.situations import TEXT, Story, follow_hunan
from huiyin.suggestions.tests.test_rederiving import IN_WORKING_DAYS, notice
from huiyin.suggestions.texts import SuggestionText

pytestmark = pytest.mark.django_db

LATER_ACTS = int(os.environ.get("HUIYIN_LATER_ACTS", "120"))
DAYS = 10


class Clock:
    """Goes on by some hours whenever it is asked, so that acts lie on many days."""

    def __init__(self, start: datetime, *, hours: int) -> None:
        self.now, self.step = start, timedelta(hours=hours)

    def __call__(self) -> datetime:
        self.now += self.step
        return self.now


def last_moment() -> datetime:
    last: datetime = Act.objects.aggregate(last=Max("at"))["last"]
    return last.astimezone(ZONE)


def assigned(town: Town, *, at: datetime) -> Suggestion:
    """Raised, registered and assigned at a moment."""
    lin, clerk = town.actor("lin"), town.actor("clerk")
    content = {**TEXT, "title": f"关于第{Suggestion.objects.count()}条农村公路的建议"}
    case = services.start(session=town.session, actor=lin, at=at, content=content)
    services.submit(case=case, actor=lin, at=at)
    services.register(case=case, actor=clerk, at=at, category="transport")
    charges = [
        Charge(organ=town.education, role="lead"),
        Charge(organ=town.finance, role="co"),
    ]
    services.assign(case=case, actor=clerk, at=at, organs=charges)
    return case


def busy() -> Town:
    """Some cases carried to their end over the spring, others under way since then."""
    town = Town()
    follow_hunan(town, overrides=IN_WORKING_DAYS)
    for number in range(4):
        Story(town, title=f"关于第{number}座桥的建议").submitted().registered()
    simulate(seed="4", now=Clock(NOW + timedelta(days=1), hours=26))
    for days in (1, 3):
        assigned(town, at=last_moment() + timedelta(days=days))
    return town


@pytest.fixture
def town() -> Town:
    return busy()


def ten_days() -> list[date]:
    """From the first to the last on which something happened."""
    whole = (last_moment().date() - TODAY).days
    return [TODAY + timedelta(days=round(whole * place / (DAYS - 1))) for place in range(DAYS)]


def report(town: Town, day: date, *, known: int | None = None) -> bytes:
    """Every statistic, some tables, and the exported rows of some numbers."""
    clerk = town.actor("clerk")
    rules = rulebook_for(congress=town.congress, session=town.session, on=TODAY)
    here = standpoint(actor=clerk, session=town.session, as_of=day, known=known)
    counted = count(
        actor=clerk, session=town.session, as_of=day, rules=rules, codes=STATISTICS, known=known
    )
    tables = [
        [[str(cell.text) for cell in row] for row in pages.shown(found).rows]
        for found in (counted_table(TABLES[code], here, rules=rules) for code in ("T07", "T09"))
    ]
    exported = {}
    for code in ("R001", "R013", "R031", "R040"):
        spec = listed.list_for(code, STATISTICS[code], here, {})
        rows = listed.shown(listed.rows_of(STATISTICS[code], here, {}), here)
        columns = [column for column in spec.columns if column.is_exported]
        exported[code] = [
            [str(column.value(row)) for column in columns] for row in rows.order_by("number_order")
        ]
    rates = {code: str(counted.rate(code)) for code in ALL_RATES}
    said = [pages.dates(here), counted.known, counted.numbers, rates, tables, exported]
    return json.dumps(said, ensure_ascii=False).encode()


def days_off_are_announced(town: Town, *, at: datetime) -> None:
    """Running clocks move, and no case is touched otherwise."""
    rest = at.date() + timedelta(days=2), at.date() + timedelta(days=6)
    _kept, changed = load_notice(notice=notice(rest, number=9), actor=town.actor("clerk"), at=at)
    assert changed


def much_happens(town: Town, *, at: datetime) -> None:
    """What is under way is carried on, and more is raised."""
    begun = Act.objects.count()
    simulate(seed="2", now=Clock(at, hours=3))
    while Act.objects.count() < begun + LATER_ACTS:
        assigned(town, at=last_moment() + timedelta(hours=1))
        simulate(seed="3", now=Clock(last_moment(), hours=1))


def bring_in(town: Town) -> None:
    """A case from paper, told as having happened on the first day."""
    history = History()
    case = Suggestion(
        congress=town.congress,
        session=town.session,
        lead=town.post("zhou"),
        created_at=NOW,
        changed_at=NOW,
    )
    told = history.begin(case)
    written = SuggestionText.of_draft(TEXT).version(told.case, ordinal=1, at=NOW)
    raised = {"raised": "between_sessions"}
    told.take("submit", post=town.post("zhou"), at=NOW, data=raised, facts=written)
    numbered = {"number": "9001", "order": 9001, "category": "water"}
    told.take("register", post=town.post("clerk"), at=NOW, data=numbered)
    history.write()


def test_a_past_day_stays_what_it_was(town: Town) -> None:
    days = ten_days()
    before = {day: report(town, day) for day in days}
    assert len(set(before.values())) == DAYS
    lines = {day: json.loads(before[day])[1] for day in days}
    later = last_moment() + timedelta(days=1)
    days_off_are_announced(town, at=later)
    assert {day: report(town, day) for day in days} == before
    much_happens(town, at=later + timedelta(hours=1))
    assert {day: report(town, day) for day in days} == before
    # Nothing but copies: thrown away, the pictures are made again and are the same.
    assert Picture.objects.count() >= DAYS
    Picture.objects.all().delete()
    cache.clear()
    assert {day: report(town, day) for day in days} == before

    bring_in(town)
    told = {day: json.loads(report(town, day)) for day in days}
    for day in days:
        said = json.loads(before[day])
        assert told[day][1] > lines[day]
        assert told[day][2]["R001"] == said[2]["R001"] + 1
        assert report(town, day, known=lines[day]) == before[day]


def test_a_picture_that_is_not_used_is_no_longer_kept(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    from huiyin.reporting.pictures import keeping

    monkeypatch.setattr(keeping, "MOST_KEPT", 2)
    for day in ten_days()[:4]:
        standpoint(actor=town.actor("clerk"), session=town.session, as_of=day)
    assert Picture.objects.count() == 2
    assert set(PicturedCase.objects.values_list("picture", flat=True)) == set(
        Picture.objects.values_list("pk", flat=True)
    )
