"""The list of contacts with deputies, and that of talks beside the organs'."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import F, Prefetch, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.actor import Actor
from huiyin.kernel.errors import Words
from huiyin.organisations.models import Organ, Session
from huiyin.organisations.selectors import rulebook_for, work_calendar
from huiyin.suggestions.contacts import awaited_since, contacts_for, talks_for, with_state
from huiyin.suggestions.models import Contact, ContactAnswer, ContactDeputy, ContactState, Talk
from huiyin.suggestions.models.contacting import TalkCase, TalkSide
from huiyin.suggestions.models.handling import (
    FACE_TO_FACE,
    ContactForm,
    ContactPhase,
    ContactRank,
)
from huiyin.ui.days import plain_day
from huiyin.ui.lists import Column, Context, Facet, Filter, ListSpec, Sort

Rows = QuerySet[Any]


def since_for(actor: Actor, context: Context) -> datetime:
    """From when contacts are still waited for today; asked once a request."""
    request: Any = context.request
    if not hasattr(request, "contacts_awaited_since"):
        rules = rulebook_for(congress=actor.congress, on=context.today)
        request.contacts_awaited_since = awaited_since(
            rules=rules, calendar=work_calendar(), on=context.today
        )
    since: datetime = request.contacts_awaited_since
    return since


def rows_for(actor: Actor, context: Context) -> Rows:
    """The contacts this reader may see, with what the columns show: three queries a page."""
    named = ContactDeputy.objects.annotate(name=F("deputy__person__name"))
    answers = ContactAnswer.objects.annotate(name=F("deputy__person__name"))
    return (
        with_state(contacts_for(actor), since=since_for(actor, context))
        .select_related("assignment__organ", "assignment__suggestion__lead__person")
        .prefetch_related(
            Prefetch("deputies", named, to_attr="named"),
            Prefetch("answers", answers, to_attr="said"),
        )
    )


# --- What a row says


def _title(row: Contact) -> SafeString:
    case = row.assignment.suggestion
    return format_html(
        '<a class="words" href="{}">{}　{}</a> <span class="row-note">{}</span>',
        reverse("suggestions:case", args=[case.key]),
        case.number or "",
        case.title,
        row.gist,
    )


def _held(row: Contact) -> SafeString:
    return format_html('<span class="nowrap">{}</span>', plain_day(row.held_on))


def _state(row: Any) -> SafeString:
    state = ContactState(row.state)
    words = "".join(each.word for each in row.said[-1:])
    return format_html(
        '<span class="contact-state contact-{}">{}</span> <span class="row-note">{}</span>',
        state.value,
        state.label,
        words,
    )


def _form(row: Contact) -> Words:
    if not row.is_face_to_face:
        return row.get_form_display()
    return format_html('{} <span class="tag">{}</span>', row.get_form_display(), _("face to face"))


def _met(row: Contact) -> Words:
    return row.get_rank_display() if row.rank else ""


def deputies(row: Any) -> str:
    """Who took part for the deputies; the lead deputy where nobody was named yet."""
    names = [each.name for each in row.named]
    return "、".join(names or [row.assignment.suggestion.lead.person.name])


def _words(row: Any) -> str:
    return "；".join(each.word for each in row.said if each.word)


def _yes(value: bool) -> str:  # noqa: FBT001 - a cell has one value
    return pgettext("cell", "yes") if value else pgettext("cell", "no")


COLUMNS = (
    Column(
        key="held", label=gettext_lazy("Day"), cell=_held, sort="held", export=lambda r: r.held_on
    ),
    Column(key="title", label=gettext_lazy("Suggestion"), cell=_title, kind="title"),
    Column(
        key="number",
        label=gettext_lazy("No."),
        only="export",
        export=lambda row: row.assignment.suggestion.number or "",
        width=10,
    ),
    Column(
        key="case",
        label=gettext_lazy("Title"),
        only="export",
        export=lambda row: row.assignment.suggestion.title,
        width=60,
    ),
    Column(key="organ", label=gettext_lazy("Organ"), cell="assignment.organ.name", width=24),
    Column(
        key="phase",
        label=gettext_lazy("When"),
        cell=lambda row: row.get_phase_display(),
        export=lambda row: str(row.get_phase_display()),
        phone="labelled",
    ),
    Column(
        key="form",
        label=gettext_lazy("How"),
        cell=_form,
        export=lambda row: str(row.get_form_display()),
        phone="labelled",
    ),
    Column(
        key="face",
        label=gettext_lazy("Face to face"),
        only="export",
        export=lambda row: _yes(row.is_face_to_face),
    ),
    Column(
        key="met",
        label=gettext_lazy("Who met the deputy"),
        cell=_met,
        export=lambda row: str(_met(row)),
        phone="labelled",
    ),
    Column(
        key="state",
        label=gettext_lazy("State"),
        cell=_state,
        phone="wide",
        export=lambda row: str(ContactState(row.state).label),
    ),
    Column(
        key="word", label=gettext_lazy("The deputy's word"), only="export", export=_words, width=40
    ),
    Column(key="deputies", label=gettext_lazy("Deputies"), only="export", export=deputies),
    Column(
        key="own",
        label=gettext_lazy("Your people"),
        only="export",
        export=lambda row: row.own_people or "",
    ),
    Column(
        key="co",
        label=gettext_lazy("Co-handling organs present"),
        only="export",
        export=lambda row: row.co_handlers or "",
        width=30,
    ),
    Column(
        key="citizens",
        label=gettext_lazy("Enterprises and citizens present"),
        only="export",
        export=lambda row: row.citizens or "",
        width=30,
    ),
    Column(
        key="place",
        label=gettext_lazy("Place"),
        only="export",
        export=lambda row: row.place,
        width=30,
    ),
    Column(
        key="gist",
        label=gettext_lazy("What was said"),
        only="export",
        export=lambda row: row.gist,
        width=60,
    ),
)


# --- Tabs and questions


def _in(*states: str) -> Callable[[Rows, Context], Rows]:
    return lambda rows, _context: rows.filter(state__in=states)


FACETS = (
    Facet(key="all", label=p_("tab", "All")),
    Facet(
        key="doubtful",
        label=p_("tab", "Contested or not confirmed"),
        apply=_in(ContactState.CONTESTED, ContactState.UNCONFIRMED),
    ),
    *(
        Facet(key=state.value, label=state.label, apply=_in(state.value))
        for state in (
            ContactState.CONTESTED,
            ContactState.UNCONFIRMED,
            ContactState.AWAITED,
            ContactState.CONFIRMED,
        )
    ),
)


def _sessions(context: Context) -> Iterable[tuple[str, Words]]:
    if context.actor is None:
        return []
    rows = Session.objects.filter(congress=context.actor.congress_id).order_by("-opens_on", "-pk")
    return list(rows.values_list("key", "name"))


def _organs(context: Context) -> Iterable[tuple[str, Words]]:
    if context.actor is None:
        return []
    rows = Organ.objects.filter(congress=context.actor.congress_id)
    return list(rows.values_list("key", "name"))


def _fixed(choices: Iterable[tuple[str, Words]]) -> Any:
    return lambda _context: choices


def _face(rows: Rows, value: Any, _context: Context) -> Rows:
    return rows.filter(form__in=FACE_TO_FACE) if value else rows.exclude(form__in=FACE_TO_FACE)


LIST = ListSpec(
    name="contacts",
    title=gettext_lazy("Contacts with deputies"),
    columns=COLUMNS,
    sorts=(Sort(key="held", label=gettext_lazy("Day"), field="held_on"),),
    default_sort="-held",
    facets=FACETS,
    filters=(
        Filter(
            key="session",
            label=gettext_lazy("Session"),
            kind="choice",
            field="assignment__suggestion__session__key",
            choices=_sessions,
        ),
        Filter(
            key="organ",
            label=gettext_lazy("Organ"),
            kind="choice",
            field="assignment__organ__key",
            choices=_organs,
        ),
        Filter(
            key="phase",
            label=gettext_lazy("When"),
            kind="multi",
            field="phase",
            choices=_fixed(ContactPhase.choices),
        ),
        Filter(
            key="form",
            label=gettext_lazy("How"),
            kind="multi",
            field="form",
            choices=_fixed(ContactForm.choices),
        ),
        Filter(key="face", label=gettext_lazy("Face to face"), kind="bool", apply=_face),
        Filter(
            key="rank",
            label=gettext_lazy("Who met the deputy"),
            kind="multi",
            field="rank",
            choices=_fixed(ContactRank.choices),
        ),
        Filter(key="held_from", label=gettext_lazy("Held from"), kind="date_from", field="held_on"),
        Filter(key="held_to", label=gettext_lazy("Held until"), kind="date_to", field="held_on"),
    ),
    search=("assignment__suggestion__title", "assignment__suggestion__lead__person__name"),
)


# --- Talks beside the organs'


def _about(row: Any) -> SafeString:
    links = [
        format_html(
            '<a class="words" href="{}">{}　{}</a>',
            reverse("suggestions:case", args=[each.suggestion.key]),
            each.suggestion.number or "",
            each.suggestion.title,
        )
        for each in row.about
    ]
    return format_html("{}" * len(links) + '<span class="row-note">{}</span>', *links, row.gist)


def _cases(row: Any) -> str:
    return "；".join(f"{each.suggestion.number} {each.suggestion.title}" for each in row.about)


def _by(side: TalkSide) -> Callable[[Rows, Context], Rows]:
    return lambda rows, _context: rows.filter(side=side)


def talk_rows(actor: Actor) -> QuerySet[Talk]:
    about = TalkCase.objects.select_related("suggestion")
    return (
        talks_for(actor)
        .select_related("deputy__person", "post__person")
        .prefetch_related(Prefetch("cases", about, to_attr="about"))
    )


TALKS = ListSpec(
    name="talks",
    title=gettext_lazy("Talks with deputies"),
    columns=(
        Column(
            key="held",
            label=gettext_lazy("Day"),
            cell=_held,
            sort="held",
            export=lambda row: row.held_on,
        ),
        Column(
            key="about",
            label=gettext_lazy("Suggestions"),
            cell=_about,
            kind="title",
            export=_cases,
            width=60,
        ),
        Column(key="deputy", label=gettext_lazy("Deputy"), cell="deputy.person.name"),
        Column(
            key="side",
            label=gettext_lazy("By"),
            cell=lambda row: row.get_side_display(),
            export=lambda row: str(row.get_side_display()),
        ),
        Column(key="who", label=gettext_lazy("Recorded by"), cell="post.person.name"),
        Column(
            key="form",
            label=gettext_lazy("How"),
            cell=lambda row: row.get_form_display(),
            export=lambda row: str(row.get_form_display()),
        ),
        Column(key="place", label=gettext_lazy("Place"), only="export", cell="place"),
        Column(
            key="gist",
            label=gettext_lazy("What was said"),
            only="export",
            cell="gist",
            width=60,
        ),
    ),
    sorts=(Sort(key="held", label=gettext_lazy("Day"), field="held_on"),),
    default_sort="-held",
    facets=(
        Facet(key="all", label=p_("tab", "All")),
        *(Facet(key=side.value, label=side.label, apply=_by(side)) for side in TalkSide),
    ),
    search=("deputy__person__name", "gist"),
)


def talks_for_role(*, both: bool) -> ListSpec:
    """The list of talks; who knows one side only needs no tabs."""
    return TALKS if both else replace(TALKS, facets=())
