"""Deadlines as a calendar program reads them (RFC 5545): whole days, no names of people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from huiyin.accounts.actor import Actor
from huiyin.suggestions.agenda import Agenda, Deadline

_DAY = timedelta(days=1)


def calendar_of(
    found: Agenda, *, actor: Actor, at: datetime, address: Callable[[str], str]
) -> bytes:
    """The whole calendar. ``address`` gives the page of a case by its key."""
    calendar = Calendar()
    calendar.add("prodid", "-//Huiyin//Deadlines//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Deadlines · %(post)s") % {"post": actor.post.title})
    for day in found.shown.values():
        for deadline in day:
            calendar.add_component(_event(deadline, actor=actor, at=at, address=address))
    written: bytes = calendar.to_ical()
    return written


def _event(
    deadline: Deadline, *, actor: Actor, at: datetime, address: Callable[[str], str]
) -> Event:
    """One deadline. Moved to another day it stays the same event for the program."""
    event = Event()
    event.add("uid", f"{deadline.case.key}-{deadline.kind.name}-{actor.post_key}@huiyin")
    event.add("dtstamp", at.astimezone(UTC))
    event.add("dtstart", deadline.on)
    event.add("dtend", deadline.on + _DAY)
    event.add("summary", _summary(deadline))
    event.add("url", address(deadline.case.key))
    event.add("transp", "TRANSPARENT")
    return event


def _summary(deadline: Deadline) -> str:
    case = deadline.case
    words = {"kind": deadline.kind.label, "number": case.number, "title": case.title}
    if not case.number:
        return _("%(kind)s: %(title)s") % words
    return _("%(kind)s: No. %(number)s %(title)s") % words
