"""The special fund: budget, micro-projects, approvals, spending. The balance is never negative."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Role
from huiyin.accounts.rules import require_as_read
from huiyin.kernel.errors import Conflict, Invalid, NotPermitted
from huiyin.organisations.models import Organ
from huiyin.suggestions.models import Suggestion
from huiyin.supervision import rules
from huiyin.supervision.funding import FUND_TYPE, PROJECT_TYPE, staged
from huiyin.supervision.lifecycle import PROJECT
from huiyin.supervision.models import FundEntry, MicroProject, ProjectStep, SpecialFund
from huiyin.supervision.services.taking import (
    Said,
    put_on_record,
    require_past,
    require_text,
    saved,
)
from huiyin.supervision.stages import FundMove


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """One movement: how much, on which day, by which voucher."""

    amount: Decimal
    on: date
    voucher: str
    text: str = ""


@transaction.atomic
def open_fund(*, actor: Actor, at: datetime, year: int, title: str, money: Money) -> SpecialFund:
    """Open the fund of a year with its budget; ``money.voucher`` is the decision it rests on."""
    require_as_read(actor)
    if not rules.keeps_funds(actor):
        raise NotPermitted(_("The congress office keeps the special fund."))
    said = require_text(title, field="title", complaint=_("Give the fund a name."))
    _require_sound(money, at=at)
    fund = SpecialFund(
        congress=actor.congress,
        year=year,
        title=said,
        basis=money.voucher.strip(),
        post=actor.post,
        at=at,
    )
    try:
        with transaction.atomic():
            fund.save()
    except IntegrityError as clash:
        raise Conflict(_("There is a fund for this year already.")) from clash
    entry = _enter(fund, FundMove.BUDGET, money, actor=actor, at=at)
    put_on_record(
        (FUND_TYPE, fund.key),
        "fund.open",
        actor=actor,
        at=at,
        after=str(money.amount),
        facts=[fund, entry],
    )
    return fund


@transaction.atomic
def add_budget(*, fund: SpecialFund, actor: Actor, at: datetime, money: Money) -> None:
    """Put more money into the fund."""
    require_as_read(actor)
    if not rules.keeps_funds(actor) or actor.congress_id != fund.congress_id:
        raise NotPermitted(_("The congress office keeps the special fund."))
    _require_sound(money, at=at)
    _locked(fund)
    entry = _enter(fund, FundMove.BUDGET, money, actor=actor, at=at)
    put_on_record(
        (FUND_TYPE, fund.key),
        "fund.add",
        actor=actor,
        at=at,
        after=str(money.amount),
        facts=[entry],
    )


@transaction.atomic
def apply_for_project(
    *,
    fund: SpecialFund,
    actor: Actor,
    at: datetime,
    suggestion: Suggestion,
    organ: Organ,
    title: str,
    asked: Decimal,
    reasons: str = "",
) -> MicroProject:
    """Apply for a micro-project of a suggestion. A liaison officer applies for his own organ."""
    require_as_read(actor)
    if not rules.asks_for_money(actor) or actor.congress_id != fund.congress_id:
        raise NotPermitted(_("The congress office or the organ's liaison officer applies."))
    if actor.role == Role.LIAISON and organ.pk != actor.organ_id:
        raise NotPermitted(_("You apply for your own organ."))
    said = require_text(title, field="title", complaint=_("Say what is to be done."))
    _require_positive(asked, field="asked")
    if suggestion.congress_id != fund.congress_id or organ.congress_id != fund.congress_id:
        raise Conflict(_("This is not one of your congress."))
    project = MicroProject(
        fund=fund,
        suggestion=suggestion,
        organ=organ,
        title=said,
        reasons=reasons.strip(),
        asked=asked,
        post=actor.post,
        at=at,
    )
    put_on_record(
        (PROJECT_TYPE, project.key),
        "project.apply",
        actor=actor,
        at=at,
        after=str(asked),
        facts=saved(project),
    )
    return project


def approve_project(*, project: MicroProject, actor: Actor, at: datetime, money: Money) -> None:
    """Approve it: the sum is set aside. ``Conflict`` when the fund does not hold so much."""
    _require_sound(money, at=at)
    _take(project, "approve", actor=actor, at=at, money=money, move=FundMove.RESERVE)


def decline_project(*, project: MicroProject, actor: Actor, at: datetime, said: Said) -> None:
    """Do not approve it, and say why."""
    require_text(said.text, field="text", complaint=_("Say why it is not approved."))
    money = Money(amount=Decimal(0), on=said.on, voucher=said.number, text=said.text)
    _take(project, "decline", actor=actor, at=at, money=money)


def spend_on_project(*, project: MicroProject, actor: Actor, at: datetime, money: Money) -> None:
    """Record what was spent. ``Conflict`` beyond what was set aside."""
    _require_sound(money, at=at)
    _take(project, "spend", actor=actor, at=at, money=money, move=FundMove.SPEND)


def finish_project(*, project: MicroProject, actor: Actor, at: datetime, said: Said) -> None:
    """Record the result; what is left of the project's money goes back."""
    require_text(said.text, field="text", complaint=_("Say what the project has brought."))
    money = Money(amount=Decimal(0), on=said.on, voucher=said.number, text=said.text)
    _take(project, "finish", actor=actor, at=at, money=money, rest=True)


