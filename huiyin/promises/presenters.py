"""Promises ready for templates: every day one ever had, its story, and the steps open to one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.accounts.actor import Actor
from huiyin.documents import selectors as documents
from huiyin.documents.models import Attachment
from huiyin.kernel.errors import Words
from huiyin.promises import lifecycle
from huiyin.promises.forms import FORMS, PromiseForm
from huiyin.promises.lifecycle import PROMISE
from huiyin.promises.models import Promise
from huiyin.promises.services.acting import brought_by_rules, part_of
from huiyin.promises.services.opening import PROMISE_TYPE
from huiyin.suggestions.ruling import ruling_for
from huiyin.ui.days import plain_day
from huiyin.ui.parts import Act, Entry, Fact, File

# Steps offered in the panel only where what they first need is there.
_DANGER = ("refuse", "release", "reopen", "explain")


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedDay:
    """A day by which it was promised; ``why`` it was moved there, ``on`` which day that was."""

    day: date | None
    on: date
    why: str = ""
    last: bool = False


def days_of(promise: Promise) -> list[NamedDay]:
    """Every day it was promised by, the first one first. None is ever left out."""
    first = next(iter(promise.statements.all()))
    found = [(first.due_on, first.on, "")]
    found += [
        (act.due_on, act.on, act.why)
        for act in promise.acts.all()
        if act.move in ("postpone", "restate")
    ]
    return [
        NamedDay(day=day, on=on, why=why, last=place == len(found))
        for place, (day, on, why) in enumerate(found, start=1)
    ]


@dataclass(kw_only=True)
class PromisePage:
    """One promise for one reader; ``refused`` holds the forms that were sent and did not fit."""

    promise: Promise
    actor: Actor
    on: date
    refused: Mapping[str, PromiseForm] = field(default_factory=dict)

    @cached_property
    def brought(self) -> dict[str, Any]:
        ruling = ruling_for(self.promise.suggestion, on=self.on)
        by = self.promise.claimed_by
        return {
            **brought_by_rules(self.promise, ruling=ruling, on=self.on),
            "actor": self.actor,
            "claimed_by_person": by.person_id if by else None,
        }

    @cached_property
    def days(self) -> list[NamedDay]:
        return days_of(self.promise)

    @cached_property
    def acts(self) -> list[Act]:
        """The steps open to the reader; one whose person is wrong says so, others are left out."""
        found = []
        for row in PROMISE.open_to(self.actor, self.promise):
            why_not = self._why_not(row.name)
            if why_not is None:
                continue
            found.append(self._act(row, why_not))
        return sorted(found, key=lambda act: act.kind != "primary")

    def _why_not(self, name: str) -> Words | None:
        """What stands against a step before anything is typed; None where it is not for now."""
        first = _ASKED_FIRST.get(name, ())
        for guard in first:
            if said := guard(self.promise, self.brought):
                return said if guard in _SAID else None
        return ""

    def _act(self, row: Any, why_not: Words) -> Act:
        form = self.form(row.name)
        return Act(
            label=row.label,
            url=reverse("promises:step", args=[self.promise.key, row.name]),
            after=row.consequence,
            kind="primary" if row.primary else "danger" if row.name in _DANGER else "quiet",
            form=form if form.asks else None,
            multipart=form.is_multipart(),
            fields=[("seen", str(self.promise.last_seq))] if not form.asks else [],
            why_not=why_not,
            open=row.name in self.refused,
        )

    def form(self, name: str, data: Any = None, files: Any = None) -> PromiseForm:
        if data is None and name in self.refused:
            return self.refused[name]
        kind = FORMS.get(name, PromiseForm)
        return kind(data, files, promise=self.promise, name=name, brought=self.brought)

    @cached_property
    def waiting_for(self) -> Words:
        """Who is at work when the reader's own step is not the next."""
        if any(act.kind == "primary" and not act.why_not for act in self.acts):
            return ""
        if lifecycle.is_to_check(self.promise):
            return _("Another person of %(organ)s checks it now.") % {
                "organ": self.promise.organ.name
            }
        if lifecycle.is_said_done(self.promise):
            return _("The deputy or the congress office confirms it, or says that it is not so.")
        if lifecycle.is_running(self.promise):
            return _("%(organ)s has it to fulfil.") % {"organ": self.promise.organ.name}
        return ""

    @cached_property
    def facts(self) -> list[Fact]:
        promise = self.promise
        last = list(promise.statements.all())[-1]
        found = [
            Fact(label=_("Organ"), value=promise.organ.name),
            Fact(label=_("Class of the reply"), value=promise.outcome_class),
            Fact(label=_("Kind of promise"), value=promise.get_kind_display()),
            Fact(label=_("Assigned on"), value=plain_day(last.assigned_on)),
        ]
        if last.plan:
            found.append(Fact(label=_("Plan"), value=last.plan))
        if promise.ended_on:
            label = _("Struck off on") if lifecycle.is_kept(promise) else _("Released on")
            found.append(Fact(label=label, value=plain_day(promise.ended_on)))
        if promise.grade:
            found.append(Fact(label=_("Rated"), value=promise.get_grade_display()))
        return found

    @cached_property
    def statement(self) -> Any:
        return list(self.promise.statements.all())[-1]

    @cached_property
    def entries(self) -> list[Entry]:
        """Its story, the last step first, below them the reply it came from."""
        labels = {row.name: row.label for row in PROMISE.moves}
        kept = documents.for_case((PROMISE_TYPE, self.promise.key))
        told = [
            Entry(
                at=act.at,
                what=labels[act.move],
                who=act.post.person.name,
                post=act.post.title,
                said=_said_of(act),
                words=bool(act.why),
                weighty=act.from_stage != act.to_stage,
                files=[_file(self.promise, each) for each in kept if each.part == part_of(act)],
            )
            for act in placed_acts(self.promise)
        ]
        first = next(iter(self.promise.statements.all()))
        born = Entry(
            at=first.at,
            what=_("Promised with the reply"),
            said=first.sentence,
            words=True,
            weighty=True,
        )
        return [*reversed(told), born]


def _file(promise: Promise, kept: Attachment) -> File:
    return File(
        name=kept.original_name,
        url=reverse("promises:file", args=[promise.key, kept.key]),
        size=filesizeformat(kept.size),
    )


def placed_acts(promise: Promise) -> list[Any]:
    return list(promise.acts.select_related("post__person", *(f"post__{n}" for n in _TITLE)))


_TITLE = ("organ", "congress", "delegation", "electing_unit")
_ASKED_FIRST: dict[str, tuple[Any, ...]] = {
    "pass_check": (lifecycle.another_checks,),
    "send_back": (lifecycle.another_checks,),
    "confirm": (lifecycle.has_been_checked,),
    "release": (lifecycle.organ_has_explained,),
    "rate": (lifecycle.is_rated_here, lifecycle.something_was_told, lifecycle.rated_in_time),
    "carry": (lifecycle.organ_is_no_more,),
}
_SAID = (lifecycle.another_checks, lifecycle.has_been_checked)


def _said_of(act: Any) -> str:
    """What was said with a step: the days it moved between, what was done, the reason."""
    said = []
    if act.move in ("postpone", "restate"):
        said.append(
            _("From %(before)s to %(after)s.")
            % {
                "before": plain_day(act.due_before) if act.due_before else _("no day"),
                "after": plain_day(act.due_on) if act.due_on else _("no day"),
            }
        )
    said += [part for part in (act.evidence, act.source, act.why) if part]
    if act.grade:
        said.append(act.get_grade_display())
    return "\n".join(said)
