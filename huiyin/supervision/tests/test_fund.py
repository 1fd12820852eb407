"""The special fund: money set aside, spent, given back; never more than there is."""

from __future__ import annotations

import threading
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from huiyin.accounts.models import Person
from huiyin.accounts.tests.town import NOW, TODAY, Town
from huiyin.kernel.errors import Conflict, DomainError, NotPermitted
from huiyin.ledger.verify import verify_chain
from huiyin.suggestions.tests.test_races import at_once
from huiyin.supervision import services
from huiyin.supervision.funding import fund_for, project_for
from huiyin.supervision.lifecycle import PROJECT
from huiyin.supervision.models import FundEntry, MicroProject, SpecialFund
from huiyin.supervision.services import Money
from huiyin.supervision.tests.room import Reader, assigned, said

BUDGET = Decimal(3_000_000)


@pytest.fixture
def town(settings: Any, db: None) -> Town:
    settings.HUIYIN_TODAY = TODAY
    return Town()


def money(amount: Any, voucher: str = "凭证1号") -> Money:
    return Money(amount=Decimal(amount), on=TODAY, voucher=voucher)


def opened(town: Town, amount: Any = BUDGET) -> SpecialFund:
    return services.open_fund(
        actor=town.actor("clerk"), at=NOW, year=2020, title="2020年专项资金", money=money(amount)
    )


def applied(town: Town, fund: SpecialFund, asked: Any = 200_000) -> MicroProject:
    return services.apply_for_project(
        fund=fund,
        actor=town.actor("edu_liaison"),
        at=NOW,
        suggestion=assigned(town),
        organ=town.education,
        title="校门口过街安全",
        asked=Decimal(asked),
    )


def approve(town: Town, project: MicroProject, amount: Any, who: str = "clerk") -> None:
    services.approve_project(project=project, actor=town.actor(who), at=NOW, money=money(amount))


def spend(town: Town, project: MicroProject, amount: Any) -> None:
    services.spend_on_project(
        project=project, actor=town.actor("clerk"), at=NOW, money=money(amount)
    )


def free(town: Town, fund: SpecialFund) -> Decimal:
    return Decimal(fund_for(town.actor("clerk"), fund.key).free)


def test_the_table_of_projects_is_sound() -> None:
    assert PROJECT.dead_ends() == set()
    assert PROJECT.unreachable() == set()


def test_what_is_not_spent_goes_back(town: Town) -> None:
    fund = opened(town)
    project = applied(town, fund)
    approve(town, project, 200_000)
    assert free(town, fund) == BUDGET - 200_000
    spend(town, project, "150000.50")
    services.finish_project(
        project=project, actor=town.actor("clerk"), at=NOW, said=said(text="已装信号灯。")
    )
    assert free(town, fund) == BUDGET - Decimal("150000.50")
    shown = project_for(town.actor("lin"), project.key)
    assert (shown.spent, shown.left) == (Decimal("150000.50"), 0)
    assert verify_chain(town.congress.key) == []


def test_more_than_the_fund_holds_is_refused_and_nothing_moves(town: Town) -> None:
    fund = opened(town, 100)
    project = applied(town, fund)
    with pytest.raises(Conflict, match="可用余额为100"):
        approve(town, project, "100.01")
    assert FundEntry.objects.count() == 1
    approve(town, project, 100)
    with pytest.raises(Conflict, match="项目可用资金"):
        spend(town, project, "100.01")
    spend(town, project, 100)


@pytest.mark.parametrize(
    ("given", "constraint"),
    [
        ({"before": 100, "amount": 150, "balance": -50}, "fund_balance_not_negative"),
        ({"before": 100, "amount": 150, "balance": 100}, "fund_balance_continues"),
        ({"before": 100, "amount": 50, "balance": 50, "left": -1}, "fund_project_not_negative"),
        ({"before": 100, "amount": 50, "balance": 50, "seq": 1}, "fund_entry_numbered_once|seq"),
    ],
)
def test_the_database_refuses_it_too(town: Town, given: dict[str, Any], constraint: str) -> None:
    fund = opened(town, 100)
    row = {"seq": 2, "left": 0, **given}
    with transaction.atomic(), pytest.raises(IntegrityError, match=constraint):
        FundEntry.objects.create(
            fund=fund,
            move="reserve",
            project=applied(town, fund),
            on=TODAY,
            voucher="凭证",
            post=town.post("clerk"),
            at=NOW,
            **row,
        )


