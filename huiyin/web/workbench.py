"""What a reader must do next, what he waits for, and what has changed."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiyin.accounts.actor import Actor
from huiyin.organisations.selectors import rulebook_for, work_calendar
from huiyin.outbox import selectors as outbox
from huiyin.promises import duties as promises
from huiyin.reporting import addresses
from huiyin.rulebook import Light, WorkCalendar, light
from huiyin.suggestions.duties import others_owe, waiting_for
from huiyin.suggestions.presenters.calendar import address as calendar_address
from huiyin.ui import parts

# How many of the latest notices the workbench shows; the rest is in the inbox.
CHANGES = 8

# The rulebook's light → the name the pages know it by.
SHOWN = {Light.GREEN: "normal", Light.AMBER: "near", Light.RED: "late", Light.GREY: "still"}


def duties(actor: Actor, *, on: date) -> list[parts.Duty]:
    """Return the actor's duties as sentences, the most pressing first."""
    threshold = rulebook_for(congress=actor.congress, on=on).lights.near_due_days
    calendar = work_calendar()
    return [
        parts.Duty(
            verb=each.duty.verb,
            count=each.count,
            unit=_unit(each.count),
            url=reverse(each.duty.page)
            if each.duty.page
            else addresses.suggestions(duty=each.duty.name),
            act=each.duty.act,
            on=each.due_on,
            on_url=calendar_address(each.due_on, whole=True) if each.due_on else "",
            working_days=_working_days(each.due_on, on=on, calendar=calendar),
            light=SHOWN[light(each.due_on, today=on, threshold=threshold)] if each.due_on else "",
        )
        for each in waiting_for(actor)
    ] + _promises(actor, on=on)


def _promises(actor: Actor, *, on: date) -> list[parts.Duty]:
    """The promises that wait for his step, after the suggestions."""
    waiting = promises.waiting(actor, on=on)
    if waiting is None:
        return []
    address = f"{reverse('promises:list')}?tab=mine"
    return [
        parts.Duty(
            verb=waiting.verb,
            count=waiting.count,
            unit=_unit(waiting.count),
            url=address,
            act=_("Look at them"),
            on=waiting.due_on,
            light=SHOWN[waiting.light] if waiting.light else "",
        )
    ]


def waiting(actor: Actor) -> list[parts.Duty]:
    """Return what the actor waits for, each with the list of it."""
    return [
        parts.Duty(
            verb=verb,
            count=count,
            unit=_unit(count),
            url=addresses.suggestions(awaits=name),
            act=_("Look at them"),
        )
        for name, verb, count in others_owe(actor)
    ]


def changes(actor: Actor) -> list[parts.Change]:
    """Return the latest of what the actor has been told."""
    lines = outbox.in_words(outbox.inbox(actor.person)[:CHANGES])
    return [
        parts.Change(at=line.at, text=line.subject, url=line.url, unread=line.unread)
        for line in lines
    ]


def working_days_left(on: date) -> str:
    """Say how many working days of the month are left after today."""
    last = on.replace(day=monthrange(on.year, on.month)[1])
    left = work_calendar().working_days_between(on, last)
    return ngettext(
        "%(count)s working day left this month", "%(count)s working days left this month", left
    ) % {"count": left}


def _working_days(due_on: date | None, *, on: date, calendar: WorkCalendar) -> int | None:
    if due_on is None:
        return None
    between = calendar.working_days_between
    return between(on, due_on) if due_on >= on else -between(due_on, on)


def _unit(count: int) -> str:
    return ngettext("item", "items", count)