@transaction.atomic
def _take(
    project: MicroProject,
    name: str,
    *,
    actor: Actor,
    at: datetime,
    money: Money,
    move: FundMove | None = None,
    rest: bool = False,
) -> None:
    require_past(money.on, at=at)
    fund = _locked(project.fund)
    require_as_read(actor)
    held = staged(MicroProject.objects.select_related("fund")).get(pk=project.pk)
    PROJECT.check(PROJECT.find(name), actor=actor, case=held, brought={})
    step = ProjectStep(
        project=held,
        name=name,
        on=money.on,
        number=money.voucher.strip(),
        text=money.text.strip(),
        post=actor.post,
        at=at,
    )
    facts = saved(step)
    if rest and held.left > 0:
        voucher = money.voucher.strip() or _("unspent")
        money = Money(amount=held.left, on=money.on, voucher=voucher)
        move = FundMove.RETURN
    if move is not None:
        facts.append(_enter(fund, move, money, actor=actor, at=at, project=held))
    put_on_record(
        (PROJECT_TYPE, held.key),
        f"project.{name}",
        actor=actor,
        at=at,
        after=str(money.amount),
        facts=facts,
    )


def _locked(fund: SpecialFund) -> SpecialFund:
    """The fund, held until the transaction ends: its balance is read by one at a time."""
    return SpecialFund.objects.select_for_update(of=("self",)).get(pk=fund.pk)


# What each movement does to what is free in the fund, and to what a project has left.
_FREE: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    FundMove.BUDGET: lambda free, amount: free + amount,
    FundMove.RESERVE: lambda free, amount: free - amount,
    FundMove.SPEND: lambda free, _amount: free,
    FundMove.RETURN: lambda free, amount: free + amount,
}
_LEFT: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    FundMove.BUDGET: lambda _left, _amount: Decimal(0),
    FundMove.RESERVE: lambda left, amount: left + amount,
    FundMove.SPEND: lambda left, amount: left - amount,
    FundMove.RETURN: lambda left, amount: left - amount,
}


def _enter(
    fund: SpecialFund,
    move: FundMove,
    money: Money,
    *,
    actor: Actor,
    at: datetime,
    project: Any = None,
) -> FundEntry:
    """Write one movement after the last. Raises ``Conflict`` before a balance falls below zero."""
    last = FundEntry.objects.filter(fund=fund).order_by("-seq").first()
    before = last.balance if last else Decimal(0)
    own = project.left if project is not None else Decimal(0)
    balance, left = _FREE[move](before, money.amount), _LEFT[move](own, money.amount)
    if balance < 0:
        raise Conflict(
            _("The fund holds %(free)s yuan; %(asked)s cannot be set aside.")
            % {"free": before, "asked": money.amount},
            remedy=_("Approve a smaller sum, or put more money into the fund first."),
        )
    if left < 0:
        raise Conflict(
            _("Of the project's money %(left)s yuan are left; %(asked)s cannot be spent.")
            % {"left": own, "asked": money.amount},
            remedy=_("Check the amount, or have more approved first."),
        )
    entry = FundEntry(
        fund=fund,
        seq=last.seq + 1 if last else 1,
        move=move,
        project=project,
        amount=money.amount,
        before=before,
        balance=balance,
        left=left,
        on=money.on,
        voucher=money.voucher.strip(),
        text=money.text.strip(),
        post=actor.post,
        at=at,
    )
    try:
        with transaction.atomic():
            entry.save()
    except IntegrityError as clash:
        raise Conflict(
            _("Somebody has moved money of this fund at the same moment."),
            remedy=_("Look at the balance again, and repeat the step."),
        ) from clash
    return entry


def _require_sound(money: Money, *, at: datetime) -> None:
    require_past(money.on, at=at)
    _require_positive(money.amount, field="amount")
    require_text(money.voucher, field="number", complaint=_("Name the decision or voucher."))


def _require_positive(amount: Decimal, *, field: str) -> None:
    if amount <= 0 or amount >= Decimal(10) ** 12:
        complaint = _("Give an amount above zero, in yuan.")
        raise Invalid(complaint, fields={field: [complaint]})