@pytest.mark.django_db(transaction=True)
def test_two_who_approve_at_once_never_overdraw(settings: Any) -> None:
    settings.HUIYIN_TODAY = TODAY
    town = Town()
    fund = opened(town, 100)
    projects = [applied(town, fund), applied(town, fund)]
    results = at_once(
        lambda: approve(town, projects[0], 80),
        lambda: approve(town, projects[1], 80, who="second_clerk"),
    )
    assert len([each for each in results if isinstance(each, DomainError)]) == 1
    assert free(town, fund) == 20


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_both_would_have_been_allowed_and_the_database_lets_one_in(
    settings: Any,
) -> None:
    """The control: both read 100 and hold 80 for possible; only the numbering stops the second."""
    settings.HUIYIN_TODAY = TODAY
    town = Town()
    fund = opened(town, 100)
    projects = [applied(town, fund), applied(town, fund)]
    read = threading.Barrier(2)

    def unlocked(project: MicroProject) -> bool:
        last = FundEntry.objects.filter(fund=fund).latest("seq")
        allowed = last.balance >= 80
        read.wait()
        entry = FundEntry(
            fund=fund,
            seq=last.seq + 1,
            move="reserve",
            project=project,
            amount=80,
            before=last.balance,
            balance=last.balance - 80,
            left=80,
            on=TODAY,
            voucher="凭证",
            post=town.post("clerk"),
            at=NOW,
        )
        try:
            entry.save()
        except IntegrityError:
            raise Conflict("taken") from None
        return allowed

    results = at_once(lambda: unlocked(projects[0]), lambda: unlocked(projects[1]))
    assert results.count(True) == 1
    assert len([each for each in results if isinstance(each, Conflict)]) == 1
    assert free(town, fund) == 20


def test_who_keeps_the_fund_and_who_applies(town: Town) -> None:
    fund = opened(town)
    project = applied(town, fund)
    keepers: set[str] = set()
    askers: set[str] = set()
    for who, actor in town.everyone().items():
        for found, act in (
            (keepers, lambda who=who: approve(town, project, 1, who)),
            (
                askers,
                lambda actor=actor: services.apply_for_project(
                    fund=fund,
                    actor=actor,
                    at=NOW,
                    suggestion=project.suggestion,
                    organ=town.education,
                    title="题",
                    asked=Decimal(1),
                ),
            ),
        ):
            try:
                with transaction.atomic():
                    act()
                    found.add(who)
                    raise _Undone
            except (_Undone, NotPermitted):
                continue
    assert keepers == {"clerk", "second_clerk"}
    assert askers == {"clerk", "second_clerk", "edu_liaison"}


class _Undone(Exception):
    pass


def test_overspending_on_the_page_is_told_and_what_was_typed_stays(town: Town) -> None:
    fund = opened(town, 100)
    project = applied(town, fund)
    given = {"amount": "5000", "number": "主任会议纪要9号", "on": TODAY.isoformat(), "text": "急"}
    reader = Reader(town, "clerk")
    answer = reader.post("project_step", project.key, "approve", given=given)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "专项资金可用余额为100.00元，不足以安排5000元。 请减少批准金额，或者先追加预算。" in page
    assert "主任会议纪要9号" in page
    Person.objects.update(language="en")
    page = reader.post("project_step", project.key, "approve", given=given).content.decode()
    said = (
        "The fund holds 100.00 yuan; 5000 cannot be set aside. Approve a smaller sum, or put more"
    )
    assert said in page
    assert "主任会议纪要9号" in page
    assert FundEntry.objects.count() == 1
    Person.objects.update(language="zh-hans")
    given["amount"] = "90"
    assert reader.post("project_step", project.key, "approve", given=given).status_code == 302
    assert "90.00" in reader.get("fund", fund.key).content.decode()
    assert "校门口" in Reader(town, "lin").get("project_list").content.decode()
    assert Reader(town, "fin_liaison").get("project", project.key).status_code == 404
